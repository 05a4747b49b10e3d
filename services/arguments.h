// Reads the fields of one query. What is wrong is noted with its field, value
// and limit; all of it is answered at once.
//
//   Arguments arguments;
//   BalanceQuestion question = {.site = arguments.Id("site", in.site()), …};
//   RETURN_IF_ERROR(arguments.status());
//
// What it hands out points into it, or into the message that was read.

#ifndef TALLY_SERVICES_ARGUMENTS_H_
#define TALLY_SERVICES_ARGUMENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "engine/base/arena.h"
#include "engine/base/date.h"
#include "engine/base/uuid.h"
#include "engine/ledger/page.h"
#include "engine/model/claim.h"
#include "engine/model/indices.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "google/protobuf/message.h"
#include "services/wire/fields.h"
#include "tallystick/v1/claim.pb.h"

namespace tally::services {

class Arguments {
 public:
  Arguments();
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  const wire::Fields& fields() const { return fields_; }

  std::string_view Id(std::string_view name, const std::string& value) {
    return fields_.Id(name, value);
  }
  std::string_view OptionalId(std::string_view name, const std::string& value) {
    return fields_.OptionalId(name, value);
  }
  std::optional<Date> OptionalDay(std::string_view name,
                                  const std::string& value) {
    return fields_.OptionalDay(name, value);
  }
  std::optional<Position> OptionalPosition(std::string_view name, bool given,
                                           int64_t value);

  // Notes `name`, the end of a range of dates, where it is before its start.
  void NotBefore(std::string_view name, std::optional<Date> from,
                 std::optional<Date> to);

  // A choice whose numbers are the engine's; one that this version does not
  // know is noted.
  template <typename Engine, typename Wire>
  Engine Choice(std::string_view name, Wire value) {
    if (!IsKnown(*google::protobuf::GetEnumDescriptor<Wire>(), name, value)) {
      return Engine{};
    }
    return static_cast<Engine>(value);
  }
  // The model that goes with a scheme: required with it, and none without.
  Model ModelOf(std::string_view scheme, tallystick::v1::Model value);
  // A model to look for; none for all.
  std::optional<Model> OptionalModel(tallystick::v1::Model value);

  // The `page_size` and `page_token` of a request for a list.
  PageQuestion Page(const google::protobuf::Message& request);

  // OK, or INVALID_ARGUMENT with all that was noted.
  absl::Status status() const;

 private:
  bool IsKnown(const google::protobuf::EnumDescriptor& type,
               std::string_view name, int value);

  Arena arena_;
  wire::Notes notes_;
  const wire::Fields fields_;
  std::string after_;
  absl::Status token_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_ARGUMENTS_H_

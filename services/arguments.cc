#include "services/arguments.h"

#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/check.h"
#include "services/errors.h"
#include "services/page_token.h"
#include "services/wire/decode_parts.h"

namespace tally::services {

namespace v1 = tallystick::v1;

Arguments::Arguments()
    : notes_{.arena = &arena_, .found = {}}, fields_(&notes_, nullptr, "") {}

std::optional<Position> Arguments::OptionalPosition(std::string_view name,
                                                    bool given, int64_t value) {
  if (!given) return std::nullopt;
  if (value < 0) {
    fields_.Argument(name, std::to_string(value), "0 or above");
    return std::nullopt;
  }
  return value;
}

void Arguments::NotBefore(std::string_view name, std::optional<Date> from,
                          std::optional<Date> to) {
  if (from.has_value() && to.has_value()) fields_.NotBefore(name, *from, *to);
}

bool Arguments::IsKnown(const google::protobuf::EnumDescriptor& type,
                        std::string_view name, int value) {
  if (type.FindValueByNumber(value) != nullptr) return true;
  std::string limit = "one of";
  for (int i = 0; i < type.value_count(); ++i) {
    limit += (i == 0 ? " " : ", ") + type.value(i)->name();
  }
  fields_.Argument(name, std::to_string(value), arena_.Copy(limit));
  return false;
}

Model Arguments::ModelOf(std::string_view scheme, v1::Model value) {
  if (!scheme.empty()) {
    return wire::ReadModel(value, "model", /*may_be_conventional=*/false,
                           fields_);
  }
  if (value != v1::MODEL_UNSPECIFIED && value != v1::MODEL_CONVENTIONAL) {
    fields_.Argument("model", std::to_string(value),
                     "MODEL_CONVENTIONAL or left out where there is no scheme");
  }
  return Model::kConventional;
}

std::optional<Model> Arguments::OptionalModel(v1::Model value) {
  if (value == v1::MODEL_UNSPECIFIED) return std::nullopt;
  return wire::ReadModel(value, "model", /*may_be_conventional=*/true, fields_);
}

PageQuestion Arguments::Page(const google::protobuf::Message& request) {
  const google::protobuf::FieldDescriptor* field =
      request.GetDescriptor()->FindFieldByName("page_size");
  TALLY_CHECK(field != nullptr);
  const int32_t size = request.GetReflection()->GetInt32(request, field);
  if (size < 0) {
    fields_.Argument("page_size", std::to_string(size), "0 or above");
  }
  absl::StatusOr<std::string> after = OpenPageToken(request);
  token_ = after.status();
  if (after.ok()) after_ = *std::move(after);
  return {.size = size, .after = after_};
}

absl::Status Arguments::status() const {
  if (notes_.found.empty()) return token_;
  std::vector<Violation> violations;
  for (const Malformed& malformed : notes_.found) {
    violations.push_back({.field = std::string(malformed.field),
                          .value = std::string(malformed.value),
                          .limit = std::string(malformed.limit)});
  }
  return BadRequest(violations);
}

}  // namespace tally::services

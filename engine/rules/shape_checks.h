// Collects what is wrong with the shape of one event, field by field.
//
//   ShapeChecks checks;
//   const auto kind = checks.In("ship");
//   checks.Id("shipment", ship.shipment);
//   for (…) {
//     const auto line = checks.In("lines", i);
//     checks.Quantity("quantity", ship.lines[i].quantity);
//   }
//
// Paths are put into words only for what is wrong.

#ifndef TALLY_ENGINE_RULES_SHAPE_CHECKS_H_
#define TALLY_ENGINE_RULES_SHAPE_CHECKS_H_

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/base/uuid.h"
#include "engine/model/event.h"
#include "engine/model/refusal.h"

namespace tally {

class ShapeChecks {
 public:
  ShapeChecks() = default;
  ShapeChecks(const ShapeChecks&) = delete;
  ShapeChecks& operator=(const ShapeChecks&) = delete;

  // A part of the event that is entered until this goes away.
  class [[nodiscard]] Part {
   public:
    explicit Part(ShapeChecks* checks) : checks_(checks) {}
    ~Part() { --checks_->depth_; }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

   private:
    ShapeChecks* const checks_;
  };
  // The message at `name`, or at `name`[`index`].
  Part In(std::string_view name, int index = -1) {
    Enter(name, index);
    return Part(this);
  }

  // Fields without "Optional" must be there.
  void Id(std::string_view name, std::string_view value);
  void OptionalId(std::string_view name, std::string_view value);
  // UTF-8 of kNameBytesMax, kTextBytesMax.
  void Name(std::string_view name, std::string_view value);
  void OptionalName(std::string_view name, std::string_view value);
  void Text(std::string_view name, std::string_view value);
  void OptionalText(std::string_view name, std::string_view value);
  void Utf8(std::string_view name, std::string_view value, size_t bytes_max);

  void Quantity(std::string_view name, const Decimal& value);
  void OptionalQuantity(std::string_view name,
                        const std::optional<Decimal>& value);
  void QuantityOrZero(std::string_view name, const Decimal& value);
  // In per cent, above 0 and at most 100.
  void OptionalShare(std::string_view name,
                     const std::optional<Decimal>& value);
  void OptionalGhg(std::string_view name, const std::optional<Decimal>& value);

  void Uuid(std::string_view name, const tally::Uuid& value);
  void Day(std::string_view name, Date value);
  // Two days, and their order.
  void Days(Date from, Date to);
  // A vintage or claim period.
  void Span(std::string_view name, std::string_view value);
  void OptionalCountry(std::string_view name, std::string_view value);

  // An enumeration whose zero means that it was left out.
  template <typename Enum>
  void Term(std::string_view name, Enum value, Enum last) {
    CheckTerm(name, static_cast<int>(value), 1, static_cast<int>(last));
  }
  template <typename Enum>
  void OptionalTerm(std::string_view name, Enum value, Enum last) {
    CheckTerm(name, static_cast<int>(value), 0, static_cast<int>(last));
  }

  // Whether a list has `least` to `most` elements.
  bool Size(std::string_view name, size_t size, int least, int most);
  // Lists without repetition.
  void Ids(std::string_view name, std::span<const std::string_view> values,
           int least, int most);
  void Names(std::string_view name, std::span<const std::string_view> values,
             int most);
  void Unrepeated(std::string_view name,
                  std::span<const std::string_view> values);

  // Exactly one of two fields.
  void OneOf(std::string_view name, bool given, std::string_view other_name,
             bool other_given);

  void Missing(std::string_view name);
  void Wrong(std::string_view name, std::string_view value, std::string limit,
             Code code = Code::kInvalidArgument);

  // nullptr where nothing is wrong.
  std::unique_ptr<Refusal> TakeRefusal();

 private:
  struct Step {
    std::string_view name;
    int index = -1;
  };

  void Enter(std::string_view name, int index);
  std::string PathOf(std::string_view name) const;
  void CheckTerm(std::string_view name, int value, int least, int most);
  // The first gives the refusal its code and message.
  void Add(Code code, const std::string& message, Violation violation);

  std::array<Step, 4> steps_;
  size_t depth_ = 0;
  std::unique_ptr<Refusal> refusal_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_SHAPE_CHECKS_H_

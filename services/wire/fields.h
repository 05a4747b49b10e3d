// Reads the fields of one wire message into engine values.
//
// What cannot be read is noted, by its path within the event, and an empty
// value takes its place: nothing a client sends stops the reading or the
// server. Text that is handed out is the text that was given, not a copy.
//
//   Fields fields(&notes, nullptr, "ship");
//   ship.from_site = fields.Id("from_site", in.from_site());

#ifndef TALLY_SERVICES_WIRE_FIELDS_H_
#define TALLY_SERVICES_WIRE_FIELDS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/arena.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/base/uuid.h"
#include "engine/model/event.h"
#include "services/wire/view.h"

namespace tally::wire {

// What is noted about one event, at most.
inline constexpr int kNotesMax = 16;
// A value is quoted up to this length.
inline constexpr size_t kValueBytesMax = 128;

// What could not be read of one event.
struct Notes {
  Arena* arena = nullptr;
  std::vector<Malformed> found;
};

class Fields {
 public:
  // `parent`, the message that this one is a field of, must outlive this;
  // nullptr for an event's kind. `index` is the place in a list, -1 for none.
  Fields(Notes* notes, const Fields* parent, std::string_view name,
         int index = -1)
      : notes_(notes), parent_(parent), name_(name), index_(index) {}
  Fields(const Fields&) = delete;
  Fields& operator=(const Fields&) = delete;

  // The message at `name`, or at `name`[`index`], of this one.
  Fields At(std::string_view name, int index = -1) const {
    return Fields(notes_, this, name, index);
  }
  Arena& arena() const { return *notes_->arena; }

  // Fields without "Optional" must be there.
  std::string_view Id(std::string_view name, std::string_view value) const;
  std::string_view OptionalId(std::string_view name,
                              std::string_view value) const;
  // UTF-8 of one line.
  std::string_view Name(std::string_view name, std::string_view value) const;
  std::string_view OptionalName(std::string_view name,
                                std::string_view value) const;
  // UTF-8 that may have several lines.
  std::string_view Text(std::string_view name, std::string_view value) const;
  std::string_view OptionalText(std::string_view name,
                                std::string_view value) const;
  std::string_view Profile(std::string_view name, std::string_view value) const;

  // Above zero.
  Decimal Quantity(std::string_view name, std::string_view value) const;
  std::optional<Decimal> OptionalQuantity(std::string_view name,
                                          std::string_view value) const;
  // Zero or above.
  Decimal Count(std::string_view name, std::string_view value) const;
  // Above 0 and at most 100.
  std::optional<Decimal> OptionalShare(std::string_view name,
                                       std::string_view value) const;
  std::optional<Decimal> OptionalGhg(std::string_view name,
                                     std::string_view value) const;

  Uuid EventId(std::string_view name, std::string_view value) const;
  Date Day(std::string_view name, std::string_view value) const;
  std::optional<Date> OptionalDay(std::string_view name,
                                  std::string_view value) const;
  // Notes `name` where it names a day before `from`.
  void NotBefore(std::string_view name, Date from, Date to) const;
  // A vintage or claim period, as written.
  std::string_view Span(std::string_view name, std::string_view value) const;

  // Codes of other bodies.
  std::string_view OptionalCountry(std::string_view name,
                                   std::string_view value) const;
  std::string_view Unit(std::string_view name, std::string_view value) const;
  std::string_view OptionalLei(std::string_view name,
                               std::string_view value) const;
  std::string_view OptionalGln(std::string_view name,
                               std::string_view value) const;

  // Lists.
  std::span<const std::string_view> Ids(std::string_view name,
                                        ViewList<std::string_view> values,
                                        int most) const;
  std::span<const std::string_view> Names(std::string_view name,
                                          ViewList<std::string_view> values,
                                          int most) const;
  // Whether a list of `size` has `least` to `most` elements; noted if not.
  bool SizeIsIn(std::string_view name, int size, int least, int most) const;

  // Whether exactly one of two fields is given; noted if not.
  bool OneOf(std::string_view name, bool given, std::string_view other_name,
             bool other_given) const;

  // Notes what is wrong. `limit` must be a literal or lie in the arena.
  void Missing(std::string_view name) const;
  void Note(Code code, std::string_view name, std::string_view value,
            std::string_view limit) const;
  void Argument(std::string_view name, std::string_view value,
                std::string_view limit) const {
    Note(Code::kInvalidArgument, name, value, limit);
  }

 private:
  std::string Path(std::string_view name) const;
  std::optional<Decimal> Parse(Code code, std::string_view name,
                               std::string_view value,
                               std::string_view limit) const;

  Notes* const notes_;
  const Fields* const parent_;
  const std::string_view name_;
  const int index_;
};

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_FIELDS_H_

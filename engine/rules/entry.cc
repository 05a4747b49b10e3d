// R37: an event that names a scheme is recorded within the days that the
// scheme gives, counted from its business date or from the end of the month,
// quarter or year in which that lies.

#include <algorithm>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "absl/container/inlined_vector.h"
#include "engine/rules/column.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Collects the schemes that a body names, in claims and by themselves.
class SchemesNamed {
 public:
  template <typename Field>
  void operator()(int, std::string_view name, const Field& field) {
    if constexpr (std::is_same_v<Field, std::string_view>) {
      if (name == "scheme" || name == "as_scheme") Add(field);
    } else if constexpr (requires(SchemesNamed & visit) {
                           Field::Visit(field, visit);
                         }) {
      Field::Visit(field, *this);
    } else if constexpr (
        requires { field.begin()->product; } ||
        requires { field.begin()->scheme; }) {
      for (const auto& element : field) (*this)(0, name, element);
    }
  }

  const absl::InlinedVector<std::string_view, 4>& names() const {
    return names_;
  }

 private:
  void Add(std::string_view scheme) {
    if (scheme.empty()) return;
    if (std::find(names_.begin(), names_.end(), scheme) != names_.end()) return;
    names_.push_back(scheme);
  }

  absl::InlinedVector<std::string_view, 4> names_;
};

// The lag is about what happened to material and credits. Certificates and
// periods have dates of their own from which they hold.
template <typename Kind>
constexpr bool kHasOwnDates =
    std::is_same_v<Kind, OpenPeriod> || std::is_same_v<Kind, ClosePeriod> ||
    std::is_same_v<Kind, DefineScheme> ||
    std::is_same_v<Kind, GrantCertificate>;

void CheckScheme(Case& c, std::string_view name) {
  const SchemeIndex scheme = c.state.schemes().Find(name);
  if (!scheme.valid()) return;
  const std::optional<Date> last_day =
      c.ProfileOf(scheme).LastDayToRecord(c.date);
  const Date recorded = c.recorded_at.date();
  if (!last_day || recorded <= *last_day) return;
  if (!c.verdict.Concerns(Code::kLateEntry)) return;
  const int32_t days = recorded.days() - c.date.days();
  const int32_t allowed = last_day->days() - c.date.days();
  Refusal refusal = RefuseUnder(
      c, scheme, Code::kLateEntry,
      fmt::format("recorded on {}, {} days after {}: scheme \"{}\" allows {}, "
                  "until {}; what happened is told by an event of a later "
                  "date, such as a stock count or an adjustment",
                  recorded.ToString(), days, c.date.ToString(), name, allowed,
                  last_day->ToString()));
  refusal.figures.push_back({"days", fmt::format("{}", days), "DAY"});
  refusal.figures.push_back({"allowed", fmt::format("{}", allowed), "DAY"});
  refusal.figures.push_back({"last_day", last_day->ToString(), ""});
  c.verdict.Refuse(std::move(refusal));
}

}  // namespace

void CheckEntry(Case& c) {
  // The usual event is recorded on the day on which it happened.
  if (c.recorded_at.date() <= c.date) return;
  SchemesNamed named;
  std::visit(
      [&named](const auto& body) {
        using Pointer = std::decay_t<decltype(body)>;
        if constexpr (std::is_pointer_v<Pointer>) {
          using Kind = std::remove_cvref_t<decltype(*body)>;
          if constexpr (!kHasOwnDates<Kind>) Kind::Visit(*body, named);
        }
      },
      c.event.body);
  for (const std::string_view name : named.names()) CheckScheme(c, name);
}

}  // namespace tally

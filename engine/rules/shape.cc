#include "engine/rules/shape.h"

#include <string>
#include <type_traits>
#include <variant>

#include "engine/model/limits.h"
#include "engine/rules/shape_checks.h"
#include "engine/rules/shape_kinds.h"
#include "fmt/format.h"

namespace tally {
namespace {

// What the decoder left empty would be found again below, and what follows
// from it too: its own list says what to mend.
std::unique_ptr<Refusal> RefuseMalformed(const Event& event) {
  const Malformed& first = event.malformed.front();
  const std::string message =
      first.value.empty()
          ? fmt::format("{} must be {}", first.field, first.limit)
          : fmt::format("{}: \"{}\" is not {}", first.field, first.value,
                        first.limit);
  auto refusal = std::make_unique<Refusal>(Refuse(first.code, message));
  for (const Malformed& malformed : event.malformed) {
    if (refusal->violations.size() >= kViolationsMax) break;
    refusal->violations.push_back({std::string(malformed.field),
                                   std::string(malformed.value),
                                   std::string(malformed.limit)});
  }
  return refusal;
}

void CheckBody(ShapeChecks& checks, const Event& event) {
  std::visit(
      [&](const auto& body) {
        if constexpr (std::is_pointer_v<std::decay_t<decltype(body)>>) {
          const auto kind = checks.In(KindName(event.kind()));
          CheckKind(checks, *body);
        } else {
          checks.Missing("kind");
        }
      },
      event.body);
}

}  // namespace

std::unique_ptr<Refusal> CheckShape(const Event& event) {
  if (!event.malformed.empty()) return RefuseMalformed(event);
  ShapeChecks checks;
  checks.Uuid("id", event.id);
  checks.Day("occurred_at", event.date());
  checks.Utf8("document", event.document, kDocumentBytesMax);
  checks.OptionalId("actor", event.actor);
  CheckBody(checks, event);
  return checks.TakeRefusal();
}

}  // namespace tally

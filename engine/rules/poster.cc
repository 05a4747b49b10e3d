// Who posted an event, where that was proved: whether he acts for the party
// that it is posted for, and whether a second person has to agree.

#include <string>
#include <variant>

#include "engine/base/hex.h"
#include "engine/base/sha256.h"
#include "engine/rules/column.h"
#include "engine/rules/decide.h"
#include "engine/rules/rights.h"
#include "fmt/format.h"

namespace tally {
namespace {

// What the administrator may post for no party: what a ledger begins with, and
// what must be possible where nobody has certified.
bool IsAdministrators(const Event& event) {
  const Body& body = event.body;
  return std::holds_alternative<const BindPrincipal*>(body) ||
         std::holds_alternative<const UnbindPrincipal*>(body) ||
         std::holds_alternative<const RegisterParty*>(body) ||
         std::holds_alternative<const RegisterSite*>(body) ||
         std::holds_alternative<const DefineScheme*>(body) ||
         std::holds_alternative<const DefineProduct*>(body) ||
         std::holds_alternative<const Void*>(body);
}

// Whether the administrator posts it, as such.
bool IsByAdministrator(const Event& event) {
  return event.poster.administrator && event.actor.empty() &&
         IsAdministrators(event);
}

// What takes two: to withdraw credits, or a certificate, and to open again a
// certificate that was withdrawn or terminated.
bool TakesTwo(const Case& c) {
  const Body& body = c.event.body;
  if (std::holds_alternative<const WithdrawCredits*>(body)) return true;
  const auto* held = std::get_if<const SetCertificateStatus*>(&body);
  if (held == nullptr) return false;
  const SetCertificateStatus& set = **held;
  if (set.status == CertificateStatus::kWithdrawn) return true;
  const Certificates& certificates = c.state.certificates();
  const CertificateIndex index = certificates.Find(set.certificate);
  if (!index.valid()) return false;
  const CertificateStatus now =
      certificates.at(index).StatusAt(set.effective_from);
  return set.status != now && (now == CertificateStatus::kWithdrawn ||
                               now == CertificateStatus::kTerminated);
}

// Whether another principal of the same party, who might post the event
// himself, has approved these very words.
bool IsApproved(const Case& c, PartyIndex party, std::string_view content) {
  const Bindings& bindings = c.state.bindings();
  for (const Approval& approval : bindings.ApprovalsOf(c.event.id)) {
    if (approval.content != content || approval.principal.empty() ||
        approval.principal == c.event.poster.principal) {
      continue;
    }
    const int32_t binding = bindings.Find(approval.principal, party);
    if (binding < 0) continue;
    const Right second = RightOf(c, party, &bindings.at(binding));
    if (second.code == Code::kAccepted) return true;
  }
  return false;
}

void RefusePrincipal(Case& c, Code code, std::string_view why) {
  c.verdict.Refuse(Refuse(
      code,
      fmt::format("principal \"{}\" may not post this {}: {}",
                  c.event.poster.principal, KindName(c.event.kind()), why)));
}

void CheckApproval(Case& c, PartyIndex party) {
  if (!TakesTwo(c)) return;
  const std::string content = HexOf(Sha256(c.words));
  if (IsApproved(c, party, content)) return;
  RefusePrincipal(
      c, Code::kNotAuthorized,
      fmt::format("it takes two; a second principal of the same party has to "
                  "approve event {} with content {}",
                  c.event.id.ToString(), content));
}

}  // namespace

PartyIndex ActingParty(const State& state, const Event& event) {
  const Registry& registry = state.registry();
  if (!event.actor.empty()) return registry.party_names.Find(event.actor);
  if (!event.poster.authenticated()) return PartyIndex();
  const int32_t only = state.bindings().FindOnly(event.poster.principal);
  return only < 0 ? PartyIndex() : state.bindings().at(only).party;
}

bool MayPost(const State& state, const Event& event,
             const VoidTarget* void_target) {
  if (!event.poster.authenticated() || IsByAdministrator(event)) return true;
  const PartyIndex party = ActingParty(state, event);
  const int32_t index =
      party.valid() ? state.bindings().Find(event.poster.principal, party) : -1;
  if (index < 0) return false;
  Plan plan;
  const Case c{.state = state,
               .event = event,
               .void_target = void_target,
               .date = event.date(),
               .plan = plan};
  return RightOf(c, party, &state.bindings().at(index)).code == Code::kAccepted;
}

void CheckPoster(Case& c) {
  const Poster& poster = c.event.poster;
  if (!poster.authenticated() || IsByAdministrator(c.event)) return;
  const PartyIndex party = ActingParty(c.state, c.event);
  const int32_t index =
      party.valid() ? c.state.bindings().Find(poster.principal, party) : -1;
  if (index < 0) {
    return RefusePrincipal(
        c, Code::kNotAuthorized,
        c.event.actor.empty()
            ? "it names no actor, and there is not one party alone to act for"
            : "it is not bound to the party that it names as actor");
  }
  const Right right = RightOf(c, party, &c.state.bindings().at(index));
  if (right.code != Code::kAccepted) {
    return RefusePrincipal(c, right.code,
                           fmt::format("only {} may", right.only));
  }
  CheckApproval(c, party);
}

}  // namespace tally

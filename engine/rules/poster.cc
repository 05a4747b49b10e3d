// Who posted an event, where that was proved: whether he acts for the party
// that it is posted for, and whether a second person has to agree.

#include <string>
#include <variant>

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

// What takes two: to withdraw credits, or a certificate.
bool TakesTwo(const Event& event) {
  if (std::holds_alternative<const WithdrawCredits*>(event.body)) return true;
  const auto* status = std::get_if<const SetCertificateStatus*>(&event.body);
  return status != nullptr &&
         (*status)->status == CertificateStatus::kWithdrawn;
}

std::string Hex(const Sha256Digest& digest) {
  std::string hex;
  for (const uint8_t byte : digest) hex += fmt::format("{:02x}", byte);
  return hex;
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
  if (!TakesTwo(c.event)) return;
  const std::string content = Hex(Sha256(c.words));
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

bool ActsForItsParty(const State& state, const Event& event) {
  const Poster& poster = event.poster;
  if (!poster.authenticated()) return true;
  if (poster.administrator && event.actor.empty()) return true;
  const PartyIndex party = ActingParty(state, event);
  return party.valid() && state.bindings().Find(poster.principal, party) >= 0;
}

void CheckPoster(Case& c) {
  const Poster& poster = c.event.poster;
  if (!poster.authenticated()) return;
  if (poster.administrator && c.event.actor.empty() &&
      IsAdministrators(c.event)) {
    return;
  }
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

#include "services/wire/encode_outcome.h"

#include <string>
#include <variant>

#include "engine/base/check.h"
#include "services/wire/encode.h"
#include "services/wire/encode_parts.h"

namespace tally::wire {
namespace {

// A sentence for people; a program reads the code.
std::string_view Sentence(Warning warning) {
  switch (warning) {
    case Warning::kUnspecified:
      return "";
    case Warning::kShortInPeriod:
      return "The account is below zero inside its open period";
    case Warning::kOverdrawn:
      return "The account is overdrawn within the scheme's limit";
    case Warning::kCarryCap:
      return "Entitlement above the physical stock expired at the close";
    case Warning::kDeficitAtClose:
      return "The period closed with a deficit";
    case Warning::kUncoveredClaim:
      return "Claims are not covered by retirements";
    case Warning::kExpiring:
      return "Something that this event touches expires soon";
  }
  return "";
}

static_assert(static_cast<int>(AccountTerm::kHolding) ==
              v1::ACCOUNT_KIND_HOLDING);
static_assert(static_cast<int>(AccountTerm::kCredits) ==
              v1::ACCOUNT_KIND_CREDITS);
static_assert(static_cast<int>(AccountTerm::kConverted) ==
              v1::ACCOUNT_KIND_CONVERTED);
static_assert(static_cast<int>(AccountTerm::kExpired) ==
              v1::ACCOUNT_KIND_EXPIRED);

void EncodeAccepted(const Outcome& in, const Event& event, v1::Accepted* out) {
  out->set_position(in.position);
  Encode(in.recorded_at, out->mutable_recorded_at());
  for (const Warning warning : in.decision.warnings) {
    Encode(warning, out->add_warnings());
  }
  for (const DrawnSerials& serials : in.decision.serials) {
    Encode(serials, out->add_serials());
  }
  if (std::holds_alternative<const RedeemCredits*>(event.body)) {
    out->set_redemption(event.id.ToString());
  }
  for (const TouchedBalance& touched : in.balances) {
    v1::BalanceChange* change = out->add_balances();
    Encode(touched.account, change->mutable_account());
    change->set_delta(touched.delta.ToString());
    change->set_balance(touched.balance.ToString());
    change->set_unit(touched.balance.unit);
  }
}

}  // namespace

void Encode(const Refusal& in, v1::Refusal* out) {
  out->set_code(static_cast<v1::RefusalCode>(in.code));
  out->set_rule(in.rule);
  out->set_citation(in.citation);
  out->set_message(in.message);
  for (const Figure& figure : in.figures) {
    v1::Figure* written = out->add_figures();
    written->set_key(figure.name);
    written->set_value(figure.value);
    written->set_unit(figure.unit);
  }
  for (const Violation& violation : in.violations) {
    v1::FieldViolation* written = out->add_field_violations();
    written->set_field(violation.field);
    written->set_value(violation.value);
    written->set_limit(violation.limit);
  }
}

void Encode(Warning in, v1::Warning* out) {
  out->set_code(static_cast<v1::WarningCode>(in));
  out->set_message(std::string(Sentence(in)));
}

void Encode(const NamedAccount& in, v1::Account* out) {
  out->set_kind(static_cast<v1::AccountKind>(in.term));
  out->set_party(in.party);
  out->set_site(in.site);
  out->set_scope(in.scope);
  out->set_product(in.product);
  out->set_group(in.group);
  for (const NamedClaim& claim : in.claims) {
    Write(ClaimName{.scheme = claim.scheme, .model = claim.model},
          out->add_claims());
  }
  out->set_lot(in.lot);
  out->set_block(in.block);
  out->set_origin_country(in.origin_country);
}

void Encode(const DrawnSerials& in, v1::SerialRange* out) {
  out->set_block(in.block);
  out->set_from(in.from);
  out->set_to(in.to);
}

void Encode(const Outcome& in, const Event& event, std::string_view sent_id,
            v1::Outcome* out) {
  out->set_id(std::string(sent_id));
  out->set_replayed(in.repeated);
  if (in.accepted()) {
    EncodeAccepted(in, event, out->mutable_accepted());
    return;
  }
  TALLY_CHECK(in.refusal != nullptr);
  Encode(*in.refusal, out->mutable_refusal());
}

}  // namespace tally::wire

#include <string>

#include "services/encode_views.h"
#include "services/wire/encode.h"
#include "services/wire/encode_outcome.h"
#include "services/wire/encode_parts.h"

namespace tally::services {

namespace v1 = tallystick::v1;

static_assert(static_cast<int>(CreditState::kIssued) ==
              v1::CREDIT_STATE_ISSUED);
static_assert(static_cast<int>(CreditState::kRetired) ==
              v1::CREDIT_STATE_RETIRED);
static_assert(static_cast<int>(CreditState::kExpired) ==
              v1::CREDIT_STATE_EXPIRED);
static_assert(static_cast<int>(CreditState::kWithdrawn) ==
              v1::CREDIT_STATE_WITHDRAWN);
static_assert(static_cast<int>(CreditState::kUnbundled) ==
              v1::CREDIT_STATE_UNBUNDLED);

void Encode(const HoldingView& in, v1::Holding* out) {
  out->set_party(in.party);
  out->set_scheme(in.scheme);
  out->set_product(in.product);
  out->set_vintage(in.vintage);
  out->set_state(static_cast<v1::CreditState>(in.state));
  out->set_quantity(in.quantity.ToString());
  out->set_unit(in.quantity.unit);
  out->set_last_day(wire::TextOf(in.last_day));
}

void Encode(const BlockView& in, v1::CreditBlock* out) {
  out->set_block(in.block);
  out->set_scheme(in.scheme);
  out->set_product(in.product);
  out->set_vintage(in.vintage);
  out->set_site(in.site);
  out->set_issued_to(in.issued_to);
  out->set_issued_on(in.issued_on.ToString());
  wire::Encode(DrawnSerials{.block = in.block, .from = 1, .to = in.serials},
               out->mutable_serials());
  out->set_quantity_per_serial(in.per_serial.ToString());
  out->set_quantity(in.quantity.ToString());
  out->set_unit(in.quantity.unit);
  out->set_last_day(wire::TextOf(in.last_day));
  out->set_state(static_cast<v1::CreditState>(in.state));
  out->set_evidence(in.evidence);
  out->set_lot(in.lot);
  out->set_unbundled_from(in.unbundled_from);
  for (const v1::FlagCode flag : FlagsOf(in.flags)) out->add_flags(flag);
  out->set_held(in.held);
  out->set_position(in.position);
  for (const SerialCount& count : in.counts) {
    v1::SerialCount* written = out->add_counts();
    written->set_state(static_cast<v1::CreditState>(count.state));
    written->set_serial_count(count.serials);
    written->set_quantity(count.quantity.ToString());
  }
}

void Encode(const CreditsView& in, v1::Credits* out) {
  wire::Encode(in.serials, out->mutable_serials());
  out->set_holder(in.holder);
  out->set_state(static_cast<v1::CreditState>(in.state));
  out->set_redemption(in.redemption);
}

void Encode(const RedemptionView& in, v1::Redemption* out) {
  out->set_redemption(in.redemption.ToString());
  out->set_holder(in.holder);
  out->set_scheme(in.scheme);
  out->set_product(in.product);
  out->set_quantity(in.quantity.ToString());
  out->set_unit(in.quantity.unit);
  for (const DrawnSerials& serials : in.serials) {
    wire::Encode(serials, out->add_serials());
  }
  out->set_beneficiary(in.beneficiary);
  out->set_claim_period(in.claim_period);
  out->set_purpose(static_cast<v1::RedemptionPurpose>(in.purpose));
  out->set_audit_reference(in.audit_reference);
  out->set_statement(in.statement);
  out->set_redeemed_on(in.redeemed_on.ToString());
  wire::Encode(in.recorded_at, out->mutable_recorded_at());
  out->set_position(in.position);
  out->set_withdrawn(in.withdrawn);
  out->set_withdrawal_reason(in.withdrawal_reason);
}

}  // namespace tally::services

#include <string>

#include "services/wire/encode_kinds.h"
#include "services/wire/encode_parts.h"

namespace tally::wire {

void Write(const IssueCredits& in, v1::IssueCredits* out) {
  out->set_site(std::string(in.site));
  out->set_product(std::string(in.product));
  out->set_scheme(std::string(in.scheme));
  out->set_quantity(in.quantity.ToString());
  out->set_vintage(std::string(in.vintage));
  out->set_block(std::string(in.block));
  out->set_evidence(std::string(in.evidence));
  out->set_lot(std::string(in.lot));
}

void Write(const TransferCredits& in, v1::TransferCredits* out) {
  out->set_from_party(std::string(in.from_party));
  out->set_to_party(std::string(in.to_party));
  out->set_scheme(std::string(in.scheme));
  out->set_product(std::string(in.product));
  out->set_quantity(TextOf(in.quantity));
  Write(in.serials, out->mutable_serials());
  out->set_with_shipment(std::string(in.with_shipment));
}

void Write(const RedeemCredits& in, v1::RedeemCredits* out) {
  out->set_holder(std::string(in.holder));
  out->set_scheme(std::string(in.scheme));
  out->set_product(std::string(in.product));
  out->set_quantity(TextOf(in.quantity));
  Write(in.serials, out->mutable_serials());
  out->set_beneficiary(std::string(in.beneficiary));
  out->set_claim_period(std::string(in.claim_period));
  out->set_purpose(static_cast<v1::RedemptionPurpose>(in.purpose));
  out->set_audit_reference(std::string(in.audit_reference));
}

void Write(const WithdrawCredits& in, v1::WithdrawCredits* out) {
  out->set_block(std::string(in.block));
  Write(in.serials, out->mutable_serials());
  out->set_reason(std::string(in.reason));
}

void Write(const UnbundleCredits& in, v1::UnbundleCredits* out) {
  out->set_block(std::string(in.block));
}

void Write(const DeclareClaims& in, v1::DeclareClaims* out) {
  out->set_party(std::string(in.party));
  out->set_scheme(std::string(in.scheme));
  out->set_product(std::string(in.product));
  out->set_quantity(in.quantity.ToString());
  out->set_claim_period(std::string(in.claim_period));
}

}  // namespace tally::wire

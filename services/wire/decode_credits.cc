#include "services/wire/decode_kinds.h"

namespace tally::wire {
namespace {

static_assert(static_cast<int>(Purpose::kVoluntary) ==
              v1::REDEMPTION_PURPOSE_VOLUNTARY);
static_assert(static_cast<int>(Purpose::kCompliance) ==
              v1::REDEMPTION_PURPOSE_COMPLIANCE);
static_assert(static_cast<int>(Purpose::kMemberUse) ==
              v1::REDEMPTION_PURPOSE_MEMBER_USE);

Purpose ReadPurpose(v1::RedemptionPurpose in, const Fields& fields) {
  if (in == v1::REDEMPTION_PURPOSE_UNSPECIFIED) {
    fields.Missing("purpose");
  } else if (!v1::RedemptionPurpose_IsValid(in)) {
    NoteEnum("purpose", in, fields);
  } else {
    return static_cast<Purpose>(in);
  }
  return Purpose::kUnspecified;
}

}  // namespace

IssueCredits Read(view::IssueCredits in, const Fields& fields) {
  return {
      .site = fields.Id("site", in.site()),
      .product = fields.Id("product", in.product()),
      .scheme = fields.Id("scheme", in.scheme()),
      .quantity = fields.Quantity("quantity", in.quantity()),
      .vintage = fields.Span("vintage", in.vintage()),
      .block = fields.Id("block", in.block()),
      .evidence = fields.OptionalName("evidence", in.evidence()),
      .lot = fields.OptionalId("lot", in.lot()),
  };
}

TransferCredits Read(view::TransferCredits in, const Fields& fields) {
  fields.OneOf("quantity", !in.quantity().empty(), "serials",
               !in.serials().empty());
  return {
      .from_party = fields.Id("from_party", in.from_party()),
      .to_party = fields.Id("to_party", in.to_party()),
      .scheme = fields.Id("scheme", in.scheme()),
      .product = fields.Id("product", in.product()),
      .quantity = fields.OptionalQuantity("quantity", in.quantity()),
      .serials = ReadSerials(in.serials(), fields),
      .with_shipment = fields.OptionalId("with_shipment", in.with_shipment()),
  };
}

RedeemCredits Read(view::RedeemCredits in, const Fields& fields) {
  fields.OneOf("quantity", !in.quantity().empty(), "serials",
               !in.serials().empty());
  return {
      .holder = fields.Id("holder", in.holder()),
      .scheme = fields.Id("scheme", in.scheme()),
      .product = fields.Id("product", in.product()),
      .quantity = fields.OptionalQuantity("quantity", in.quantity()),
      .serials = ReadSerials(in.serials(), fields),
      .beneficiary = fields.Name("beneficiary", in.beneficiary()),
      .claim_period = fields.Span("claim_period", in.claim_period()),
      .purpose = ReadPurpose(in.purpose(), fields),
      .audit_reference =
          fields.OptionalName("audit_reference", in.audit_reference()),
  };
}

WithdrawCredits Read(view::WithdrawCredits in, const Fields& fields) {
  fields.OneOf("block", !in.block().empty(), "serials", !in.serials().empty());
  return {.block = fields.OptionalId("block", in.block()),
          .serials = ReadSerials(in.serials(), fields),
          .reason = fields.OptionalText("reason", in.reason())};
}

UnbundleCredits Read(view::UnbundleCredits in, const Fields& fields) {
  return {.block = fields.Id("block", in.block())};
}

DeclareClaims Read(view::DeclareClaims in, const Fields& fields) {
  return {
      .party = fields.Id("party", in.party()),
      .scheme = fields.Id("scheme", in.scheme()),
      .product = fields.Id("product", in.product()),
      .quantity = fields.Quantity("quantity", in.quantity()),
      .claim_period = fields.Span("claim_period", in.claim_period()),
  };
}

}  // namespace tally::wire

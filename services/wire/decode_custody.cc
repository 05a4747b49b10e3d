#include <cstdint>

#include "engine/model/limits.h"
#include "services/wire/decode_kinds.h"

namespace tally::wire {
namespace {

static_assert(static_cast<int>(AdjustReason::kLoss) == v1::ADJUST_REASON_LOSS);
static_assert(static_cast<int>(AdjustReason::kDamage) ==
              v1::ADJUST_REASON_DAMAGE);
static_assert(static_cast<int>(AdjustReason::kUnderProduction) ==
              v1::ADJUST_REASON_UNDER_PRODUCTION);
static_assert(static_cast<int>(AdjustReason::kOtherScheme) ==
              v1::ADJUST_REASON_OTHER_SCHEME);
static_assert(static_cast<int>(AdjustReason::kConventionalSale) ==
              v1::ADJUST_REASON_CONVENTIONAL_SALE);
static_assert(static_cast<int>(AdjustReason::kStockCount) ==
              v1::ADJUST_REASON_STOCK_COUNT);

ShipLine ReadLine(view::ShipLine in, const Fields& fields) {
  ShipLine out;
  out.product = fields.Id("product", in.product());
  out.quantity = fields.Quantity("quantity", in.quantity());
  out.claim = ReadOptionalClaim(in.has_claim(), in.claim(), fields);
  out.lot = fields.OptionalId("lot", in.lot());
  if (in.as_model() != v1::MODEL_UNSPECIFIED) {
    out.as_model = ReadModel(in.as_model(), "as_model",
                             /*may_be_conventional=*/true, fields);
  }
  out.claims_share = fields.OptionalShare("claims_share", in.claims_share());
  out.attributes = ReadAttributes(in.attributes(), fields);
  out.serials = ReadSerials(in.serials(), fields);
  return out;
}

AcceptLine ReadLine(view::AcceptLine in, const Fields& fields) {
  return {.product = fields.Id("product", in.product()),
          .quantity = fields.Quantity("quantity", in.quantity())};
}

ProcessInput ReadInput(view::ProcessInput in, const Fields& fields) {
  return {
      .product = fields.Id("product", in.product()),
      .quantity = fields.OptionalQuantity("quantity", in.quantity()),
      .claim = ReadOptionalClaim(in.has_claim(), in.claim(), fields),
      .lot = fields.OptionalId("lot", in.lot()),
  };
}

ProcessOutput ReadOutput(view::ProcessOutput in, const Fields& fields) {
  return {
      .product = fields.Id("product", in.product()),
      .quantity = fields.Quantity("quantity", in.quantity()),
      .claim = ReadOptionalClaim(in.has_claim(), in.claim(), fields),
      .lot = fields.OptionalId("lot", in.lot()),
      .claims_share = fields.OptionalShare("claims_share", in.claims_share()),
      .attributes = ReadAttributes(in.attributes(), fields),
      .tags = fields.Names("tags", in.tags(), kTagsMax),
  };
}

AdjustReason ReadReason(v1::AdjustReason in, const Fields& fields) {
  if (in == v1::ADJUST_REASON_UNSPECIFIED) {
    fields.Missing("reason");
  } else if (!v1::AdjustReason_IsValid(in)) {
    NoteEnum("reason", in, fields);
  } else {
    return static_cast<AdjustReason>(in);
  }
  return AdjustReason::kUnspecified;
}

}  // namespace

Originate Read(view::Originate in, const Fields& fields) {
  return {
      .site = fields.Id("site", in.site()),
      .product = fields.Id("product", in.product()),
      .quantity = fields.Quantity("quantity", in.quantity()),
      .claim = ReadClaim(in.has_claim(), in.claim(), fields),
      .also = ReadAlso(in.also(), fields),
      .certificate = fields.OptionalId("certificate", in.certificate()),
      .lot = fields.OptionalId("lot", in.lot()),
      .member = fields.OptionalId("member", in.member()),
      .tags = fields.Names("tags", in.tags(), kTagsMax),
      .attributes = ReadAttributes(in.attributes(), fields),
  };
}

Receive Read(view::Receive in, const Fields& fields) {
  return {
      .site = fields.Id("site", in.site()),
      .product = fields.Id("product", in.product()),
      .quantity = fields.Quantity("quantity", in.quantity()),
      .claim = ReadOptionalClaim(in.has_claim(), in.claim(), fields),
      .also = ReadAlso(in.also(), fields),
      .supplier = fields.Name("supplier", in.supplier()),
      .supplier_certificate = fields.OptionalName("supplier_certificate",
                                                  in.supplier_certificate()),
      .lot = fields.OptionalId("lot", in.lot()),
      .attributes = ReadAttributes(in.attributes(), fields),
      .claims_share = fields.OptionalShare("claims_share", in.claims_share()),
      .contract = fields.OptionalId("contract", in.contract()),
  };
}

Ship Read(view::Ship in, const Fields& fields) {
  Ship out;
  out.shipment = fields.Id("shipment", in.shipment());
  out.from_site = fields.Id("from_site", in.from_site());
  fields.OneOf("to_site", !in.to_site().empty(), "to_external",
               !in.to_external().empty());
  out.to_site = fields.OptionalId("to_site", in.to_site());
  out.to_external = fields.OptionalName("to_external", in.to_external());
  if (fields.SizeIsIn("lines", in.lines_size(), 1, kLinesMax)) {
    const auto lines = fields.arena().NewArray<ShipLine>(in.lines_size());
    for (int i = 0; i < in.lines_size(); ++i) {
      lines[i] = ReadLine(in.lines(i), fields.At("lines", i));
    }
    out.lines = lines;
  }
  out.ghg = fields.OptionalGhg("ghg", in.ghg());
  out.overdraw_reason =
      fields.OptionalText("overdraw_reason", in.overdraw_reason());
  out.contract = fields.OptionalId("contract", in.contract());
  return out;
}

Accept Read(view::Accept in, const Fields& fields) {
  Accept out;
  out.contract = fields.OptionalId("contract", in.contract());
  out.shipment = fields.Id("shipment", in.shipment());
  if (fields.SizeIsIn("lines", in.lines_size(), 0, kLinesMax)) {
    const auto lines = fields.arena().NewArray<AcceptLine>(in.lines_size());
    for (int i = 0; i < in.lines_size(); ++i) {
      lines[i] = ReadLine(in.lines(i), fields.At("lines", i));
    }
    out.lines = lines;
  }
  out.as_scheme = fields.OptionalId("as_scheme", in.as_scheme());
  out.lot = fields.OptionalId("lot", in.lot());
  out.reason = fields.OptionalText("reason", in.reason());
  return out;
}

Reject Read(view::Reject in, const Fields& fields) {
  return {.shipment = fields.Id("shipment", in.shipment()),
          .reason = fields.Text("reason", in.reason())};
}

Recall Read(view::Recall in, const Fields& fields) {
  return {.shipment = fields.Id("shipment", in.shipment()),
          .reason = fields.Text("reason", in.reason())};
}

Process Read(view::Process in, const Fields& fields) {
  Process out;
  out.site = fields.Id("site", in.site());
  out.process = fields.Id("process", in.process());
  if (fields.SizeIsIn("inputs", in.inputs_size(), 1, kLinesMax)) {
    const auto inputs = fields.arena().NewArray<ProcessInput>(in.inputs_size());
    for (int i = 0; i < in.inputs_size(); ++i) {
      inputs[i] = ReadInput(in.inputs(i), fields.At("inputs", i));
    }
    out.inputs = inputs;
  }
  if (fields.SizeIsIn("outputs", in.outputs_size(), 1, kLinesMax)) {
    const auto outputs =
        fields.arena().NewArray<ProcessOutput>(in.outputs_size());
    for (int i = 0; i < in.outputs_size(); ++i) {
      outputs[i] = ReadOutput(in.outputs(i), fields.At("outputs", i));
    }
    out.outputs = outputs;
  }
  return out;
}

Downgrade Read(view::Downgrade in, const Fields& fields) {
  return {
      .site = fields.Id("site", in.site()),
      .product = fields.Id("product", in.product()),
      .quantity = fields.Quantity("quantity", in.quantity()),
      .claim = ReadClaim(in.has_claim(), in.claim(), fields),
      .lot = fields.OptionalId("lot", in.lot()),
      .to_model = ReadModel(in.to_model(), "to_model",
                            /*may_be_conventional=*/true, fields),
  };
}

Adjust Read(view::Adjust in, const Fields& fields) {
  return {
      .site = fields.Id("site", in.site()),
      .product = fields.Id("product", in.product()),
      .quantity = fields.Quantity("quantity", in.quantity()),
      .claim = ReadOptionalClaim(in.has_claim(), in.claim(), fields),
      .lot = fields.OptionalId("lot", in.lot()),
      .reason = ReadReason(in.reason(), fields),
      .add = in.add(),
  };
}

CountStock Read(view::CountStock in, const Fields& fields) {
  return {
      .site = fields.Id("site", in.site()),
      .product = fields.Id("product", in.product()),
      .physical_quantity =
          fields.Count("physical_quantity", in.physical_quantity()),
  };
}

Consume Read(view::Consume in, const Fields& fields) {
  return {
      .site = fields.Id("site", in.site()),
      .product = fields.Id("product", in.product()),
      .quantity = fields.Quantity("quantity", in.quantity()),
      .claim = ReadClaim(in.has_claim(), in.claim(), fields),
      .lot = fields.OptionalId("lot", in.lot()),
      .beneficiary = fields.Name("beneficiary", in.beneficiary()),
      .statement = fields.OptionalText("statement", in.statement()),
      .overdraw_reason =
          fields.OptionalText("overdraw_reason", in.overdraw_reason()),
      .attribute = fields.OptionalId("attribute", in.attribute()),
  };
}

AgreeContract Read(view::AgreeContract in, const Fields& fields) {
  return {
      .contract = fields.Id("contract", in.contract()),
      .site = fields.Id("site", in.site()),
      .sale = in.sale(),
      .product = fields.Id("product", in.product()),
      .quantity = fields.Quantity("quantity", in.quantity()),
      .claim = ReadClaim(in.has_claim(), in.claim(), fields),
      .counterparty = fields.Name("counterparty", in.counterparty()),
      .deliver_by = fields.Day("deliver_by", in.deliver_by()),
  };
}

}  // namespace tally::wire

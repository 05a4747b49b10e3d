#include <string>

#include "services/wire/encode_kinds.h"
#include "services/wire/encode_parts.h"

namespace tally::wire {
namespace {

void WriteItem(const ShipLine& in, v1::ShipLine* out) {
  out->set_product(std::string(in.product));
  out->set_quantity(in.quantity.ToString());
  if (!in.claim.IsConventional()) Write(in.claim, out->mutable_claim());
  out->set_lot(std::string(in.lot));
  if (in.as_model.has_value()) out->set_as_model(WireModel(*in.as_model));
  out->set_claims_share(TextOf(in.claims_share));
  if (IsStated(in.attributes)) {
    Write(in.attributes, out->mutable_attributes());
  }
  Write(in.serials, out->mutable_serials());
}

void WriteItem(const AcceptLine& in, v1::AcceptLine* out) {
  out->set_product(std::string(in.product));
  out->set_quantity(in.quantity.ToString());
}

void WriteItem(const ProcessInput& in, v1::ProcessInput* out) {
  out->set_product(std::string(in.product));
  out->set_quantity(TextOf(in.quantity));
  if (!in.claim.IsConventional()) Write(in.claim, out->mutable_claim());
  out->set_lot(std::string(in.lot));
}

void WriteItem(const ProcessOutput& in, v1::ProcessOutput* out) {
  out->set_product(std::string(in.product));
  out->set_quantity(in.quantity.ToString());
  if (!in.claim.IsConventional()) Write(in.claim, out->mutable_claim());
  out->set_lot(std::string(in.lot));
  out->set_claims_share(TextOf(in.claims_share));
  if (IsStated(in.attributes)) {
    Write(in.attributes, out->mutable_attributes());
  }
  Write(in.tags, out->mutable_tags());
}

}  // namespace

void Write(const Originate& in, v1::Originate* out) {
  out->set_site(std::string(in.site));
  out->set_product(std::string(in.product));
  out->set_quantity(in.quantity.ToString());
  if (!in.claim.IsConventional()) Write(in.claim, out->mutable_claim());
  Write(in.also, out->mutable_also());
  out->set_certificate(std::string(in.certificate));
  out->set_lot(std::string(in.lot));
  out->set_member(std::string(in.member));
  Write(in.tags, out->mutable_tags());
  if (IsStated(in.attributes)) {
    Write(in.attributes, out->mutable_attributes());
  }
}

void Write(const Receive& in, v1::Receive* out) {
  out->set_site(std::string(in.site));
  out->set_product(std::string(in.product));
  out->set_quantity(in.quantity.ToString());
  if (!in.claim.IsConventional()) Write(in.claim, out->mutable_claim());
  Write(in.also, out->mutable_also());
  out->set_supplier(std::string(in.supplier));
  out->set_supplier_certificate(std::string(in.supplier_certificate));
  out->set_lot(std::string(in.lot));
  if (IsStated(in.attributes)) {
    Write(in.attributes, out->mutable_attributes());
  }
  out->set_claims_share(TextOf(in.claims_share));
  out->set_contract(std::string(in.contract));
}

void Write(const Ship& in, v1::Ship* out) {
  out->set_shipment(std::string(in.shipment));
  out->set_from_site(std::string(in.from_site));
  out->set_to_site(std::string(in.to_site));
  out->set_to_external(std::string(in.to_external));
  for (const ShipLine& item : in.lines) WriteItem(item, out->add_lines());
  out->set_ghg(TextOf(in.ghg));
  out->set_overdraw_reason(std::string(in.overdraw_reason));
  out->set_contract(std::string(in.contract));
}

void Write(const Accept& in, v1::Accept* out) {
  out->set_shipment(std::string(in.shipment));
  for (const AcceptLine& item : in.lines) WriteItem(item, out->add_lines());
  out->set_as_scheme(std::string(in.as_scheme));
  out->set_lot(std::string(in.lot));
  out->set_reason(std::string(in.reason));
  out->set_contract(std::string(in.contract));
}

void Write(const Reject& in, v1::Reject* out) {
  out->set_shipment(std::string(in.shipment));
  out->set_reason(std::string(in.reason));
}

void Write(const Recall& in, v1::Recall* out) {
  out->set_shipment(std::string(in.shipment));
  out->set_reason(std::string(in.reason));
}

void Write(const Process& in, v1::Process* out) {
  out->set_site(std::string(in.site));
  out->set_process(std::string(in.process));
  for (const ProcessInput& item : in.inputs) WriteItem(item, out->add_inputs());
  for (const ProcessOutput& item : in.outputs)
    WriteItem(item, out->add_outputs());
}

void Write(const Downgrade& in, v1::Downgrade* out) {
  out->set_site(std::string(in.site));
  out->set_product(std::string(in.product));
  out->set_quantity(in.quantity.ToString());
  if (!in.claim.IsConventional()) Write(in.claim, out->mutable_claim());
  out->set_lot(std::string(in.lot));
  out->set_to_model(WireModel(in.to_model));
}

void Write(const Adjust& in, v1::Adjust* out) {
  out->set_site(std::string(in.site));
  out->set_product(std::string(in.product));
  out->set_quantity(in.quantity.ToString());
  if (!in.claim.IsConventional()) Write(in.claim, out->mutable_claim());
  out->set_lot(std::string(in.lot));
  out->set_reason(static_cast<v1::AdjustReason>(in.reason));
  out->set_add(in.add);
}

void Write(const CountStock& in, v1::CountStock* out) {
  out->set_site(std::string(in.site));
  out->set_product(std::string(in.product));
  out->set_physical_quantity(in.physical_quantity.ToString());
}

void Write(const Consume& in, v1::Consume* out) {
  out->set_site(std::string(in.site));
  out->set_product(std::string(in.product));
  out->set_quantity(in.quantity.ToString());
  if (!in.claim.IsConventional()) Write(in.claim, out->mutable_claim());
  out->set_lot(std::string(in.lot));
  out->set_beneficiary(std::string(in.beneficiary));
  out->set_statement(std::string(in.statement));
  out->set_overdraw_reason(std::string(in.overdraw_reason));
  out->set_attribute(std::string(in.attribute));
}

void Write(const AgreeContract& in, v1::AgreeContract* out) {
  out->set_contract(std::string(in.contract));
  out->set_site(std::string(in.site));
  out->set_sale(in.sale);
  out->set_product(std::string(in.product));
  out->set_quantity(in.quantity.ToString());
  if (!in.claim.IsConventional()) Write(in.claim, out->mutable_claim());
  out->set_counterparty(std::string(in.counterparty));
  out->set_deliver_by(in.deliver_by.ToString());
}

}  // namespace tally::wire

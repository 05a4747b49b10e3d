#include <string>

#include "services/wire/encode_kinds.h"
#include "services/wire/encode_parts.h"

namespace tally::wire {
namespace {

void WriteItem(const PeriodAccount& in, v1::PeriodAccount* out) {
  out->set_site(std::string(in.site));
  out->set_scope(std::string(in.scope));
  out->set_product(std::string(in.product));
  out->set_group(std::string(in.group));
  out->set_scheme(std::string(in.scheme));
}

}  // namespace

void Write(const OpenPeriod& in, v1::OpenPeriod* out) {
  WriteItem(in.account, out->mutable_account());
  out->set_from(in.from.ToString());
  out->set_to(in.to.ToString());
}

void Write(const ClosePeriod& in, v1::ClosePeriod* out) {
  WriteItem(in.account, out->mutable_account());
  out->set_from(in.from.ToString());
  out->set_to(in.to.ToString());
  out->set_with_deficit(in.with_deficit);
  out->set_overdraw_reason(std::string(in.overdraw_reason));
}

void Write(const TransferEntitlement& in, v1::TransferEntitlement* out) {
  out->set_from_site(std::string(in.from_site));
  out->set_to_site(std::string(in.to_site));
  out->set_product(std::string(in.product));
  out->set_to_product(std::string(in.to_product));
  out->set_scheme(std::string(in.scheme));
  out->set_quantity(in.quantity.ToString());
}

void Write(const Hold& in, v1::Hold* out) {
  out->set_lot(std::string(in.lot));
  out->set_shipment(std::string(in.shipment));
  out->set_block(std::string(in.block));
  out->set_site(std::string(in.site));
  out->set_product(std::string(in.product));
  out->set_reason(std::string(in.reason));
}

void Write(const Release& in, v1::Release* out) {
  out->set_lot(std::string(in.lot));
  out->set_shipment(std::string(in.shipment));
  out->set_block(std::string(in.block));
  out->set_site(std::string(in.site));
  out->set_product(std::string(in.product));
  out->set_reason(std::string(in.reason));
}

void Write(const Void& in, v1::Void* out) {
  out->set_event(in.event.ToString());
  out->set_reason(std::string(in.reason));
}

void Write(const SetSourceStatus& in, v1::SetSourceStatus* out) {
  out->set_source(std::string(in.source));
  out->set_status(static_cast<v1::SourceStatus>(in.status));
  out->set_from(in.from.ToString());
  out->set_to(TextOf(in.to));
}

void Write(const Lapse& in, v1::Lapse* out) {
  out->set_shipment(std::string(in.shipment));
}

}  // namespace tally::wire

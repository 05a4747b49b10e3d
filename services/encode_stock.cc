#include <string>

#include "engine/model/claim.h"
#include "services/encode_views.h"
#include "services/wire/encode.h"
#include "services/wire/encode_outcome.h"
#include "services/wire/encode_parts.h"
#include "tallystick/v1/event_kind.pb.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

void EncodeClaims(const std::vector<NamedClaim>& in,
                  google::protobuf::RepeatedPtrField<v1::Claim>* out) {
  for (const NamedClaim& claim : in) {
    wire::Write(ClaimName{.scheme = claim.scheme, .model = claim.model},
                out->Add());
  }
}

bool IsStated(const NamedAttributes& in) {
  return !in.origin_country.empty() || in.ghg.has_value() ||
         !in.level.empty() || in.source_status != SourceStatus::kUnspecified;
}

void EncodeLine(const ShipmentLineView& in, v1::ShipmentLine* out) {
  out->set_product(in.product);
  out->set_quantity(in.quantity.ToString());
  out->set_unit(in.quantity.unit);
  EncodeClaims(in.claims, out->mutable_claims());
  out->set_lot(in.lot);
  out->set_accepted_quantity(in.accepted.ToString());
  out->set_claims_share(wire::TextOf(in.claims_share));
  if (IsStated(in.attributes)) {
    Encode(in.attributes, out->mutable_attributes());
  }
}

}  // namespace

void Encode(const Balance& in, v1::Balance* out) {
  wire::Encode(in.account, out->mutable_account());
  out->set_quantity(in.amount.ToString());
  out->set_unit(in.amount.unit);
  // A ledger without events has no date to show.
  if (in.as_at > Date::Min()) out->set_as_at(in.as_at.ToString());
}

void Encode(const StatementEntry& in, v1::Entry* out) {
  out->set_position(in.position);
  out->set_event(in.event.ToString());
  out->set_kind(static_cast<v1::EventKind>(in.kind));
  out->set_business_date(in.date.ToString());
  wire::Encode(in.recorded_at, out->mutable_recorded_at());
  out->set_delta(in.delta.ToString());
  out->set_balance(in.balance.ToString());
  out->set_document(in.document);
  out->set_shipment(in.shipment);
  out->set_lot(in.lot);
}

void Encode(const NamedAttributes& in, v1::Attributes* out) {
  out->set_origin_country(in.origin_country);
  out->set_ghg(wire::TextOf(in.ghg));
  out->set_level(in.level);
  out->set_source_status(static_cast<v1::SourceStatus>(in.source_status));
}

void Encode(const PercentageView& in, v1::Percentage* out) {
  wire::Encode(in.account, out->mutable_account());
  out->set_as_at(in.as_at.ToString());
  out->set_percentage(in.percentage);
  out->set_window_from(in.window.first.ToString());
  out->set_window_to(in.window.last.ToString());
  out->set_average(static_cast<v1::AverageMethod>(in.average));
  for (const PercentageMonthView& month : in.months) {
    v1::PercentageMonth* shown = out->add_months();
    shown->set_month(month.month.ToString().substr(0, sizeof("YYYY-MM") - 1));
    shown->set_certified(month.certified);
    shown->set_total(month.total);
  }
  out->set_unit(in.unit);
}

void Encode(const ShipmentView& in, v1::Shipment* out) {
  out->set_shipment(in.shipment);
  out->set_state(static_cast<v1::ShipmentState>(in.state));
  out->set_from_site(in.from_site);
  out->set_from_party(in.from_party);
  out->set_to_site(in.to_site);
  out->set_to_external(in.to_external);
  out->set_to_party(in.to_party);
  out->set_shipped_on(in.shipped_on.ToString());
  out->set_confirm_by(wire::TextOf(in.confirm_by));
  for (const ShipmentLineView& line : in.lines) {
    EncodeLine(line, out->add_lines());
  }
  out->set_held(in.held);
  out->set_position(in.position);
}

static_assert(static_cast<int>(PeriodState::kOpen) == v1::PERIOD_STATE_OPEN);
static_assert(static_cast<int>(PeriodState::kClosed) ==
              v1::PERIOD_STATE_CLOSED);
static_assert(static_cast<int>(PeriodState::kClosedDeficit) ==
              v1::PERIOD_STATE_CLOSED_DEFICIT);

void Encode(const PeriodView& in, v1::Period* out) {
  wire::Encode(in.account, out->mutable_account());
  out->set_from(in.period.days.first.ToString());
  out->set_to(in.period.days.last.ToString());
  out->set_state(static_cast<v1::PeriodState>(in.period.state));
  out->set_opening(in.opening.ToString());
  out->set_closing(in.closing.ToString());
  out->set_expired(in.expired.ToString());
  for (const PeriodLineView& line : in.lines) {
    v1::PeriodLine* added = out->add_lines();
    added->set_kind(static_cast<v1::EventKind>(line.kind));
    added->set_received(line.received.ToString());
    added->set_delivered(line.delivered.ToString());
  }
  out->set_unit(in.opening.unit);
  out->set_overdraw_reason(in.period.overdraw_reason);
  if (!in.forecast.has_value()) return;
  v1::PeriodForecast* forecast = out->mutable_forecast();
  forecast->set_announced(in.forecast->announced.ToString());
  forecast->set_expiring(in.forecast->expiring.ToString());
  forecast->set_closing(in.forecast->closing.ToString());
  forecast->set_shippable(in.forecast->shippable.ToString());
}

std::vector<v1::FlagCode> FlagsOf(std::span<const Code> codes) {
  std::vector<v1::FlagCode> flags;
  const auto add = [&](Code code, v1::FlagCode flag) {
    for (const Code given : codes) {
      if (given == code) flags.push_back(flag);
    }
  };
  add(Code::kUpstreamVoid, v1::FLAG_CODE_UPSTREAM_VOID);
  add(Code::kTainted, v1::FLAG_CODE_TAINTED);
  add(Code::kCertSuspended, v1::FLAG_CODE_CERT_SUSPENDED);
  return flags;
}

void Encode(const LotView& in, v1::Lot* out) {
  out->set_lot(in.lot);
  out->set_product(in.product);
  out->set_quantity(in.quantity.ToString());
  out->set_unit(in.quantity.unit);
  EncodeClaims(in.claims, out->mutable_claims());
  for (const std::string& parent : in.parents) out->add_parents(parent);
  for (const std::string& tag : in.tags) out->add_tags(tag);
  if (IsStated(in.attributes)) {
    Encode(in.attributes, out->mutable_attributes());
  }
  out->set_claims_share(wire::TextOf(in.claims_share));
  for (const v1::FlagCode flag : FlagsOf(in.flags)) out->add_flags(flag);
  out->set_held(in.held);
  out->set_made_at(in.made_at);
  out->set_made_on(in.made_on.ToString());
  out->set_position(in.position);
}

void Encode(const TraceStep& in, v1::TraceStep* out) {
  Encode(in.lot, out->mutable_lot());
  out->set_depth(in.depth);
  out->set_quantity(in.quantity.ToString());
  out->set_unit(in.quantity.unit);
}

void Encode(const TraceShare& in, v1::TraceShare* out) {
  out->set_name(in.name);
  out->set_quantity(in.quantity.ToString());
  out->set_unit(in.quantity.unit);
}

}  // namespace tally::services

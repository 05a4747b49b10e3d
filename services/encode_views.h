// From what the ledger answers to what the API shows. Each into `out`, which
// must be empty.

#ifndef TALLY_SERVICES_ENCODE_VIEWS_H_
#define TALLY_SERVICES_ENCODE_VIEWS_H_

#include <span>
#include <vector>

#include "engine/ledger/balance_queries.h"
#include "engine/ledger/certificate_queries.h"
#include "engine/ledger/credit_queries.h"
#include "engine/ledger/event_queries.h"
#include "engine/ledger/lot_queries.h"
#include "engine/ledger/percentage_queries.h"
#include "engine/ledger/period_queries.h"
#include "engine/ledger/redemption_queries.h"
#include "engine/ledger/registry_queries.h"
#include "engine/ledger/shipment_queries.h"
#include "engine/ledger/statement_queries.h"
#include "engine/ledger/trace_queries.h"
#include "tallystick/v1/attributes.pb.h"
#include "tallystick/v1/balance.pb.h"
#include "tallystick/v1/certificate.pb.h"
#include "tallystick/v1/credit.pb.h"
#include "tallystick/v1/entry.pb.h"
#include "tallystick/v1/lot.pb.h"
#include "tallystick/v1/party.pb.h"
#include "tallystick/v1/percentage.pb.h"
#include "tallystick/v1/period.pb.h"
#include "tallystick/v1/product.pb.h"
#include "tallystick/v1/recorded_event.pb.h"
#include "tallystick/v1/registry_service.pb.h"
#include "tallystick/v1/scheme.pb.h"
#include "tallystick/v1/shipment.pb.h"
#include "tallystick/v1/site.pb.h"

namespace tally::services {

// encode_stock.cc
void Encode(const Balance& in, tallystick::v1::Balance* out);
void Encode(const StatementEntry& in, tallystick::v1::Entry* out);
void Encode(const NamedAttributes& in, tallystick::v1::Attributes* out);
void Encode(const PercentageView& in, tallystick::v1::Percentage* out);
void Encode(const PeriodView& in, tallystick::v1::Period* out);
void Encode(const ShipmentView& in, tallystick::v1::Shipment* out);
void Encode(const LotView& in, tallystick::v1::Lot* out);
void Encode(const TraceStep& in, tallystick::v1::TraceStep* out);
void Encode(const TraceShare& in, tallystick::v1::TraceShare* out);
std::vector<tallystick::v1::FlagCode> FlagsOf(std::span<const Code> codes);

// encode_registry.cc
void Encode(const SchemeView& in, tallystick::v1::Scheme* out);
// The text of each version, into what Encode() wrote.
void EncodeProfiles(const SchemeView& in, tallystick::v1::Scheme* out);
void Encode(const ProductView& in, tallystick::v1::Product* out);
void Encode(const PartyView& in, tallystick::v1::Party* out);
void Encode(const SiteView& in, tallystick::v1::Site* out);
void Encode(const CertificateView& in, tallystick::v1::Certificate* out);
void Encode(const GroupMemberView& in, tallystick::v1::GroupMember* out);
void Encode(const RecordedEvent& in, tallystick::v1::RecordedEvent* out);

// encode_credits.cc
void Encode(const HoldingView& in, tallystick::v1::Holding* out);
void Encode(const BlockView& in, tallystick::v1::CreditBlock* out);
void Encode(const CreditsView& in, tallystick::v1::Credits* out);
void Encode(const RedemptionView& in, tallystick::v1::Redemption* out);

// All of a list.
template <typename View, typename Message>
void EncodeAll(const std::vector<View>& in,
               google::protobuf::RepeatedPtrField<Message>* out) {
  for (const View& view : in) Encode(view, out->Add());
}

}  // namespace tally::services

#endif  // TALLY_SERVICES_ENCODE_VIEWS_H_

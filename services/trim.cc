#include "services/trim.h"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/base/arena.h"
#include "engine/ledger/receipt.h"
#include "services/wire/decode.h"
#include "tallystick/v1/balance_service.pb.h"
#include "tallystick/v1/credit_service.pb.h"
#include "tallystick/v1/ledger_service.pb.h"
#include "tallystick/v1/proof_service.pb.h"
#include "tallystick/v1/registry_service.pb.h"
#include "tallystick/v1/trace_service.pb.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;
using google::protobuf::Message;
using google::protobuf::RepeatedPtrField;

// Keeps, in their order, what `keeps` says.
template <typename Element, typename Keeps>
void KeepIf(RepeatedPtrField<Element>* list, const Keeps& keeps) {
  int kept = 0;
  for (int i = 0; i < list->size(); ++i) {
    if (!keeps(list->Mutable(i))) continue;
    if (kept != i) list->SwapElements(kept, i);
    ++kept;
  }
  list->DeleteSubrange(kept, list->size() - kept);
}

bool SeesAccount(const ReadingRights& rights, const v1::Account& account) {
  if (account.site().empty()) return rights.SeesParty(account.party());
  if (account.claims().empty()) return rights.SeesStock(account.site(), "");
  for (const v1::Claim& claim : account.claims()) {
    if (rights.SeesStock(account.site(), claim.scheme())) return true;
  }
  return false;
}

bool SeesAccount(const ReadingRights& rights, const NamedAccount& account) {
  if (account.site.empty()) return rights.SeesParty(account.party);
  if (account.claims.empty()) return rights.SeesStock(account.site, "");
  return std::any_of(account.claims.begin(), account.claims.end(),
                     [&](const NamedClaim& claim) {
                       return rights.SeesStock(account.site, claim.scheme);
                     });
}

// What a certificate lets through is its holder's business; that it is valid
// is everybody's.
void TrimCertificate(const ReadingRights& rights, v1::Certificate* out) {
  if (rights.SeesCertificate(out->certificate())) return;
  out->clear_volumes();
  out->clear_member_count();
  out->clear_compliant_count();
  out->clear_compliant_needed();
}

// Who has a lot by shipment sees what it is, not where it was made, how much
// of it there was, and of what.
void TrimLot(const ReadingRights& rights, v1::Lot* out) {
  if (rights.SeesSite(out->made_at())) return;
  out->clear_quantity();
  out->clear_made_at();
  out->clear_made_on();
  out->clear_position();
  auto* parents = out->mutable_parents();
  for (int i = parents->size(); i-- > 0;) {
    if (!rights.SeesLot(parents->Get(i))) parents->DeleteSubrange(i, 1);
  }
}

void TrimTrace(const ReadingRights& rights, v1::TraceLotResponse* out) {
  KeepIf(out->mutable_steps(), [&](v1::TraceStep* step) {
    if (!rights.SeesLot(step->lot().lot())) return false;
    TrimLot(rights, step->mutable_lot());
    if (step->lot().made_at().empty()) {
      step->clear_quantity();
    }
    return true;
  });
  KeepIf(out->mutable_shares(),
         [&](v1::TraceShare* share) { return rights.SeesSite(share->name()); });
  out->set_share_count(out->shares_size());
  // Where nothing is left there is nothing to go on to, either.
  if (out->steps().empty() && out->shares().empty()) {
    out->clear_next_page_token();
    out->clear_truncated();
  }
}

// Of others' things nothing, and of a lot that came by shipment not where it
// was made and how much of it there was.
void TrimAffected(const ReadingRights& rights, v1::ListAffectedResponse* out) {
  KeepIf(out->mutable_things(), [&](v1::AffectedThing* thing) {
    switch (thing->kind()) {
      case v1::AFFECTED_KIND_HOLDING:
        return SeesAccount(rights, thing->account());
      case v1::AFFECTED_KIND_LOT:
        return rights.SeesLot(thing->id()) && rights.SeesSite(thing->site());
      case v1::AFFECTED_KIND_SHIPMENT:
        return rights.SeesShipment(thing->id());
      case v1::AFFECTED_KIND_BLOCK:
        return rights.SeesBlock(thing->id());
      case v1::AFFECTED_KIND_REDEMPTION:
        return true;  // they are public
      default:
        return false;
    }
  });
}

// A holder of some of its serials learns what they are, not how many others
// there are.
void TrimBlock(const ReadingRights& rights, v1::CreditBlock* out) {
  if (rights.SeesParty(out->issued_to()) ||
      rights.SeesStock(out->site(), out->scheme())) {
    return;
  }
  out->clear_serials();
  out->clear_quantity();
  out->clear_evidence();
  out->clear_lot();
  out->clear_state();
  out->clear_position();
}

// What says how much a certificate lets through, and where else.
const std::string* CertificateTermsOf(const v1::Event& event) {
  if (event.has_grant_certificate()) {
    return &event.grant_certificate().certificate();
  }
  if (event.has_amend_certificate()) {
    return &event.amend_certificate().certificate();
  }
  if (event.has_extend_volume()) return &event.extend_volume().certificate();
  if (event.has_add_group_member()) {
    return &event.add_group_member().certificate();
  }
  return nullptr;
}

bool TrimEvent(const ReadingRights& rights, v1::RecordedEvent* out) {
  Arena arena;
  const Event event = wire::Decode(out->event(), &arena);
  if (!rights.SeesEvent(event)) return false;
  const std::string* certificate = CertificateTermsOf(out->event());
  if (certificate != nullptr) return rights.SeesCertificate(*certificate);
  if (rights.OwnsEvent(event)) return true;
  // The other side's state of accounts, and who works there.
  out->clear_warnings();
  out->clear_principal();
  if (out->event().has_ship()) {
    out->mutable_event()->mutable_ship()->clear_overdraw_reason();
  }
  if (out->event().has_accept()) {
    out->mutable_event()->mutable_accept()->clear_lot();
    out->mutable_event()->mutable_accept()->clear_as_scheme();
  }
  return true;
}

void TrimEvents(const ReadingRights& rights,
                RepeatedPtrField<v1::RecordedEvent>* events) {
  KeepIf(events,
         [&](v1::RecordedEvent* event) { return TrimEvent(rights, event); });
}

void TrimShipments(const ReadingRights& rights,
                   RepeatedPtrField<v1::Shipment>* shipments) {
  KeepIf(shipments, [&](v1::Shipment* shipment) {
    return rights.SeesShipment(shipment->shipment());
  });
}

// The record holds all of an event, and cannot be shown in part.
bool TrimReceipt(const ReadingRights& rights, v1::GetReceiptResponse* out) {
  Arena arena;
  const absl::StatusOr<Event> event = EventOfRecord(out->record(), &arena);
  return event.ok() && rights.SeesEvent(*event) && rights.OwnsEvent(*event);
}

bool TrimEventAnswers(const ReadingRights& rights, Message* response) {
  if (auto* receipt = dynamic_cast<v1::GetReceiptResponse*>(response)) {
    return TrimReceipt(rights, receipt);
  }
  if (auto* one = dynamic_cast<v1::GetEventResponse*>(response)) {
    return TrimEvent(rights, one->mutable_event());
  }
  if (auto* list = dynamic_cast<v1::ListEventsResponse*>(response)) {
    TrimEvents(rights, list->mutable_events());
  } else if (auto* watch = dynamic_cast<v1::WatchEventsResponse*>(response)) {
    TrimEvents(rights, watch->mutable_events());
  }
  return true;
}

}  // namespace

bool IsOfOthers(const ReadingRights& rights, const Message& response) {
  const ReadingRights own = rights.Own();
  Arena arena;
  if (const auto* one = dynamic_cast<const v1::GetEventResponse*>(&response)) {
    const Event event = wire::Decode(one->event().event(), &arena);
    return rights.SeesEvent(event) && !own.SeesEvent(event);
  }
  if (const auto* receipt =
          dynamic_cast<const v1::GetReceiptResponse*>(&response)) {
    const auto event = EventOfRecord(receipt->record(), &arena);
    return event.ok() && rights.SeesEvent(*event) && !own.SeesEvent(*event);
  }
  if (const auto* certificate =
          dynamic_cast<const v1::GetCertificateResponse*>(&response)) {
    const std::string& name = certificate->certificate().certificate();
    return rights.SeesCertificate(name) && !own.SeesCertificate(name);
  }
  return false;
}

bool Trim(const ReadingRights& rights, Message* response) {
  if (rights.whole()) return true;
  if (auto* balances = dynamic_cast<v1::ListBalancesResponse*>(response)) {
    KeepIf(balances->mutable_balances(), [&](v1::Balance* balance) {
      return SeesAccount(rights, balance->account());
    });
  } else if (auto* shipments =
                 dynamic_cast<v1::ListShipmentsResponse*>(response)) {
    TrimShipments(rights, shipments->mutable_shipments());
  } else if (auto* one = dynamic_cast<v1::GetCertificateResponse*>(response)) {
    TrimCertificate(rights, one->mutable_certificate());
  } else if (auto* list =
                 dynamic_cast<v1::ListCertificatesResponse*>(response)) {
    for (v1::Certificate& certificate : *list->mutable_certificates()) {
      TrimCertificate(rights, &certificate);
    }
  } else if (auto* lot = dynamic_cast<v1::GetLotResponse*>(response)) {
    TrimLot(rights, lot->mutable_lot());
  } else if (auto* trace = dynamic_cast<v1::TraceLotResponse*>(response)) {
    TrimTrace(rights, trace);
  } else if (auto* affected =
                 dynamic_cast<v1::ListAffectedResponse*>(response)) {
    TrimAffected(rights, affected);
  } else if (auto* block = dynamic_cast<v1::GetBlockResponse*>(response)) {
    TrimBlock(rights, block->mutable_block());
  }
  return TrimEventAnswers(rights, response);
}

void TrimBalances(const ReadingRights& rights, std::vector<Outcome>* outcomes) {
  if (rights.whole()) return;
  for (Outcome& outcome : *outcomes) {
    std::erase_if(outcome.balances, [&](const TouchedBalance& touched) {
      return !SeesAccount(rights, touched.account);
    });
  }
}

}  // namespace tally::services

// Book-and-claim events: credits issued, moved, redeemed and withdrawn. A
// vintage or claim period is kept as written: "2024", "2024-03" or
// "2024-01-01/2024-06-30".

#ifndef TALLY_ENGINE_MODEL_EVENT_CREDITS_H_
#define TALLY_ENGINE_MODEL_EVENT_CREDITS_H_

#include <optional>
#include <span>
#include <string_view>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/claim.h"
#include "engine/model/event_custody.h"
#include "engine/model/terms.h"

namespace tally {

struct IssueCredits {
  std::string_view site;
  std::string_view product;
  std::string_view scheme;
  Decimal quantity;
  std::string_view vintage;
  std::string_view block;
  std::string_view evidence;
  std::string_view lot;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "site", self.site);
    visit(2, "product", self.product);
    visit(3, "scheme", self.scheme);
    visit(4, "quantity", self.quantity);
    visit(5, "vintage", self.vintage);
    visit(6, "block", self.block);
    visit(7, "evidence", self.evidence);
    visit(8, "lot", self.lot);
  }
};

struct TransferCredits {
  std::string_view from_party;
  std::string_view to_party;
  std::string_view scheme;
  std::string_view product;
  std::optional<Decimal> quantity;  // or
  std::span<const SerialRange> serials;
  std::string_view with_shipment;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "from_party", self.from_party);
    visit(2, "to_party", self.to_party);
    visit(3, "scheme", self.scheme);
    visit(4, "product", self.product);
    visit(5, "quantity", self.quantity);
    visit(6, "serials", self.serials);
    visit(7, "with_shipment", self.with_shipment);
  }
};

struct RedeemCredits {
  std::string_view holder;
  std::string_view scheme;
  std::string_view product;
  std::optional<Decimal> quantity;  // or
  std::span<const SerialRange> serials;
  std::string_view beneficiary;
  std::string_view claim_period;
  Purpose purpose = Purpose::kUnspecified;
  std::string_view audit_reference;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "holder", self.holder);
    visit(2, "scheme", self.scheme);
    visit(3, "product", self.product);
    visit(4, "quantity", self.quantity);
    visit(5, "serials", self.serials);
    visit(6, "beneficiary", self.beneficiary);
    visit(7, "claim_period", self.claim_period);
    visit(8, "purpose", self.purpose);
    visit(9, "audit_reference", self.audit_reference);
  }
};

struct WithdrawCredits {
  std::string_view block;  // or
  std::span<const SerialRange> serials;
  std::string_view reason;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "block", self.block);
    visit(2, "serials", self.serials);
    visit(3, "reason", self.reason);
  }
};

struct UnbundleCredits {
  std::string_view block;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "block", self.block);
  }
};

struct DeclareClaims {
  std::string_view party;
  std::string_view scheme;
  std::string_view product;
  Decimal quantity;
  std::string_view claim_period;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "party", self.party);
    visit(2, "scheme", self.scheme);
    visit(3, "product", self.product);
    visit(4, "quantity", self.quantity);
    visit(5, "claim_period", self.claim_period);
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_EVENT_CREDITS_H_

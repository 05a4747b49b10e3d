// Events of oversight and of accounting: holds, voids, source status, periods
// and entitlement moved between sites. Lapse is the ledger's own: it records
// that a shipment was not confirmed in time.

#ifndef TALLY_ENGINE_MODEL_EVENT_OVERSIGHT_H_
#define TALLY_ENGINE_MODEL_EVENT_OVERSIGHT_H_

#include <optional>
#include <span>
#include <string_view>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/base/uuid.h"
#include "engine/model/claim.h"
#include "engine/model/event_custody.h"
#include "engine/model/terms.h"

namespace tally {

// One of lot, shipment, block, or site and product.
struct Hold {
  std::string_view lot;
  std::string_view shipment;
  std::string_view block;
  std::string_view site;
  std::string_view product;
  std::string_view reason;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "lot", self.lot);
    visit(2, "shipment", self.shipment);
    visit(3, "block", self.block);
    visit(4, "site", self.site);
    visit(5, "product", self.product);
    visit(6, "reason", self.reason);
  }
};

struct Release {
  std::string_view lot;
  std::string_view shipment;
  std::string_view block;
  std::string_view site;
  std::string_view product;
  std::string_view reason;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "lot", self.lot);
    visit(2, "shipment", self.shipment);
    visit(3, "block", self.block);
    visit(4, "site", self.site);
    visit(5, "product", self.product);
    visit(6, "reason", self.reason);
  }
};

struct Void {
  Uuid event;
  std::string_view reason;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "event", self.event);
    visit(2, "reason", self.reason);
  }
};

struct SetSourceStatus {
  std::string_view source;
  SourceStatus status = SourceStatus::kUnspecified;
  Date from;
  std::optional<Date> to;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "source", self.source);
    visit(2, "status", self.status);
    visit(3, "from", self.from);
    visit(4, "to", self.to);
  }
};

struct PeriodAccount {
  std::string_view site;  // or
  std::string_view scope;
  std::string_view product;  // or
  std::string_view group;
  std::string_view scheme;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "site", self.site);
    visit(2, "scope", self.scope);
    visit(3, "product", self.product);
    visit(4, "group", self.group);
    visit(5, "scheme", self.scheme);
  }
};

struct OpenPeriod {
  PeriodAccount account;
  Date from;
  Date to;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "account", self.account);
    visit(2, "from", self.from);
    visit(3, "to", self.to);
  }
};

struct ClosePeriod {
  PeriodAccount account;
  Date from;
  Date to;
  bool with_deficit = false;
  std::string_view overdraw_reason;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "account", self.account);
    visit(2, "from", self.from);
    visit(3, "to", self.to);
    visit(4, "with_deficit", self.with_deficit);
    visit(5, "overdraw_reason", self.overdraw_reason);
  }
};

struct TransferEntitlement {
  std::string_view from_site;
  std::string_view to_site;
  std::string_view product;
  std::string_view to_product;
  std::string_view scheme;
  Decimal quantity;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "from_site", self.from_site);
    visit(2, "to_site", self.to_site);
    visit(3, "product", self.product);
    visit(4, "to_product", self.to_product);
    visit(5, "scheme", self.scheme);
    visit(6, "quantity", self.quantity);
  }
};

// Written by the ledger when the last day to confirm has passed.
struct Lapse {
  std::string_view shipment;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "shipment", self.shipment);
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_EVENT_OVERSIGHT_H_

// Custody events: how material enters, moves, changes and leaves. Field by
// field as docs/domain.md names them; quantities are decimals as written.
//
// All views point into the arena of the batch that the event belongs to. An
// empty view is a field left out.

#ifndef TALLY_ENGINE_MODEL_EVENT_CUSTODY_H_
#define TALLY_ENGINE_MODEL_EVENT_CUSTODY_H_

#include <optional>
#include <span>
#include <string_view>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/claim.h"
#include "engine/model/terms.h"

namespace tally {

// What is known of a quantity of material beyond its claim.
struct Attributes {
  std::string_view origin_country;  // ISO 3166-1 alpha-2, "ZZ" unknown
  std::optional<Decimal> ghg;       // g CO2e per kg
  std::string_view level;
  SourceStatus source_status = SourceStatus::kUnspecified;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "origin_country", self.origin_country);
    visit(2, "ghg", self.ghg);
    visit(3, "level", self.level);
    visit(4, "source_status", self.source_status);
  }
};

struct SerialRange {
  std::string_view block;
  int64_t from = 0;
  int64_t to = 0;  // inclusive

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "block", self.block);
    visit(2, "from", self.from);
    visit(3, "to", self.to);
  }
};

struct Originate {
  std::string_view site;
  std::string_view product;
  Decimal quantity;
  ClaimName claim;
  std::span<const ClaimName> also;
  std::string_view certificate;
  std::string_view lot;
  std::string_view member;
  std::span<const std::string_view> tags;
  Attributes attributes;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "site", self.site);
    visit(2, "product", self.product);
    visit(3, "quantity", self.quantity);
    visit(4, "claim", self.claim);
    visit(5, "also", self.also);
    visit(6, "certificate", self.certificate);
    visit(7, "lot", self.lot);
    visit(8, "member", self.member);
    visit(9, "tags", self.tags);
    visit(10, "attributes", self.attributes);
  }
};

struct Receive {
  std::string_view site;
  std::string_view product;
  Decimal quantity;
  ClaimName claim;
  std::span<const ClaimName> also;
  std::string_view supplier;
  std::string_view supplier_certificate;
  std::string_view lot;
  Attributes attributes;
  std::optional<Decimal> claims_share;  // percent
  std::string_view contract;            // of purchase, that this delivers on

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "site", self.site);
    visit(2, "product", self.product);
    visit(3, "quantity", self.quantity);
    visit(4, "claim", self.claim);
    visit(5, "also", self.also);
    visit(6, "supplier", self.supplier);
    visit(7, "supplier_certificate", self.supplier_certificate);
    visit(8, "lot", self.lot);
    visit(9, "attributes", self.attributes);
    visit(10, "claims_share", self.claims_share);
    visit(11, "contract", self.contract);
  }
};

struct ShipLine {
  std::string_view product;
  Decimal quantity;
  ClaimName claim;
  std::string_view lot;
  std::optional<Model> as_model;
  std::optional<Decimal> claims_share;
  Attributes attributes;
  std::span<const SerialRange> serials;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "product", self.product);
    visit(2, "quantity", self.quantity);
    visit(3, "claim", self.claim);
    visit(4, "lot", self.lot);
    visit(5, "as_model", self.as_model);
    visit(6, "claims_share", self.claims_share);
    visit(7, "attributes", self.attributes);
    visit(8, "serials", self.serials);
  }
};

struct Ship {
  std::string_view shipment;
  std::string_view from_site;
  std::string_view to_site;  // or
  std::string_view to_external;
  std::span<const ShipLine> lines;
  std::optional<Decimal> ghg;
  std::string_view overdraw_reason;
  std::string_view contract;  // of sale, that this delivers on

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "shipment", self.shipment);
    visit(2, "from_site", self.from_site);
    visit(3, "to_site", self.to_site);
    visit(4, "to_external", self.to_external);
    visit(5, "lines", self.lines);
    visit(6, "ghg", self.ghg);
    visit(7, "overdraw_reason", self.overdraw_reason);
    visit(8, "contract", self.contract);
  }
};

struct AcceptLine {
  std::string_view product;
  Decimal quantity;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "product", self.product);
    visit(2, "quantity", self.quantity);
  }
};

struct Accept {
  std::string_view shipment;
  std::span<const AcceptLine> lines;
  std::string_view as_scheme;
  std::string_view lot;
  std::string_view reason;
  std::string_view contract;  // of purchase, that this delivers on

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "shipment", self.shipment);
    visit(2, "lines", self.lines);
    visit(3, "as_scheme", self.as_scheme);
    visit(4, "lot", self.lot);
    visit(5, "reason", self.reason);
    visit(6, "contract", self.contract);
  }
};

struct Reject {
  std::string_view shipment;
  std::string_view reason;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "shipment", self.shipment);
    visit(2, "reason", self.reason);
  }
};

struct Recall {
  std::string_view shipment;
  std::string_view reason;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "shipment", self.shipment);
    visit(2, "reason", self.reason);
  }
};

struct ProcessInput {
  std::string_view product;
  std::optional<Decimal> quantity;  // left out: computed from the outputs
  ClaimName claim;
  std::string_view lot;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "product", self.product);
    visit(2, "quantity", self.quantity);
    visit(3, "claim", self.claim);
    visit(4, "lot", self.lot);
  }
};

struct ProcessOutput {
  std::string_view product;
  Decimal quantity;
  ClaimName claim;
  std::string_view lot;
  std::optional<Decimal> claims_share;
  Attributes attributes;
  std::span<const std::string_view> tags;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "product", self.product);
    visit(2, "quantity", self.quantity);
    visit(3, "claim", self.claim);
    visit(4, "lot", self.lot);
    visit(5, "claims_share", self.claims_share);
    visit(6, "attributes", self.attributes);
    visit(7, "tags", self.tags);
  }
};

struct Process {
  std::string_view site;
  std::string_view process;
  std::span<const ProcessInput> inputs;
  std::span<const ProcessOutput> outputs;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "site", self.site);
    visit(2, "process", self.process);
    visit(3, "inputs", self.inputs);
    visit(4, "outputs", self.outputs);
  }
};

struct Downgrade {
  std::string_view site;
  std::string_view product;
  Decimal quantity;
  ClaimName claim;
  std::string_view lot;
  Model to_model = Model::kConventional;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "site", self.site);
    visit(2, "product", self.product);
    visit(3, "quantity", self.quantity);
    visit(4, "claim", self.claim);
    visit(5, "lot", self.lot);
    visit(6, "to_model", self.to_model);
  }
};

struct Adjust {
  std::string_view site;
  std::string_view product;
  Decimal quantity;
  ClaimName claim;
  std::string_view lot;
  AdjustReason reason = AdjustReason::kUnspecified;
  bool add = false;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "site", self.site);
    visit(2, "product", self.product);
    visit(3, "quantity", self.quantity);
    visit(4, "claim", self.claim);
    visit(5, "lot", self.lot);
    visit(6, "reason", self.reason);
    visit(7, "add", self.add);
  }
};

struct Consume {
  std::string_view site;
  std::string_view product;
  Decimal quantity;
  ClaimName claim;
  std::string_view lot;
  std::string_view beneficiary;
  std::string_view statement;
  std::string_view overdraw_reason;
  std::string_view attribute;  // claimed alone; the material stays

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "site", self.site);
    visit(2, "product", self.product);
    visit(3, "quantity", self.quantity);
    visit(4, "claim", self.claim);
    visit(5, "lot", self.lot);
    visit(6, "beneficiary", self.beneficiary);
    visit(7, "statement", self.statement);
    visit(8, "overdraw_reason", self.overdraw_reason);
    visit(9, "attribute", self.attribute);
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_EVENT_CUSTODY_H_

// Registry events: schemes, products, parties, sites, certificates. They are
// events of the log like all others, effective-dated, never an edit.

#ifndef TALLY_ENGINE_MODEL_EVENT_REGISTRY_H_
#define TALLY_ENGINE_MODEL_EVENT_REGISTRY_H_

#include <optional>
#include <span>
#include <string_view>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/claim.h"
#include "engine/model/event_custody.h"
#include "engine/model/terms.h"

namespace tally {

// The most of a product that a certificate lets through in a year.
struct Cap {
  std::string_view product;
  Decimal quantity;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "product", self.product);
    visit(2, "quantity", self.quantity);
  }
};

struct DefineScheme {
  std::string_view profile;  // JSON text, checked by ParseProfile()

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "profile", self.profile);
  }
};

struct DefineProduct {
  std::string_view product;
  std::string_view name;
  std::string_view unit;  // UN/CEFACT code
  int32_t decimals = 0;
  std::string_view group;
  Category category = Category::kUnspecified;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "product", self.product);
    visit(2, "name", self.name);
    visit(3, "unit", self.unit);
    visit(4, "decimals", self.decimals);
    visit(5, "group", self.group);
    visit(6, "category", self.category);
  }
};

struct RegisterParty {
  std::string_view party;
  std::string_view name;
  std::span<const Role> roles;
  std::string_view country;
  std::string_view lei;
  std::string_view gln;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "party", self.party);
    visit(2, "name", self.name);
    visit(3, "roles", self.roles);
    visit(4, "country", self.country);
    visit(5, "lei", self.lei);
    visit(6, "gln", self.gln);
  }
};

struct RegisterSite {
  std::string_view site;
  std::string_view party;
  std::string_view name;
  std::string_view country;
  std::span<const std::string_view> kinds;
  std::string_view scope_group;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "site", self.site);
    visit(2, "party", self.party);
    visit(3, "name", self.name);
    visit(4, "country", self.country);
    visit(5, "kinds", self.kinds);
    visit(6, "scope_group", self.scope_group);
  }
};

struct GrantCertificate {
  std::string_view certificate;
  std::string_view scheme;
  std::string_view holder;
  std::string_view body;
  std::span<const std::string_view> sites;
  std::span<const std::string_view> products;  // ["*"]: all
  std::span<const Model> models;
  Date from;
  Date to;
  std::span<const Cap> caps;
  std::string_view level;
  bool non_claiming = false;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "certificate", self.certificate);
    visit(2, "scheme", self.scheme);
    visit(3, "holder", self.holder);
    visit(4, "body", self.body);
    visit(5, "sites", self.sites);
    visit(6, "products", self.products);
    visit(7, "models", self.models);
    visit(8, "from", self.from);
    visit(9, "to", self.to);
    visit(10, "caps", self.caps);
    visit(11, "level", self.level);
    visit(12, "non_claiming", self.non_claiming);
  }
};

struct AmendCertificate {
  std::string_view certificate;
  Date effective_from;
  std::span<const std::string_view> sites;  // empty: unchanged
  std::span<const std::string_view> products;
  std::span<const Model> models;
  std::optional<Date> to;
  std::string_view level;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "certificate", self.certificate);
    visit(2, "effective_from", self.effective_from);
    visit(3, "sites", self.sites);
    visit(4, "products", self.products);
    visit(5, "models", self.models);
    visit(6, "to", self.to);
    visit(7, "level", self.level);
  }
};

struct ExtendVolume {
  std::string_view certificate;
  std::string_view product;
  Decimal quantity;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "certificate", self.certificate);
    visit(2, "product", self.product);
    visit(3, "quantity", self.quantity);
  }
};

struct SetCertificateStatus {
  std::string_view certificate;
  CertificateStatus status = CertificateStatus::kUnspecified;
  Date effective_from;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "certificate", self.certificate);
    visit(2, "status", self.status);
    visit(3, "effective_from", self.effective_from);
  }
};

struct AddGroupMember {
  std::string_view certificate;
  std::string_view member;
  std::span<const Cap> caps;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "certificate", self.certificate);
    visit(2, "member", self.member);
    visit(3, "caps", self.caps);
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_EVENT_REGISTRY_H_

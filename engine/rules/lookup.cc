#include "engine/rules/lookup.h"

#include <string>
#include <utility>

#include "engine/model/limits.h"
#include "engine/rules/column.h"
#include "fmt/format.h"

namespace tally {
namespace {

void RefuseUnknown(Case& c, Code code, const FieldPath& field,
                   std::string_view thing, std::string_view name) {
  if (!c.verdict.Concerns(code)) return;
  Refusal refusal = Refuse(
      code, fmt::format("{}: no {} \"{}\" on this ledger", field, thing, name));
  refusal.violations.push_back({field.Text(), std::string(name),
                                fmt::format("a {} that is known", thing)});
  c.verdict.Refuse(std::move(refusal));
}

// `table` finds a name and answers with an index.
template <typename Table>
auto Find(Case& c, const Table& table, Code code, const FieldPath& field,
          std::string_view thing, std::string_view name) {
  const auto found = table.Find(name);
  if (!found.valid()) RefuseUnknown(c, code, field, thing, name);
  return found;
}

// Whether whoever posts may know of the thing. Where nobody is authenticated
// there is nothing to hide; else the thing of a stranger is answered as one
// that is not there.
bool KnowsAll(const Case& c, PartyIndex party) {
  const Party& acting = c.state.registry().at(party);
  return acting.Has(Role::kCertificationBody) || acting.Has(Role::kSchemeOwner);
}

bool Knows(const Case& c, PartyIndex party, SiteIndex site) {
  return site.valid() && c.state.registry().at(site).party == party;
}

bool Knows(const Case& c, PartyIndex party, LotIndex lot) {
  if (Knows(c, party, c.state.lots().at(lot).made_at)) return true;
  for (const AccountIndex account : c.state.accounts().OfLot(lot)) {
    const ScopeIndex scope = c.state.accounts().at(account).key.scope;
    if (c.state.registry().at(scope).party == party) return true;
  }
  return false;
}

bool Knows(const Case& c, PartyIndex party, ShipmentIndex index) {
  const Shipment& shipment = c.state.shipments().at(index);
  return Knows(c, party, shipment.from) || Knows(c, party, shipment.to);
}

bool Knows(const Case& c, PartyIndex party, BlockIndex index) {
  const Block& block = c.state.credits().at(index);
  if (block.issuer == party) return true;
  for (const auto& run : block.runs) {
    if (run.second.status.holder == party) return true;
  }
  return false;
}

// FindX() for things that belong to someone.
template <typename Table>
auto FindKnown(Case& c, const Table& table, Code code, const FieldPath& field,
               std::string_view thing, std::string_view name) {
  auto found = Find(c, table, code, field, thing, name);
  if (!found.valid() || !c.event.poster.authenticated()) return found;
  const PartyIndex party = ActingParty(c.state, c.event);
  if (!party.valid() || KnowsAll(c, party) || Knows(c, party, found)) {
    return found;
  }
  RefuseUnknown(c, code, field, thing, name);
  return decltype(found)();
}

}  // namespace

SchemeIndex FindScheme(Case& c, const FieldPath& field, std::string_view name) {
  return Find(c, c.state.schemes(), Code::kUnknownScheme, field, "scheme",
              name);
}

ProductIndex FindProduct(Case& c, const FieldPath& field,
                         std::string_view name) {
  return Find(c, c.state.registry().product_names, Code::kUnknownProduct, field,
              "product", name);
}

PartyIndex FindParty(Case& c, const FieldPath& field, std::string_view name) {
  return Find(c, c.state.registry().party_names, Code::kUnknownParty, field,
              "party", name);
}

SiteIndex FindSite(Case& c, const FieldPath& field, std::string_view name) {
  return Find(c, c.state.registry().site_names, Code::kUnknownSite, field,
              "site", name);
}

CertificateIndex FindCertificate(Case& c, const FieldPath& field,
                                 std::string_view name) {
  return Find(c, c.state.certificates(), Code::kUnknownCertificate, field,
              "certificate", name);
}

LotIndex FindLot(Case& c, const FieldPath& field, std::string_view name) {
  return FindKnown(c, c.state.lots(), Code::kUnknownLot, field, "lot", name);
}

ShipmentIndex FindShipment(Case& c, const FieldPath& field,
                           std::string_view name) {
  return FindKnown(c, c.state.shipments(), Code::kUnknownShipment, field,
                   "shipment", name);
}

BlockIndex FindBlock(Case& c, const FieldPath& field, std::string_view name) {
  return FindKnown(c, c.state.credits(), Code::kUnknownBlock, field, "block",
                   name);
}

ClaimIndex FindClaim(Case& c, const FieldPath& field, const ClaimName& claim) {
  if (claim.IsConventional()) return ClaimIndex();
  const SchemeIndex scheme = FindScheme(c, field.Of("scheme"), claim.scheme);
  if (!scheme.valid()) return ClaimIndex();
  if (claim.model == Model::kConventional ||
      !c.ProfileOf(scheme).Lists(claim.model)) {
    c.verdict.Refuse(
        RefuseUnder(c, scheme, Code::kUnknownModel,
                    fmt::format("{}.model: scheme \"{}\" has no model {}",
                                field, claim.scheme, ModelName(claim.model))));
    return ClaimIndex();
  }
  return ClaimOf(scheme, claim.model);
}

std::optional<Quantity> ReadQuantity(Case& c, const FieldPath& field,
                                     const Decimal& decimal,
                                     ProductIndex product, bool zero_allowed) {
  const int decimals = c.state.registry().at(product).decimals;
  // The decimals shown count, not those that are needed: 1.50 has two.
  if (decimal.scale > decimals) {
    RefuseField(c, Code::kInvalidQuantity, field, decimal.ToString(),
                fmt::format("at most {} decimals", decimals));
    return std::nullopt;
  }
  const std::optional<int64_t> units = decimal.Units(decimals);
  if (!units) {
    RefuseField(c, Code::kInvalidQuantity, field, decimal.ToString(),
                fmt::format("at most {}", FormatUnits(INT64_MAX, decimals)));
    return std::nullopt;
  }
  if (*units == 0 && !zero_allowed) {
    RefuseField(c, Code::kInvalidQuantity, field, decimal.ToString(),
                "above zero");
    return std::nullopt;
  }
  return Quantity(*units);
}

void RefuseField(Case& c, Code code, const FieldPath& field,
                 std::string_view value, std::string_view limit) {
  if (!c.verdict.Concerns(code)) return;
  Refusal refusal =
      Refuse(code, fmt::format("{}: \"{}\" is not {}", field, value, limit));
  refusal.violations.push_back(
      {field.Text(), std::string(value), std::string(limit)});
  c.verdict.Refuse(std::move(refusal));
}

void RefuseTaken(Case& c, const FieldPath& field, std::string_view thing,
                 std::string_view name) {
  if (!c.verdict.Concerns(Code::kAlreadyExists)) return;
  Refusal refusal = Refuse(
      Code::kAlreadyExists,
      fmt::format("{}: there is a {} \"{}\" already", field, thing, name));
  refusal.violations.push_back(
      {field.Text(), std::string(name), fmt::format("a new {}", thing)});
  c.verdict.Refuse(std::move(refusal));
}

void RefuseUnoffered(Case& c) {
  c.verdict.Refuse(Refuse(Code::kInvalidArgument,
                          fmt::format("{} is not offered by this version",
                                      KindName(c.event.kind()))));
}

}  // namespace tally

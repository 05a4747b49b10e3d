// The questions of EngineSide.

#include <algorithm>
#include <set>
#include <string>

#include "engine/rules/holdings.h"
#include "tests/compare/engine_side.h"

namespace tally::compare {
namespace {

std::string Text(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() || found->is_null() ? ""
                                                 : found->get<std::string>();
}

// "12.50" and "12.5" are one number.
std::string Plain(std::string number) {
  if (number.find('.') == std::string::npos) return number;
  while (number.back() == '0') number.pop_back();
  if (number.back() == '.') number.pop_back();
  return number;
}

const char* NameOf(SerialState state) {
  switch (state) {
    case SerialState::kIssued:
      return "ISSUED";
    case SerialState::kRetired:
      return "RETIRED";
    case SerialState::kWithdrawn:
      return "WITHDRAWN";
    case SerialState::kUnbundled:
      return "UNBUNDLED";
  }
  return "";
}

Json AttributesOf(const LotAttributes& attributes) {
  Json json = Json::object();
  if (!attributes.origin_country.empty()) {
    json["origin_country"] = attributes.origin_country;
  }
  if (attributes.ghg) json["ghg"] = Plain(attributes.ghg->ToString());
  if (!attributes.level.empty()) json["level"] = attributes.level;
  if (attributes.source_status != SourceStatus::kUnspecified) {
    json["source_status"] = Name(attributes.source_status);
  }
  return json;
}

}  // namespace

bool EngineSide::IsAsked(const AccountKey& key, const Json& query) const {
  if (key.kind != AccountKind::kHolding) return false;
  const Registry& registry = state_.registry();
  const std::string lot = Text(query, "lot");
  if (!lot.empty() && key.lot() != state_.lots().Find(lot)) return false;
  const std::string scheme = Text(query, "scheme");
  Place place{.site = registry.site_names.Find(Text(query, "site")),
              .product = registry.product_names.Find(Text(query, "product"))};
  if (scheme.empty()) {
    const AccountKey asked = KeyOf(state_, latest_, place);
    return key.claims == kNoClaims && key.scope == asked.scope &&
           key.pool == asked.pool;
  }
  const ClaimIndex claim =
      ClaimOf(state_.schemes().Find(scheme), *ParseModel(Text(query, "model")));
  if (!state_.claim_sets().Contains(key.claims, claim)) return false;
  place.claims = SetOf(claim);
  const AccountKey asked = KeyOf(state_, latest_, place);
  if (!ClaimSets::IsSeveral(key.claims)) {
    return key.scope == asked.scope && key.pool == asked.pool;
  }
  // Stock under several claims is kept by site and product, and counts in
  // the account of each of them.
  const Place own{.site = registry.at(key.scope).site,
                  .product = registry.at(key.pool).first_product,
                  .claims = SetOf(claim)};
  const AccountKey counted = KeyOf(state_, latest_, own);
  return counted.scope == asked.scope && counted.pool == asked.pool;
}

Json EngineSide::Balance(const Json& query) const {
  const std::string as_at = Text(query, "as_at");
  const Date date = as_at.empty() ? latest_ : *ParseDate(as_at);
  int128 sum = 0;
  for (int32_t i = 0; i < state_.accounts().size(); ++i) {
    const Account& account = state_.accounts().at(AccountIndex(i));
    if (IsAsked(account.key, query)) sum += account.timeline.At(date).units();
  }
  const Registry& registry = state_.registry();
  const ProductIndex product =
      registry.product_names.Find(Text(query, "product"));
  return FormatUnits(sum, registry.at(product).decimals);
}

Json EngineSide::ShipmentState(const std::string& id) const {
  const ShipmentIndex shipment = state_.shipments().Find(id);
  if (!shipment.valid()) return nullptr;
  return Name(state_.shipments().at(shipment).state);
}

Json EngineSide::LotFacts(const std::string& id) const {
  const LotIndex index = state_.lots().Find(id);
  if (!index.valid()) return nullptr;
  const Lot& lot = state_.lots().at(index);
  const Registry& registry = state_.registry();
  Json facts = Json::object();
  facts["product"] = registry.product_names.NameOf(lot.product);
  facts["quantity"] =
      FormatUnits(lot.made.units(), registry.at(lot.product).decimals);
  std::set<std::string> parents;
  for (const Parent& parent : lot.parents) {
    if (parent.lot.valid()) parents.emplace(state_.lots().NameOf(parent.lot));
  }
  facts["parents"] = parents;
  facts["tags"] = lot.tags;
  std::set<Json> claims;
  for (const ClaimIndex claim : state_.claim_sets().Members(lot.claims)) {
    Json json = Json::object();
    json["scheme"] = state_.schemes().NameOf(SchemeOf(claim));
    json["model"] = ModelName(ModelOf(claim));
    claims.insert(json);
  }
  facts["claims"] = claims;
  if (!claims.empty()) {
    facts["claims_share"] =
        lot.claims_share ? Plain(lot.claims_share->ToString()) : "100";
  }
  facts["attributes"] = AttributesOf(lot.attributes);
  return facts;
}

Json EngineSide::Credits(const Json& query) const {
  const SchemeIndex scheme = state_.schemes().Find(Text(query, "scheme"));
  const Registry& registry = state_.registry();
  const ProductIndex product =
      registry.product_names.Find(Text(query, "product"));
  const PartyIndex party = registry.party_names.Find(Text(query, "party"));
  const std::string wanted = Text(query, "state");
  int128 sum = 0;
  for (int32_t i = 0; i < state_.credits().size(); ++i) {
    const Block& block = state_.credits().at(BlockIndex(i));
    if (block.scheme != scheme || block.product != product) continue;
    for (const auto& [from, run] : block.runs) {
      if (run.status.holder != party) continue;
      std::string state = NameOf(run.status.state);
      if (state == "ISSUED" && latest_ > block.last_day) state = "EXPIRED";
      if (state != wanted) continue;
      sum += int128{run.to - from + 1} * block.unit.units();
    }
  }
  return Plain(FormatUnits(sum, registry.at(product).decimals));
}

Json EngineSide::CertificateFacts(const std::string& id) const {
  const CertificateIndex index = state_.certificates().Find(id);
  if (!index.valid()) return nullptr;
  const Certificate& certificate = state_.certificates().at(index);
  Json facts = Json::object();
  facts["status"] = Name(certificate.StatusAt(latest_));
  facts["level"] = certificate.TermsAt(latest_).level;
  facts["remaining"] = Json::object();
  const Registry& registry = state_.registry();
  for (const auto& [product, cap] : certificate.caps) {
    const auto left =
        certificate.Remaining(product, certificate.YearOf(latest_));
    if (!left) continue;
    facts["remaining"][std::string(registry.product_names.NameOf(product))] =
        FormatUnits(left->units(), registry.at(product).decimals);
  }
  return facts;
}

}  // namespace tally::compare

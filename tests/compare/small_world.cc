#include "tests/compare/small_world.h"

namespace tally::compare {
namespace {

// The names of the schemes say nothing; what differs is in the terms.
constexpr char kProfiles[] = R"json([
{"scheme": "alpha", "models": {
   "IDENTITY_PRESERVED": {}, "SEGREGATED": {},
   "CONTROLLED_BLENDING": {"min_share_pct": "5"}, "MASS_BALANCE": {},
   "BOOK_AND_CLAIM": {"issuer_site_kinds": ["MILL"],
     "issue_window_months": 6,
     "expiry": {"kind": "MONTHS_FROM_PRODUCTION", "count": 4},
     "audit_reference_above": {"quantity": "60", "per": "YEAR"}}},
 "downgrades": [["IDENTITY_PRESERVED", "SEGREGATED"],
   ["SEGREGATED", "CONTROLLED_BLENDING"],
   ["CONTROLLED_BLENDING", "MASS_BALANCE"],
   ["SEGREGATED", "MASS_BALANCE"]],
 "confirm_within_days": 20,
 "conversions": [
   {"process": "milling", "input": "ffb", "outputs": [
     {"product": "cpo", "factor": "0.20"},
     {"product": "pk", "factor": "0.05"}]},
   {"process": "refining", "input": "cpo", "to": "2025-06-30", "outputs": [
     {"product": "oil", "factor": "0.9", "uses": "0.3"}]}],
 "claim_texts": {"MASS_BALANCE": "Mixed"}},

{"scheme": "beta", "models": {
   "IDENTITY_PRESERVED": {}, "SEGREGATED": {},
   "MASS_BALANCE": {"scope": "PARTY"},
   "BOOK_AND_CLAIM": {"unit": "0.5", "prior_vintage_pct": "20",
     "expiry": {"kind": "DATE_AFTER_VINTAGE", "month_day": "03-31"}}},
 "mixing": {"unknown_origin": "TAINTS", "ip_mix": "REFUSED",
   "ghg": "EQUAL_ONLY"},
 "rounding": "HALF_UP", "levels": ["LOW", "MID", "HIGH"],
 "conversions": [
   {"process": "milling", "input": "ffb", "joint": true, "outputs": [
     {"product": "cpo", "factor": "0.21"},
     {"product": "pk", "factor": "0.06"},
     {"product": "mill", "factor": "0.1", "excluded": true}]}],
 "recognises": [
   {"scheme": "alpha", "products": ["*"],
    "models": ["SEGREGATED", "MASS_BALANCE"]},
   {"scheme": "gamma", "products": ["ore", "cpo"],
    "models": ["SEGREGATED"], "min_level": "G2",
    "as_model": "MASS_BALANCE", "from": "2024-06-01"}],
 "certificate": {"required": true, "cap_year": "CALENDAR",
   "suspended_stock": "SELL_EXISTING"}},

{"scheme": "gamma", "models": {
   "IDENTITY_PRESERVED": {}, "SEGREGATED": {"lots": "REQUIRED"},
   "BOOK_AND_CLAIM": {"claim_period_ended": true,
     "expiry": {"kind": "VINTAGE_YEARS", "count": 1},
     "forfeits": ["COMPLIANCE"]}},
 "mixing": {"unknown_origin": "REFUSED", "ip_mix": "LISTS_HOLDERS"},
 "levels": ["G1", "G2", "G3"],
 "source_status": {"green_months": 6, "blue_months": 6},
 "certificate": {"required": false}},

{"scheme": "delta", "models": {
   "SEGREGATED": {}, "CONTROLLED_BLENDING": {"min_share_pct": "10"},
   "MASS_BALANCE": {"scope": "SCOPE_GROUP"},
   "BOOK_AND_CLAIM": {"attach_ratio": "2.5",
     "unbundle": {"parts": ["A", "E"], "indivisible": ["A"]}}},
 "downgrades": [["SEGREGATED", "CONTROLLED_BLENDING"]],
 "rounding": "UP", "entry_lag_days": 30, "confirm_within_days": 10,
 "conversions": [
   {"process": "refining", "input": "cpo", "max_total": "1.1", "outputs": [
     {"product": "oil", "factor": "0.7"},
     {"product": "fat", "factor": "0.4"}]}],
 "certificate": {"required": true, "volume_cap": false,
   "suspended_stock": "QUARANTINE"}}
])json";

constexpr char kRegistry[] = R"json([
{"define_product": {"product": "ffb", "unit": "TNE", "decimals": 0}},
{"define_product": {"product": "cpo", "unit": "TNE", "decimals": 3,
  "group": "oils"}},
{"define_product": {"product": "pk", "unit": "TNE", "decimals": 3}},
{"define_product": {"product": "mill", "unit": "TNE", "decimals": 1}},
{"define_product": {"product": "oil", "unit": "TNE", "decimals": 3,
  "group": "oils"}},
{"define_product": {"product": "fat", "unit": "TNE", "decimals": 3,
  "group": "oils", "category": "WASTE"}},
{"define_product": {"product": "ore", "unit": "KGM", "decimals": 2}},
{"define_product": {"product": "water", "unit": "TNE", "decimals": 1,
  "category": "NEUTRAL"}},
{"register_party": {"party": "grower", "roles": ["OPERATOR"]}},
{"register_party": {"party": "miller", "roles": ["OPERATOR"]}},
{"register_party": {"party": "trader", "roles": ["OPERATOR"]}},
{"register_party": {"party": "brand", "roles": ["BRAND"]}},
{"register_party": {"party": "body", "roles": ["CERTIFICATION_BODY"]}},
{"register_party": {"party": "body2", "roles": ["CERTIFICATION_BODY"]}},
{"register_party": {"party": "owner", "roles": ["SCHEME_OWNER"]}},
{"register_party": {"party": "registrar", "roles": ["REGISTRAR"]}},
{"register_site": {"site": "farm", "party": "grower", "country": "MY",
  "kinds": ["FARM_GROUP"]}},
{"register_site": {"site": "mill1", "party": "miller", "country": "MY",
  "kinds": ["MILL"], "scope_group": "inland"}},
{"register_site": {"site": "mill2", "party": "miller", "country": "ID",
  "kinds": ["MILL", "CRUSHER"], "scope_group": "inland"}},
{"register_site": {"site": "port", "party": "trader", "country": "NL",
  "kinds": ["REFINERY"]}},
{"register_site": {"site": "yard", "party": "trader", "country": "NL",
  "kinds": ["WAREHOUSE"], "scope_group": "yards"}},
{"grant_certificate": {"certificate": "A-farm", "scheme": "alpha",
  "holder": "grower", "body": "body", "sites": ["farm"], "products": ["*"],
  "models": ["IDENTITY_PRESERVED", "SEGREGATED", "MASS_BALANCE",
    "BOOK_AND_CLAIM", "CONTROLLED_BLENDING"],
  "from": "2023-07-15", "to": "2026-07-14", "caps": {"ffb": "9000"}}},
{"grant_certificate": {"certificate": "A-mill", "scheme": "alpha",
  "holder": "miller", "body": "body", "sites": ["mill1", "mill2"],
  "products": ["*"],
  "models": ["IDENTITY_PRESERVED", "SEGREGATED", "MASS_BALANCE",
    "BOOK_AND_CLAIM", "CONTROLLED_BLENDING"],
  "from": "2024-02-29", "to": "2026-07-14",
  "caps": {"cpo": "4000", "pk": "500.5"}, "level": "G2"}},
{"grant_certificate": {"certificate": "A-trade", "scheme": "alpha",
  "holder": "trader", "body": "body2", "sites": ["port", "yard"],
  "products": ["cpo", "pk", "oil", "fat", "ffb"],
  "models": ["SEGREGATED", "MASS_BALANCE", "BOOK_AND_CLAIM",
    "CONTROLLED_BLENDING", "IDENTITY_PRESERVED"],
  "from": "2024-01-01", "to": "2026-07-14"}},
{"grant_certificate": {"certificate": "B-farm", "scheme": "beta",
  "holder": "grower", "body": "body2", "sites": ["farm"], "products": ["*"],
  "models": ["IDENTITY_PRESERVED", "SEGREGATED", "MASS_BALANCE",
    "BOOK_AND_CLAIM"],
  "from": "2023-07-15", "to": "2025-03-31", "caps": {"ffb": "4000"}}},
{"grant_certificate": {"certificate": "B-mill", "scheme": "beta",
  "holder": "miller", "body": "body2", "sites": ["mill1", "mill2"],
  "products": ["*"],
  "models": ["IDENTITY_PRESERVED", "SEGREGATED", "MASS_BALANCE",
    "BOOK_AND_CLAIM"],
  "from": "2023-07-15", "to": "2026-07-14",
  "caps": {"cpo": "2000", "ffb": "9000"}}},
{"grant_certificate": {"certificate": "B-mill-2", "scheme": "beta",
  "holder": "miller", "body": "body", "sites": ["mill2"],
  "products": ["cpo"], "models": ["SEGREGATED"],
  "from": "2024-03-01", "to": "2024-12-31", "caps": {"cpo": "100"}}},
{"grant_certificate": {"certificate": "B-trade", "scheme": "beta",
  "holder": "trader", "body": "body2", "sites": ["port", "yard"],
  "products": ["*"],
  "models": ["IDENTITY_PRESERVED", "SEGREGATED", "MASS_BALANCE",
    "BOOK_AND_CLAIM"],
  "from": "2023-07-15", "to": "2026-07-14"}},
{"grant_certificate": {"certificate": "G-mill", "scheme": "gamma",
  "holder": "miller", "body": "body", "sites": ["mill1"], "products": ["*"],
  "models": ["IDENTITY_PRESERVED", "SEGREGATED"],
  "from": "2024-01-01", "to": "2025-12-31", "level": "G3"}},
{"grant_certificate": {"certificate": "D-mill", "scheme": "delta",
  "holder": "miller", "body": "body", "sites": ["mill1", "mill2"],
  "products": ["*"], "models": ["SEGREGATED", "CONTROLLED_BLENDING",
    "MASS_BALANCE", "BOOK_AND_CLAIM"],
  "from": "2024-01-01", "to": "2026-12-31"}},
{"grant_certificate": {"certificate": "D-trade", "scheme": "delta",
  "holder": "trader", "body": "body", "sites": ["port", "yard"],
  "products": ["*"], "models": ["SEGREGATED", "CONTROLLED_BLENDING",
    "MASS_BALANCE", "BOOK_AND_CLAIM"],
  "from": "2024-01-01", "to": "2026-12-31"}},
{"add_group_member": {"certificate": "A-farm", "member": "smallholder",
  "caps": {"ffb": "800"}}}
])json";

Step SetupStep(Json event, size_t place) {
  char id[64];
  std::snprintf(id, sizeof id, "00000000-0000-4000-8000-%012zu", place);
  event["id"] = id;
  event["occurred_at"] = "2024-01-01";
  return {.recorded_at = "2024-01-01T00:00:00Z", .events = {std::move(event)}};
}

// Fills what the generator draws from, out of the same texts.
void Describe(const Json& event, SmallWorld* world) {
  if (event.contains("define_product")) {
    const Json& body = event["define_product"];
    world->products.push_back(body["product"]);
    world->decimals[body["product"]] = body["decimals"];
  }
  if (event.contains("register_site")) {
    const Json& body = event["register_site"];
    world->sites.push_back(body["site"]);
    world->owner_of[body["site"]] = body["party"];
  }
  if (event.contains("grant_certificate")) {
    world->certificates.push_back(event["grant_certificate"]["certificate"]);
  }
}

void DescribeProfile(const Json& profile, SmallWorld* world) {
  const std::string scheme = profile["scheme"];
  world->schemes.push_back(scheme);
  for (const auto& [model, terms] : profile["models"].items()) {
    world->models[scheme].push_back(model);
  }
  for (const Json& level : profile.value("levels", Json::array())) {
    world->levels[scheme].push_back(level);
  }
  for (const Json& json : profile.value("conversions", Json::array())) {
    Recipe recipe{
        .scheme = scheme, .process = json["process"], .input = json["input"]};
    for (const Json& output : json["outputs"]) {
      const auto factor = std::stod(output["factor"].get<std::string>());
      const auto uses = std::stod(output.value("uses", "1"));
      recipe.outputs.emplace_back(output["product"],
                                  static_cast<int>(factor / uses * 1000));
    }
    world->recipes.push_back(recipe);
  }
}

}  // namespace

SmallWorld MakeSmallWorld() {
  SmallWorld world;
  size_t place = 0;
  for (const Json& profile : Json::parse(kProfiles)) {
    DescribeProfile(profile, &world);
    world.setup.push_back(
        SetupStep({{"define_scheme", {{"profile", profile}}}}, place++));
  }
  for (const Json& event : Json::parse(kRegistry)) {
    Describe(event, &world);
    world.setup.push_back(SetupStep(event, place++));
  }
  world.parties = {"grower", "miller", "trader", "brand"};
  return world;
}

}  // namespace tally::compare

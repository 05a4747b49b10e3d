#include "tests/compare/worlds.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "engine/base/check.h"

namespace tally::compare {
namespace {

// The names of the schemes say nothing; what differs is in the terms.
constexpr char kTerms[] = R"json([
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

// What the certificates of these schemes leave out differs, too.
constexpr char kCertificates[] = R"json([
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

// Periods, carry-over, overdraw and percentages in their sorts. All trade the
// products of the small world.
constexpr char kPeriods[] = R"json([
{"scheme": "epsilon", "models": {"SEGREGATED": {}, "MASS_BALANCE": {
   "accounting": "FIXED_PERIOD", "allow_short_within_period": true,
   "entitlement_transfer": {"allowed": true}}},
 "conversions": [
   {"process": "milling", "input": "ffb", "outputs": [
     {"product": "cpo", "factor": "0.20"},
     {"product": "pk", "factor": "0.05"}]}],
 "certificate": {"required": false}},

{"scheme": "zeta", "models": {"SEGREGATED": {}, "MASS_BALANCE": {
   "accounting": "FIXED_PERIOD", "period_months": 2, "scope": "PARTY",
   "period_months_by_site_kind": {"CRUSHER": 4},
   "overdraw_pct": "20", "carry_over": {"kind": "PERIODS", "count": 1}}},
 "conversions": [
   {"process": "refining", "input": "cpo", "outputs": [
     {"product": "oil", "factor": "0.9"}]}]},

{"scheme": "eta", "models": {"SEGREGATED": {}, "MASS_BALANCE": {
   "method": "PERCENTAGE", "window_months": 3,
   "label_threshold_pct": "40"}},
 "conversions": [
   {"process": "refining", "input": "cpo", "outputs": [
     {"product": "oil", "factor": "0.9"}]}],
 "certificate": {"required": false}},

{"scheme": "theta", "models": {"SEGREGATED": {}, "MASS_BALANCE": {
   "method": "PERCENTAGE", "window_months": 4,
   "average": "MEAN_OF_RATIOS", "scope": "SCOPE_GROUP"}},
 "certificate": {"required": false}},

{"scheme": "iota", "models": {"SEGREGATED": {}, "MASS_BALANCE": {
   "carry_over": {"kind": "MONTHS", "count": 2},
   "entitlement_transfer": {"allowed": true}}},
 "conversions": [
   {"process": "milling", "input": "ffb", "outputs": [
     {"product": "cpo", "factor": "0.25"}]}],
 "rounding": "HALF_UP", "stock_tolerance_pct": "5",
 "certificate": {"required": true, "gap_voids_carry": true}},

{"scheme": "kappa", "models": {"SEGREGATED": {}, "MASS_BALANCE": {
   "accounting": "FIXED_PERIOD", "period_months": 1,
   "carry_over": {"kind": "NONE"}, "overdraw_pct": "10",
   "overdraw_needs_reason": false}},
 "certificate": {"required": false}},

{"scheme": "lambda", "models": {"MASS_BALANCE": {
   "method": "PERCENTAGE", "accounting": "FIXED_PERIOD",
   "scope": "COUNTRY", "allow_short_within_period": true,
   "carry_over": {"kind": "PERIODS", "count": 2}}},
 "certificate": {"required": false}},

{"scheme": "mu", "models": {"MASS_BALANCE": {
   "accounting": "FIXED_PERIOD", "carry_cap": "PHYSICAL_STOCK",
   "allow_short_within_period": true,
   "entitlement_transfer": {"allowed": true}}},
 "mixing": {"origin_match": true},
 "certificate": {"required": false}}
])json";

constexpr size_t kSchemesOfAWorld = 3;

std::vector<Json> Listed(const char* profiles) {
  const Json list = Json::parse(profiles);
  return {list.begin(), list.end()};
}

// In the order of their names.
std::vector<Json> Shipped() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(TALLY_PROFILES_DIR)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Json> profiles;
  for (const std::filesystem::path& file : files) {
    std::ifstream stream(file);
    profiles.push_back(Json::parse(stream));
  }
  TALLY_CHECK(profiles.size() >= kSchemesOfAWorld);
  return profiles;
}

// Some that follow each other, beginning anywhere, with gaps.
std::vector<Json> Some(const std::vector<Json>& all, uint64_t seed) {
  const size_t stride = 1 + seed / all.size() % 3;
  std::vector<Json> some;
  for (size_t i = 0; some.size() < kSchemesOfAWorld; ++i) {
    const Json& next = all[(seed + i * stride) % all.size()];
    if (std::find(some.begin(), some.end(), next) == some.end()) {
      some.push_back(next);
    }
  }
  return some;
}

bool IsOfTerms(const std::vector<Json>& profiles) {
  return profiles.front()["scheme"] == "alpha";
}

}  // namespace

std::vector<Json> ProfilesOf(uint64_t seed) {
  constexpr uint64_t kSorts = 3;
  switch (seed % kSorts) {
    case 1:
      return Some(Listed(kPeriods), seed / kSorts);
    case 2:
      return Some(Shipped(), seed / kSorts);
    default:
      return Listed(kTerms);
  }
}

std::vector<Json> CertificatesFor(const std::vector<Json>& profiles) {
  if (IsOfTerms(profiles)) return Listed(kCertificates);
  struct Holder {
    const char* party;
    std::vector<const char*> sites;
    const char* body;
  };
  static const std::array<Holder, 3> kHolders = {{
      {"grower", {"farm"}, "body"},
      {"miller", {"mill1", "mill2"}, "body"},
      {"trader", {"port", "yard"}, "body2"},
  }};
  std::vector<Json> events;
  for (const Json& profile : profiles) {
    const std::string scheme = profile["scheme"];
    Json models = Json::array();
    for (const auto& [model, terms] : profile["models"].items()) {
      models.push_back(model);
    }
    for (const Holder& holder : kHolders) {
      Json body = {{"certificate", scheme + "-" + holder.party},
                   {"scheme", scheme},
                   {"holder", holder.party},
                   {"body", holder.body},
                   {"sites", holder.sites},
                   {"products", Json::array({"*"})},
                   {"models", models},
                   {"from", "2023-07-15"},
                   {"to", "2026-07-14"},
                   {"caps", {{"cpo", "9000"}}}};
      if (profile.contains("levels")) {
        body["level"] = profile["levels"].back();
      }
      events.push_back({{"grant_certificate", body}});
    }
  }
  return events;
}

}  // namespace tally::compare

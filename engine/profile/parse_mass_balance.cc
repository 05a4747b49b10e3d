#include "engine/profile/parse_mass_balance.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/model/limits.h"

namespace tally {
namespace {

using nlohmann::json;

constexpr NamedValue<MassBalanceMethod> kMethods[] = {
    {"CREDIT", MassBalanceMethod::kCredit},
    {"PERCENTAGE", MassBalanceMethod::kPercentage},
};
constexpr NamedValue<AccountScope> kScopes[] = {
    {"SITE", AccountScope::kSite},
    {"SCOPE_GROUP", AccountScope::kScopeGroup},
    {"PARTY", AccountScope::kParty},
    {"COUNTRY", AccountScope::kCountry},
};
constexpr NamedValue<Accounting> kAccountings[] = {
    {"CONTINUOUS", Accounting::kContinuous},
    {"FIXED_PERIOD", Accounting::kFixedPeriod},
};
constexpr NamedValue<CarryOverKind> kCarryOverKinds[] = {
    {"NONE", CarryOverKind::kNone},
    {"PERIODS", CarryOverKind::kPeriods},
    {"MONTHS", CarryOverKind::kMonths},
    {"UNLIMITED", CarryOverKind::kUnlimited},
};
constexpr NamedValue<CarryCap> kCarryCaps[] = {
    {"NONE", CarryCap::kNone},
    {"PHYSICAL_STOCK", CarryCap::kPhysicalStock},
};
constexpr NamedValue<PercentageAverage> kAverages[] = {
    {"RATIO_OF_SUMS", PercentageAverage::kRatioOfSums},
    {"MEAN_OF_RATIOS", PercentageAverage::kMeanOfRatios},
};

void ParsePeriodMonthsBySiteKind(ObjectReader* parent,
                                 std::vector<SiteKindMonths>* list) {
  constexpr std::string_view kKey = "period_months_by_site_kind";
  const json* child = parent->Child(kKey);
  if (child == nullptr) return;
  ObjectReader reader(*child, parent->PathOf(kKey), parent->violations());
  if (reader.value().size() > kProfileListMax) {
    return parent->Refuse(kKey, "fewer site kinds");
  }
  for (const auto& [kind, months] : reader.value().items()) {
    reader.CheckKeyIsId(kind);
    SiteKindMonths entry{.site_kind = kind, .months = 0};
    reader.ReadWhole(kind, {.min = 1, .max = kProfilePeriodMonthsMax},
                     &entry.months);
    list->push_back(std::move(entry));
  }
}

void ParseCarryOver(ObjectReader* parent, CarryOver* carry_over) {
  const json* child = parent->Child("carry_over");
  if (child == nullptr) return;
  ObjectReader reader(*child, parent->PathOf("carry_over"),
                      parent->violations());
  reader.Require("kind");
  reader.ReadEnum("kind", kCarryOverKinds, &carry_over->kind);
  reader.ReadWhole("count", {.min = 1, .max = kProfileMonthsMax},
                   &carry_over->count);
  const bool counts = carry_over->kind == CarryOverKind::kPeriods ||
                      carry_over->kind == CarryOverKind::kMonths;
  if (counts) reader.Require("count");
  if (!counts && reader.Has("count")) {
    reader.Refuse("count", "no count beside this kind");
  }
  reader.Finish();
}

// Without periods nothing opens or closes: a key that acts at a close would
// be read as a rule and never be one.
void CheckPeriodKeys(ObjectReader* reader, const MassBalanceTerms& terms) {
  if (terms.IsFixedPeriod()) return;
  constexpr std::string_view kNeedsPeriods =
      "a value that needs no periods, or accounting FIXED_PERIOD";
  if (terms.allow_short_within_period) {
    reader->Refuse("allow_short_within_period", std::string(kNeedsPeriods));
  }
  if (!terms.overdraw_pct.IsZero()) {
    reader->Refuse("overdraw_pct", std::string(kNeedsPeriods));
  }
  if (terms.carry_over.kind == CarryOverKind::kNone ||
      terms.carry_over.kind == CarryOverKind::kPeriods) {
    reader->Refuse("carry_over", std::string(kNeedsPeriods));
  }
  if (terms.carry_cap == CarryCap::kPhysicalStock) {
    reader->Refuse("carry_cap", std::string(kNeedsPeriods));
  }
  if (terms.period_notice_days) {
    reader->Refuse("period_notice_days", std::string(kNeedsPeriods));
  }
  if (terms.close_after_days) {
    reader->Refuse("close_after_days", std::string(kNeedsPeriods));
  }
}

void ParseEntitlementTransfer(ObjectReader* parent, bool* allowed) {
  const json* child = parent->Child("entitlement_transfer");
  if (child == nullptr) return;
  ObjectReader reader(*child, parent->PathOf("entitlement_transfer"),
                      parent->violations());
  reader.ReadFlag("allowed", allowed);
  reader.Finish();
}

}  // namespace

void ParseMassBalance(ObjectReader* reader, MassBalanceTerms* terms) {
  reader->ReadEnum("method", kMethods, &terms->method);
  reader->ReadEnum("scope", kScopes, &terms->scope);
  reader->ReadEnum("accounting", kAccountings, &terms->accounting);
  reader->ReadWhole("period_months", {.min = 1, .max = kProfilePeriodMonthsMax},
                    &terms->period_months);
  ParsePeriodMonthsBySiteKind(reader, &terms->period_months_by_site_kind);
  const WholeRange days{.min = 0, .max = kProfileDaysMax};
  reader->ReadWhole("period_notice_days", days, &terms->period_notice_days);
  reader->ReadWhole("close_after_days", days, &terms->close_after_days);
  reader->ReadWhole("contract_months", {.min = 1, .max = kProfileMonthsMax},
                    &terms->contract_months);
  reader->ReadFlag("allow_short_within_period",
                   &terms->allow_short_within_period);
  reader->ReadPercent("overdraw_pct", &terms->overdraw_pct);
  reader->ReadFlag("overdraw_needs_reason", &terms->overdraw_needs_reason);
  ParseCarryOver(reader, &terms->carry_over);
  reader->ReadEnum("carry_cap", kCarryCaps, &terms->carry_cap);
  reader->ReadWhole("window_months", {.min = 1, .max = kProfileMonthsMax},
                    &terms->window_months);
  reader->ReadEnum("average", kAverages, &terms->average);
  reader->ReadPercent("label_threshold_pct", &terms->label_threshold_pct);
  ParseEntitlementTransfer(reader, &terms->entitlement_transfer_allowed);
  CheckPeriodKeys(reader, *terms);
}

}  // namespace tally

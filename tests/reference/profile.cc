#include "tests/reference/profile.h"

#include <algorithm>

namespace tally::reference {

namespace {

Rational Decimal(const Json& json) {
  return *Rational::Parse(json.get<std::string>());
}

// The value of `key`, or null when it is left out.
const Json& Get(const Json& json, const char* key) {
  static const Json kNull;
  if (!json.is_object()) return kNull;
  const auto found = json.find(key);
  return found == json.end() ? kNull : *found;
}

bool Flag(const Json& json, const char* key, bool otherwise) {
  const Json& value = Get(json, key);
  return value.is_null() ? otherwise : value.get<bool>();
}

std::string Text(const Json& json, const char* key,
                 const std::string& otherwise) {
  const Json& value = Get(json, key);
  return value.is_null() ? otherwise : value.get<std::string>();
}

Rational Number(const Json& json, const char* key, const Rational& otherwise) {
  const Json& value = Get(json, key);
  return value.is_null() ? otherwise : Decimal(value);
}

std::optional<int> Count(const Json& json, const char* key) {
  const Json& value = Get(json, key);
  if (value.is_null()) return std::nullopt;
  return value.get<int>();
}

Date Day(const Json& json, const char* key, Date otherwise) {
  const Json& value = Get(json, key);
  if (value.is_null()) return otherwise;
  return *ParseDate(value.get<std::string>());
}

std::set<std::string> Set(const Json& json, const char* key) {
  const Json& value = Get(json, key);
  if (value.is_null()) return {};
  return value.get<std::set<std::string>>();
}

MassBalanceTerms ReadMassBalance(const Json& json) {
  MassBalanceTerms terms;
  terms.percentage = Text(json, "method", "CREDIT") == "PERCENTAGE";
  terms.scope = Text(json, "scope", "SITE");
  terms.fixed_period = Text(json, "accounting", "CONTINUOUS") == "FIXED_PERIOD";
  terms.period_months = Count(json, "period_months").value_or(3);
  const Json& by_kind = Get(json, "period_months_by_site_kind");
  if (!by_kind.is_null()) {
    terms.period_months_by_site_kind =
        by_kind.get<std::map<std::string, int>>();
  }
  terms.period_notice_days = Count(json, "period_notice_days");
  terms.contract_months = Count(json, "contract_months");
  terms.close_after_days = Count(json, "close_after_days");
  terms.allow_short = Flag(json, "allow_short_within_period", false);
  terms.overdraw_pct = Number(json, "overdraw_pct", Rational(0));
  terms.overdraw_needs_reason = Flag(json, "overdraw_needs_reason", true);
  const Json& carry = Get(json, "carry_over");
  if (!carry.is_null()) {
    terms.carry_over = Text(carry, "kind", "UNLIMITED");
    terms.carry_count = Count(carry, "count").value_or(0);
  }
  terms.carry_cap_physical = Text(json, "carry_cap", "") == "PHYSICAL_STOCK";
  terms.window_months = Count(json, "window_months").value_or(12);
  terms.mean_of_ratios = Text(json, "average", "") == "MEAN_OF_RATIOS";
  const Json& threshold = Get(json, "label_threshold_pct");
  if (!threshold.is_null()) terms.label_threshold_pct = Decimal(threshold);
  const Json& transfer = Get(json, "entitlement_transfer");
  if (!transfer.is_null()) {
    terms.transfer_allowed = Flag(transfer, "allowed", false);
  }
  return terms;
}

CreditTerms ReadCredits(const Json& json) {
  CreditTerms terms;
  terms.issuer_site_kinds = Set(json, "issuer_site_kinds");
  terms.unit = Number(json, "unit", Rational(1));
  const Json& expiry = Get(json, "expiry");
  if (!expiry.is_null()) {
    terms.expiry = Text(expiry, "kind", "NONE");
    terms.expiry_count = Count(expiry, "count").value_or(0);
    const std::string month_day = Text(expiry, "month_day", "01-01");
    terms.expiry_month = std::stoi(month_day.substr(0, 2));
    terms.expiry_day = std::stoi(month_day.substr(3, 2));
  }
  terms.issue_window_months = Count(json, "issue_window_months");
  terms.prior_vintage_pct = Number(json, "prior_vintage_pct", Rational(100));
  const Json& ratio = Get(json, "attach_ratio");
  if (!ratio.is_null()) terms.attach_ratio = Decimal(ratio);
  const Json& unbundle = Get(json, "unbundle");
  if (!unbundle.is_null()) {
    terms.parts = Get(unbundle, "parts").get<std::vector<std::string>>();
    terms.indivisible = Set(unbundle, "indivisible");
  }
  terms.forfeits = Set(json, "forfeits");
  const Json& audit = Get(json, "audit_reference_above");
  if (!audit.is_null()) terms.audit_above = Decimal(Get(audit, "quantity"));
  terms.claim_period_ended = Flag(json, "claim_period_ended", false);
  return terms;
}

void ReadModels(const Json& models, Profile* profile) {
  for (const auto& [model, terms] : models.items()) {
    profile->models.insert(model);
    if (Text(terms, "lots", "OPTIONAL") == "REQUIRED") {
      profile->lots_required.insert(model);
    }
    if (model == kMassBalance) profile->mass_balance = ReadMassBalance(terms);
    if (model == kBookAndClaim) profile->credits = ReadCredits(terms);
    if (model == kControlledBlending) {
      profile->min_share_pct = Number(terms, "min_share_pct", Rational(0));
    }
  }
}

Conversion ReadConversion(const Json& json) {
  Conversion conversion;
  conversion.process = Text(json, "process", "");
  conversion.input = Text(json, "input", "");
  conversion.from = Day(json, "from", kFirstDate);
  conversion.to = Day(json, "to", kLastDate);
  conversion.joint = Flag(json, "joint", false);
  conversion.max_total = Number(json, "max_total", Rational(1));
  for (const Json& output : Get(json, "outputs")) {
    conversion.outputs.push_back(
        {Text(output, "product", ""), Decimal(Get(output, "factor")),
         Number(output, "uses", Rational(1)), Flag(output, "excluded", false)});
  }
  return conversion;
}

Recognition ReadRecognition(const Json& json) {
  return {.scheme = Text(json, "scheme", ""),
          .products = Set(json, "products"),
          .models = Set(json, "models"),
          .min_level = Text(json, "min_level", ""),
          .as_model = Text(json, "as_model", ""),
          .from = Day(json, "from", kFirstDate),
          .to = Day(json, "to", kLastDate)};
}

void ReadCertificateTerms(const Json& json, Profile* profile) {
  profile->certificate_required = Flag(json, "required", true);
  profile->volume_cap = Flag(json, "volume_cap", true);
  profile->calendar_cap_year = Text(json, "cap_year", "") == "CALENDAR";
  profile->suspended_stock = Text(json, "suspended_stock", "FREEZE");
  profile->gap_voids_carry = Flag(json, "gap_voids_carry", false);
}

void ReadMixing(const Json& json, Profile* profile) {
  profile->unknown_origin = Text(json, "unknown_origin", "DECLASSIFIES");
  profile->ip_mix = Text(json, "ip_mix", "BECOMES_SEGREGATED");
  profile->ghg = Text(json, "ghg", "EQUAL_OR_HIGHEST");
  profile->origin_match = Flag(json, "origin_match", false);
}

// What the shapes of the parts leave open: pairs, and the members that a kind
// needs.
std::string FindMissing(const Json& json) {
  for (const Json& pair : Get(json, "downgrades")) {
    if (pair.size() != 2) return "downgrades";
  }
  if (!Get(json, "entry_deadline").is_null() &&
      !Get(json, "entry_lag_days").is_null()) {
    return "entry_deadline";
  }
  const Json& models = Get(json, "models");
  const Json& balance = Get(models, "MASS_BALANCE");
  const Json& carry = Get(balance, "carry_over");
  const std::string carried = Text(carry, "kind", "NONE");
  if ((carried == "PERIODS" || carried == "MONTHS") &&
      !carry.contains("count")) {
    return "models.MASS_BALANCE.carry_over.count";
  }
  const Json& expiry = Get(Get(models, "BOOK_AND_CLAIM"), "expiry");
  const std::string kind = Text(expiry, "kind", "NONE");
  if (kind == "DATE_AFTER_VINTAGE" && !expiry.contains("month_day")) {
    return "models.BOOK_AND_CLAIM.expiry.month_day";
  }
  if ((kind == "VINTAGE_YEARS" || kind == "MONTHS_FROM_PRODUCTION") &&
      !expiry.contains("count")) {
    return "models.BOOK_AND_CLAIM.expiry.count";
  }
  return "";
}

// A factor or a unit of zero would have to be divided by.
std::string FindZero(const Profile& profile) {
  if (profile.credits.unit.IsZero()) return "models.BOOK_AND_CLAIM.unit";
  for (const Conversion& conversion : profile.conversions) {
    if (conversion.max_total.IsZero()) return "conversions.max_total";
    for (const ConversionOutput& output : conversion.outputs) {
      if (output.factor.IsZero()) return "conversions.outputs.factor";
      if (output.uses.IsZero()) return "conversions.outputs.uses";
    }
  }
  return "";
}

}  // namespace

const ConversionOutput* Conversion::Find(std::string_view product) const {
  for (const ConversionOutput& output : outputs) {
    if (output.product == product) return &output;
  }
  return nullptr;
}

bool Profile::HasModel(std::string_view model) const {
  return models.contains(std::string(model));
}

bool Profile::Reaches(std::string_view from, std::string_view to) const {
  std::set<std::string> reached = {std::string(from)};
  for (size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (const auto& [upper, lower] : downgrades) {
      if (reached.contains(upper)) reached.insert(lower);
    }
  }
  return reached.contains(std::string(to));
}

int Profile::LevelRank(std::string_view level) const {
  const auto found = std::find(levels.begin(), levels.end(), level);
  return found == levels.end() ? -1 : static_cast<int>(found - levels.begin());
}

std::optional<Profile> ReadProfile(const Json& json, std::string* problem) {
  *problem = FindMissing(json);
  if (!problem->empty()) return std::nullopt;
  Profile profile;
  profile.scheme = Text(json, "scheme", "");
  profile.owner = Text(json, "owner", "");
  ReadModels(Get(json, "models"), &profile);
  const Json& downgrades = Get(json, "downgrades");
  if (downgrades.is_null()) {
    profile.downgrades = {
        {std::string(kIdentityPreserved), std::string(kSegregated)},
        {std::string(kSegregated), std::string(kMassBalance)}};
  }
  for (const Json& pair : downgrades) {
    profile.downgrades.emplace_back(pair[0], pair[1]);
  }
  const Json& mixing = Get(json, "mixing");
  if (!mixing.is_null()) ReadMixing(mixing, &profile);
  for (const Json& conversion : Get(json, "conversions")) {
    profile.conversions.push_back(ReadConversion(conversion));
  }
  profile.rounding = Text(json, "rounding", "DOWN");
  for (const Json& recognition : Get(json, "recognises")) {
    profile.recognises.push_back(ReadRecognition(recognition));
  }
  const Json& certificate = Get(json, "certificate");
  if (!certificate.is_null()) ReadCertificateTerms(certificate, &profile);
  const Json& levels = Get(json, "levels");
  if (!levels.is_null()) profile.levels = levels;
  profile.single_use = Set(json, "single_use_attributes");
  const Json& group = Get(json, "group");
  if (!group.is_null() && !Get(group, "min_compliant_pct").is_null()) {
    profile.min_compliant_pct = Decimal(Get(group, "min_compliant_pct"));
  }
  const Json& status = Get(json, "source_status");
  if (!status.is_null()) {
    profile.green_months = Count(status, "green_months");
    profile.blue_months = Count(status, "blue_months");
  }
  profile.entry_lag_days = Count(json, "entry_lag_days");
  const Json& deadline = Get(json, "entry_deadline");
  if (!deadline.is_null()) {
    const std::string after = Text(deadline, "after", "");
    profile.entry_months = after == "MONTH" ? 1 : after == "QUARTER" ? 3 : 12;
    profile.entry_days = Count(deadline, "days").value_or(0);
  }
  profile.confirm_within_days = Count(json, "confirm_within_days");
  profile.stock_tolerance_pct =
      Number(json, "stock_tolerance_pct", Rational(Whole(1), Whole(2)));
  const Json& texts = Get(json, "claim_texts");
  if (!texts.is_null()) profile.claim_texts = texts;
  *problem = FindZero(profile);
  if (!problem->empty()) return std::nullopt;
  return profile;
}

}  // namespace tally::reference

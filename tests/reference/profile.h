// A scheme's profile as the reference reads it: the JSON of a profile with
// every default filled in, and the few questions that rules ask of it.

#ifndef TALLY_TESTS_REFERENCE_PROFILE_H_
#define TALLY_TESTS_REFERENCE_PROFILE_H_

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/reference/calendar.h"
#include "tests/reference/claim.h"
#include "tests/reference/number.h"

namespace tally::reference {

using Json = nlohmann::json;

struct MassBalanceTerms {
  bool percentage = false;
  std::string scope = "SITE";
  bool fixed_period = false;
  int period_months = 3;
  std::map<std::string, int> period_months_by_site_kind;
  std::optional<int> period_notice_days;
  std::optional<int> close_after_days;
  std::optional<int> contract_months;
  bool allow_short = false;
  Rational overdraw_pct;
  bool overdraw_needs_reason = true;
  std::string carry_over = "UNLIMITED";
  int carry_count = 0;
  bool carry_cap_physical = false;
  int window_months = 12;
  bool mean_of_ratios = false;
  std::optional<Rational> label_threshold_pct;
  bool transfer_allowed = false;
};

struct CreditTerms {
  std::set<std::string> issuer_site_kinds;
  Rational unit = Rational(1);
  std::string expiry = "NONE";
  int expiry_count = 0;
  int expiry_month = 0;
  int expiry_day = 0;
  std::optional<int> issue_window_months;
  Rational prior_vintage_pct = Rational(100);
  std::optional<Rational> attach_ratio;
  std::vector<std::string> parts;
  std::set<std::string> indivisible;
  std::set<std::string> forfeits;
  std::optional<Rational> audit_above;
  bool claim_period_ended = false;
};

struct ConversionOutput {
  std::string product;
  Rational factor;
  Rational uses = Rational(1);
  bool excluded = false;
};

struct Conversion {
  std::string process;
  std::string input;
  Date from = kFirstDate;
  Date to = kLastDate;
  bool joint = false;
  Rational max_total = Rational(1);
  std::vector<ConversionOutput> outputs;

  const ConversionOutput* Find(std::string_view product) const;
};

struct Recognition {
  std::string scheme;
  std::set<std::string> products;  // or "*"
  std::set<std::string> models;
  std::string min_level;
  std::string as_model;
  Date from = kFirstDate;
  Date to = kLastDate;
};

struct Profile {
  std::string scheme;
  std::string owner;
  std::set<std::string> models;
  std::set<std::string> lots_required;  // models whose stock is always in lots
  Rational min_share_pct;
  MassBalanceTerms mass_balance;
  CreditTerms credits;
  std::vector<std::pair<std::string, std::string>> downgrades;
  std::string unknown_origin = "DECLASSIFIES";
  std::string ip_mix = "BECOMES_SEGREGATED";
  std::string ghg = "EQUAL_OR_HIGHEST";
  bool origin_match = false;
  std::vector<Conversion> conversions;
  std::string rounding = "DOWN";
  std::vector<Recognition> recognises;
  bool certificate_required = true;
  bool volume_cap = true;
  bool calendar_cap_year = false;
  std::string suspended_stock = "FREEZE";
  bool gap_voids_carry = false;
  std::vector<std::string> levels;   // lowest first
  std::set<std::string> single_use;  // attributes, each by itself
  std::optional<Rational> min_compliant_pct;
  std::optional<int> green_months;
  std::optional<int> blue_months;
  std::optional<int> entry_lag_days;
  int entry_months = 0;  // 3: the quarter's end counts; 0: no such deadline
  int entry_days = 0;    // after that end
  std::optional<int> confirm_within_days;
  Rational stock_tolerance_pct = Rational(Whole(1), Whole(2));
  std::map<std::string, std::string> claim_texts;

  bool HasModel(std::string_view model) const;
  // Whether stock under `from` may become `to` by nothing but downgrades; a
  // model reaches itself.
  bool Reaches(std::string_view from, std::string_view to) const;
  // Position in `levels`, -1 for none or unknown.
  int LevelRank(std::string_view level) const;
};

// What the shape of a profile leaves open is checked here; `problem` then
// names the key.
std::optional<Profile> ReadProfile(const Json& json, std::string* problem);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_PROFILE_H_

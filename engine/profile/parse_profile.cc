#include "engine/profile/parse_profile.h"

#include <string>
#include <utility>

#include "engine/model/limits.h"
#include "engine/profile/json_text.h"
#include "engine/profile/object_reader.h"
#include "engine/profile/parse_citations.h"
#include "engine/profile/parse_conversions.h"
#include "engine/profile/parse_models.h"
#include "engine/profile/parse_recognitions.h"
#include "engine/profile/violation_list.h"

namespace tally {
namespace {

using nlohmann::json;

constexpr NamedValue<UnknownOrigin> kUnknownOrigins[] = {
    {"TAINTS", UnknownOrigin::kTaints},
    {"DECLASSIFIES", UnknownOrigin::kDeclassifies},
    {"REFUSED", UnknownOrigin::kRefused},
};
constexpr NamedValue<IpMix> kIpMixes[] = {
    {"REFUSED", IpMix::kRefused},
    {"BECOMES_SEGREGATED", IpMix::kBecomesSegregated},
    {"LISTS_HOLDERS", IpMix::kListsHolders},
};
constexpr NamedValue<GhgMixing> kGhgMixings[] = {
    {"EQUAL_ONLY", GhgMixing::kEqualOnly},
    {"EQUAL_OR_HIGHEST", GhgMixing::kEqualOrHighest},
    {"IGNORED", GhgMixing::kIgnored},
};
constexpr NamedValue<Rounding> kRoundings[] = {
    {"DOWN", Rounding::kDown},
    {"HALF_UP", Rounding::kHalfUp},
    {"UP", Rounding::kUp},
};
constexpr NamedValue<CapYear> kCapYears[] = {
    {"CERTIFICATE", CapYear::kCertificate},
    {"CALENDAR", CapYear::kCalendar},
};
constexpr NamedValue<CalendarSpan> kCalendarSpans[] = {
    {"MONTH", CalendarSpan::kMonth},
    {"QUARTER", CalendarSpan::kQuarter},
    {"YEAR", CalendarSpan::kYear},
};
constexpr NamedValue<SuspendedStock> kSuspendedStocks[] = {
    {"FREEZE", SuspendedStock::kFreeze},
    {"SELL_EXISTING", SuspendedStock::kSellExisting},
    {"QUARANTINE", SuspendedStock::kQuarantine},
};

void ParseIdentity(ObjectReader* root, Profile* profile) {
  root->Require("scheme");
  root->ReadId("scheme", &profile->scheme);
  profile->name = profile->scheme;
  root->ReadText("name", kNameBytesMax, &profile->name);
  root->ReadId("owner", &profile->owner);
  root->ReadDate("effective_from", &profile->effective_from);
}

void ParseMixing(ObjectReader* root, MixingTerms* mixing) {
  const json* child = root->Child("mixing");
  if (child == nullptr) return;
  ObjectReader reader(*child, "mixing", root->violations());
  reader.ReadEnum("unknown_origin", kUnknownOrigins, &mixing->unknown_origin);
  reader.ReadEnum("ip_mix", kIpMixes, &mixing->ip_mix);
  reader.ReadEnum("ghg", kGhgMixings, &mixing->ghg);
  reader.ReadFlag("origin_match", &mixing->origin_match);
  reader.Finish();
}

void ParseCertificate(ObjectReader* root, CertificateTerms* certificate) {
  const json* child = root->Child("certificate");
  if (child == nullptr) return;
  ObjectReader reader(*child, "certificate", root->violations());
  reader.ReadFlag("required", &certificate->required);
  reader.ReadFlag("volume_cap", &certificate->volume_cap);
  reader.ReadEnum("cap_year", kCapYears, &certificate->cap_year);
  reader.ReadEnum("suspended_stock", kSuspendedStocks,
                  &certificate->suspended_stock);
  reader.ReadFlag("gap_voids_carry", &certificate->gap_voids_carry);
  reader.Finish();
}

void ParseGroup(ObjectReader* root, GroupTerms* group) {
  const json* child = root->Child("group");
  if (child == nullptr) return;
  ObjectReader reader(*child, "group", root->violations());
  reader.ReadPercent("min_compliant_pct", &group->min_compliant_pct);
  reader.Finish();
}

void ParseSourceStatus(ObjectReader* root, SourceStatusTerms* status) {
  const json* child = root->ChildUnlessNull("source_status");
  if (child == nullptr) return;
  ObjectReader reader(*child, "source_status", root->violations());
  const WholeRange months{.min = 1, .max = kProfileMonthsMax};
  reader.ReadWhole("green_months", months, &status->green_months);
  reader.ReadWhole("blue_months", months, &status->blue_months);
  reader.Finish();
}

void ParseEntryDeadline(ObjectReader* root, Profile* profile) {
  const json* child = root->ChildUnlessNull("entry_deadline");
  if (child == nullptr) return;
  ObjectReader reader(*child, "entry_deadline", root->violations());
  EntryDeadline deadline;
  reader.Require("after");
  reader.Require("days");
  reader.ReadEnum("after", kCalendarSpans, &deadline.after);
  reader.ReadWhole("days", {.min = 0, .max = kProfileDaysMax}, &deadline.days);
  reader.Finish();
  if (profile->entry_lag_days) {
    root->Refuse("entry_deadline", "null beside entry_lag_days");
  }
  profile->entry_deadline = deadline;
}

void ParseTime(ObjectReader* root, Profile* profile) {
  const WholeRange days{.min = 0, .max = kProfileDaysMax};
  root->ReadWhole("entry_lag_days", days, &profile->entry_lag_days);
  ParseEntryDeadline(root, profile);
  root->ReadWhole("confirm_within_days", days, &profile->confirm_within_days);
}

void ParseRoot(ObjectReader* root, Profile* profile) {
  ParseIdentity(root, profile);
  ParseModels(root, profile);
  ParseDowngrades(root, profile);
  ParseMixing(root, &profile->mixing);
  ParseConversions(root, profile);
  root->ReadEnum("rounding", kRoundings, &profile->rounding);
  ParseRecognitions(root, profile);
  ParseCertificate(root, &profile->certificate);
  ParseGroup(root, &profile->group);
  root->ReadList("levels", ListOf::kIds, &profile->levels);
  root->ReadList("single_use_attributes", ListOf::kIds,
                 &profile->single_use_attributes);
  ParseSourceStatus(root, &profile->source_status);
  ParseTime(root, profile);
  root->ReadPercent("stock_tolerance_pct", &profile->stock_tolerance_pct);
  ParseClaimTexts(root, profile);
  ParseCitations(root, profile);
  ParseSources(root, profile);
  ParseNotFound(root, profile);
  root->Finish();
}

}  // namespace

std::optional<Profile> ParseProfile(std::string_view json_text,
                                    std::vector<Violation>* violations,
                                    Profile* draft) {
  ViolationList list(violations);
  const std::optional<json> tree = ReadJson(json_text, &list);
  if (!tree) return std::nullopt;
  Profile profile;
  ObjectReader root(*tree, "", &list);
  if (tree->is_object()) ParseRoot(&root, &profile);
  if (!list.empty()) {
    if (draft != nullptr) *draft = std::move(profile);
    return std::nullopt;
  }
  profile.json = json_text;
  return profile;
}

}  // namespace tally

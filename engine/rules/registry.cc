// define_scheme, define_product, register_party, register_site: what becomes
// known, each under a name that was free.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/profile/parse_profile.h"
#include "engine/profile/recognition_cycle.h"
#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kProfileField = "define_scheme.profile";

void RefuseProfile(Case& c, std::vector<Violation> violations) {
  for (Violation& violation : violations) {
    // The reader of profiles calls the whole of it "profile".
    violation.field =
        violation.field == "profile"
            ? std::string(kProfileField)
            : fmt::format("{}.{}", kProfileField, violation.field);
  }
  Refusal refusal = Refuse(
      Code::kInvalidArgument,
      fmt::format("the profile has {} mistake{}; the first: {} is not {}",
                  violations.size(), violations.size() == 1 ? "" : "s",
                  violations.front().field, violations.front().limit));
  refusal.violations = std::move(violations);
  c.verdict.Refuse(std::move(refusal));
}

// The versions of all schemes, each with the days on which it is in force.
std::vector<ProfileInForce> InForce(const Schemes& schemes) {
  std::vector<ProfileInForce> all;
  for (int32_t i = 0; i < schemes.size(); ++i) {
    const auto& versions = schemes.Versions(SchemeIndex(i));
    for (size_t v = 0; v < versions.size(); ++v) {
      const Date first = v == 0 ? Date::Min() : versions[v]->effective_from;
      const Date last = v + 1 == versions.size()
                            ? Date::Max()
                            : versions[v + 1]->effective_from.AddDays(-1);
      all.push_back({versions[v].get(), {first, last}});
    }
  }
  return all;
}

// Adds what is wrong with the recognitions of a profile, which may be wrong in
// other ways, too.
void AddCycles(const Case& c, const Profile& profile,
               std::vector<Violation>* violations) {
  const Schemes& schemes = c.state.schemes();
  if (profile.scheme.empty() || profile.recognises.empty()) return;
  DateRange days = {profile.effective_from, Date::Max()};
  const SchemeIndex known = schemes.Find(profile.scheme);
  if (!known.valid()) days.first = Date::Min();
  if (known.valid()) {
    for (const auto& version : schemes.Versions(known)) {
      if (version->effective_from <= days.first) continue;
      days.last = version->effective_from.AddDays(-1);
      break;
    }
  }
  CheckRecognitionCycles({&profile, days}, InForce(schemes), violations);
}

bool HasVersionFrom(const Case& c, SchemeIndex scheme, Date effective_from) {
  for (const auto& version : c.state.schemes().Versions(scheme)) {
    if (version->effective_from == effective_from) return true;
  }
  return false;
}

// The products of a group share unit and decimals, so that one account can
// hold them all.
void CheckGroup(Case& c, const DefineProduct& define) {
  if (define.group.empty()) return;
  const ProductIndex other = c.state.registry().FirstOfGroup(define.group);
  if (!other.valid()) return;
  const Product& shared = c.state.registry().at(other);
  const std::string_view name = c.state.registry().product_names.NameOf(other);
  if (define.unit != shared.unit) {
    RefuseField(c, Code::kInvalidArgument, "define_product.unit", define.unit,
                fmt::format("{}, as product \"{}\" of the same group has it",
                            shared.unit, name));
  }
  if (define.decimals != shared.decimals) {
    RefuseField(c, Code::kInvalidArgument, "define_product.decimals",
                fmt::format("{}", define.decimals),
                fmt::format("{}, as product \"{}\" of the same group has it",
                            shared.decimals, name));
  }
}

}  // namespace

void PlanEvent(Case& c, const DefineScheme& define) {
  std::vector<Violation> violations;
  Profile draft;
  std::optional<Profile> profile =
      ParseProfile(define.profile, &violations, &draft);
  AddCycles(c, profile ? *profile : draft, &violations);
  if (!violations.empty()) return RefuseProfile(c, std::move(violations));
  const SchemeIndex known = c.state.schemes().Find(profile->scheme);
  if (known.valid() && HasVersionFrom(c, known, profile->effective_from)) {
    RefuseTaken(c, kProfileField, "version of the scheme from this date",
                profile->scheme);
  }
  c.plan.registry_change =
      NewScheme{std::make_shared<const Profile>(*std::move(profile))};
}

void PlanEvent(Case& c, const DefineProduct& define) {
  CheckGroup(c, define);
  if (c.state.registry().product_names.Find(define.product).valid()) {
    RefuseTaken(c, "define_product.product", "product", define.product);
  }
  c.plan.registry_change = Named<Product>{
      std::string(define.product),
      Product{.name = std::string(define.name),
              .unit = std::string(define.unit),
              .decimals = define.decimals,
              .group = std::string(define.group),
              .category = define.category == Category::kUnspecified
                              ? Category::kRegular
                              : define.category}};
}

void PlanEvent(Case& c, const RegisterParty& party) {
  if (c.state.registry().party_names.Find(party.party).valid()) {
    RefuseTaken(c, "register_party.party", "party", party.party);
  }
  c.plan.registry_change = Named<Party>{
      std::string(party.party),
      Party{
          .name = std::string(party.name),
          .country = std::string(party.country),
          .lei = std::string(party.lei),
          .gln = std::string(party.gln),
          .roles = std::vector<Role>(party.roles.begin(), party.roles.end())}};
}

void PlanEvent(Case& c, const RegisterSite& site) {
  const PartyIndex party = FindParty(c, "register_site.party", site.party);
  if (c.state.registry().site_names.Find(site.site).valid()) {
    RefuseTaken(c, "register_site.site", "site", site.site);
  }
  c.plan.registry_change =
      Named<Site>{std::string(site.site),
                  Site{.party = party,
                       .name = std::string(site.name),
                       .country = std::string(site.country),
                       .kinds = std::vector<std::string>(site.kinds.begin(),
                                                         site.kinds.end()),
                       .scope_group = std::string(site.scope_group)}};
}

}  // namespace tally

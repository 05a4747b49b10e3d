#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "engine/model/limits.h"
#include "engine/rules/shape_kinds.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr size_t kLeiBytes = 20;
constexpr size_t kGlnBytes = 13;
// As many as there are roles or models: each is named once.
constexpr int kTermListMax = 16;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCapitalOrDigit(char c) { return IsDigit(c) || (c >= 'A' && c <= 'Z'); }

bool AllOf(std::string_view text, bool (*is)(char)) {
  return std::all_of(text.begin(), text.end(), is);
}

void CheckUnit(ShapeChecks& checks, std::string_view unit) {
  if (unit.empty()) return checks.Missing("unit");
  if (unit.size() >= 2 && unit.size() <= 3 && AllOf(unit, IsCapitalOrDigit)) {
    return;
  }
  checks.Wrong("unit", unit, "a UN/CEFACT code: two or three of A-Z 0-9");
}

// Each value is known, and named once.
template <typename Enum>
void CheckTerms(ShapeChecks& checks, std::string_view name,
                std::span<const Enum> terms, Enum last) {
  for (size_t i = 0; i < terms.size(); ++i) {
    const auto element = checks.In(name, static_cast<int>(i));
    checks.Term("", terms[i], last);
    const auto before = terms.first(i);
    if (std::find(before.begin(), before.end(), terms[i]) != before.end()) {
      checks.Wrong("", fmt::format("{}", static_cast<int>(terms[i])),
                   "said once");
    }
  }
}

void CheckModels(ShapeChecks& checks, std::span<const Model> models,
                 int least) {
  if (!checks.Size("models", models.size(), least, kTermListMax)) return;
  CheckTerms(checks, "models", models, Model::kBookAndClaim);
}

void CheckProducts(ShapeChecks& checks,
                   std::span<const std::string_view> products, int least) {
  if (products.size() == 1 && products[0] == "*") return;
  checks.Ids("products", products, least, kCertificateListMax);
}

void CheckCaps(ShapeChecks& checks, std::span<const Cap> caps) {
  if (!checks.Size("caps", caps.size(), 0, kCertificateListMax)) return;
  std::vector<std::string_view> products;
  for (const Cap& cap : caps) {
    const auto part = checks.In("caps");
    checks.Id("product", cap.product);
    checks.Quantity(cap.product, cap.quantity);
    products.push_back(cap.product);
  }
  checks.Unrepeated("caps", products);
}

}  // namespace

void CheckKind(ShapeChecks& checks, const DefineScheme& define) {
  if (define.profile.empty()) return checks.Missing("profile");
  checks.Utf8("profile", define.profile, kProfileBytesMax);
}

void CheckKind(ShapeChecks& checks, const DefineProduct& define) {
  checks.Id("product", define.product);
  checks.OptionalName("name", define.name);
  CheckUnit(checks, define.unit);
  if (define.decimals < 0 || define.decimals > kDecimalsMax) {
    checks.Wrong("decimals", fmt::format("{}", define.decimals),
                 fmt::format("0 to {}", kDecimalsMax));
  }
  checks.OptionalId("group", define.group);
  checks.OptionalTerm("category", define.category, Category::kNeutral);
}

void CheckKind(ShapeChecks& checks, const RegisterParty& party) {
  checks.Id("party", party.party);
  checks.OptionalName("name", party.name);
  if (checks.Size("roles", party.roles.size(), 1, kTermListMax)) {
    CheckTerms(checks, "roles", party.roles, Role::kAuditor);
  }
  checks.OptionalCountry("country", party.country);
  if (!party.lei.empty() &&
      (party.lei.size() != kLeiBytes || !AllOf(party.lei, IsCapitalOrDigit))) {
    checks.Wrong("lei", party.lei, "20 of A-Z 0-9");
  }
  if (!party.gln.empty() &&
      (party.gln.size() != kGlnBytes || !AllOf(party.gln, IsDigit))) {
    checks.Wrong("gln", party.gln, "13 digits");
  }
}

void CheckKind(ShapeChecks& checks, const RegisterSite& site) {
  checks.Id("site", site.site);
  checks.Id("party", site.party);
  checks.OptionalName("name", site.name);
  checks.OptionalCountry("country", site.country);
  checks.Ids("kinds", site.kinds, 0, kSiteKindsMax);
  checks.OptionalId("scope_group", site.scope_group);
}

void CheckKind(ShapeChecks& checks, const GrantCertificate& grant) {
  checks.Id("certificate", grant.certificate);
  checks.Id("scheme", grant.scheme);
  checks.Id("holder", grant.holder);
  checks.Id("body", grant.body);
  checks.Ids("sites", grant.sites, 1, kCertificateListMax);
  CheckProducts(checks, grant.products, 1);
  CheckModels(checks, grant.models, 1);
  checks.Days(grant.from, grant.to);
  CheckCaps(checks, grant.caps);
  checks.OptionalName("level", grant.level);
}

void CheckKind(ShapeChecks& checks, const AmendCertificate& amend) {
  checks.Id("certificate", amend.certificate);
  checks.Day("effective_from", amend.effective_from);
  checks.Ids("sites", amend.sites, 0, kCertificateListMax);
  CheckProducts(checks, amend.products, 0);
  CheckModels(checks, amend.models, 0);
  if (amend.to) checks.Day("to", *amend.to);
  checks.OptionalName("level", amend.level);
  if (amend.sites.empty() && amend.products.empty() && amend.models.empty() &&
      !amend.to && amend.level.empty()) {
    checks.Wrong("", "", "a change of sites, products, models, to or level");
  }
}

void CheckKind(ShapeChecks& checks, const ExtendVolume& extend) {
  checks.Id("certificate", extend.certificate);
  checks.Id("product", extend.product);
  checks.Quantity("quantity", extend.quantity);
}

void CheckKind(ShapeChecks& checks, const SetCertificateStatus& set) {
  checks.Id("certificate", set.certificate);
  checks.Day("effective_from", set.effective_from);
  checks.Term("status", set.status, CertificateStatus::kExpired);
}

void CheckKind(ShapeChecks& checks, const AddGroupMember& add) {
  checks.Id("certificate", add.certificate);
  checks.Id("member", add.member);
  CheckCaps(checks, add.caps);
}

void CheckKind(ShapeChecks& checks, const RecordAssessment& record) {
  checks.Id("certificate", record.certificate);
  if (record.member.empty()) {
    checks.Name("level", record.level);
  } else {
    checks.OptionalName("level", record.level);
  }
  checks.Day("effective_from", record.effective_from);
  checks.OptionalText("evidence", record.evidence);
  checks.OptionalId("member", record.member);
  if (record.non_compliant && record.member.empty()) checks.Missing("member");
  if (!checks.Size("also", record.also.size(), 0, kCertificateListMax)) return;
  for (size_t i = 0; i < record.also.size(); ++i) {
    const auto one = checks.In("also", static_cast<int>(i));
    checks.Id("certificate", record.also[i].certificate);
    checks.Name("level", record.also[i].level);
  }
}

}  // namespace tally

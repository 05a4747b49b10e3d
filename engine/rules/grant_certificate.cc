// grant_certificate, amend_certificate, extend_volume,
// set_certificate_status, add_group_member, record_assessment: a certificate
// and what becomes of it. Nothing is edited; each change has its own date.

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "fmt/format.h"

namespace tally {
namespace {

std::vector<SiteIndex> FindSites(Case& c, const FieldPath& field,
                                 std::span<const std::string_view> names) {
  std::vector<SiteIndex> sites;
  for (size_t i = 0; i < names.size(); ++i) {
    sites.push_back(FindSite(c, field.At(i), names[i]));
  }
  return sites;
}

CertifiedProducts FindProducts(Case& c, const FieldPath& field,
                               std::span<const std::string_view> names) {
  CertifiedProducts products;
  if (names.size() == 1 && names[0] == "*") {
    products.all = true;
    return products;
  }
  for (size_t i = 0; i < names.size(); ++i) {
    products.listed.push_back(FindProduct(c, field.At(i), names[i]));
  }
  return products;
}

ProductCaps FindCaps(Case& c, const FieldPath& field,
                     std::span<const Cap> caps) {
  ProductCaps found;
  for (const Cap& cap : caps) {
    const FieldPath path = field.Of(cap.product);
    const ProductIndex product = FindProduct(c, path, cap.product);
    if (!product.valid()) continue;
    const std::optional<Quantity> quantity =
        ReadQuantity(c, path, cap.quantity, product);
    if (quantity) found.emplace_back(product, *quantity);
  }
  return found;
}

// What a certificate says must be something that its scheme knows.
void CheckModels(Case& c, SchemeIndex scheme, Date date, const FieldPath& field,
                 std::span<const Model> models) {
  if (!scheme.valid()) return;
  const Profile& profile = c.state.schemes().At(scheme, date);
  for (size_t i = 0; i < models.size(); ++i) {
    if (profile.Lists(models[i])) continue;
    c.verdict.Refuse(
        RefuseUnder(c, scheme, Code::kUnknownModel,
                    fmt::format("{}[{}]: scheme \"{}\" has no model {}", field,
                                i, profile.scheme, ModelName(models[i]))));
  }
}

void CheckLevel(Case& c, SchemeIndex scheme, Date date, const FieldPath& field,
                std::string_view level) {
  if (level.empty() || !scheme.valid()) return;
  const Profile& profile = c.state.schemes().At(scheme, date);
  if (profile.levels.empty() || profile.LevelRank(level) >= 0) return;
  RefuseField(c, Code::kInvalidArgument, field, level,
              fmt::format("a level of scheme \"{}\": {}", profile.scheme,
                          fmt::join(profile.levels, ", ")));
}

const Certificate& At(const Case& c, CertificateIndex certificate) {
  return c.state.certificates().at(certificate);
}

// A level that one audit gives one certificate, if it gives any.
void AddLevel(Case& c, CertificateIndex index, const FieldPath& field,
              std::string_view level, Date effective_from,
              NewAssessment* assessment) {
  if (!index.valid() || level.empty()) return;
  CheckLevel(c, At(c, index).scheme, effective_from, field, level);
  assessment->levels.push_back(
      {index, {.effective_from = effective_from, .level = std::string(level)}});
}

// The place of a group's member, whenever it joined; -1 for none.
int32_t MemberOf(const Certificate& certificate, std::string_view name) {
  for (size_t i = 0; i < certificate.members.size(); ++i) {
    if (certificate.members[i].member == name) return static_cast<int32_t>(i);
  }
  return -1;
}

}  // namespace

void PlanEvent(Case& c, const GrantCertificate& grant) {
  const SchemeIndex scheme =
      FindScheme(c, "grant_certificate.scheme", grant.scheme);
  Certificate certificate{
      .scheme = scheme,
      .holder = FindParty(c, "grant_certificate.holder", grant.holder),
      .body = FindParty(c, "grant_certificate.body", grant.body),
      .from = grant.from,
      .non_claiming = grant.non_claiming,
      .caps = FindCaps(c, "grant_certificate.caps", grant.caps)};
  certificate.granted = {
      .effective_from = grant.from,
      .sites = FindSites(c, "grant_certificate.sites", grant.sites),
      .products = FindProducts(c, "grant_certificate.products", grant.products),
      .models = std::vector<Model>(grant.models.begin(), grant.models.end()),
      .to = grant.to,
      .level = std::string(grant.level)};
  CheckModels(c, scheme, grant.from, "grant_certificate.models", grant.models);
  CheckLevel(c, scheme, grant.from, "grant_certificate.level", grant.level);
  if (c.state.certificates().Find(grant.certificate).valid()) {
    RefuseTaken(c, "grant_certificate.certificate", "certificate",
                grant.certificate);
  }
  if (!c.verdict.accepted()) return;

  if (!c.state.registry().at(certificate.body).Has(Role::kCertificationBody)) {
    c.verdict.Refuse(
        RefuseUnder(c, scheme, Code::kRole,
                    fmt::format("\"{}\" is no certification body, so it can't "
                                "grant certificates",
                                grant.body)));
  }
  certificate.calendar_years =
      c.state.schemes().At(scheme, grant.from).certificate.cap_year ==
      CapYear::kCalendar;
  c.plan.registry_change = Named<Certificate>{std::string(grant.certificate),
                                              std::move(certificate)};
}

void PlanEvent(Case& c, const AmendCertificate& amend) {
  const CertificateIndex index =
      FindCertificate(c, "amend_certificate.certificate", amend.certificate);
  Amendment amendment{.effective_from = amend.effective_from, .to = amend.to};
  if (!amend.sites.empty()) {
    amendment.sites = FindSites(c, "amend_certificate.sites", amend.sites);
  }
  if (!amend.products.empty()) {
    amendment.products =
        FindProducts(c, "amend_certificate.products", amend.products);
  }
  if (!amend.models.empty()) {
    amendment.models.emplace(amend.models.begin(), amend.models.end());
  }
  if (!amend.level.empty()) amendment.level = std::string(amend.level);
  if (!index.valid()) return;
  const Certificate& certificate = At(c, index);
  CheckModels(c, certificate.scheme, amend.effective_from,
              "amend_certificate.models", amend.models);
  CheckLevel(c, certificate.scheme, amend.effective_from,
             "amend_certificate.level", amend.level);
  if (amend.to && *amend.to < certificate.from) {
    RefuseField(c, Code::kInvalidArgument, "amend_certificate.to",
                amend.to->ToString(),
                fmt::format("on or after {}, the certificate's first day",
                            certificate.from.ToString()));
  }
  c.plan.registry_change = NewAmendment{index, std::move(amendment)};
}

void PlanEvent(Case& c, const ExtendVolume& extend) {
  const CertificateIndex index =
      FindCertificate(c, "extend_volume.certificate", extend.certificate);
  const ProductIndex product =
      FindProduct(c, "extend_volume.product", extend.product);
  if (!product.valid()) return;
  const std::optional<Quantity> quantity =
      ReadQuantity(c, "extend_volume.quantity", extend.quantity, product);
  if (!quantity || !index.valid()) return;
  // The year of the date; where the product has no cap, it stays unbounded.
  const int32_t year = At(c, index).YearOf(c.date);
  c.plan.registry_change = NewExtension{
      index, {.product = product, .year = year, .quantity = *quantity}};
}

void PlanEvent(Case& c, const SetCertificateStatus& set) {
  const CertificateIndex index =
      FindCertificate(c, "set_certificate_status.certificate", set.certificate);
  if (!index.valid()) return;
  c.plan.registry_change = NewStatus{index,
                                     {.effective_from = set.effective_from,
                                      .status = set.status,
                                      .position = c.position}};
}

void PlanEvent(Case& c, const AddGroupMember& add) {
  const CertificateIndex index =
      FindCertificate(c, "add_group_member.certificate", add.certificate);
  GroupMember member{.member = std::string(add.member),
                     .since = c.date,
                     .caps = FindCaps(c, "add_group_member.caps", add.caps)};
  if (!index.valid()) return;
  for (const GroupMember& known : At(c, index).members) {
    if (known.member != add.member) continue;
    RefuseTaken(c, "add_group_member.member", "member of this certificate",
                add.member);
  }
  c.plan.registry_change = NewMember{index, std::move(member)};
}

void PlanEvent(Case& c, const RecordAssessment& record) {
  NewAssessment assessment;
  const CertificateIndex index =
      FindCertificate(c, "record_assessment.certificate", record.certificate);
  AddLevel(c, index, "record_assessment.level", record.level,
           record.effective_from, &assessment);
  for (size_t i = 0; i < record.also.size(); ++i) {
    const FieldPath field = FieldPath("record_assessment.also").At(i);
    AddLevel(
        c,
        FindCertificate(c, field.Of("certificate"), record.also[i].certificate),
        field.Of("level"), record.also[i].level, record.effective_from,
        &assessment);
  }
  if (!c.verdict.accepted()) return;
  if (!record.member.empty()) {
    const int32_t member = MemberOf(At(c, index), record.member);
    if (member < 0) {
      RefuseField(c, Code::kInvalidArgument, "record_assessment.member",
                  record.member, "a member of the certificate's group");
      return;
    }
    assessment.group = index;
    assessment.member = member;
    assessment.result = {.effective_from = record.effective_from,
                         .compliant = !record.non_compliant};
  }
  c.plan.registry_change = std::move(assessment);
}

}  // namespace tally

// bind_principal, unbind_principal, approve: who acts for whom from now on,
// and what a second person consents to.

#include <string>
#include <vector>

#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kRolesField = "bind_principal.roles";
constexpr std::string_view kPrincipalField = "unbind_principal.principal";

void CheckRoles(Case& c, PartyIndex party, const BindPrincipal& bind) {
  for (const Role role : bind.roles) {
    if (c.state.registry().at(party).Has(role)) continue;
    RefuseField(c, Code::kInvalidArgument, kRolesField, Name(role),
                fmt::format("a role of party \"{}\"", bind.party));
  }
}

std::vector<SiteIndex> FindSites(Case& c, PartyIndex party,
                                 const BindPrincipal& bind) {
  std::vector<SiteIndex> sites;
  for (const std::string_view name : bind.sites) {
    const SiteIndex site = FindSite(c, "bind_principal.sites", name);
    if (!site.valid()) continue;
    if (c.state.registry().at(site).party != party) {
      RefuseField(c, Code::kInvalidArgument, "bind_principal.sites", name,
                  fmt::format("a site of party \"{}\"", bind.party));
    }
    sites.push_back(site);
  }
  return sites;
}

std::vector<CertificateIndex> FindCertificates(Case& c, PartyIndex party,
                                               const BindPrincipal& bind) {
  std::vector<CertificateIndex> certificates;
  for (const std::string_view name : bind.certificates) {
    const CertificateIndex certificate =
        FindCertificate(c, "bind_principal.certificates", name);
    if (!certificate.valid()) continue;
    if (c.state.certificates().at(certificate).body != party) {
      RefuseField(
          c, Code::kInvalidArgument, "bind_principal.certificates", name,
          fmt::format("a certificate that party \"{}\" granted", bind.party));
    }
    certificates.push_back(certificate);
  }
  return certificates;
}

}  // namespace

void PlanEvent(Case& c, const BindPrincipal& bind) {
  const PartyIndex party = FindParty(c, "bind_principal.party", bind.party);
  if (!party.valid()) return;
  CheckRoles(c, party, bind);
  NewBinding change{
      .binding = {.principal = std::string(bind.principal),
                  .party = party,
                  .roles = {bind.roles.begin(), bind.roles.end()},
                  .sites = FindSites(c, party, bind),
                  .certificates = FindCertificates(c, party, bind),
                  .since = c.position}};
  if (c.state.bindings().Find(bind.principal, party) >= 0) {
    RefuseTaken(c, "bind_principal.principal",
                "binding to this party of principal", bind.principal);
  }
  c.plan.registry_change = std::move(change);
}

void PlanEvent(Case& c, const UnbindPrincipal& unbind) {
  const PartyIndex party = FindParty(c, "unbind_principal.party", unbind.party);
  if (!party.valid()) return;
  const int32_t binding = c.state.bindings().Find(unbind.principal, party);
  if (binding < 0) {
    return RefuseField(
        c, Code::kInvalidArgument, kPrincipalField, unbind.principal,
        fmt::format("a principal that is bound to party \"{}\"", unbind.party));
  }
  c.plan.registry_change = BindingEnd{.binding = binding, .until = c.position};
}

void PlanEvent(Case& c, const Approve& approve) {
  c.plan.registry_change =
      NewApproval{{.event = approve.event,
                   .content = std::string(approve.content),
                   .principal = std::string(c.event.poster.principal)}};
}

}  // namespace tally

#include "engine/rules/certificate_gaps.h"

#include <algorithm>
#include <deque>
#include <optional>

#include "absl/container/btree_set.h"

namespace tally {
namespace {

// A certificate as the plan leaves it; `index` is not valid() for a new one.
struct Changed {
  CertificateIndex index;
  Certificate certificate;
};

std::optional<Changed> ChangedBy(const State& state, const Plan& plan) {
  if (const auto* granted =
          std::get_if<Named<Certificate>>(&plan.registry_change)) {
    Changed changed{.certificate = granted->thing};
    RebuildTerms(&changed.certificate);
    return changed;
  }
  if (const auto* amended = std::get_if<NewAmendment>(&plan.registry_change)) {
    Changed changed{amended->certificate,
                    state.certificates().at(amended->certificate)};
    changed.certificate.amendments.push_back(amended->amendment);
    RebuildTerms(&changed.certificate);
    return changed;
  }
  if (const auto* status = std::get_if<NewStatus>(&plan.registry_change)) {
    Changed changed{status->certificate,
                    state.certificates().at(status->certificate)};
    changed.certificate.statuses.push_back(status->change);
    return changed;
  }
  return std::nullopt;
}

bool EverCovers(const Certificate& certificate, SiteIndex site) {
  return std::any_of(
      certificate.terms.begin(), certificate.terms.end(),
      [site](const CertifiedScope& terms) { return terms.CoversSite(site); });
}

using List = std::vector<const Certificate*>;

void AddUnique(const Certificate* certificate, List* list) {
  if (std::find(list->begin(), list->end(), certificate) == list->end()) {
    list->push_back(certificate);
  }
}

// The certificates of a scope's sites and of those who hold them.
List CertificatesOf(const State& state, SchemeIndex scheme, ScopeIndex scope,
                    const std::optional<Changed>& changed) {
  const Certificates& certificates = state.certificates();
  List list;
  const auto add = [&](CertificateIndex index) {
    if (changed && changed->index == index) {
      AddUnique(&changed->certificate, &list);
    } else {
      AddUnique(&certificates.at(index), &list);
    }
  };
  for (const SiteIndex site : state.registry().SitesOf(scope)) {
    const PartyIndex party = state.registry().at(site).party;
    for (const CertificateIndex i : certificates.Of(scheme, site)) add(i);
    for (const CertificateIndex i : certificates.HeldBy(scheme, party)) add(i);
    if (changed && changed->certificate.scheme == scheme &&
        (changed->certificate.holder == party ||
         EverCovers(changed->certificate, site))) {
      AddUnique(&changed->certificate, &list);
    }
  }
  return list;
}

// The days from which something about a certificate may be otherwise.
void AddEdges(const Certificate& certificate, absl::btree_set<Date>* edges) {
  edges->insert(certificate.from);
  for (const CertifiedScope& terms : certificate.terms) {
    edges->insert(terms.to.AddDays(1));
    if (terms.effective_from > certificate.from) {
      edges->insert(terms.effective_from);
    }
  }
  for (const StatusChange& change : certificate.statuses) {
    edges->insert(change.effective_from);
  }
}

bool IsCovered(const List& certificates, Date date) {
  return std::any_of(certificates.begin(), certificates.end(),
                     [date](const Certificate* certificate) {
                       const CertificateStatus status =
                           certificate->StatusAt(date);
                       return status == CertificateStatus::kValid ||
                              status == CertificateStatus::kSuspended;
                     });
}

}  // namespace

std::vector<DateRange> CertificateGaps(const State& state, SchemeIndex scheme,
                                       ScopeIndex scope, const Plan* plan) {
  const std::optional<Changed> changed =
      plan == nullptr ? std::nullopt : ChangedBy(state, *plan);
  const List certificates = CertificatesOf(state, scheme, scope, changed);
  absl::btree_set<Date> edges;
  for (const Certificate* certificate : certificates) {
    AddEdges(*certificate, &edges);
  }
  std::vector<DateRange> gaps;
  bool was_covered = false;
  bool ever_covered = false;
  for (const Date edge : edges) {
    const bool covered = IsCovered(certificates, edge);
    if (covered && ever_covered && !was_covered) {
      gaps.back().last = edge.AddDays(-1);
    }
    if (!covered && was_covered) gaps.push_back({edge, Date::Max()});
    was_covered = covered;
    ever_covered = ever_covered || covered;
  }
  return gaps;
}

SchemeIndex SchemeConcerned(const State& state, const Plan& plan) {
  const std::optional<Changed> changed = ChangedBy(state, plan);
  return changed ? changed->certificate.scheme : SchemeIndex();
}

std::vector<ScopeIndex> ScopesConcerned(const State& state, const Plan& plan) {
  const std::optional<Changed> changed = ChangedBy(state, plan);
  if (!changed) return {};
  const Registry& registry = state.registry();
  absl::btree_set<ScopeIndex> scopes;
  const auto add = [&](SiteIndex index) {
    const Site& site = registry.at(index);
    scopes.insert({site.own_scope, site.group_scope, site.party_scope,
                   site.country_scope});
  };
  for (const CertifiedScope& terms : changed->certificate.terms) {
    for (const SiteIndex site : terms.sites) add(site);
  }
  const Party& holder = registry.at(changed->certificate.holder);
  for (const SiteIndex site : registry.SitesOf(holder.scope)) add(site);
  return {scopes.begin(), scopes.end()};
}

}  // namespace tally

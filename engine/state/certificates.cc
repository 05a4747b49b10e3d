#include "engine/state/certificates.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"

namespace tally {
namespace {

template <typename T>
bool Contains(const std::vector<T>& list, const T& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

std::optional<Quantity> Find(const ProductCaps& caps, ProductIndex product) {
  for (const auto& [capped, quantity] : caps) {
    if (capped == product) return quantity;
  }
  return std::nullopt;
}

bool IsFinal(CertificateStatus status) {
  return status == CertificateStatus::kWithdrawn ||
         status == CertificateStatus::kTerminated;
}

void Amend(const Amendment& amendment, CertifiedScope* terms) {
  terms->effective_from = amendment.effective_from;
  if (amendment.sites) terms->sites = *amendment.sites;
  if (amendment.products) terms->products = *amendment.products;
  if (amendment.models) terms->models = *amendment.models;
  if (amendment.to) terms->to = *amendment.to;
  if (amendment.level) terms->level = *amendment.level;
}

}  // namespace

// An amendment that arrives late and bites early still leaves to later dates
// what it says nothing about there.
void RebuildTerms(Certificate* certificate) {
  std::vector<const Amendment*> order;
  for (const Amendment& amendment : certificate->amendments) {
    order.push_back(&amendment);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) {
                     return a->effective_from < b->effective_from;
                   });
  certificate->terms = {certificate->granted};
  for (const Amendment* amendment : order) {
    certificate->terms.push_back(certificate->terms.back());
    Amend(*amendment, &certificate->terms.back());
  }
}

bool CertifiedScope::CoversSite(SiteIndex site) const {
  return Contains(sites, site);
}

bool CertifiedScope::CoversProduct(ProductIndex product) const {
  return products.all || Contains(products.listed, product);
}

bool CertifiedScope::CoversModel(Model model) const {
  return Contains(models, model);
}

std::optional<Quantity> GroupMember::CapOf(ProductIndex product) const {
  return Find(caps, product);
}

const CertifiedScope& Certificate::TermsAt(Date date) const {
  const CertifiedScope* current = &terms.front();
  for (const CertifiedScope& candidate : terms) {
    if (candidate.effective_from <= date) current = &candidate;
  }
  return *current;
}

CertificateStatus Certificate::StatusAt(Date date) const {
  const StatusChange* current = nullptr;
  for (const StatusChange& change : statuses) {
    if (change.effective_from > date) continue;
    if (current == nullptr ||
        change.effective_from >= current->effective_from) {
      current = &change;
    }
  }
  const CertificateStatus status =
      current == nullptr ? CertificateStatus::kValid : current->status;
  const bool dated = date >= from && date <= TermsAt(date).to;
  return dated || IsFinal(status) ? status : CertificateStatus::kExpired;
}

int32_t Certificate::YearOf(Date date) const {
  const int32_t year = date.year() - from.year();
  if (calendar_years) return year;
  return date < from.AddMonths(12 * year) ? year - 1 : year;
}

DateRange Certificate::DaysOf(int32_t year) const {
  if (calendar_years) {
    return {Date::FromCivil(from.year() + year, 1, 1),
            Date::FromCivil(from.year() + year, 12, 31)};
  }
  return {from.AddMonths(12 * year),
          from.AddMonths(12 * (year + 1)).AddDays(-1)};
}

std::optional<Quantity> Certificate::CapOf(ProductIndex product,
                                           int32_t year) const {
  std::optional<Quantity> total = Find(caps, product);
  if (!total) return std::nullopt;
  for (const VolumeExtension& extension : extensions) {
    if (extension.product != product || extension.year != year) continue;
    if (!total->Add(extension.quantity)) return Quantity::Max();
  }
  return total;
}

Quantity Certificate::Used(const CapKey& key) const {
  const auto found = used.find(key);
  return found == used.end() ? Quantity() : found->second;
}

std::optional<Quantity> Certificate::Remaining(ProductIndex product,
                                               int32_t year) const {
  const std::optional<Quantity> cap = CapOf(product, year);
  if (!cap) return std::nullopt;
  CapKey key{.product = product, .year = year, .use = CapUse::kOriginated};
  const Quantity originated = Used(key);
  key.use = CapUse::kDelivered;
  return Difference(*cap, std::max(originated, Used(key)));
}

int32_t Certificate::FindMember(std::string_view name, Date date) const {
  for (size_t i = 0; i < members.size(); ++i) {
    if (members[i].member != name) continue;
    return members[i].since <= date ? static_cast<int32_t>(i) : -1;
  }
  return -1;
}

bool GroupMember::CompliesOn(Date date) const {
  const MemberAssessment* current = nullptr;
  for (const MemberAssessment& assessment : assessments) {
    if (assessment.effective_from > date) continue;
    if (current == nullptr ||
        assessment.effective_from >= current->effective_from) {
      current = &assessment;
    }
  }
  return current == nullptr || current->compliant;
}

GroupStanding Certificate::GroupOn(Date date) const {
  GroupStanding standing;
  for (const GroupMember& member : members) {
    if (member.since > date) continue;
    ++standing.members;
    if (member.CompliesOn(date)) ++standing.compliant;
  }
  return standing;
}

CertificateIndex Certificates::Add(std::string_view name,
                                   Certificate certificate) {
  const CertificateIndex index = names_.Add(name);
  RebuildTerms(&certificate);
  certificates_.push_back(std::move(certificate));
  const Certificate& added = certificates_.back();
  of_holder_[{added.scheme, added.holder}].push_back(index);
  Cover(index, added.granted.sites);
  return index;
}

void Certificates::RemoveLast() {
  TALLY_CHECK(!certificates_.empty());
  const CertificateIndex index(size() - 1);
  const Certificate& last = certificates_.back();
  TALLY_CHECK(last.amendments.empty());
  Uncover(index);
  of_holder_[{last.scheme, last.holder}].pop_back();
  certificates_.pop_back();
  names_.RemoveLast();
}

// A certificate stays listed for every site that it ever covered: which terms
// hold is a matter of the date that is asked for.
void Certificates::Cover(CertificateIndex index,
                         std::span<const SiteIndex> sites) {
  std::vector<SiteIndex>& newly = newly_covered_.emplace_back();
  for (const SiteIndex site : sites) {
    List& list = of_site_[{at(index).scheme, site}];
    if (Contains(list, index)) continue;
    list.push_back(index);
    newly.push_back(site);
  }
}

void Certificates::Uncover(CertificateIndex index) {
  for (const SiteIndex site : newly_covered_.back()) {
    List& list = of_site_[{at(index).scheme, site}];
    TALLY_CHECK(list.back() == index);
    list.pop_back();
  }
  newly_covered_.pop_back();
}

void Certificates::AddAmendment(CertificateIndex index, Amendment amendment) {
  if (amendment.sites) {
    Cover(index, *amendment.sites);
  } else {
    Cover(index, {});
  }
  Certificate& certificate = Mutable(index);
  certificate.amendments.push_back(std::move(amendment));
  RebuildTerms(&certificate);
}

void Certificates::RemoveAmendment(CertificateIndex index) {
  Uncover(index);
  Certificate& certificate = Mutable(index);
  certificate.amendments.pop_back();
  RebuildTerms(&certificate);
}

void Certificates::AddStatus(CertificateIndex index, StatusChange change) {
  Mutable(index).statuses.push_back(change);
}

void Certificates::RemoveStatus(CertificateIndex index) {
  Mutable(index).statuses.pop_back();
}

void Certificates::AddExtension(CertificateIndex index,
                                VolumeExtension extension) {
  Mutable(index).extensions.push_back(extension);
}

void Certificates::RemoveExtension(CertificateIndex index) {
  Mutable(index).extensions.pop_back();
}

void Certificates::AddMember(CertificateIndex index, GroupMember member) {
  Mutable(index).members.push_back(std::move(member));
}

void Certificates::RemoveMember(CertificateIndex index) {
  Mutable(index).members.pop_back();
}

void Certificates::AddAssessment(CertificateIndex index, int32_t member,
                                 MemberAssessment assessment) {
  Mutable(index).members[static_cast<size_t>(member)].assessments.push_back(
      assessment);
}

void Certificates::RemoveAssessment(CertificateIndex index, int32_t member) {
  Mutable(index).members[static_cast<size_t>(member)].assessments.pop_back();
}

void Certificates::Use(CertificateIndex index, const CapKey& key,
                       Quantity quantity) {
  const bool fits = Mutable(index).used[key].Add(quantity);
  TALLY_CHECK(fits);
}

std::span<const CertificateIndex> Certificates::HeldBy(
    SchemeIndex scheme, PartyIndex holder) const {
  const auto found = of_holder_.find({scheme, holder});
  if (found == of_holder_.end()) return {};
  return found->second;
}

std::span<const CertificateIndex> Certificates::Of(SchemeIndex scheme,
                                                   SiteIndex site) const {
  const auto found = of_site_.find({scheme, site});
  if (found == of_site_.end()) return {};
  return found->second;
}

}  // namespace tally

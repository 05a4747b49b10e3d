#include "engine/state/certificates.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {
namespace {

template <typename T>
bool Contains(const std::vector<T>& list, const T& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

}  // namespace

bool CertifiedScope::CoversSite(SiteIndex site) const {
  return Contains(sites, site);
}

bool CertifiedScope::CoversProduct(ProductIndex product) const {
  return all_products || Contains(products, product);
}

bool CertifiedScope::CoversModel(Model model) const {
  return Contains(models, model);
}

const CertifiedScope& Certificate::TermsAt(Date date) const {
  const CertifiedScope* current = &terms.front();
  for (const CertifiedScope& candidate : terms) {
    if (candidate.effective_from <= date) current = &candidate;
  }
  return *current;
}

CertificateStatus Certificate::StatusAt(Date date) const {
  if (date < from || date > TermsAt(date).to) {
    return CertificateStatus::kExpired;
  }
  const StatusChange* current = nullptr;
  for (const StatusChange& change : statuses) {
    if (change.effective_from > date) continue;
    if (current == nullptr ||
        change.effective_from >= current->effective_from) {
      current = &change;
    }
  }
  return current == nullptr ? CertificateStatus::kValid : current->status;
}

int32_t Certificate::YearOf(Date date) const {
  if (calendar_years) return date.year() - from.year();
  int32_t year = date.year() - from.year();
  if (date < from.AddMonths(12 * year)) --year;
  return year;
}

std::optional<Quantity> Certificate::CapOf(ProductIndex product,
                                           int32_t year) const {
  const auto cap = std::find_if(
      caps.begin(), caps.end(),
      [product](const auto& entry) { return entry.first == product; });
  if (cap == caps.end()) return std::nullopt;
  Quantity total = cap->second;
  for (const VolumeExtension& extension : extensions) {
    if (extension.product != product || extension.year != year) continue;
    if (!total.Add(extension.quantity)) return Quantity::Max();
  }
  return total;
}

Quantity Certificate::Used(const CapKey& key) const {
  const auto found = used.find(key);
  return found == used.end() ? Quantity() : found->second;
}

CertificateIndex Certificates::Add(std::string_view name,
                                   Certificate certificate) {
  const CertificateIndex index = names_.Add(name);
  certificates_.push_back(std::move(certificate));
  List(index, &certificates_.back().terms.front());
  return index;
}

void Certificates::RemoveLast() {
  TALLY_CHECK(!certificates_.empty());
  const CertificateIndex index(size() - 1);
  TALLY_CHECK(certificates_.back().terms.size() == 1);
  Unlist(index, certificates_.back().terms.front());
  certificates_.pop_back();
  names_.RemoveLast();
}

// A certificate stays listed for every site that it ever covered: which terms
// hold is a matter of the date that is asked for.
void Certificates::List(CertificateIndex index, CertifiedScope* terms) {
  for (const SiteIndex site : terms->sites) {
    std::vector<CertificateIndex>& list = of_site_[{at(index).scheme, site}];
    if (Contains(list, index)) continue;
    list.push_back(index);
    terms->first_covered.push_back(site);
  }
}

void Certificates::Unlist(CertificateIndex index, const CertifiedScope& terms) {
  for (const SiteIndex site : terms.first_covered) {
    std::vector<CertificateIndex>& list = of_site_[{at(index).scheme, site}];
    TALLY_CHECK(list.back() == index);
    list.pop_back();
  }
}

void Certificates::AddTerms(CertificateIndex index, CertifiedScope terms) {
  List(index, &terms);
  std::vector<CertifiedScope>& all = Mutable(index).terms;
  terms.arrival = static_cast<int32_t>(all.size());
  const auto place =
      std::upper_bound(all.begin(), all.end(), terms.effective_from,
                       [](Date date, const CertifiedScope& other) {
                         return date < other.effective_from;
                       });
  all.insert(place, std::move(terms));
}

void Certificates::RemoveTerms(CertificateIndex index) {
  std::vector<CertifiedScope>& all = Mutable(index).terms;
  const auto last = std::max_element(
      all.begin(), all.end(),
      [](const auto& a, const auto& b) { return a.arrival < b.arrival; });
  Unlist(index, *last);
  all.erase(last);
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

void Certificates::Use(CertificateIndex index, const CapKey& key,
                       Quantity quantity) {
  const bool fits = Mutable(index).used[key].Add(quantity);
  TALLY_CHECK(fits);
}

std::span<const CertificateIndex> Certificates::Of(SchemeIndex scheme,
                                                   SiteIndex site) const {
  const auto found = of_site_.find({scheme, site});
  if (found == of_site_.end()) return {};
  return found->second;
}

}  // namespace tally

// Certificates: who may claim what, where and when, and how much of it.
//
// Nothing is edited: amendments and status changes have dates of their own,
// and every question is asked of one business date.

#ifndef TALLY_ENGINE_STATE_CERTIFICATES_H_
#define TALLY_ENGINE_STATE_CERTIFICATES_H_

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/base/date.h"
#include "engine/model/claim.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/model/terms.h"
#include "engine/state/names.h"

namespace tally {

// The terms from a date on; each replaces those before it.
struct CertifiedScope {
  Date effective_from;
  std::vector<SiteIndex> sites;
  bool all_products = false;
  std::vector<ProductIndex> products;
  std::vector<Model> models;
  Date to;
  std::string level;
  // Filled by Certificates: the order of arrival, and the sites that these
  // terms were the first to cover.
  int32_t arrival = 0;
  std::vector<SiteIndex> first_covered;

  bool CoversSite(SiteIndex site) const;
  bool CoversProduct(ProductIndex product) const;
  bool CoversModel(Model model) const;
};

struct StatusChange {
  Date effective_from;
  CertificateStatus status = CertificateStatus::kValid;
};

// What a cap counts: each is bounded by itself.
enum class CapUse : uint8_t { kOriginated = 0, kDelivered = 1 };

struct CapKey {
  ProductIndex product;
  int32_t year = 0;  // of the certificate
  CapUse use = CapUse::kOriginated;

  friend bool operator==(const CapKey&, const CapKey&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const CapKey& key) {
    return H::combine(std::move(hash), key.product, key.year, key.use);
  }
};

struct VolumeExtension {
  ProductIndex product;
  int32_t year = 0;
  Quantity quantity;
};

struct GroupMember {
  std::string member;
  std::vector<std::pair<ProductIndex, Quantity>> caps;
};

struct Certificate {
  SchemeIndex scheme;
  PartyIndex holder;
  PartyIndex body;
  Date from;
  bool calendar_years = false;  // how the scheme counts a cap's years
  bool non_claiming = false;
  std::vector<std::pair<ProductIndex, Quantity>> caps;
  std::vector<CertifiedScope> terms;   // by effective_from, then arrival
  std::vector<StatusChange> statuses;  // in order of arrival
  std::vector<VolumeExtension> extensions;
  std::vector<GroupMember> members;
  absl::flat_hash_map<CapKey, Quantity> used;

  const CertifiedScope& TermsAt(Date date) const;
  // kExpired outside from..to; else the latest change that bites by `date`.
  CertificateStatus StatusAt(Date date) const;
  // The certificate year of a date, counted from 0 at `from`.
  int32_t YearOf(Date date) const;
  // The cap of a product in a year with its extensions; none: unbounded.
  std::optional<Quantity> CapOf(ProductIndex product, int32_t year) const;
  Quantity Used(const CapKey& key) const;
};

class Certificates {
 public:
  Certificates() = default;
  Certificates(const Certificates&) = delete;
  Certificates& operator=(const Certificates&) = delete;

  int32_t size() const { return names_.size(); }
  CertificateIndex Find(std::string_view name) const {
    return names_.Find(name);
  }
  std::string_view NameOf(CertificateIndex index) const {
    return names_.NameOf(index);
  }
  const Certificate& at(CertificateIndex index) const {
    return certificates_[static_cast<size_t>(index.value())];
  }

  CertificateIndex Add(std::string_view name, Certificate certificate);
  void RemoveLast();

  void AddTerms(CertificateIndex index, CertifiedScope terms);
  void AddStatus(CertificateIndex index, StatusChange change);
  void AddExtension(CertificateIndex index, VolumeExtension extension);
  void AddMember(CertificateIndex index, GroupMember member);
  // Each takes back the latest call of its sort.
  void RemoveTerms(CertificateIndex index);
  void RemoveStatus(CertificateIndex index);
  void RemoveExtension(CertificateIndex index);
  void RemoveMember(CertificateIndex index);

  // The caller has made sure that it fits; may be negative, to give back.
  void Use(CertificateIndex index, const CapKey& key, Quantity quantity);

  // Every certificate of a scheme whose terms ever covered a site.
  std::span<const CertificateIndex> Of(SchemeIndex scheme,
                                       SiteIndex site) const;

 private:
  using SiteKey = std::pair<SchemeIndex, SiteIndex>;

  void List(CertificateIndex index, CertifiedScope* terms);
  void Unlist(CertificateIndex index, const CertifiedScope& terms);

  Certificate& Mutable(CertificateIndex index) {
    return certificates_[static_cast<size_t>(index.value())];
  }

  Names<CertificateIndex> names_;
  std::deque<Certificate> certificates_;
  absl::flat_hash_map<SiteKey, std::vector<CertificateIndex>> of_site_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_CERTIFICATES_H_

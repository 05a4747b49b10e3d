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
#include "engine/state/group_members.h"
#include "engine/state/names.h"

namespace tally {

struct CertifiedProducts {
  bool all = false;
  std::vector<ProductIndex> listed;
};

// What an amendment says anew from a date on; the rest stays as it is.
struct Amendment {
  Date effective_from;
  std::optional<std::vector<SiteIndex>> sites;
  std::optional<CertifiedProducts> products;
  std::optional<std::vector<Model>> models;
  std::optional<Date> to;
  std::optional<std::string> level;
};

// The terms that hold from a date on: the certificate's own, with every
// amendment up to that date.
struct CertifiedScope {
  Date effective_from;
  std::vector<SiteIndex> sites;
  CertifiedProducts products;
  std::vector<Model> models;
  Date to;
  std::string level;

  bool CoversSite(SiteIndex site) const;
  bool CoversProduct(ProductIndex product) const;
  bool CoversModel(Model model) const;
};

struct StatusChange {
  Date effective_from;
  CertificateStatus status = CertificateStatus::kValid;
  Position position = -1;  // of the event that says so
};

// What a cap counts: each is bounded by itself.
enum class CapUse : uint8_t { kOriginated = 0, kDelivered = 1 };

struct CapKey {
  ProductIndex product;
  int32_t year = 0;  // of the certificate
  CapUse use = CapUse::kOriginated;
  int32_t member = -1;  // its place in the group; -1: the whole certificate

  friend bool operator==(const CapKey&, const CapKey&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const CapKey& key) {
    return H::combine(std::move(hash), key.product, key.year, key.use,
                      key.member);
  }
};

struct VolumeExtension {
  ProductIndex product;
  int32_t year = 0;
  Quantity quantity;
};

struct Certificate {
  SchemeIndex scheme;
  PartyIndex holder;
  PartyIndex body;
  Date from;
  bool calendar_years = false;  // how the scheme counts a cap's years
  bool non_claiming = false;
  ProductCaps caps;
  CertifiedScope granted;
  std::vector<Amendment> amendments;   // in order of arrival
  std::vector<StatusChange> statuses;  // in order of arrival
  std::vector<VolumeExtension> extensions;
  std::vector<GroupMember> members;
  absl::flat_hash_map<CapKey, Quantity> used;
  // Filled by Certificates: `granted` and the amendments, by effective_from.
  std::vector<CertifiedScope> terms;

  const CertifiedScope& TermsAt(Date date) const;
  // kExpired outside from..to; withdrawn and terminated for good once that
  // has begun; else the latest change that bites by `date`.
  CertificateStatus StatusAt(Date date) const;
  // The year of a date for caps, counted from 0 in the one that holds `from`,
  // and that year's days.
  int32_t YearOf(Date date) const;
  DateRange DaysOf(int32_t year) const;
  // The cap of a product in a year with its extensions; none: unbounded.
  std::optional<Quantity> CapOf(ProductIndex product, int32_t year) const;
  Quantity Used(const CapKey& key) const;
  // The cap less the larger of what was originated and what was delivered.
  std::optional<Quantity> Remaining(ProductIndex product, int32_t year) const;
  // The place of a member of the group on a date; -1 where it is none.
  int32_t FindMember(std::string_view name, Date date) const;
  GroupStanding GroupOn(Date date) const;
};

// Works out Certificate::terms anew.
void RebuildTerms(Certificate* certificate);

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

  void AddAmendment(CertificateIndex index, Amendment amendment);
  void AddStatus(CertificateIndex index, StatusChange change);
  void AddExtension(CertificateIndex index, VolumeExtension extension);
  void AddMember(CertificateIndex index, GroupMember member);
  void AddAssessment(CertificateIndex index, int32_t member,
                     MemberAssessment assessment);
  // Each takes back the latest call of its sort.
  void RemoveAssessment(CertificateIndex index, int32_t member);
  void RemoveAmendment(CertificateIndex index);
  void RemoveStatus(CertificateIndex index);
  void RemoveExtension(CertificateIndex index);
  void RemoveMember(CertificateIndex index);

  // The caller has made sure that it fits; may be negative, to give back.
  void Use(CertificateIndex index, const CapKey& key, Quantity quantity);

  // Every certificate of a scheme whose terms ever covered a site, and every
  // one that a party holds; each in order of arrival of site or party.
  std::span<const CertificateIndex> Of(SchemeIndex scheme,
                                       SiteIndex site) const;
  std::span<const CertificateIndex> HeldBy(SchemeIndex scheme,
                                           PartyIndex holder) const;

 private:
  friend struct SnapshotAccess;

  using List = std::vector<CertificateIndex>;
  using SiteKey = std::pair<SchemeIndex, SiteIndex>;
  using HolderKey = std::pair<SchemeIndex, PartyIndex>;

  void Cover(CertificateIndex index, std::span<const SiteIndex> sites);
  void Uncover(CertificateIndex index);

  Certificate& Mutable(CertificateIndex index) {
    return certificates_[static_cast<size_t>(index.value())];
  }

  Names<CertificateIndex> names_;
  std::deque<Certificate> certificates_;
  absl::flat_hash_map<SiteKey, List> of_site_;
  absl::flat_hash_map<HolderKey, List> of_holder_;
  // The sites that each call of Cover() was the first to list, to take back.
  std::vector<std::vector<SiteIndex>> newly_covered_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_CERTIFICATES_H_

// Certificates as they stand on a date, with what is left of their volumes.

#ifndef TALLY_ENGINE_LEDGER_CERTIFICATE_QUERIES_H_
#define TALLY_ENGINE_LEDGER_CERTIFICATE_QUERIES_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/page.h"
#include "engine/model/claim.h"
#include "engine/model/named_account.h"
#include "engine/model/terms.h"

namespace tally {

// Of one product in one certificate year.
struct CertificateVolume {
  std::string product;
  Amount cap;  // with its extensions
  Amount originated;
  Amount delivered;
  Amount remaining;  // the cap less the larger of the two
};

struct CertificateView {
  std::string certificate;
  std::string scheme;
  std::string holder;
  std::string body;
  CertificateStatus status = CertificateStatus::kUnspecified;
  std::vector<std::string> sites;
  std::vector<std::string> products;  // {"*"}: all
  std::vector<Model> models;
  Date from;
  Date to;
  std::string level;
  bool non_claiming = false;
  DateRange year;                          // the certificate year of the date
  std::vector<CertificateVolume> volumes;  // of capped products, by id
  int64_t member_count = 0;
  // Of the group on the date: the members that comply, how many the scheme
  // asks for, and whether they are too few.
  int64_t compliant_count = 0;
  int64_t compliant_needed = 0;
  bool without_licence = false;
};

struct CertificateAnswer {
  Standing standing;
  CertificateView certificate;
};

// `as_at`: none, the latest business date posted.
absl::StatusOr<CertificateAnswer> GetCertificate(const Ledger& ledger,
                                                 std::string_view certificate,
                                                 std::optional<Date> as_at);

// Filters that are given must all hold.
struct CertificateListQuestion {
  std::string_view holder;
  std::string_view body;
  std::string_view scheme;
  std::string_view site;
  CertificateStatus status = CertificateStatus::kUnspecified;  // all
  std::optional<Date> as_at;
  PageQuestion page;
};

// By id.
absl::StatusOr<Page<CertificateView>> ListCertificates(
    const Ledger& ledger, const CertificateListQuestion& question);

struct GroupMemberView {
  std::string member;
  std::vector<std::pair<std::string, Amount>> caps;  // by product
};

// By id of the member.
absl::StatusOr<Page<GroupMemberView>> ListGroupMembers(
    const Ledger& ledger, std::string_view certificate,
    const PageQuestion& page);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_CERTIFICATE_QUERIES_H_

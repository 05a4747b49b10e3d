// What a certificate says on a day, and whether an event stands under one.

#ifndef TALLY_TESTS_REFERENCE_CERTIFICATES_H_
#define TALLY_TESTS_REFERENCE_CERTIFICATES_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/reference/plan.h"
#include "tests/reference/world.h"

namespace tally::reference {

// A certificate with everything that took effect up to a day.
struct CertificateState {
  std::set<std::string> sites;
  std::set<std::string> products;
  std::set<std::string> models;
  Date from;
  Date to;
  std::string level;
  std::string status;
};

CertificateState StateOn(const Certificate& certificate, Date date);

enum class Direction { kIn, kOut };

// What is to stand under a certificate.
struct CertifiedMove {
  Direction direction;
  Claim claim;
  std::string site;
  std::string product;
  Units quantity;
  bool capped = true;       // counts against the cap of its direction
  std::string certificate;  // named by the event, else any
  std::string member;
  std::string shipment;
};

// Adds to the plan what refuses `move`, and the draw on the cap of the
// certificate that answers.
void CheckCertified(const World& world, const CertifiedMove& move, Plan* plan);

// R33: a receipt names its document and its supplier's certificate, and one
// that is on this ledger must be valid.
void CheckReceiptPapers(const World& world, const ClaimSet& claims, Plan* plan);

// What is left of the cap in the year that holds `date`; none: unbounded.
std::optional<Units> RemainingVolume(const World& world,
                                     const Certificate& certificate,
                                     const std::string& product, Date date);

// Days on which a scope's certification ends for lack of a certificate.
std::vector<Date> CertificateGaps(const World& world, const Profile& profile,
                                  const std::string& scope);

// The level of the certificate of `scheme` that covers `site`, empty if none.
std::string CertifiedLevel(const World& world, const std::string& scheme,
                           const std::string& site, Date date);

// Whether the certificate can speak for the site at all.
bool Concerns(const World& world, const Certificate& certificate,
              const std::string& site);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_CERTIFICATES_H_

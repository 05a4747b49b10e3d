// R29, R30, R31, R33: what comes in or goes out under a claim is covered by a
// certificate on that day, and what is received says so on paper.

#include <string>
#include <variant>
#include <vector>

#include "engine/rules/column.h"
#include "engine/rules/coverage.h"
#include "fmt/format.h"

namespace tally {
namespace {

struct Furthest {
  CertificateIndex certificate;  // not valid(): there is none at all
  Coverage coverage = Coverage::kNone;
};

// Of several certificates the one that gets furthest answers.
Furthest FindFurthest(const Case& c, const Movement& movement) {
  Furthest furthest;
  for (const CertificateIndex candidate : CandidatesFor(c, movement)) {
    const Coverage coverage = CoverageOf(c, movement, candidate);
    if (furthest.certificate.valid() && coverage <= furthest.coverage) continue;
    furthest = {candidate, coverage};
    if (coverage == Coverage::kFull) break;
  }
  return furthest;
}

std::string_view NameOf(const Case& c, CertificateIndex certificate) {
  return c.state.certificates().NameOf(certificate);
}

// What is known of a certificate that is not valid is public.
std::string NotValidInWords(const Case& c, CertificateIndex index) {
  const Certificate& certificate = c.state.certificates().at(index);
  const CertificateStatus status = certificate.StatusAt(c.date);
  if (status == CertificateStatus::kValid &&
      !HasLicence(c.state, certificate, c.date)) {
    const GroupStanding group = certificate.GroupOn(c.date);
    return fmt::format(
        "the group of certificate \"{}\" has lost its licence: {} of {} "
        "members comply on {}, and the scheme asks for {}",
        NameOf(c, index), group.compliant, group.members, c.date.ToString(),
        LeastCompliant(c.state, certificate, c.date));
  }
  if (status != CertificateStatus::kExpired) {
    return fmt::format("certificate \"{}\" is {} on {}", NameOf(c, index),
                       Name(status), c.date.ToString());
  }
  return fmt::format("certificate \"{}\" runs from {} to {}, not on {}",
                     NameOf(c, index), certificate.from.ToString(),
                     certificate.TermsAt(c.date).to.ToString(),
                     c.date.ToString());
}

void RefuseInvalid(Case& c, const Movement& movement,
                   CertificateIndex certificate) {
  if (!c.verdict.Concerns(Code::kCertInvalid)) return;
  const SchemeIndex scheme = SchemeOf(movement.sold_as);
  const std::string reason =
      certificate.valid()
          ? NotValidInWords(c, certificate)
          : fmt::format("site \"{}\" has no certificate under scheme \"{}\"",
                        c.state.registry().site_names.NameOf(movement.site),
                        c.state.schemes().NameOf(scheme));
  c.verdict.Refuse(RefuseUnder(c, scheme, Code::kCertInvalid,
                               fmt::format("{}: {}", movement.field, reason)));
}

void RefuseSuspended(Case& c, const Movement& movement,
                     CertificateIndex certificate) {
  if (!c.verdict.Concerns(Code::kCertSuspended)) return;
  c.verdict.Refuse(RefuseUnder(
      c, SchemeOf(movement.sold_as), Code::kCertSuspended,
      fmt::format("{}: certificate \"{}\" is SUSPENDED on {}, and the scheme "
                  "lets nothing {} then",
                  movement.field, NameOf(c, certificate), c.date.ToString(),
                  movement.direction == Direction::kIn ? "in" : "out")));
}

// The first of scheme, site, product, model and member that is not covered.
std::string OutsideInWords(const Case& c, const Movement& movement,
                           CertificateIndex index) {
  const Certificate& certificate = c.state.certificates().at(index);
  const CertifiedScope& terms = certificate.TermsAt(c.date);
  const SchemeIndex scheme = SchemeOf(movement.sold_as);
  const Registry& registry = c.state.registry();
  if (certificate.scheme != scheme) {
    return fmt::format("scheme \"{}\"", c.state.schemes().NameOf(scheme));
  }
  if (!terms.CoversSite(movement.site)) {
    return fmt::format("site \"{}\"",
                       registry.site_names.NameOf(movement.site));
  }
  if (!terms.CoversProduct(movement.product)) {
    return fmt::format("product \"{}\"",
                       registry.product_names.NameOf(movement.product));
  }
  const Model model = ModelOf(movement.sold_as);
  if (!terms.CoversModel(model)) {
    return fmt::format("model {}", ModelName(model));
  }
  return "the member that is named";
}

void RefuseOutOfScope(Case& c, const Movement& movement,
                      CertificateIndex certificate) {
  if (!c.verdict.Concerns(Code::kOutOfScope)) return;
  c.verdict.Refuse(
      RefuseUnder(c, SchemeOf(movement.sold_as), Code::kOutOfScope,
                  fmt::format("{}: certificate \"{}\" does not cover {} on {}",
                              movement.field, NameOf(c, certificate),
                              OutsideInWords(c, movement, certificate),
                              c.date.ToString())));
}

void CheckMovement(Case& c, Movement& movement) {
  const Furthest furthest = FindFurthest(c, movement);
  switch (furthest.coverage) {
    case Coverage::kNone:
      return RefuseInvalid(c, movement, furthest.certificate);
    case Coverage::kSuspended:
      return RefuseSuspended(c, movement, furthest.certificate);
    case Coverage::kOutOfScope:
      return RefuseOutOfScope(c, movement, furthest.certificate);
    case Coverage::kFull:
      movement.certificate = furthest.certificate;
      return;
  }
}

// A supplier's certificate that is on this ledger must be valid, too.
void CheckSupplier(Case& c, const Receive& receive, SchemeIndex scheme) {
  const CertificateIndex certificate =
      c.state.certificates().Find(receive.supplier_certificate);
  if (!certificate.valid()) return;
  const CertificateStatus status =
      c.state.certificates().at(certificate).StatusAt(c.date);
  if (status == CertificateStatus::kValid) return;
  const Code code = status == CertificateStatus::kSuspended
                        ? Code::kCertSuspended
                        : Code::kCertInvalid;
  c.verdict.Refuse(RefuseUnder(c, scheme, code,
                               fmt::format("receive.supplier_certificate: {}",
                                           NotValidInWords(c, certificate))));
}

// What is received under a claim names its document and whose certificate
// stands behind it.
void CheckPapers(Case& c, const Receive& receive, SchemeIndex scheme) {
  Refusal refusal = RefuseUnder(c, scheme, Code::kDocIncomplete, "");
  std::string missing;
  if (c.event.document.empty()) {
    refusal.violations.push_back({"document", "", "given"});
    missing = "document";
  }
  if (receive.supplier_certificate.empty()) {
    refusal.violations.push_back({"receive.supplier_certificate", "", "given"});
    missing += missing.empty() ? "" : " and ";
    missing += "supplier_certificate";
  }
  CheckSupplier(c, receive, scheme);
  if (missing.empty()) return;
  refusal.message =
      fmt::format("what is received under scheme \"{}\" names its {}",
                  c.state.schemes().NameOf(scheme), missing);
  c.verdict.Refuse(std::move(refusal));
}

}  // namespace

void CheckCertificates(Case& c) {
  for (Movement& movement : c.movements) {
    if (!NeedsCertificate(c, movement)) continue;
    CheckMovement(c, movement);
    const auto* receive = std::get_if<const Receive*>(&c.event.body);
    if (receive == nullptr) continue;
    CheckPapers(c, **receive, SchemeOf(movement.sold_as));
  }
}

}  // namespace tally

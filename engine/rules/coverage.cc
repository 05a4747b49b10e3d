#include "engine/rules/coverage.h"

#include <algorithm>
#include <string_view>
#include <variant>

#include "engine/base/check.h"

namespace tally {
namespace {

// Originate events may name a certificate and a member of its group.
const Originate* AsOriginate(const Case& c) {
  const auto* body = std::get_if<const Originate*>(&c.event.body);
  return body == nullptr ? nullptr : *body;
}

// The certificate that the event names for a claim under `scheme`: it speaks
// for claims of its own scheme and, where there are none, for all of them.
CertificateIndex NamedFor(const Case& c, SchemeIndex scheme) {
  const Originate* originate = AsOriginate(c);
  if (originate == nullptr) return CertificateIndex();
  const CertificateIndex named =
      c.state.certificates().Find(originate->certificate);
  if (!named.valid()) return named;
  const SchemeIndex own = c.state.certificates().at(named).scheme;
  if (own == scheme) return named;
  for (const Movement& other : c.movements) {
    if (other.sold_as.valid() && SchemeOf(other.sold_as) == own) return {};
  }
  return named;
}

std::string_view NamedMember(const Case& c) {
  const Originate* originate = AsOriginate(c);
  return originate == nullptr ? std::string_view() : originate->member;
}

}  // namespace

bool Stops(SuspendedStock policy, Direction direction) {
  switch (policy) {
    case SuspendedStock::kFreeze:
      return true;
    case SuspendedStock::kSellExisting:
      return direction == Direction::kIn;
    case SuspendedStock::kQuarantine:
      return direction == Direction::kOut;
  }
  TALLY_CHECK(false);
}

bool NeedsCertificate(const Case& c, const Movement& movement) {
  if (!movement.needs_certificate || !movement.sold_as.valid()) return false;
  const SchemeIndex scheme = SchemeOf(movement.sold_as);
  return c.ProfileOf(scheme).certificate.required ||
         NamedFor(c, scheme).valid();
}

CertificateList CandidatesFor(const Case& c, const Movement& movement) {
  const SchemeIndex scheme = SchemeOf(movement.sold_as);
  const Certificates& certificates = c.state.certificates();
  const CertificateIndex named = NamedFor(c, scheme);
  if (named.valid()) return {named};
  const auto of_site = certificates.Of(scheme, movement.site);
  CertificateList list(of_site.begin(), of_site.end());
  const PartyIndex holder = c.state.registry().at(movement.site).party;
  for (const CertificateIndex index : certificates.HeldBy(scheme, holder)) {
    if (std::find(list.begin(), list.end(), index) == list.end()) {
      list.push_back(index);
    }
  }
  return list;
}

Coverage CoverageOf(const Case& c, const Movement& movement,
                    CertificateIndex index) {
  const Certificate& certificate = c.state.certificates().at(index);
  switch (certificate.StatusAt(c.date)) {
    case CertificateStatus::kUnspecified:
    case CertificateStatus::kWithdrawn:
    case CertificateStatus::kTerminated:
    case CertificateStatus::kExpired:
      return Coverage::kNone;
    case CertificateStatus::kSuspended:
      if (Stops(c.ProfileOf(certificate.scheme).certificate.suspended_stock,
                movement.direction)) {
        return Coverage::kSuspended;
      }
      break;
    case CertificateStatus::kValid:
      break;
  }
  const CertifiedScope& terms = certificate.TermsAt(c.date);
  const std::string_view member = NamedMember(c);
  const bool in_scope =
      certificate.scheme == SchemeOf(movement.sold_as) &&
      terms.CoversSite(movement.site) &&
      terms.CoversProduct(movement.product) &&
      terms.CoversModel(ModelOf(movement.sold_as)) &&
      (member.empty() || certificate.FindMember(member, c.date) >= 0);
  return in_scope ? Coverage::kFull : Coverage::kOutOfScope;
}

}  // namespace tally

#include "engine/rules/coverage.h"

#include <algorithm>
#include <string_view>
#include <variant>

#include "engine/base/check.h"

namespace tally {
namespace {

// What an originate event says of its first claim, which is its own; further
// claims find their certificates themselves. nullptr for all else.
const Originate* SpeakingFor(const Case& c, const Movement& movement) {
  const auto* body = std::get_if<const Originate*>(&c.event.body);
  if (body == nullptr || &movement != &c.movements.front()) return nullptr;
  return *body;
}

CertificateIndex NamedFor(const Case& c, const Movement& movement) {
  const Originate* originate = SpeakingFor(c, movement);
  return originate == nullptr
             ? CertificateIndex()
             : c.state.certificates().Find(originate->certificate);
}

}  // namespace

std::string_view MemberFor(const Case& c, const Movement& movement) {
  const Originate* originate = SpeakingFor(c, movement);
  return originate == nullptr ? std::string_view() : originate->member;
}

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
  return c.ProfileOf(SchemeOf(movement.sold_as)).certificate.required ||
         NamedFor(c, movement).valid();
}

CertificateList CandidatesFor(const Case& c, const Movement& movement) {
  const CertificateIndex named = NamedFor(c, movement);
  if (named.valid()) return {named};
  const SchemeIndex scheme = SchemeOf(movement.sold_as);
  const Certificates& certificates = c.state.certificates();
  const auto of_site = certificates.Of(scheme, movement.site);
  CertificateList list(of_site.begin(), of_site.end());
  const PartyIndex holder = c.state.registry().at(movement.site).party;
  for (const CertificateIndex index : certificates.HeldBy(scheme, holder)) {
    if (std::find(list.begin(), list.end(), index) == list.end()) {
      list.push_back(index);
    }
  }
  // Of several that cover it alike, the one that was granted first.
  std::sort(list.begin(), list.end());
  return list;
}

int64_t LeastCompliant(const State& state, const Certificate& certificate,
                       Date date) {
  const std::optional<Ratio>& least =
      state.schemes().At(certificate.scheme, date).group.min_compliant_pct;
  if (!least) return 0;
  const std::optional<Ratio> part = least->Over(Ratio(100));
  TALLY_CHECK(part.has_value());  // a percentage has few digits
  const int64_t members = certificate.GroupOn(date).members;
  return Scale(members, *part, Rounding::kUp).value_or(members);
}

bool HasLicence(const State& state, const Certificate& certificate, Date date) {
  return certificate.members.empty() ||
         certificate.GroupOn(date).compliant >=
             LeastCompliant(state, certificate, date);
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
  if (!HasLicence(c.state, certificate, c.date)) return Coverage::kNone;
  const CertifiedScope& terms = certificate.TermsAt(c.date);
  const std::string_view member = MemberFor(c, movement);
  const bool in_scope =
      certificate.scheme == SchemeOf(movement.sold_as) &&
      terms.CoversSite(movement.site) &&
      terms.CoversProduct(movement.product) &&
      terms.CoversModel(ModelOf(movement.sold_as)) &&
      (member.empty() || certificate.FindMember(member, c.date) >= 0);
  return in_scope ? Coverage::kFull : Coverage::kOutOfScope;
}

}  // namespace tally

// Which certificates cover a movement, and how far each of the others gets.

#ifndef TALLY_ENGINE_RULES_COVERAGE_H_
#define TALLY_ENGINE_RULES_COVERAGE_H_

#include <cstdint>
#include <string_view>

#include "absl/container/inlined_vector.h"
#include "engine/model/indices.h"
#include "engine/profile/certificate_terms.h"
#include "engine/rules/case.h"
#include "engine/rules/movement.h"
#include "engine/state/certificates.h"

namespace tally {

// How far a certificate gets, from nowhere to all the way.
enum class Coverage : uint8_t {
  kNone = 0,        // expired, withdrawn or terminated, or not begun
  kSuspended = 1,   // and the scheme stops what moves this way
  kOutOfScope = 2,  // does not list the site, product, model or member
  kFull = 3,
};

using CertificateList = absl::InlinedVector<CertificateIndex, 2>;

// Those that could cover the movement, which is one of the case's: of its
// scheme, for its site or held by the site's party; only the one that an
// originate event names for its claim, if it does.
CertificateList CandidatesFor(const Case& c, const Movement& movement);

Coverage CoverageOf(const Case& c, const Movement& movement,
                    CertificateIndex certificate);

// Whether the rules of certificates concern the movement at all: it is under
// a claim, and the scheme requires one or the event names one.
bool NeedsCertificate(const Case& c, const Movement& movement);

// The member that an originate event names for its claim; empty for none.
std::string_view MemberFor(const Case& c, const Movement& movement);

// Whether a suspension stops what moves in this direction.
bool Stops(SuspendedStock policy, Direction direction);

// Whether enough members of the certificate's group comply on a date; a group
// that falls below the scheme's share has no licence.
bool HasLicence(const State& state, const Certificate& certificate, Date date);

// How many members have to comply on a date; 0 where the scheme asks for no
// share.
int64_t LeastCompliant(const State& state, const Certificate& certificate,
                       Date date);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_COVERAGE_H_

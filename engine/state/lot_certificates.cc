#include "engine/state/lot_certificates.h"

#include <algorithm>

namespace tally {
namespace {

// Whether the change was said after the lot was made and bites before.
bool Touches(const Certificate& certificate, const StatusChange& change,
             const Lot& lot) {
  return change.status != CertificateStatus::kValid &&
         change.position > lot.position &&
         change.effective_from <= lot.made_on &&
         certificate.TermsAt(change.effective_from).CoversSite(lot.made_at);
}

}  // namespace

bool WasMadeUncertified(const State& state, LotIndex index) {
  const Lot& lot = state.lots().at(index);
  for (const ClaimIndex claim : state.claim_sets().Members(lot.claims)) {
    for (const CertificateIndex of_site :
         state.certificates().Of(SchemeOf(claim), lot.made_at)) {
      const Certificate& certificate = state.certificates().at(of_site);
      const bool touched =
          std::any_of(certificate.statuses.begin(), certificate.statuses.end(),
                      [&](const StatusChange& change) {
                        return Touches(certificate, change, lot);
                      });
      if (touched) return true;
    }
  }
  return false;
}

}  // namespace tally

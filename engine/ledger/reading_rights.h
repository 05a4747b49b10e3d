// What a principal may read. Everything is denied that is not said here.
//
//   ledger.reader().Read(…)  // or, for services:
//   WithRights(ledger, principal, [&](const ReadingRights& rights) {
//     if (!rights.SeesLot(lot)) …
//   });
//
// An operator reads its own accounts and both sides of its shipments; a
// certification body what lies under certificates that it granted; a brand its
// own credits; a scheme's owner the scheme; a regulator and an auditor
// everything. What is not known is not seen, so that both answer alike.

#ifndef TALLY_ENGINE_LEDGER_READING_RIGHTS_H_
#define TALLY_ENGINE_LEDGER_READING_RIGHTS_H_

#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "engine/ledger/ledger.h"
#include "engine/model/event.h"
#include "engine/state/bindings.h"

namespace tally {

class State;
struct EventSubjects;

class ReadingRights {
 public:
  // `state` must outlive it.
  ReadingRights(const State& state, std::string_view principal);

  // Of these, what is the principal's parties' own: no oversight over others.
  ReadingRights Own() const;
  // Everything.
  bool whole() const { return Any(Role::kRegulator) || Any(Role::kAuditor); }
  // All parties and sites, which oversight needs, but nothing of theirs.
  bool SeesRegistry() const;
  // The party itself, with all of its sites.
  bool SeesParty(std::string_view party) const;
  // An own site.
  bool OwnsSite(std::string_view site) const;
  // What is held at a site under a scheme; of all schemes and none where it
  // is empty.
  bool SeesStock(std::string_view site, std::string_view scheme) const;
  // A site under whatever scheme.
  bool SeesSite(std::string_view site) const;
  // Everything under a scheme.
  bool SeesScheme(std::string_view scheme) const;
  // More of a certificate than its status.
  bool SeesCertificate(std::string_view certificate) const;
  bool SeesLot(std::string_view lot) const;
  bool SeesShipment(std::string_view shipment) const;
  bool SeesBlock(std::string_view block) const;
  bool SeesEvent(const Event& event) const;
  // Whether a body of the principal's certified a site of the event, or of a
  // shipment in it, under a scheme that it names.
  bool CertifiesEvent(const Event& event) const;
  // Whether the event is the principal's party's own, not only about it.
  bool OwnsEvent(const Event& event) const;

 private:
  explicit ReadingRights(const State& state) : state_(state) {}

  bool Any(Role role) const;
  bool Has(const Binding& binding, Role role) const;
  bool Owns(const Binding& binding, SiteIndex site) const;
  bool Certifies(const Binding& binding, SchemeIndex scheme,
                 SiteIndex site) const;
  bool OwnsScheme(const Binding& binding, SchemeIndex scheme) const;
  bool Sees(SiteIndex site) const;
  bool CertifiesOneOf(const Binding& binding, const EventSubjects& subjects,
                      const std::vector<SiteIndex>& sites) const;
  bool SeesEventAs(const Binding& binding, const Event& event) const;
  bool EndedBy(const Event& event, std::string_view shipment) const;

  const State& state_;
  bool oversight_ = true;  // the rights over others' things count
  std::vector<const Binding*> bindings_;  // that hold
};

// Calls `read` with the rights as they are now.
void WithRights(const Ledger& ledger, std::string_view principal,
                absl::FunctionRef<void(const ReadingRights&)> read);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_READING_RIGHTS_H_

// Whom and what an event names, of whatever kind it is: for feeds that are
// narrowed to a party, a site or a product, and for the journal of attempts.

#ifndef TALLY_ENGINE_LEDGER_EVENT_SUBJECTS_H_
#define TALLY_ENGINE_LEDGER_EVENT_SUBJECTS_H_

#include <string_view>

#include "absl/container/inlined_vector.h"
#include "engine/model/event.h"
#include "engine/model/indices.h"
#include "engine/state/state.h"

namespace tally {

// The names as the event has them. They point to where the event points.
struct EventSubjects {
  using Names = absl::InlinedVector<std::string_view, 2>;

  Names sites;
  Names products;
  Names parties;
  Names certificates;
  Names shipments;
  Names schemes;
};

EventSubjects SubjectsOf(const Event& event);

// Whether the party posted the event, is named in it, owns a site of it or of
// a shipment in it, or holds a certificate in it.
bool Concerns(const State& state, const Event& event,
              const EventSubjects& subjects, PartyIndex party);

// The name of the one party that the event is most about: its actor, else the
// first that it names, else the owner of the first site; "" where none is
// known.
std::string_view MainParty(const State& state, const Event& event,
                           const EventSubjects& subjects);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_EVENT_SUBJECTS_H_

// In whose name an event is posted. The one place where what a client says
// about itself meets who it has proved to be: a server that authenticates its
// clients answers for it here.

#ifndef TALLY_SERVICES_ACTING_PARTY_H_
#define TALLY_SERVICES_ACTING_PARTY_H_

#include <string_view>

#include "engine/model/event.h"
#include "grpcpp/server_context.h"

namespace tally::services {

// Clients of a loopback listener are trusted with the actor they name.
inline std::string_view ActorOf(const grpc::ServerContextBase& /*context*/,
                                const Event& event) {
  return event.actor;
}

}  // namespace tally::services

#endif  // TALLY_SERVICES_ACTING_PARTY_H_

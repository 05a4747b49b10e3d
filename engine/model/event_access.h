// Events of access: which principal acts for which party, and the approval of
// an act by a second person. A principal is whoever a client has proved to be;
// what it may do follows from the parties that it is bound to.

#ifndef TALLY_ENGINE_MODEL_EVENT_ACCESS_H_
#define TALLY_ENGINE_MODEL_EVENT_ACCESS_H_

#include <span>
#include <string_view>

#include "engine/base/uuid.h"
#include "engine/model/terms.h"

namespace tally {

// From the event's position on the principal acts for the party, in these of
// the party's roles.
struct BindPrincipal {
  std::string_view principal;
  std::string_view party;
  std::span<const Role> roles;
  std::span<const std::string_view> sites;         // empty: all of the party's
  std::span<const std::string_view> certificates;  // empty: all it granted

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "principal", self.principal);
    visit(2, "party", self.party);
    visit(3, "roles", self.roles);
    visit(4, "sites", self.sites);
    visit(5, "certificates", self.certificates);
  }
};

// From the event's position on it no longer does.
struct UnbindPrincipal {
  std::string_view principal;
  std::string_view party;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "principal", self.principal);
    visit(2, "party", self.party);
  }
};

// A second person's consent to an event that another one is to post.
struct Approve {
  Uuid event;
  std::string_view content;  // its content digest, 64 lower-case hex digits

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "event", self.event);
    visit(2, "content", self.content);
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_EVENT_ACCESS_H_

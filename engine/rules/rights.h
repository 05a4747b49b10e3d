// The right of a party, in a binding's roles and scope, to post an event:
// what authority.cc knows of each kind.

#ifndef TALLY_ENGINE_RULES_RIGHTS_H_
#define TALLY_ENGINE_RULES_RIGHTS_H_

#include <string_view>

#include "engine/rules/case.h"
#include "engine/state/bindings.h"

namespace tally {

// The answer to one event: kAccepted, or the code and who may post it.
struct Right {
  Code code = Code::kAccepted;
  std::string_view only;
};

// `binding` is nullptr where nobody was asked for one.
Right RightOf(const Case& c, PartyIndex party, const Binding* binding);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_RIGHTS_H_

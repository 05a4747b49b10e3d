// The written shapes of events and profiles, and the check of a JSON value
// against one.
//
// A shape is JSON itself: an object names the keys (`key?` may be left out or
// null), an array of one element describes a list, {"*": shape} a map, and a
// string a type of value:
//   id new or free id          @site, @lot …  id of something on this ledger
//   quantity, count            text, uuid, date, instant, span, country, bool
//   decimal, share             enum:A|B       int:LOW:HIGH      claim, model
// A long enumeration is written {"one_of": ["A", "B"]}.
// What is malformed adds INVALID_…, a reference to nothing UNKNOWN_….

#ifndef TALLY_TESTS_REFERENCE_SHAPE_H_
#define TALLY_TESTS_REFERENCE_SHAPE_H_

#include <nlohmann/json.hpp>
#include <string>

#include "tests/reference/findings.h"
#include "tests/reference/world.h"

namespace tally::reference {

// The shape of an event's body, null when there is no such kind of event.
const Json& EventShape(const std::string& kind);

// Checks an event: its own fields, that it has exactly one kind, and its body.
// On return `kind` is set when there is exactly one.
void CheckEventShape(const World& world, const Json& event, std::string* kind,
                     Findings* findings);

// A copy without the members that are null: null is left out.
Json WithoutNulls(const Json& value);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_SHAPE_H_

// From authoring JSON to the messages of the API.
//
// Authoring JSON is what people write: files for `tally post`, scenarios,
// samples. It is the message's JSON with the field names as the .proto files
// spell them, and
//
//   - enum values without their prefix ("MASS_BALANCE");
//   - a time as RFC 3339 or as a date, which stands for its 00:00:00Z;
//   - numbers for serials and positions;
//   - the profile of `define_scheme` as an object;
//   - null for a field left out.
//
// The descriptors guide the reading, so a new field needs no code here. A key
// that a message does not have is an error, because a misspelt field left out
// would change what an event says.

#ifndef TALLY_SERVICES_AUTHORING_READ_H_
#define TALLY_SERVICES_AUTHORING_READ_H_

#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "nlohmann/json.hpp"

namespace tally::authoring {

// Listed for one message, at most.
inline constexpr int kProblemsMax = 16;

// What could not be read.
struct Problem {
  std::string path;   // "ship.lines[0].claim.model"; "" for the whole
  std::string value;  // as written, cut after 128 bytes; "" where missing
  std::string limit;  // what it must be: "one of MASS_BALANCE, …"

  // "ship.lines[0].claim.model: got \"MB\", must be one of MASS_BALANCE, …"
  std::string ToString() const;
};

// Into `out`, which must be empty. Empty: all was read. Otherwise `out` holds
// what could be.
std::vector<Problem> Read(const nlohmann::json& in,
                          google::protobuf::Message* out);

}  // namespace tally::authoring

#endif  // TALLY_SERVICES_AUTHORING_READ_H_

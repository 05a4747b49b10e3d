// From the messages of the API to authoring JSON: the reverse of read.h.
//
// Fields stand in the order of the .proto file; those left out are left out.
// A time at midnight is written as its date.

#ifndef TALLY_SERVICES_AUTHORING_WRITE_H_
#define TALLY_SERVICES_AUTHORING_WRITE_H_

#include "google/protobuf/message.h"
#include "nlohmann/json.hpp"

namespace tally::authoring {

nlohmann::ordered_json Write(const google::protobuf::Message& in);

}  // namespace tally::authoring

#endif  // TALLY_SERVICES_AUTHORING_WRITE_H_

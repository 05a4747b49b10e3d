// Why bytes that a client sent are not the message they should be.
//
// protobuf's parser says only that it failed. When it has, this walks the same
// bytes and names the field, so that one bad byte in ten thousand events can
// be found. It is for the failed case: slow, and never right about bytes that
// do parse.

#ifndef TALLY_SERVICES_WIRE_PARSE_FAILURE_H_
#define TALLY_SERVICES_WIRE_PARSE_FAILURE_H_

#include <string_view>

#include "engine/model/refusal.h"
#include "google/protobuf/descriptor.h"

namespace tally::wire {

// The first field of `bytes`, as a `type`, that is not whole or whose text is
// not UTF-8: {"events[3].ship.lines[0].product", "caf\xe9", "UTF-8"}. With an
// empty path where the bytes themselves end or break.
Violation ExplainParseFailure(std::string_view bytes,
                              const google::protobuf::Descriptor& type);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_PARSE_FAILURE_H_

// Takes out of an answer what its reader may not see.

#ifndef TALLY_SERVICES_TRIM_H_
#define TALLY_SERVICES_TRIM_H_

#include <vector>

#include "engine/ledger/reading_rights.h"
#include "engine/model/outcome.h"
#include "google/protobuf/message.h"

namespace tally::services {

// Whether the answer to a question that is decided by what it finds is about
// others, and seen by a right of oversight.
bool IsOfOthers(const ReadingRights& rights,
                const google::protobuf::Message& response);

// False where nothing of it may be seen. Answers whose every field follows
// from what the request was allowed to name stay as they are.
bool Trim(const ReadingRights& rights, google::protobuf::Message* response);

// The same for outcomes, before they are put into words.
void TrimBalances(const ReadingRights& rights, std::vector<Outcome>* outcomes);

}  // namespace tally::services

#endif  // TALLY_SERVICES_TRIM_H_

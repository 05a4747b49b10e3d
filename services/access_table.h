// The one table of who may call what: a row for each request of the API.
//
// A request that has no row is refused to everyone; a test walks the services'
// descriptors and fails for it.

#ifndef TALLY_SERVICES_ACCESS_TABLE_H_
#define TALLY_SERVICES_ACCESS_TABLE_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/ledger/reading_rights.h"
#include "google/protobuf/message.h"

namespace tally::services {

enum class Access : uint8_t {
  kPublic,       // every principal, bound to a party or not
  kPosts,        // every principal; the rules decide each event
  kAsks,         // who may read what the request names: `may`
  kAsksOfEvent,  // likewise of the event that its `event` names: `may_event`
  kAdministers,  // the administrator that the settings name
  kByContent,    // every principal; what may not be seen is left out
};

struct AccessRow {
  std::string_view request;  // "GetBalanceRequest"
  Access access = Access::kAsks;
  bool (*may)(const ReadingRights& rights,
              const google::protobuf::Message& request) = nullptr;
  bool (*may_event)(const ReadingRights& rights, const Event& event) = nullptr;
};

std::span<const AccessRow> AccessTable();
// nullptr where there is none.
const AccessRow* FindAccess(std::string_view request);

}  // namespace tally::services

#endif  // TALLY_SERVICES_ACCESS_TABLE_H_

// Page tokens: where a list goes on, encrypted and sealed for the request and
// the caller that it belongs to. A token of another list, with other filters,
// of another principal, or damaged, is refused.

#ifndef TALLY_SERVICES_PAGE_TOKEN_H_
#define TALLY_SERVICES_PAGE_TOKEN_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace tally::services {

// Says whose pages the request asks for: a key of the caller's own. It travels
// in the request, out of the client's reach; without one all share a key.
void SetPageKey(std::string_view key, google::protobuf::Message* request);

// The token that a request of a list carries in its `page_token`, opened;
// empty for the first page.
absl::StatusOr<std::string> OpenPageToken(
    const google::protobuf::Message& request);

// The token of the page after the one that `request` asked for. Empty where
// there is none: `next` is empty.
std::string SealPageToken(const google::protobuf::Message& request,
                          std::string_view next);

}  // namespace tally::services

#endif  // TALLY_SERVICES_PAGE_TOKEN_H_

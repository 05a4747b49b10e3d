// Page tokens: where a list goes on, sealed for the request that it belongs
// to. Opaque to clients; a token of another list, with other filters, or
// damaged, is refused.

#ifndef TALLY_SERVICES_PAGE_TOKEN_H_
#define TALLY_SERVICES_PAGE_TOKEN_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace tally::services {

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

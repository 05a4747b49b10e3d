#include "services/identity/peer_name.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "grpc/grpc_security_constants.h"

namespace tally::identity {
namespace {

constexpr std::string_view kScheme = "spiffe://";
constexpr size_t kNameBytesMax = 200;  // as bindings have it

std::vector<grpc::string_ref> Find(const grpc::AuthContext& peer,
                                   const char* property) {
  return peer.FindPropertyValues(property);
}

bool IsPlain(std::string_view text) {
  return !text.empty() && text.size() <= kNameBytesMax &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c < '\x7f'; });
}

}  // namespace

absl::StatusOr<std::string> PeerName(const grpc::AuthContext& peer,
                                     bool common_names) {
  // A certificate with several SPIFFE IDs is none by that standard: gRPC then
  // reports no SPIFFE ID.
  const auto ids = Find(peer, GRPC_PEER_SPIFFE_ID_PROPERTY_NAME);
  if (ids.size() == 1) {
    const std::string id(ids.front().data(), ids.front().size());
    if (id.starts_with(kScheme) && IsPlain(id)) return id;
  }
  const auto names = Find(peer, GRPC_X509_CN_PROPERTY_NAME);
  if (common_names && ids.empty() && names.size() == 1) {
    const std::string name =
        "CN=" + std::string(names.front().data(), names.front().size());
    if (IsPlain(name)) return name;
  }
  return absl::UnauthenticatedError(
      "who are you? Neither a client certificate with a SPIFFE ID nor a bearer "
      "token was given");
}

}  // namespace tally::identity

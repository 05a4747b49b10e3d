#include "services/page_token.h"

#include <memory>

#include "absl/strings/escaping.h"
#include "engine/base/check.h"
#include "engine/base/sha256.h"
#include "engine/base/strings.h"
#include "services/errors.h"
#include "services/wire/fields.h"
#include "services/wire/text.h"

namespace tally::services {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// A token is the version, the seal and where to go on, in base64url.
constexpr char kVersion = '\1';
constexpr size_t kSealBytes = 8;

const FieldDescriptor* TokenField(const Message& request) {
  const FieldDescriptor* field =
      request.GetDescriptor()->FindFieldByName("page_token");
  TALLY_CHECK(field != nullptr);
  return field;
}

// Depends on the list, on all else that the request asks for but the size of
// the page, and on where to go on.
std::string Seal(const Message& request, std::string_view next) {
  const std::unique_ptr<Message> asked(request.New());
  asked->CopyFrom(request);
  const google::protobuf::Reflection* reflection = asked->GetReflection();
  reflection->ClearField(asked.get(), TokenField(request));
  reflection->ClearField(asked.get(),
                         request.GetDescriptor()->FindFieldByName("page_size"));
  const Sha256Digest digest = Sha256(request.GetDescriptor()->full_name(),
                                     asked->SerializeAsString(), next);
  return {reinterpret_cast<const char*>(digest.data()), kSealBytes};
}

}  // namespace

absl::StatusOr<std::string> OpenPageToken(const Message& request) {
  const std::string token =
      request.GetReflection()->GetString(request, TokenField(request));
  if (token.empty()) return std::string();
  std::string bytes;
  if (absl::WebSafeBase64Unescape(token, &bytes) &&
      bytes.size() > 1 + kSealBytes && bytes.front() == kVersion) {
    std::string next = bytes.substr(1 + kSealBytes);
    // Sealed again, so that of all texts for the same bytes one is taken.
    if (SealPageToken(request, next) == token) return next;
  }
  return BadField("page_token", wire::Quoted(token, wire::kValueBytesMax),
                  "the next_page_token of the page before, with all else in "
                  "the request as it was then");
}

std::string SealPageToken(const Message& request, std::string_view next) {
  if (next.empty()) return "";
  const std::string seal = Seal(request, next);
  std::string bytes(1, kVersion);
  bytes += seal;
  bytes += next;
  return absl::WebSafeBase64Escape(bytes);
}

}  // namespace tally::services

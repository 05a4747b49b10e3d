#include "services/page_token.h"

#include <memory>
#include <optional>

#include "absl/strings/escaping.h"
#include "engine/base/check.h"
#include "google/protobuf/unknown_field_set.h"
#include "services/errors.h"
#include "services/identity/sealed_text.h"
#include "services/wire/fields.h"
#include "services/wire/text.h"

namespace tally::services {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

// A token is the version and where to go on, sealed, in base64url.
constexpr char kVersion = '\2';
// A field that no message of the API has.
constexpr int kKeyField = 536'870'911;

const FieldDescriptor* TokenField(const Message& request) {
  const FieldDescriptor* field =
      request.GetDescriptor()->FindFieldByName("page_token");
  TALLY_CHECK(field != nullptr);
  return field;
}

std::string KeyOf(const Message& request) {
  const UnknownFieldSet& fields =
      request.GetReflection()->GetUnknownFields(request);
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    if (field.number() == kKeyField &&
        field.type() == UnknownField::TYPE_LENGTH_DELIMITED) {
      return field.length_delimited();
    }
  }
  return std::string(identity::kSealKeyBytes, '\0');
}

// The list, and all that the request asks for but the size of the page.
std::string Asked(const Message& request) {
  const std::unique_ptr<Message> asked(request.New());
  asked->CopyFrom(request);
  asked->DiscardUnknownFields();
  const google::protobuf::Reflection* reflection = asked->GetReflection();
  reflection->ClearField(asked.get(), TokenField(request));
  reflection->ClearField(asked.get(),
                         request.GetDescriptor()->FindFieldByName("page_size"));
  return request.GetDescriptor()->full_name() + '\n' +
         asked->SerializeAsString();
}

}  // namespace

void SetPageKey(std::string_view key, Message* request) {
  TALLY_CHECK(key.size() == identity::kSealKeyBytes);
  request->DiscardUnknownFields();
  request->GetReflection()->MutableUnknownFields(request)->AddLengthDelimited(
      kKeyField, std::string(key));
}

absl::StatusOr<std::string> OpenPageToken(const Message& request) {
  const std::string token =
      request.GetReflection()->GetString(request, TokenField(request));
  if (token.empty()) return std::string();
  std::string bytes;
  if (absl::WebSafeBase64Unescape(token, &bytes) && !bytes.empty() &&
      bytes.front() == kVersion) {
    std::optional<std::string> next = identity::OpenText(
        KeyOf(request), Asked(request), std::string_view(bytes).substr(1));
    // Sealed again, so that of all texts for the same bytes one is taken.
    if (next.has_value() && SealPageToken(request, *next) == token) {
      return *std::move(next);
    }
  }
  return BadField("page_token", wire::Quoted(token, wire::kValueBytesMax),
                  "the next_page_token of the page before, with all else in "
                  "the request as it was then");
}

std::string SealPageToken(const Message& request, std::string_view next) {
  if (next.empty()) return "";
  return absl::WebSafeBase64Escape(
      std::string(1, kVersion) +
      identity::SealText(KeyOf(request), Asked(request), next));
}

}  // namespace tally::services

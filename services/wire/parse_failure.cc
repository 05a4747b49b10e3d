#include "services/wire/parse_failure.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "fmt/format.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "services/wire/fields.h"
#include "services/wire/text.h"

namespace tally::wire {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

Violation Broken(const std::string& path) {
  return {.field = path,
          .value = "",
          .limit = "a whole field in the protobuf encoding"};
}

bool IsLengthDelimited(uint32_t tag) {
  return WireFormatLite::GetTagWireType(tag) ==
         WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
}

// Reads a length and as many bytes.
std::optional<std::string_view> ReadBytes(std::string_view all,
                                          CodedInputStream* in) {
  uint32_t length = 0;
  if (!in->ReadVarint32(&length)) return std::nullopt;
  const size_t start = static_cast<size_t>(in->CurrentPosition());
  if (length > all.size() - start) return std::nullopt;
  if (!in->Skip(static_cast<int>(length))) return std::nullopt;
  return all.substr(start, length);
}

std::optional<Violation> Explain(std::string_view bytes, const Descriptor& type,
                                 const std::string& path);

// What is wrong in the bytes of one text or message.
std::optional<Violation> ExplainField(std::string_view bytes,
                                      const FieldDescriptor& field,
                                      const std::string& path) {
  if (field.type() == FieldDescriptor::TYPE_MESSAGE) {
    return Explain(bytes, *field.message_type(), path);
  }
  if (field.type() == FieldDescriptor::TYPE_STRING && !IsUtf8(bytes)) {
    return Violation{.field = path,
                     .value = Quoted(bytes, kValueBytesMax),
                     .limit = "UTF-8"};
  }
  return std::nullopt;
}

// The depth of the recursion is that of the message types, none of which
// holds itself.
std::optional<Violation> Explain(std::string_view bytes, const Descriptor& type,
                                 const std::string& path) {
  CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  std::map<int, int> seen;  // field number -> elements so far
  while (in.CurrentPosition() < static_cast<int>(bytes.size())) {
    const uint32_t tag = in.ReadTag();
    const int number = WireFormatLite::GetTagFieldNumber(tag);
    if (tag == 0 || number == 0) return Broken(path);
    const FieldDescriptor* field = type.FindFieldByNumber(number);
    std::string at = path;
    if (field != nullptr) {
      if (!at.empty()) at += ".";
      at += field->name();
      if (field->is_repeated()) at += fmt::format("[{}]", seen[number]++);
    }
    if (field == nullptr || !IsLengthDelimited(tag)) {
      if (!WireFormatLite::SkipField(&in, tag)) return Broken(at);
      continue;
    }
    const std::optional<std::string_view> value = ReadBytes(bytes, &in);
    if (!value.has_value()) return Broken(at);
    std::optional<Violation> found = ExplainField(*value, *field, at);
    if (found.has_value()) return found;
  }
  return std::nullopt;
}

}  // namespace

Violation ExplainParseFailure(std::string_view bytes, const Descriptor& type) {
  return Explain(bytes, type, "").value_or(Broken(""));
}

}  // namespace tally::wire

#include "services/authoring/read.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "engine/base/check.h"
#include "engine/base/date.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/authoring/enum_name.h"

namespace tally::authoring {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using nlohmann::json;

constexpr size_t kValueBytesMax = 128;
constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr std::string_view kTimestamp = "google.protobuf.Timestamp";
constexpr std::string_view kProfile = "tallystick.v1.DefineScheme.profile";

std::string Cut(std::string text) {
  if (text.size() <= kValueBytesMax) return text;
  size_t end = kValueBytesMax;
  while (end > 0 && (text[end] & 0xc0) == 0x80) --end;  // a whole character
  return text.substr(0, end) + "…";
}

std::string Join(const std::string& path, std::string_view key) {
  if (path.empty()) return std::string(key);
  return fmt::format("{}.{}", path, key);
}

std::string KeysOf(const Descriptor& type) {
  std::string keys;
  for (int i = 0; i < type.field_count(); ++i) {
    if (i > 0) keys += ", ";
    keys += type.field(i)->name();
  }
  return keys;
}

// Reads one message and what it contains. The depth of the recursion is that
// of the message types: JSON under a key that no type has is not entered.
class Reader {
 public:
  void ReadMessage(const json& in, const std::string& path, Message* out);
  std::vector<Problem> TakeProblems() { return std::move(problems_); }

 private:
  void ReadField(const json& in, const std::string& path,
                 const FieldDescriptor& field, Message* out);
  void ReadList(const json& in, const std::string& path,
                const FieldDescriptor& field, Message* out);
  void ReadMap(const json& in, const std::string& path,
               const FieldDescriptor& field, Message* out);
  // One value: of the field, or added to it where it is a list.
  void ReadValue(const json& in, const std::string& path,
                 const FieldDescriptor& field, Message* out);
  void ReadNested(const json& in, const std::string& path,
                  const FieldDescriptor& field, Message* out);
  void ReadTime(const json& in, const std::string& path, Message* out);
  void ReadEnum(const json& in, const std::string& path,
                const FieldDescriptor& field, Message* out);
  void ReadText(const json& in, const std::string& path,
                const FieldDescriptor& field, Message* out);
  void ReadInteger(const json& in, const std::string& path,
                   const FieldDescriptor& field, Message* out);
  void ReadBool(const json& in, const std::string& path,
                const FieldDescriptor& field, Message* out);

  void Note(const std::string& path, const json* value, std::string limit);

  std::vector<Problem> problems_;
};

void Reader::ReadMessage(const json& in, const std::string& path,
                         Message* out) {
  if (!in.is_object()) {
    Note(path, &in, "an object");
    return;
  }
  const Descriptor& type = *out->GetDescriptor();
  for (const auto& [key, value] : in.items()) {
    if (value.is_null()) continue;
    const std::string at = Join(path, key);
    const FieldDescriptor* field = type.FindFieldByName(key);
    if (field == nullptr) {
      Note(at, nullptr, fmt::format("one of the keys {}", KeysOf(type)));
      continue;
    }
    const auto* oneof = field->real_containing_oneof();
    if (oneof != nullptr && out->GetReflection()->HasOneof(*out, oneof)) {
      const FieldDescriptor* other =
          out->GetReflection()->GetOneofFieldDescriptor(*out, oneof);
      Note(at, nullptr, fmt::format("left out, beside `{}`", other->name()));
      continue;
    }
    ReadField(value, at, *field, out);
  }
}

void Reader::ReadField(const json& in, const std::string& path,
                       const FieldDescriptor& field, Message* out) {
  if (field.is_map()) {
    ReadMap(in, path, field, out);
  } else if (field.is_repeated()) {
    ReadList(in, path, field, out);
  } else {
    ReadValue(in, path, field, out);
  }
}

void Reader::ReadList(const json& in, const std::string& path,
                      const FieldDescriptor& field, Message* out) {
  if (!in.is_array()) {
    Note(path, &in, "a list");
    return;
  }
  for (size_t i = 0; i < in.size(); ++i) {
    ReadValue(in[i], fmt::format("{}[{}]", path, i), field, out);
  }
}

void Reader::ReadMap(const json& in, const std::string& path,
                     const FieldDescriptor& field, Message* out) {
  if (!in.is_object()) {
    Note(path, &in, "an object");
    return;
  }
  const Descriptor& entry = *field.message_type();
  for (const auto& [key, value] : in.items()) {
    Message* added = out->GetReflection()->AddMessage(out, &field);
    added->GetReflection()->SetString(added, entry.map_key(), key);
    ReadValue(value, Join(path, key), *entry.map_value(), added);
  }
}

void Reader::ReadValue(const json& in, const std::string& path,
                       const FieldDescriptor& field, Message* out) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return ReadNested(in, path, field, out);
    case FieldDescriptor::CPPTYPE_ENUM:
      return ReadEnum(in, path, field, out);
    case FieldDescriptor::CPPTYPE_STRING:
      return ReadText(in, path, field, out);
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return ReadInteger(in, path, field, out);
    case FieldDescriptor::CPPTYPE_BOOL:
      return ReadBool(in, path, field, out);
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      TALLY_CHECK(false);  // the API has no such field
  }
}

void Reader::ReadNested(const json& in, const std::string& path,
                        const FieldDescriptor& field, Message* out) {
  const Reflection& reflection = *out->GetReflection();
  Message* nested = field.is_repeated()
                        ? reflection.AddMessage(out, &field)
                        : reflection.MutableMessage(out, &field);
  if (field.message_type()->full_name() == kTimestamp) {
    ReadTime(in, path, nested);
  } else {
    ReadMessage(in, path, nested);
  }
}

void Reader::ReadTime(const json& in, const std::string& path, Message* out) {
  std::optional<Instant> instant;
  if (in.is_string()) instant = ParseInstant(in.get_ref<const std::string&>());
  if (!instant.has_value()) {
    Note(path, &in,
         "a date or an RFC 3339 time with an offset, of the years 1900 to "
         "2199");
    return;
  }
  int64_t seconds = instant->micros() / kMicrosPerSecond;
  int64_t micros = instant->micros() % kMicrosPerSecond;
  if (micros < 0) {
    micros += kMicrosPerSecond;
    --seconds;
  }
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>(micros * 1'000));
  out->CopyFrom(timestamp);
}

void Reader::ReadEnum(const json& in, const std::string& path,
                      const FieldDescriptor& field, Message* out) {
  const EnumValueDescriptor* value = nullptr;
  if (in.is_string()) {
    value = FindEnumValue(*field.enum_type(), in.get_ref<const std::string&>());
  }
  if (value == nullptr) {
    Note(path, &in, fmt::format("one of {}", EnumNames(*field.enum_type())));
    return;
  }
  if (field.is_repeated()) {
    out->GetReflection()->AddEnum(out, &field, value);
  } else {
    out->GetReflection()->SetEnum(out, &field, value);
  }
}

void Reader::ReadText(const json& in, const std::string& path,
                      const FieldDescriptor& field, Message* out) {
  std::string text;
  if (field.full_name() == kProfile) {
    if (!in.is_object()) {
      Note(path, &in, "an object");
      return;
    }
    text = in.dump();
  } else if (in.is_string()) {
    text = in.get<std::string>();
  } else {
    Note(path, &in,
         in.is_number() ? "in quotes, so that it stays exact" : "text");
    return;
  }
  if (field.is_repeated()) {
    out->GetReflection()->AddString(out, &field, std::move(text));
  } else {
    out->GetReflection()->SetString(out, &field, std::move(text));
  }
}

void Reader::ReadInteger(const json& in, const std::string& path,
                         const FieldDescriptor& field, Message* out) {
  const bool is_large =
      in.is_number_unsigned() &&
      in.get<uint64_t>() > uint64_t{std::numeric_limits<int64_t>::max()};
  if (!in.is_number_integer() || is_large) {
    Note(path, &in, "a whole number of at most 2^63 - 1");
    return;
  }
  const auto number = in.get<int64_t>();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
    out->GetReflection()->SetInt64(out, &field, number);
    return;
  }
  if (number < std::numeric_limits<int32_t>::min() ||
      number > std::numeric_limits<int32_t>::max()) {
    Note(path, &in, "a whole number of at most 2^31 - 1");
    return;
  }
  out->GetReflection()->SetInt32(out, &field, static_cast<int32_t>(number));
}

void Reader::ReadBool(const json& in, const std::string& path,
                      const FieldDescriptor& field, Message* out) {
  if (!in.is_boolean()) {
    Note(path, &in, "true or false");
    return;
  }
  out->GetReflection()->SetBool(out, &field, in.get<bool>());
}

void Reader::Note(const std::string& path, const json* value,
                  std::string limit) {
  if (problems_.size() >= kProblemsMax) return;
  std::string text;
  if (value != nullptr && value->is_object()) {
    text = "an object";
  } else if (value != nullptr && value->is_array()) {
    text = "a list";
  } else if (value != nullptr) {
    text = Cut(value->dump(-1, ' ', /*ensure_ascii=*/false,
                           json::error_handler_t::replace));
  }
  problems_.push_back(
      {.path = path, .value = std::move(text), .limit = std::move(limit)});
}

}  // namespace

std::string Problem::ToString() const {
  const std::string where = path.empty() ? "" : path + ": ";
  if (value.empty()) return fmt::format("{}must be {}", where, limit);
  return fmt::format("{}got {}, must be {}", where, value, limit);
}

std::vector<Problem> Read(const json& in, Message* out) {
  Reader reader;
  reader.ReadMessage(in, "", out);
  return reader.TakeProblems();
}

}  // namespace tally::authoring

#include "services/authoring/write.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/base64.h"
#include "engine/base/check.h"
#include "engine/base/date.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/authoring/enum_name.h"

namespace tally::authoring {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using nlohmann::ordered_json;

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr std::string_view kTimestamp = "google.protobuf.Timestamp";
constexpr std::string_view kProfile = "tallystick.v1.DefineScheme.profile";

ordered_json WriteTime(const Message& in) {
  google::protobuf::Timestamp timestamp;
  timestamp.CopyFrom(in);
  const Instant instant(timestamp.seconds() * kMicrosPerSecond +
                        timestamp.nanos() / 1'000);
  if (instant == Instant(instant.date())) return instant.date().ToString();
  return instant.ToString();
}

ordered_json WriteText(const FieldDescriptor& field, const std::string& text) {
  // As protobuf's own JSON has it.
  if (field.type() == FieldDescriptor::TYPE_BYTES) return Base64(text);
  if (field.full_name() != kProfile) return text;
  ordered_json profile = ordered_json::parse(text, nullptr,
                                             /*allow_exceptions=*/false);
  // What is not JSON is shown as it is.
  if (profile.is_discarded()) return text;
  return profile;
}

ordered_json WriteNested(const Message& in) {
  if (in.GetDescriptor()->full_name() == kTimestamp) return WriteTime(in);
  return Write(in);
}

// One value: the field's, or the one at `index` where it is a list.
ordered_json WriteValue(const Message& in, const FieldDescriptor& field,
                        int index) {
  const Reflection& reflection = *in.GetReflection();
  const bool list = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return WriteNested(list ? reflection.GetRepeatedMessage(in, &field, index)
                              : reflection.GetMessage(in, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumName(*field.enum_type(),
                      list ? reflection.GetRepeatedEnumValue(in, &field, index)
                           : reflection.GetEnumValue(in, &field));
    case FieldDescriptor::CPPTYPE_STRING:
      return WriteText(field,
                       list ? reflection.GetRepeatedString(in, &field, index)
                            : reflection.GetString(in, &field));
    case FieldDescriptor::CPPTYPE_INT32:
      return list ? reflection.GetRepeatedInt32(in, &field, index)
                  : reflection.GetInt32(in, &field);
    case FieldDescriptor::CPPTYPE_INT64:
      return list ? reflection.GetRepeatedInt64(in, &field, index)
                  : reflection.GetInt64(in, &field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return list ? reflection.GetRepeatedBool(in, &field, index)
                  : reflection.GetBool(in, &field);
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      break;
  }
  TALLY_CHECK(false);  // the API has no such field
  return nullptr;
}

// By key: the order of a map on the wire means nothing.
ordered_json WriteMap(const Message& in, const FieldDescriptor& field) {
  const FieldDescriptor& key = *field.message_type()->map_key();
  const FieldDescriptor& value = *field.message_type()->map_value();
  std::vector<std::pair<std::string, ordered_json>> entries;
  const int size = in.GetReflection()->FieldSize(in, &field);
  for (int i = 0; i < size; ++i) {
    const Message& entry =
        in.GetReflection()->GetRepeatedMessage(in, &field, i);
    entries.emplace_back(entry.GetReflection()->GetString(entry, &key),
                         WriteValue(entry, value, -1));
  }
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  ordered_json out = ordered_json::object();
  for (auto& [name, written] : entries) out[name] = std::move(written);
  return out;
}

ordered_json WriteList(const Message& in, const FieldDescriptor& field) {
  ordered_json out = ordered_json::array();
  const int size = in.GetReflection()->FieldSize(in, &field);
  for (int i = 0; i < size; ++i) out.push_back(WriteValue(in, field, i));
  return out;
}

}  // namespace

ordered_json Write(const Message& in) {
  std::vector<const FieldDescriptor*> fields;
  in.GetReflection()->ListFields(in, &fields);
  ordered_json out = ordered_json::object();
  for (const FieldDescriptor* field : fields) {
    if (field->is_map()) {
      out[field->name()] = WriteMap(in, *field);
    } else if (field->is_repeated()) {
      out[field->name()] = WriteList(in, *field);
    } else {
      out[field->name()] = WriteValue(in, *field, -1);
    }
  }
  return out;
}

}  // namespace tally::authoring

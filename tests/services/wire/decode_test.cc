// Decoding and encoding every kind of event and every field.

#include "services/wire/decode.h"

#include <set>
#include <span>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/authoring/read.h"
#include "services/wire/encode.h"
#include "tests/services/every_kind.h"

namespace tally::wire {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;
using nlohmann::json;
using tallystick::v1::Event;

std::vector<Event> Samples() {
  std::vector<Event> samples;
  for (const json& in : EveryKind()) {
    const auto problems = authoring::Read(in, &samples.emplace_back());
    EXPECT_TRUE(problems.empty()) << problems[0].ToString();
  }
  return samples;
}

// Writes an engine value as authoring JSON by the names of its own fields, so
// that a field read into its neighbour is seen.
class ToJson {
 public:
  static json Of(std::string_view text) { return text; }
  static json Of(bool value) { return value; }
  static json Of(int32_t value) { return value; }
  static json Of(int64_t value) { return value; }
  static json Of(Model model) { return ModelName(model); }
  static json Of(const Decimal& decimal) { return decimal.ToString(); }
  static json Of(Date date) { return date.ToString(); }
  static json Of(const Uuid& uuid) { return uuid.ToString(); }
  template <typename T>
  static json Of(const std::optional<T>& value) {
    return value.has_value() ? Of(*value) : json();
  }
  static json Of(std::span<const Cap> caps) {
    json out = json::object();
    for (const Cap& cap : caps) {
      out[std::string(cap.product)] = Of(cap.quantity);
    }
    return out;
  }
  template <typename T>
  static json Of(std::span<const T> list) {
    json out = json::array();
    for (const T& value : list) out.push_back(Of(value));
    return out;
  }
  template <typename T>
  static json Of(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      return Name(value);
    } else {
      ToJson visitor;
      T::Visit(value, visitor);
      return visitor.out_;
    }
  }

  template <typename T>
  void operator()(int, const char* name, const T& value) {
    json written = Of(value);
    if (std::string_view(name) == "profile") {
      written = json::parse(written.get<std::string>());
    }
    out_[name] = std::move(written);
  }

 private:
  json out_ = json::object();
};

// Whether `actual` holds what `expected` does, and besides nothing but what
// is empty: authoring JSON leaves out what the engine has as a default.
void ExpectHolds(const json& actual, const json& expected,
                 const std::string& path) {
  if (!expected.is_object()) {
    if (expected.is_array() && actual.is_array() &&
        actual.size() == expected.size()) {
      for (size_t i = 0; i < expected.size(); ++i) {
        ExpectHolds(actual[i], expected[i], path + "[]");
      }
      return;
    }
    EXPECT_EQ(actual, expected) << path;
    return;
  }
  for (const auto& [key, value] : expected.items()) {
    ASSERT_TRUE(actual.contains(key)) << path << "." << key;
    ExpectHolds(actual[key], value, path + "." + key);
  }
  static const std::set<json> kDefaults = {
      json(), "", false, 0, json::array(), json::object(), "CONVENTIONAL"};
  for (const auto& [key, value] : actual.items()) {
    if (expected.contains(key)) continue;
    if (value.is_object()) {
      ExpectHolds(value, json::object(), path + "." + key);
    } else {
      EXPECT_TRUE(kDefaults.contains(value)) << path << "." << key << value;
    }
  }
}

struct BodyToJson {
  json operator()(std::monostate) const { return {}; }
  template <typename T>
  json operator()(const T* body) const {
    return ToJson::Of(*body);
  }
};

TEST(DecodeTest, ReadsEachFieldIntoTheOneOfItsName) {
  for (const json& in : EveryKind()) {
    Event event;
    authoring::Read(in, &event);
    Arena arena;
    const tally::Event decoded = Decode(event, &arena);
    ASSERT_TRUE(decoded.malformed.empty())
        << decoded.malformed[0].field << ": " << decoded.malformed[0].limit;
    EXPECT_EQ(decoded.id.ToString(), in["id"]);
    EXPECT_EQ(decoded.occurred_at,
              ParseInstant(std::string(in["occurred_at"])));
    EXPECT_EQ(decoded.document, in.value("document", ""));
    EXPECT_EQ(decoded.actor, in.value("actor", ""));
    const std::string kind(KindName(decoded.kind()));
    ASSERT_TRUE(in.contains(kind)) << kind;
    ExpectHolds(std::visit(BodyToJson(), decoded.body), in[kind], kind);
  }
}

TEST(DecodeTest, EncodeGivesTheEventBack) {
  for (const Event& sample : Samples()) {
    Arena arena;
    Event encoded;
    Encode(Decode(sample, &arena), &encoded);
    EXPECT_TRUE(MessageDifferencer::Equals(encoded, sample))
        << sample.DebugString() << "became\n"
        << encoded.DebugString();
  }
}

TEST(DecodeTest, NeedsTheWireNoLonger) {
  Arena arena;
  tally::Event decoded;
  {
    Event sample = Samples()[0];
    decoded = Decode(sample, &arena);
    sample.mutable_originate()->mutable_site()->assign(
        sample.originate().site().size(), '!');
  }
  EXPECT_EQ(std::get<const Originate*>(decoded.body)->site, "mill");
}

TEST(DecodeTest, ReadsAnIdOfEitherCase) {
  Event sample = Samples()[0];
  sample.set_id("ABCDEF00-0000-8000-8000-00000000000A");
  Arena arena;
  EXPECT_EQ(Decode(sample, &arena).id.ToString(),
            "abcdef00-0000-8000-8000-00000000000a");
}

TEST(DecodeTest, OrdersCapsByProduct) {
  Event event;
  auto& caps = *event.mutable_add_group_member()->mutable_caps();
  for (const char* product : {"b", "a", "c"}) caps[product] = "1";
  Arena arena;
  const tally::Event decoded = Decode(event, &arena);
  const auto read = std::get<const AddGroupMember*>(decoded.body)->caps;
  ASSERT_EQ(read.size(), 3);
  EXPECT_EQ(read[0].product, "a");
  EXPECT_EQ(read[1].product, "b");
  EXPECT_EQ(read[2].product, "c");
}

// The fields that `message` sets, and the fields of its types.
void Collect(const Message& message, std::set<std::string>* set) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    set->insert(field->full_name());
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      Collect(message.GetReflection()->GetMessage(message, field), set);
      continue;
    }
    const int size = message.GetReflection()->FieldSize(message, field);
    for (int i = 0; i < size; ++i) {
      Collect(message.GetReflection()->GetRepeatedMessage(message, field, i),
              set);
    }
  }
}

void CollectAll(const Descriptor* type, std::set<std::string>* all) {
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (!all->insert(field->full_name()).second) continue;
    if (field->message_type() != nullptr) {
      CollectAll(field->message_type(), all);
    }
  }
}

TEST(DecodeTest, TheSamplesHoldEveryField) {
  std::set<std::string> sampled;
  for (const Event& sample : Samples()) Collect(sample, &sampled);
  std::set<std::string> all;
  CollectAll(Event::descriptor(), &all);
  // The ledger writes this kind itself.
  all.erase("tallystick.v1.Event.lapse");
  all.erase("tallystick.v1.Lapse.shipment");
  for (const std::string& field : all) {
    EXPECT_TRUE(sampled.contains(field)) << field;
  }
}

TEST(EncodeTest, WritesWhatTheLedgerAddsItself) {
  Arena arena;
  const tally::Event lapse = {.id = UuidOfName("lapse"),
                              .occurred_at = Instant(Date(1)),
                              .document = {},
                              .actor = {},
                              .body = arena.New(Lapse{.shipment = "S1"}),
                              .malformed = {}};
  Event out;
  Encode(lapse, &out);
  EXPECT_EQ(out.lapse().shipment(), "S1");
  EXPECT_EQ(out.occurred_at().seconds(), 86'400);
}

TEST(EncodeTest, TimesBeforeTheEpochRoundDown) {
  google::protobuf::Timestamp out;
  Encode(Instant(-1), &out);
  EXPECT_EQ(out.seconds(), -1);
  EXPECT_EQ(out.nanos(), 999'999'000);
}

}  // namespace
}  // namespace tally::wire

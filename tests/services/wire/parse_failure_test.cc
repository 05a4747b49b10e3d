#include "services/wire/parse_failure.h"

#include <string>

#include "gtest/gtest.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::wire {
namespace {

using tallystick::v1::PostEventsRequest;

// A request whose text is a mark that a test can overwrite.
std::string Request() {
  PostEventsRequest request;
  for (int i = 0; i < 3; ++i) {
    auto* event = request.add_events();
    event->set_id("id");
    event->mutable_occurred_at()->set_seconds(1);
    auto* ship = event->mutable_ship();
    ship->add_lines()->set_product("first");
    ship->add_lines()->set_product(i == 1 ? "marked" : "second");
  }
  return request.SerializeAsString();
}

Violation Explain(const std::string& bytes) {
  PostEventsRequest request;
  EXPECT_FALSE(request.ParseFromString(bytes));
  return ExplainParseFailure(bytes, *PostEventsRequest::descriptor());
}

TEST(ParseFailureTest, NamesTheTextThatIsNotUtf8) {
  std::string bytes = Request();
  bytes.replace(bytes.find("marked"), 6, "caf\xe9!!");
  const Violation violation = Explain(bytes);
  EXPECT_EQ(violation.field, "events[1].ship.lines[1].product");
  EXPECT_EQ(violation.value, "caf\\xe9!!");
  EXPECT_EQ(violation.limit, "UTF-8");
}

TEST(ParseFailureTest, NamesTheKeyOfAMap) {
  PostEventsRequest request;
  auto* member = request.add_events()->mutable_add_group_member();
  (*member->mutable_caps())["marked"] = "1";
  std::string bytes = request.SerializeAsString();
  bytes.replace(bytes.find("marked"), 6, "\xff\xff\xff\xff\xff\xff");
  EXPECT_EQ(Explain(bytes).field, "events[0].add_group_member.caps[0].key");
}

TEST(ParseFailureTest, NamesTheFieldThatIsCutOff) {
  const std::string bytes = Request();
  const std::string cut = bytes.substr(0, bytes.size() - 1);
  EXPECT_EQ(Explain(cut).field, "events[2]");
  EXPECT_EQ(Explain("\x0a").field, "events[0]");
  EXPECT_EQ(Explain("\x0a\xff\xff\xff\xff\x0f").field, "events[0]");
}

TEST(ParseFailureTest, SaysSoWhereThereIsNoField) {
  for (const char* bytes : {"\x07", "\xff\xff\xff\xff\xff", "\x0c"}) {
    const Violation violation = Explain(bytes);
    EXPECT_NE(violation.limit, "");
    EXPECT_EQ(violation.value, "");
  }
}

TEST(ParseFailureTest, NeverReadsPastTheBytes) {
  // Every prefix, in a buffer of its own, for AddressSanitizer to watch.
  const std::string bytes = Request();
  for (size_t length = 0; length < bytes.size(); ++length) {
    const std::string prefix(bytes, 0, length);
    ExplainParseFailure(prefix, *PostEventsRequest::descriptor());
  }
}

}  // namespace
}  // namespace tally::wire

#include "services/authoring/derived_id.h"

#include "engine/base/uuid.h"
#include "gtest/gtest.h"

namespace tally::authoring {
namespace {

TEST(DerivedIdTest, IsTheSameInEveryVersion) {
  // SHA-256("scenario W02, step 3") begins with these bytes, but for the
  // version and the variant.
  EXPECT_EQ(DerivedId("scenario W02, step 3"),
            "e26fbc07-b295-82c3-a2ff-91039318a163");
}

TEST(DerivedIdTest, IsAnIdThatTheLedgerTakes) {
  EXPECT_TRUE(ParseUuid(DerivedId("")).has_value());
}

TEST(DerivedIdTest, DiffersWithTheSeed) {
  EXPECT_NE(DerivedId("file 1, row 1"), DerivedId("file 1, row 2"));
}

TEST(DerivedIdTest, KeepsTheIdThatAnEventHas) {
  tallystick::v1::Event event;
  event.set_id("00000000-0000-8000-8000-000000000001");
  EnsureId("seed", &event);
  EXPECT_EQ(event.id(), "00000000-0000-8000-8000-000000000001");
  event.clear_id();
  EnsureId("seed", &event);
  EXPECT_EQ(event.id(), DerivedId("seed"));
}

}  // namespace
}  // namespace tally::authoring

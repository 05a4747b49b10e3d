#include "engine/base/status_macros.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "engine/base/strings.h"

namespace tally {
namespace {

absl::Status Fail() { return absl::NotFoundError("no such file"); }

absl::StatusOr<std::unique_ptr<int>> Number(bool there) {
  if (!there) return Fail();
  return std::make_unique<int>(7);
}

absl::Status Check(bool fine) {
  RETURN_IF_ERROR(fine ? absl::OkStatus() : Fail());
  return absl::AlreadyExistsError("reached the end");
}

absl::StatusOr<int> Twice(bool first, bool second) {
  ASSIGN_OR_RETURN(const std::unique_ptr<int> a, Number(first));
  ASSIGN_OR_RETURN(const std::unique_ptr<int> b, Number(second));
  return *a + *b;
}

TEST(StatusMacrosTest, HandAnErrorUpUnchanged) {
  EXPECT_EQ(Check(false), Fail());
  EXPECT_EQ(Check(true).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Twice(false, true).status(), Fail());
  EXPECT_EQ(Twice(true, false).status(), Fail());
  EXPECT_EQ(Twice(true, true).value(), 14);
}

TEST(StringsTest, ConvertBothWays) {
  EXPECT_EQ(ToStd(ToAbsl("text")), "text");
  EXPECT_EQ(MessageOf(Fail()), "no such file");
  EXPECT_TRUE(ToStd(absl::string_view()).empty());
}

}  // namespace
}  // namespace tally

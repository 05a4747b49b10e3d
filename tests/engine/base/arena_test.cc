#include "engine/base/arena.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {
namespace {

bool IsAligned(const void* place, size_t alignment) {
  return reinterpret_cast<uintptr_t>(place) % alignment == 0;
}

TEST(ArenaTest, CopiesText) {
  Arena arena;
  std::string text = "mill-1";
  const std::string_view copy = arena.Copy(text);
  text = "changed";
  EXPECT_EQ(copy, "mill-1");
  EXPECT_TRUE(arena.Copy("").empty());
}

TEST(ArenaTest, KeepsEveryPieceApart) {
  Arena arena;
  std::vector<std::string> texts;
  std::vector<std::string_view> copies;
  for (int i = 0; i < 10'000; ++i) {
    texts.push_back("text number " + std::to_string(i));
    copies.push_back(arena.Copy(texts.back()));
  }
  for (size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(copies[i], texts[i]);
}

TEST(ArenaTest, HandsOutArraysOfZeros) {
  Arena arena;
  arena.Copy("x");
  const std::span<int64_t> numbers = arena.NewArray<int64_t>(3);
  EXPECT_EQ(std::vector<int64_t>(numbers.begin(), numbers.end()),
            (std::vector<int64_t>{0, 0, 0}));
  EXPECT_TRUE(IsAligned(numbers.data(), alignof(int64_t)));
  EXPECT_TRUE(arena.NewArray<int64_t>(0).empty());
}

TEST(ArenaTest, AlignsWhateverCameBefore) {
  struct alignas(64) Line {
    char bytes[64];
  };
  Arena arena;
  for (int i = 0; i < 1'000; ++i) {
    arena.Copy(std::string(static_cast<size_t>(i % 7 + 1), 'x'));
    EXPECT_TRUE(IsAligned(arena.New(Line{}), 64));
  }
}

TEST(ArenaTest, TakesMoreThanABlock) {
  Arena arena;
  const std::string large(1 << 20, 'y');
  const std::string_view before = arena.Copy("before");
  const std::string_view copy = arena.Copy(large);
  const std::string_view after = arena.Copy("after");
  EXPECT_EQ(copy, large);
  EXPECT_EQ(before, "before");
  EXPECT_EQ(after, "after");
}

TEST(ArenaTest, KeepsItsMemoryWhenMoved) {
  Arena arena;
  const std::string_view first = arena.Copy("first");
  Arena moved = std::move(arena);
  EXPECT_EQ(first, "first");
  EXPECT_EQ(moved.Copy("second"), "second");
}

TEST(ArenaTest, StartsAnewWhenMovedFrom) {
  Arena arena;
  arena.Copy("first");
  std::string_view reused;
  {
    const Arena moved = std::move(arena);
    reused = arena.Copy("reused");
  }
  // Memory of its own: it outlives what was moved away.
  EXPECT_EQ(reused, "reused");
  Arena assigned;
  assigned.Copy("dropped");
  assigned = std::move(arena);
  EXPECT_EQ(reused, "reused");
  EXPECT_EQ(assigned.Copy("more"), "more");
}

}  // namespace
}  // namespace tally

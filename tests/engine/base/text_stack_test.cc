#include "engine/base/text_stack.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace tally {
namespace {

TEST(TextStackTest, TextsStayWhereTheyAre) {
  TextStack texts;
  std::vector<std::string_view> kept;
  for (int i = 0; i < 10'000; ++i) {
    kept.push_back(texts.Push("name-" + std::to_string(i)));
  }
  for (int i = 0; i < 10'000; ++i) {
    EXPECT_EQ(kept[static_cast<size_t>(i)], "name-" + std::to_string(i));
  }
}

TEST(TextStackTest, WhatIsTakenOffMakesRoom) {
  TextStack texts;
  const std::string_view first = texts.Push("first");
  const std::string_view second = texts.Push("second");
  texts.Pop(second);
  EXPECT_EQ(texts.Push("another").data(), second.data());
  EXPECT_EQ(first, "first");
}

TEST(TextStackTest, TakenOffOverManyBlocksAndFilledAgain) {
  TextStack texts;
  const std::string text(200, 'x');
  std::vector<std::string_view> kept;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 1'000; ++i) kept.push_back(texts.Push(text));
    while (!kept.empty()) {
      EXPECT_EQ(kept.back(), text);
      texts.Pop(kept.back());
      kept.pop_back();
    }
  }
}

TEST(TextStackTest, AnyLength) {
  TextStack texts;
  const std::string large(100'000, 'l');
  const std::string_view none = texts.Push("");
  const std::string_view all = texts.Push(large);
  const std::string_view after = texts.Push("after");
  EXPECT_EQ(none, "");
  EXPECT_EQ(all, large);
  EXPECT_EQ(after, "after");
  texts.Pop(after);
  texts.Pop(all);
  texts.Pop(none);
}

TEST(TextStackDeathTest, OnlyTheLastIsTakenOff) {
  TextStack texts;
  const std::string_view first = texts.Push("first");
  texts.Push("second");
  EXPECT_DEATH(texts.Pop(first), "");
}

}  // namespace
}  // namespace tally

#include "engine/state/voids.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace tally {
namespace {

// Lot i is made by event i.
Lot From(int position, const std::vector<int>& parents) {
  Lot lot{.position = position};
  for (const int parent : parents) {
    lot.parents.push_back({.lot = LotIndex(parent)});
  }
  return lot;
}

void AddLot(const std::vector<int>& parents, Lots* lots) {
  lots->Add("lot " + std::to_string(lots->size()), From(lots->size(), parents));
}

TEST(VoidsTest, WhatWasMadeOfItIsReachedAndNothingElse) {
  Lots lots;
  AddLot({}, &lots);
  AddLot({}, &lots);
  AddLot({0, 1}, &lots);
  AddLot({1}, &lots);
  AddLot({2, 3}, &lots);
  Voids voids;
  EXPECT_FALSE(voids.Reaches(lots, LotIndex(4)));
  voids.Add({.event = 0, .by = 10});
  EXPECT_TRUE(voids.Reaches(lots, LotIndex(0)));
  EXPECT_FALSE(voids.Reaches(lots, LotIndex(1)));
  EXPECT_TRUE(voids.Reaches(lots, LotIndex(2)));
  EXPECT_FALSE(voids.Reaches(lots, LotIndex(3)));
  EXPECT_TRUE(voids.Reaches(lots, LotIndex(4)));
  // What was found before is asked again for a later void.
  voids.Add({.event = 3, .by = 11});
  EXPECT_TRUE(voids.Reaches(lots, LotIndex(3)));
  EXPECT_FALSE(voids.Reaches(lots, LotIndex(1)));
  voids.RemoveLast();
  EXPECT_FALSE(voids.Reaches(lots, LotIndex(3)));
  voids.RemoveLast();
  EXPECT_FALSE(voids.Reaches(lots, LotIndex(4)));
}

TEST(VoidsTest, AVoidIsFoundByItsEventAndByItself) {
  Voids voids;
  voids.Add({.event = 7, .by = 10});
  voids.Add({.event = 3, .by = 12});
  EXPECT_EQ(voids.Find(3)->by, 12);
  EXPECT_EQ(voids.FindBy(10)->event, 7);
  EXPECT_EQ(voids.Find(10), nullptr);
  EXPECT_EQ(voids.FindBy(11), nullptr);
  EXPECT_TRUE(voids.Contains(7));
  voids.RemoveLast();
  EXPECT_FALSE(voids.Contains(3));
}

// A line of lots that is longer than a stack could follow.
TEST(VoidsTest, ALongLineageIsFollowedToItsEnd) {
  constexpr int kLots = 300'000;
  Lots lots;
  AddLot({}, &lots);
  for (int i = 1; i < kLots; ++i) AddLot({i - 1}, &lots);
  Voids voids;
  voids.Add({.event = 0, .by = kLots});
  EXPECT_TRUE(voids.Reaches(lots, LotIndex(kLots - 1)));
  EXPECT_TRUE(voids.Reaches(lots, LotIndex(1)));
}

// The notes that are kept never change an answer: on random graphs, voids and
// voids taken back, it is that of a plain search.
TEST(VoidsTest, NotesNeverChangeAnAnswer) {
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    Lots lots;
    Voids voids;
    std::vector<int> voided;
    std::vector<std::vector<int>> parents;
    int events = 1'000'000;  // the numbers of the voids
    for (int step = 0; step < 600; ++step) {
      const uint32_t what = random() % 10;
      if (what < 4 || lots.size() == 0) {
        std::vector<int> from;
        for (uint32_t i = random() % 3; i > 0 && lots.size() > 0; --i) {
          from.push_back(
              static_cast<int>(random() % static_cast<uint32_t>(lots.size())));
        }
        parents.push_back(from);
        AddLot(from, &lots);
      } else if (what == 4) {
        const int event =
            static_cast<int>(random() % static_cast<uint32_t>(lots.size()));
        if (voids.Contains(event)) continue;
        voids.Add({.event = event, .by = events++});
        voided.push_back(event);
      } else if (what == 5 && !voided.empty()) {
        voids.RemoveLast();
        voided.pop_back();
      } else {
        std::vector<bool> reached(parents.size());
        for (const int event : voided) {
          reached[static_cast<size_t>(event)] = true;
        }
        for (size_t i = 0; i < parents.size(); ++i) {
          for (const int parent : parents[i]) {
            if (reached[static_cast<size_t>(parent)]) reached[i] = true;
          }
        }
        const auto asked = random() % static_cast<uint32_t>(lots.size());
        ASSERT_EQ(voids.Reaches(lots, LotIndex(static_cast<int>(asked))),
                  reached[asked]);
      }
    }
  }
}

}  // namespace
}  // namespace tally

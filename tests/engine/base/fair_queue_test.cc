#include "engine/base/fair_queue.h"

#include <string>

#include "gtest/gtest.h"

namespace tally {
namespace {

std::string Drain(FairQueue<std::string>* queue) {
  std::string order;
  while (!queue->empty()) order += queue->Pop() + " ";
  return order;
}

TEST(FairQueueTest, LanesTakeTurns) {
  FairQueue<std::string> queue;
  for (const char* thing : {"a1", "a2", "a3", "a4"}) queue.Push("a", thing, 1);
  queue.Push("b", "b1", 1);
  queue.Push("c", "c1", 1);
  queue.Push("b", "b2", 1);
  EXPECT_EQ(Drain(&queue), "a1 b1 c1 a2 b2 a3 a4 ");
}

TEST(FairQueueTest, OneLaneIsInOrder) {
  FairQueue<std::string> queue;
  for (const char* thing : {"1", "2", "3"}) queue.Push("", thing, 1);
  EXPECT_EQ(queue.front(), "1");
  EXPECT_EQ(Drain(&queue), "1 2 3 ");
}

TEST(FairQueueTest, KnowsTheLoadOfALane) {
  FairQueue<std::string> queue;
  queue.Push("a", "a1", 5);
  queue.Push("a", "a2", 7);
  EXPECT_EQ(queue.LoadOf("a"), 12);
  EXPECT_EQ(queue.LoadOf("b"), 0);
  queue.Pop();
  EXPECT_EQ(queue.LoadOf("a"), 7);
  queue.Pop();
  EXPECT_EQ(queue.LoadOf("a"), 0);
  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace tally

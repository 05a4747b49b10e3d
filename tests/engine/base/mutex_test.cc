#include "engine/base/mutex.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <thread>
#include <vector>

namespace tally {
namespace {

struct Counter {
  Mutex mutex;
  std::condition_variable changed;
  int count TALLY_GUARDED_BY(mutex) = 0;

  SharedMutex shared_mutex;
  int shared_count TALLY_GUARDED_BY(shared_mutex) = 0;
};

constexpr int kThreads = 4;
constexpr int kSteps = 10'000;

TEST(MutexTest, LetsOneInAtATime) {
  Counter counter;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&counter] {
      for (int step = 0; step < kSteps; ++step) {
        MutexLock lock(&counter.mutex);
        ++counter.count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  MutexLock lock(&counter.mutex);
  EXPECT_EQ(counter.count, kThreads * kSteps);
}

TEST(MutexTest, WaitsForAChange) {
  Counter counter;
  std::thread other([&counter] {
    MutexLock lock(&counter.mutex);
    counter.count = 1;
    counter.changed.notify_one();
  });
  {
    MutexLock lock(&counter.mutex);
    while (counter.count == 0) lock.Wait(&counter.changed);
    EXPECT_EQ(counter.count, 1);
  }
  other.join();
}

TEST(SharedMutexTest, ReadersSeeWholeWrites) {
  Counter counter;
  std::thread writer([&counter] {
    for (int step = 0; step < kSteps; ++step) {
      WriterLock lock(&counter.shared_mutex);
      ++counter.shared_count;
      ++counter.shared_count;
    }
  });
  std::thread reader([&counter] {
    for (int step = 0; step < kSteps; ++step) {
      ReaderLock lock(&counter.shared_mutex);
      EXPECT_EQ(counter.shared_count % 2, 0);
    }
  });
  writer.join();
  reader.join();
  ReaderLock lock(&counter.shared_mutex);
  EXPECT_EQ(counter.shared_count, 2 * kSteps);
}

}  // namespace
}  // namespace tally

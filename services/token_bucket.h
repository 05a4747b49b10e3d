// How many calls or events each principal may bring: a token bucket for each,
// filled at a steady rate up to its depth. Thread-safe.

#ifndef TALLY_SERVICES_TOKEN_BUCKET_H_
#define TALLY_SERVICES_TOKEN_BUCKET_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "engine/base/mutex.h"

namespace tally::services {

class TokenBuckets {
 public:
  // `per_second` 0: no limit. `depth` calls may come at once.
  TokenBuckets(int64_t per_second, int64_t depth)
      : per_second_(per_second), depth_(depth) {}

  // 0: `count` are taken. Else how long until they are there, in milliseconds;
  // more than the depth are there when it is full. `now` is in microseconds.
  int64_t Take(const std::string& principal, int64_t now_micros,
               int64_t count = 1) TALLY_EXCLUDES(mutex_);

 private:
  struct Bucket {
    int64_t level = 0;  // millionths of a token
    int64_t filled_at = 0;
  };

  void DropFull(int64_t now_micros) TALLY_REQUIRES(mutex_);
  // What is in a bucket now.
  int64_t Filled(const Bucket& bucket, int64_t now_micros) const;
  int64_t full() const;

  const int64_t per_second_;
  const int64_t depth_;
  Mutex mutex_;
  absl::flat_hash_map<std::string, Bucket> buckets_ TALLY_GUARDED_BY(mutex_);
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_TOKEN_BUCKET_H_

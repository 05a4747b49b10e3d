#include "engine/storage/rocks_status.h"

#include <string>

#include "engine/base/strings.h"
#include "gtest/gtest.h"

namespace tally {
namespace {

using rocksdb::Status;

TEST(RocksStatusTest, OkStaysOk) {
  EXPECT_TRUE(FromRocks(Status::OK(), "anything").ok());
}

TEST(RocksStatusTest, EachKindOfTroubleHasItsCode) {
  const struct {
    Status status;
    absl::StatusCode code;
  } cases[] = {
      {Status::NotFound(), absl::StatusCode::kNotFound},
      {Status::Corruption("x"), absl::StatusCode::kDataLoss},
      {Status::NoSpace("x"), absl::StatusCode::kResourceExhausted},
      {Status::PathNotFound("x"), absl::StatusCode::kNotFound},
      {Status::IOError("While opening /d/1.sst: No such file or directory"),
       absl::StatusCode::kNotFound},
      {Status::IOError("While lock file: /d/LOCK: Resource temporarily "
                       "unavailable"),
       absl::StatusCode::kFailedPrecondition},
      {Status::IOError("lock hold by current process, acquire time 1 "
                       "acquiring thread 2: /d/LOCK: No locks available"),
       absl::StatusCode::kFailedPrecondition},
      {Status::IOError("While open a file for lock: /d/LOCK: Permission "
                       "denied"),
       absl::StatusCode::kPermissionDenied},
      {Status::IOError("While mkdir: /d: Read-only file system"),
       absl::StatusCode::kPermissionDenied},
      {Status::IOError("x"), absl::StatusCode::kUnavailable},
      {Status::InvalidArgument("x"), absl::StatusCode::kFailedPrecondition},
      {Status::Busy(), absl::StatusCode::kUnavailable},
      {Status::ShutdownInProgress(), absl::StatusCode::kUnavailable},
  };
  for (const auto& [status, code] : cases) {
    EXPECT_EQ(FromRocks(status, "try").code(), code) << status.ToString();
  }
}

TEST(RocksStatusTest, TheMessageNamesTheActAndTheTrouble) {
  EXPECT_EQ(FromRocks(Status::Corruption("block 7"), "read it").message(),
            "read it: the stored data is damaged: Corruption: block 7");
  EXPECT_EQ(FromRocks(Status::NoSpace("/d/1.log"), "append").message(),
            "append: the disk is full: IO error: No space left on device: "
            "/d/1.log");
}

}  // namespace
}  // namespace tally

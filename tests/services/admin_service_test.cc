// What whoever runs the server does to it while it runs: backups, an
// auditor's bundle, and texts beside the log, over a real connection.

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "engine/ledger/audit_check.h"
#include "engine/ledger/audit_file.h"
#include "engine/ledger/backup.h"
#include "engine/ledger/details.h"
#include "engine/ledger/restore.h"
#include "engine/log/merkle.h"
#include "fmt/format.h"
#include "tallystick/v1/admin_service.grpc.pb.h"
#include "tallystick/v1/proof_service.grpc.pb.h"
#include "tests/engine/storage/temporary_directory.h"
#include "tests/services/server_test_base.h"

namespace tally::services {
namespace {

namespace fs = std::filesystem;

class AdminServiceTest : public ServerTestBase {
 protected:
  // A ledger on disk, with a key, a folder for backups and a store of details.
  void StartOnDisk(ServerOptions options = {}) {
    auto details = Details::Open(root_ / "details", OpenMode::kCreateIfMissing);
    ASSERT_TRUE(details.ok()) << details.status();
    details_ = *std::move(details);
    options.details = details_.get();
    StartServer(std::move(options), {.directory = root_ / "data",
                                     .signing = {.key_file = root_ / "log.key",
                                                 .new_key = Ed25519Seed{5},
                                                 .origin = "example.org/log",
                                                 .witnesses = {}},
                                     .salt_seed = Sha256Digest{6}});
    admin_ = v1::AdminService::NewStub(channel_);
  }
  void StartInMemory() {
    StartServer();
    admin_ = v1::AdminService::NewStub(channel_);
  }
  ServerOptions WithBackups() const {
    return {.backup_folder = root_ / "backups"};
  }

  template <typename Request, typename Response>
  Response Ask(grpc::Status (v1::AdminService::Stub::*method)(
                   grpc::ClientContext*, const Request&, Response*),
               const Request& request) {
    grpc::ClientContext context;
    Response response;
    status_ = (admin_.get()->*method)(&context, request, &response);
    return response;
  }
  v1::CreateBackupResponse CreateBackup() {
    return Ask(&v1::AdminService::Stub::CreateBackup,
               v1::CreateBackupRequest());
  }
  v1::GetAuditHeadResponse GetHead(int64_t first, int64_t last) {
    v1::GetAuditHeadRequest request;
    request.set_first_position(first);
    request.set_last_position(last);
    return Ask(&v1::AdminService::Stub::GetAuditHead, request);
  }
  v1::ListRecordsResponse ListRecords(int64_t first, int64_t last) {
    v1::ListRecordsRequest request;
    request.set_first_position(first);
    request.set_last_position(last);
    return Ask(&v1::AdminService::Stub::ListRecords, request);
  }
  v1::GetDetailsResponse GetDetails(const std::string& reference) {
    v1::GetDetailsRequest request;
    request.set_reference(reference);
    return Ask(&v1::AdminService::Stub::GetDetails, request);
  }

  // Code and reason of the latest answer: "FAILED_PRECONDITION NO_DETAILS".
  void ExpectError(grpc::StatusCode code, const std::string& reason,
                   const std::string& said) {
    EXPECT_EQ(status_.error_code(), code) << status_.error_message();
    if (!reason.empty()) {
      EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status_).reason(), reason);
    }
    EXPECT_NE(status_.error_message().find(said), std::string::npos)
        << status_.error_message();
  }
  VerifyOptions Now() {
    return {.clock = &clock_, .known_at = {}, .on_progress = {}};
  }

  TemporaryDirectory root_;
  std::unique_ptr<Details> details_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
  grpc::Status status_;
};

TEST_F(AdminServiceTest, ABackupIsMadeWhilePostsGoOnAndCanBeRestored) {
  StartOnDisk(WithBackups());
  PostWorld();
  const auto first = CreateBackup();
  ASSERT_TRUE(status_.ok()) << status_.error_message();
  EXPECT_EQ(first.backup().id(), 1);
  EXPECT_EQ(first.backup().tree_size(), kWorldSize);
  EXPECT_EQ(first.tree_size(), kWorldSize);
  EXPECT_EQ(first.as_of_position(), kWorldSize - 1);
  EXPECT_EQ(first.backup().root_hash().size(), sizeof(Sha256Digest));
  EXPECT_NE(first.backup().checkpoint().find("example.org/log"),
            std::string::npos);
  EXPECT_GT(first.backup().size_bytes(), 0);

  const auto second = CreateBackup();
  ASSERT_TRUE(status_.ok()) << status_.error_message();
  EXPECT_EQ(second.backup().id(), 2);
  const auto list = ListBackups(root_ / "backups");
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->backups.size(), 2U);
  const auto verified = VerifyBackup(root_ / "backups", 1, Now());
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_TRUE(verified->findings.empty());
  EXPECT_EQ(verified->replayed, kWorldSize);
  const auto restored = RestoreBackup({.folder = root_ / "backups",
                                       .directory = root_ / "restored",
                                       .new_ledger = UuidOfName("copy")});
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(restored->head.size, kWorldSize);
}

TEST_F(AdminServiceTest, WhatKeepsFromABackupIsSaid) {
  StartOnDisk();
  CreateBackup();
  ExpectError(grpc::StatusCode::FAILED_PRECONDITION, "NO_BACKUP_FOLDER",
              "without backup-folder");
  server_.reset();
  ledgers_.reset();
  details_.reset();

  // A file where the folder is to be.
  std::ofstream(root_ / "backups") << "taken";
  StartOnDisk(WithBackups());
  CreateBackup();
  EXPECT_FALSE(status_.ok());
  ExpectError(status_.error_code(), "", "backups");
}

TEST_F(AdminServiceTest, OneBackupIsAddedAtATime) {
  StartOnDisk(WithBackups());
  CreateBackup();
  ASSERT_TRUE(status_.ok()) << status_.error_message();
  const std::string lock = root_ / "backups/log/LOCK";
  const int held = ::open(lock.c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_GE(held, 0);
  ASSERT_EQ(::flock(held, LOCK_EX | LOCK_NB), 0);
  CreateBackup();
  ExpectError(grpc::StatusCode::FAILED_PRECONDITION, "",
              "another backup is being added");
  ::close(held);
  CreateBackup();
  EXPECT_TRUE(status_.ok()) << status_.error_message();
}

TEST_F(AdminServiceTest, ALedgerInMemoryHasNothingToBackUpAndNoDetails) {
  StartServer(WithBackups());
  admin_ = v1::AdminService::NewStub(channel_);
  CreateBackup();
  ExpectError(grpc::StatusCode::FAILED_PRECONDITION, "", "in memory");
  GetDetails("details:" + std::string(64, '0'));
  ExpectError(grpc::StatusCode::FAILED_PRECONDITION, "NO_DETAILS", "in memory");
}

TEST_F(AdminServiceTest, HeadAndRecordsMakeABundleThatHolds) {
  StartOnDisk();
  PostWorld();
  const auto head = GetHead(0, kWorldSize - 1);
  ASSERT_TRUE(status_.ok()) << status_.error_message();
  EXPECT_EQ(head.last_position(), kWorldSize - 1);
  const std::string path = root_ / "file.bundle";
  {
    AuditFileWriter file(path, head.head());
    for (int64_t next = 0; next < kWorldSize;) {
      const auto page = ListRecords(next, kWorldSize - 1);
      ASSERT_TRUE(status_.ok()) << status_.error_message();
      ASSERT_GT(page.records_size(), 0);
      for (const std::string& record : page.records()) file.Add(record);
      next += page.records_size();
    }
    ASSERT_TRUE(file.Finish().ok());
  }
  const auto report = CheckAudit(path, "", Now());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->findings.empty());
}

TEST_F(AdminServiceTest, PositionsThatTheLogDoesNotHaveAreNamed) {
  StartOnDisk();
  PostWorld();
  GetHead(0, kWorldSize);
  ExpectError(grpc::StatusCode::OUT_OF_RANGE, "",
              fmt::format("the log has {} events", kWorldSize));
  GetHead(3, 2);
  ExpectError(grpc::StatusCode::OUT_OF_RANGE, "", "positions 3 to 2");
  GetHead(-1, 2);
  ExpectError(grpc::StatusCode::INVALID_ARGUMENT, "", "first_position");
  ListRecords(0, kWorldSize);
  ExpectError(grpc::StatusCode::OUT_OF_RANGE, "",
              fmt::format("the log has {} events", kWorldSize));
  ListRecords(2, 1);
  ExpectError(grpc::StatusCode::OUT_OF_RANGE, "", "positions 2 to 1");
  ListRecords(0, -1);
  ExpectError(grpc::StatusCode::INVALID_ARGUMENT, "", "last_position");

  v1::GetAuditHeadRequest request;
  for (int i = 0; i < 1'001; ++i) request.add_other_positions(0);
  Ask(&v1::AdminService::Stub::GetAuditHead, request);
  ExpectError(grpc::StatusCode::INVALID_ARGUMENT, "", "other_positions");
}

TEST_F(AdminServiceTest, ALedgerWithoutAKeySignsNoHead) {
  StartInMemory();
  PostWorld();
  GetHead(0, 1);
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::FAILED_PRECONDITION)
      << status_.error_message();
}

TEST_F(AdminServiceTest, ATextIsKeptReadAndErased) {
  StartOnDisk();
  v1::PutDetailsRequest put;
  put.set_text("Maria Nyambura");
  const std::string reference =
      Ask(&v1::AdminService::Stub::PutDetails, put).reference();
  ASSERT_TRUE(status_.ok()) << status_.error_message();
  EXPECT_NE(Ask(&v1::AdminService::Stub::PutDetails, put).reference(),
            reference);
  EXPECT_EQ(GetDetails(reference).text(), "Maria Nyambura");
  EXPECT_EQ(GetDetails(reference).salt().size(), 32U);

  v1::EraseDetailsRequest erase;
  erase.set_reference(reference);
  erase.set_reason("asked to");
  const auto erased = Ask(&v1::AdminService::Stub::EraseDetails, erase);
  ASSERT_TRUE(status_.ok()) << status_.error_message();
  const auto after = GetDetails(reference);
  EXPECT_TRUE(status_.ok());
  EXPECT_EQ(after.text(), "");
  EXPECT_EQ(after.salt(), "");
  EXPECT_EQ(after.erase_reason(), "asked to");
  EXPECT_EQ(after.erase_time().seconds(), erased.erase_time().seconds());
}

TEST_F(AdminServiceTest, WrongDetailsAreNamedWithTheirLimits) {
  StartOnDisk();
  v1::PutDetailsRequest put;
  Ask(&v1::AdminService::Stub::PutDetails, put);
  ExpectError(grpc::StatusCode::INVALID_ARGUMENT, "", "got 0 bytes");
  put.set_text(std::string(kDetailsBytesMax + 1, 'x'));
  Ask(&v1::AdminService::Stub::PutDetails, put);
  ExpectError(grpc::StatusCode::INVALID_ARGUMENT, "", "65536");
  GetDetails("contact.txt");
  ExpectError(grpc::StatusCode::INVALID_ARGUMENT, "", "contact.txt");
  const std::string unknown = "details:" + std::string(64, '0');
  GetDetails(unknown);
  ExpectError(grpc::StatusCode::NOT_FOUND, "", unknown);
  v1::EraseDetailsRequest erase;
  erase.set_reference(unknown);
  Ask(&v1::AdminService::Stub::EraseDetails, erase);
  ExpectError(grpc::StatusCode::INVALID_ARGUMENT, "", "reason");
  erase.set_reason("why");
  Ask(&v1::AdminService::Stub::EraseDetails, erase);
  ExpectError(grpc::StatusCode::NOT_FOUND, "", unknown);
}

}  // namespace
}  // namespace tally::services

// A server that asks who calls, on a free port, with a world of several
// parties and a client for each.
//
//   admin      registers and binds; no party's
//   mill       operator mill-co, sites mill and press; and partner likewise
//   clerk      of mill-co too, for site press alone
//   trade      operator trade-co, site depot
//   body       certification body cb, which certified mill under "seg"
//   brand      brand brand-co
//   regulator  regulator state
//   stranger   a certificate, but no binding

#ifndef TALLY_TESTS_SERVICES_SECURE_SERVER_H_
#define TALLY_TESTS_SERVICES_SECURE_SERVER_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "google/protobuf/message.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "services/ledger_source.h"
#include "services/server.h"
#include "services/system_clock.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::services {

namespace v1 = tallystick::v1;

class SecureServerTest : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  // Starts anew on the ledger in the same folder.
  void StartServer(SecurityOptions security);
  SecurityOptions Tls() const;
  void MakeWorld();

  // "NAME.crt" in the folder of keys.
  std::string KeyFile(const std::string& name) const;
  std::shared_ptr<grpc::Channel> Connect(const std::string& client) const;
  std::shared_ptr<grpc::Channel> ConnectWith(const std::string& authority,
                                             const std::string& certificate,
                                             const std::string& key) const;

  grpc::Status CallMessage(const std::shared_ptr<grpc::Channel>& channel,
                           std::string_view method,
                           const google::protobuf::Message& request,
                           google::protobuf::Message* response);

  // Posts an event in authoring JSON; its id follows from `name`. Answers
  // "ACCEPTED" or the refusal's code, and a refusal's message into `why`.
  std::string Post(const std::string& client, std::string_view name,
                   std::string_view json, std::string* why = nullptr);
  // Of the last Post() that was refused.
  std::string why_;

  // Of the next StartServer().
  RequestLimits limits_;
  int streams_of_one_max_ = 100;

  SystemClock clock_;
  std::filesystem::path folder_;
  std::unique_ptr<LedgerSource> ledgers_;
  std::unique_ptr<Server> server_;
};

// The name of a status: "PERMISSION_DENIED: message".
std::string Show(const grpc::Status& status);

}  // namespace tally::services

#endif  // TALLY_TESTS_SERVICES_SECURE_SERVER_H_

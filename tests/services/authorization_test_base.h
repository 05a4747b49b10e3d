// A client of each party asks and posts; answers are shown as text.

#ifndef TALLY_TESTS_SERVICES_AUTHORIZATION_TEST_BASE_H_
#define TALLY_TESTS_SERVICES_AUTHORIZATION_TEST_BASE_H_

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/util/json_util.h"
#include "tallystick/v1/admin_service.pb.h"
#include "tallystick/v1/balance_service.pb.h"
#include "tallystick/v1/credit_service.pb.h"
#include "tallystick/v1/ledger_service.pb.h"
#include "tallystick/v1/proof_service.pb.h"
#include "tallystick/v1/registry_service.pb.h"
#include "tallystick/v1/trace_service.pb.h"
#include "tests/services/secure_server.h"

namespace tally::services {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using testing::HasSubstr;
using testing::Not;

inline constexpr char kDenied[] =
    "PERMISSION_DENIED: principal \"spiffe://tallystick.test/{}\" may not read "
    "this, or there is no such thing";

inline std::string Denied(std::string_view client) {
  return fmt::format(kDenied, client);
}

// Of every NAME_service.proto that there is.
inline std::vector<const ServiceDescriptor*> Services() {
  const char* root = std::getenv("TALLY_SOURCE_DIR");
  const std::filesystem::path folder =
      std::filesystem::path(root == nullptr ? "." : root) / "proto";
  std::vector<const ServiceDescriptor*> services;
  for (const auto& entry :
       std::filesystem::directory_iterator(folder / "tallystick" / "v1")) {
    const std::string name =
        std::filesystem::relative(entry.path(), folder).string();
    if (!name.ends_with("_service.proto")) continue;
    const auto* file =
        google::protobuf::DescriptorPool::generated_pool()->FindFileByName(
            name);
    EXPECT_NE(file, nullptr) << name;
    if (file == nullptr) continue;
    for (int i = 0; i < file->service_count(); ++i) {
      services.push_back(file->service(i));
    }
  }
  return services;
}

class AuthorizationTest : public SecureServerTest {
 protected:
  void SetUp() override {
    SecureServerTest::SetUp();
    StartServer(Tls());
    MakeWorld();
  }

  // The answer as JSON; or the status.
  std::string Ask(const std::string& client, const std::string& method,
                  const std::string& json) {
    const MethodDescriptor* found = nullptr;
    for (const ServiceDescriptor* service : Services()) {
      for (int i = 0; i < service->method_count(); ++i) {
        if (service->method(i)->name() == method) found = service->method(i);
      }
    }
    EXPECT_NE(found, nullptr) << method;
    auto* factory = google::protobuf::MessageFactory::generated_factory();
    std::unique_ptr<Message> request(
        factory->GetPrototype(found->input_type())->New());
    std::unique_ptr<Message> response(
        factory->GetPrototype(found->output_type())->New());
    EXPECT_TRUE(
        google::protobuf::util::JsonStringToMessage(json, request.get()).ok())
        << json;
    const grpc::Status status = CallMessage(
        Connect(client), found->service()->name() + "/" + found->name(),
        *request, response.get());
    if (!status.ok()) return Show(status);
    std::string text;
    google::protobuf::util::MessageToJsonString(*response, &text).ok();
    return text;
  }
};

}  // namespace tally::services

#endif  // TALLY_TESTS_SERVICES_AUTHORIZATION_TEST_BASE_H_

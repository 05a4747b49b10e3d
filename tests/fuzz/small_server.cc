#include "tests/fuzz/small_server.h"

#include <map>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/uuid.h"
#include "google/protobuf/descriptor.pb.h"
#include "services/identity/sealed_text.h"
#include "services/messages.h"
#include "tallystick/v1/ledger_service.pb.h"
#include "tests/services/world.h"

namespace tally::fuzz {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::MessageFactory;

constexpr const char* kServices[] = {
    "AdminService",    "BalanceService", "CreditService", "LedgerService",
    "RegistryService", "TraceService",   "ProofService"};

constexpr std::string_view kEvents[] = {
    R"({"occurred_at": "2010-01-01", "define_scheme": {"profile":
        {"scheme": "alpha", "models": {"SEGREGATED": {}, "MASS_BALANCE": {},
         "BOOK_AND_CLAIM": {}}, "certificate": {"required": false}}}})",
    R"({"occurred_at": "2010-01-01", "register_party":
        {"party": "trade-co", "roles": ["OPERATOR"]}})",
    R"({"occurred_at": "2010-01-01", "register_party":
        {"party": "cb", "roles": ["CERTIFICATION_BODY"]}})",
    R"({"occurred_at": "2010-01-01", "grant_certificate": {"certificate": "C1",
        "scheme": "alpha", "holder": "mill-co", "body": "cb",
        "sites": ["mill"], "products": ["*"], "models": ["SEGREGATED"],
        "from": "2010-01-01", "to": "2030-01-01", "caps": {"cpo": "900"}}})",
    R"({"occurred_at": "2025-01-10", "receive": {"site": "mill",
        "product": "cpo", "quantity": "100", "lot": "LOT-1",
        "claim": {"scheme": "alpha", "model": "SEGREGATED"},
        "supplier": "x"}})",
    R"({"occurred_at": "2025-01-11", "ship": {"shipment": "S1",
        "from_site": "mill", "to_site": "depot", "lines": [{"product": "cpo",
        "quantity": "5", "lot": "LOT-1",
        "claim": {"scheme": "alpha", "model": "SEGREGATED"}}]}})",
    R"({"occurred_at": "2025-01-12", "issue_credits": {"site": "mill",
        "product": "cpo", "scheme": "alpha", "quantity": "9", "block": "B1",
        "lot": "LOT-1", "vintage": "2025-01"}})"};

services::ServerOptions Options() {
  services::ServerOptions options;
  options.security.page_key = std::string(identity::kSealKeyBytes, 'k');
  options.read_threads = 1;
  return options;
}

// By the name of a field, something that is there.
std::string Known(const std::string& field) {
  static const std::map<std::string, std::string> kKnown = {
      {"site", "mill"},      {"product", "cpo"},
      {"scheme", "alpha"},   {"party", "mill-co"},
      {"lot", "LOT-1"},      {"shipment", "S1"},
      {"block", "B1"},       {"certificate", "C1"},
      {"holder", "mill-co"}, {"event", UuidOfName(kEvents[4]).ToString()}};
  const auto found = kKnown.find(field);
  return found == kKnown.end() ? "" : found->second;
}

}  // namespace

SmallServer::SmallServer() {
  auto ledger =
      Ledger::Open({.clock = &clock_, .signing = {.new_key = Ed25519Seed{1}}});
  TALLY_CHECK(ledger.ok());
  ledgers_ = std::make_unique<services::OneLedger>(*std::move(ledger));
  auto server = services::Server::Start(ledgers_.get(), Options());
  TALLY_CHECK(server.ok());
  server_ = *std::move(server);
  stub_ = std::make_unique<grpc::GenericStub>(server_->InProcessChannel());
  tallystick::v1::PostEventsRequest world = services::MakeWorld();
  for (const std::string_view json : kEvents) {
    *world.add_events() = services::MakeEvent(json, json);
  }
  const MethodDescriptor* post = nullptr;
  for (const char* name : kServices) {
    const auto* const service =
        DescriptorPool::generated_pool()->FindServiceByName(
            std::string("tallystick.v1.") + name);
    TALLY_CHECK(service != nullptr);
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor* const method = service->method(i);
      if (method->client_streaming() || method->server_streaming()) continue;
      if (method->name() == "PostEvents") {
        post = method;
      } else {
        methods_.push_back(method);
      }
    }
  }
  std::string answer;
  TALLY_CHECK(Call(*post, world.SerializeAsString(), &answer).ok());
  tallystick::v1::PostEventsResponse posted;
  TALLY_CHECK(posted.ParseFromString(answer));
  for (const auto& outcome : posted.outcomes()) {
    TALLY_CHECK(outcome.has_accepted());
  }
}

grpc::Status SmallServer::Call(const MethodDescriptor& method,
                               std::string_view bytes, std::string* answer) {
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  services::WriteBytes(bytes, &request);
  const auto call = stub_->PrepareUnaryCall(
      &context, "/" + method.service()->full_name() + "/" + method.name(),
      request, &queue_);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  TALLY_CHECK(queue_.Next(&tag, &ok));
  answer->clear();
  if (status.ok()) {
    TALLY_CHECK(services::ReadBytes(response, {}, answer).ok());
  }
  return status;
}

std::unique_ptr<Message> SmallServer::Question(
    const MethodDescriptor& method) const {
  std::unique_ptr<Message> question(MessageFactory::generated_factory()
                                        ->GetPrototype(method.input_type())
                                        ->New());
  const auto* const type = method.input_type();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* const field = type->field(i);
    if (field->is_repeated() || field->real_containing_oneof() != nullptr ||
        field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
      continue;
    }
    const std::string value = Known(field->name());
    if (!value.empty()) {
      question->GetReflection()->SetString(question.get(), field, value);
    }
  }
  return question;
}

std::string SmallServer::PageKey() const {
  return identity::DeriveKey(Options().security.page_key, "");
}

SmallServer& TheServer() {
  static auto* const server = new SmallServer();
  return *server;
}

bool IsAnswer(const grpc::Status& status) {
  switch (status.error_code()) {
    case grpc::StatusCode::OK:
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::NOT_FOUND:
    case grpc::StatusCode::OUT_OF_RANGE:
    case grpc::StatusCode::FAILED_PRECONDITION:
    case grpc::StatusCode::UNIMPLEMENTED:
    case grpc::StatusCode::PERMISSION_DENIED:
      return true;
    default:
      return false;
  }
}

}  // namespace tally::fuzz

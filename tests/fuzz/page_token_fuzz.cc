// Page tokens from any bytes. As a client may send them, they are refused; and
// sealed as the server seals its own, so that each list is asked to go on from
// any place: it goes on there or refuses, and does neither without end.

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/check.h"
#include "google/protobuf/stubs/logging.h"
#include "services/page_token.h"
#include "tests/fuzz/portions.h"
#include "tests/fuzz/small_server.h"

namespace tally::fuzz {
namespace {

constexpr int kPagesMax = 20;

const google::protobuf::FieldDescriptor* TokenOf(const MethodDescriptor& list) {
  return list.input_type()->FindFieldByName("page_token");
}

std::vector<const MethodDescriptor*> Lists() {
  std::vector<const MethodDescriptor*> lists;
  for (const MethodDescriptor* const method : TheServer().methods()) {
    if (TokenOf(*method) != nullptr) lists.push_back(method);
  }
  return lists;
}

void SetToken(const MethodDescriptor& list, const std::string& token,
              Message* request) {
  request->GetReflection()->SetString(request, TokenOf(list), token);
}

void Forged(const MethodDescriptor& list, std::string_view token) {
  const auto request = TheServer().Question(list);
  services::SetPageKey(TheServer().PageKey(), request.get());
  SetToken(list, std::string(token), request.get());
  TALLY_CHECK(token.empty() || !services::OpenPageToken(*request).ok());
}

// Asks for a page that begins at `place`, and for those after it.
void GoOn(const MethodDescriptor& list, const std::string& place) {
  const auto request = TheServer().Question(list);
  services::SetPageKey(TheServer().PageKey(), request.get());
  std::string token = services::SealPageToken(*request, place);
  request->DiscardUnknownFields();
  for (int page = 0; page < kPagesMax && !token.empty(); ++page) {
    SetToken(list, token, request.get());
    std::string answer;
    const grpc::Status status =
        TheServer().Call(list, request->SerializeAsString(), &answer);
    if (!IsAnswer(status)) {
      std::cerr << list.full_name() << ": " << status.error_code() << " "
                << status.error_message() << "\n";
    }
    TALLY_CHECK(IsAnswer(status));
    if (!status.ok()) return;
    const std::unique_ptr<Message> response(
        google::protobuf::MessageFactory::generated_factory()
            ->GetPrototype(list.output_type())
            ->New());
    TALLY_CHECK(response->ParseFromString(answer));
    const std::string next = response->GetReflection()->GetString(
        *response,
        response->GetDescriptor()->FindFieldByName("next_page_token"));
    TALLY_CHECK(next != token);
    token = next;
  }
  TALLY_CHECK(token.empty());
}

}  // namespace
}  // namespace tally::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const auto* const silence = new google::protobuf::LogSilencer();
  (void)silence;
  static const auto* const lists = new auto(tally::fuzz::Lists());
  tally::fuzz::Portions input(bytes, size);
  const uint8_t choice = input.Byte();
  const auto& list = *(*lists)[(choice >> 1) % lists->size()];
  if (choice % 2 == 0) {
    tally::fuzz::Forged(list, input.Rest());
  } else {
    tally::fuzz::GoOn(list, std::string(input.Rest()));
  }
  return 0;
}

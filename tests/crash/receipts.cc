#include "tests/crash/receipts.h"

#include <algorithm>

#include "engine/base/sha256.h"
#include "engine/log/merkle.h"
#include "engine/log/merkle_proof.h"
#include "fmt/format.h"
#include "grpcpp/grpcpp.h"
#include "tallystick/v1/proof_service.grpc.pb.h"

namespace tally::crash {
namespace {

namespace v1 = tallystick::v1;

Sha256Digest DigestOf(const std::string& bytes) {
  Sha256Digest digest{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), digest.size()),
              digest.begin());
  return digest;
}

bool Proves(const v1::GetReceiptResponse& receipt) {
  Proof path;
  for (const std::string& hash : receipt.path()) {
    path.push_back(DigestOf(hash));
  }
  return VerifyInclusion(LeafHash(receipt.record()), receipt.position(), path,
                         {.size = receipt.checkpoint().tree_size(),
                          .root = DigestOf(receipt.checkpoint().root_hash())});
}

}  // namespace

std::string Receipts::Ask(const std::shared_ptr<grpc::Channel>& channel,
                          int64_t position) {
  const auto stub = v1::ProofService::NewStub(channel);
  grpc::ClientContext context;
  v1::GetReceiptRequest request;
  request.set_position(position);
  v1::GetReceiptResponse receipt;
  const grpc::Status status = stub->GetReceipt(&context, request, &receipt);
  if (!status.ok()) {
    return fmt::format("no receipt of {}: {}", position,
                       status.error_message());
  }
  ++checked_;
  if (receipt.position() != position || !Proves(receipt)) {
    return fmt::format("the receipt of {} proves nothing", position);
  }
  const auto [first, added] = first_.emplace(position, receipt.file());
  if (!added && first->second != receipt.file()) {
    return fmt::format("the receipt of {} has changed", position);
  }
  return "";
}

}  // namespace tally::crash

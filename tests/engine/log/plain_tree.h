// A tree kept as all of its nodes in memory: what proofs are made from in
// tests that are not about how nodes are stored.

#ifndef TALLY_TESTS_ENGINE_LOG_PLAIN_TREE_H_
#define TALLY_TESTS_ENGINE_LOG_PLAIN_TREE_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/log/merkle.h"
#include "engine/log/merkle_proof.h"

namespace tally {

class PlainTree final : public NodeReader {
 public:
  void Append(std::string_view record) {
    frontier_.Append(LeafHash(record),
                     [this](const TreeNode& node, const Sha256Digest& hash) {
                       const auto height = static_cast<size_t>(node.height);
                       if (nodes_.size() <= height) nodes_.resize(height + 1);
                       nodes_[height].push_back(hash);
                     });
  }

  TreeHead head() const { return {.size = size(), .root = frontier_.Root()}; }

  int64_t size() const override { return frontier_.size(); }
  absl::StatusOr<Sha256Digest> Read(TreeNode node) const override {
    const auto height = static_cast<size_t>(node.height);
    if (height >= nodes_.size() || node.index < 0 ||
        node.index >= std::ssize(nodes_[height])) {
      return absl::OutOfRangeError("no such node");
    }
    return nodes_[height][static_cast<size_t>(node.index)];
  }

 private:
  MerkleFrontier frontier_;
  std::vector<std::vector<Sha256Digest>> nodes_;  // by height
};

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_LOG_PLAIN_TREE_H_

// Texts that are kept one after the other in a few large blocks: a text costs
// its bytes and no allocation of its own. The last one can be taken off again.
//
//   TextStack texts;
//   std::string_view mill = texts.Push("mill-1");
//   texts.Pop(mill);
//
// A text stays where it is for as long as it is kept. Not thread-safe.

#ifndef TALLY_ENGINE_BASE_TEXT_STACK_H_
#define TALLY_ENGINE_BASE_TEXT_STACK_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/base/check.h"

namespace tally {

class TextStack {
 public:
  TextStack() = default;
  TextStack(const TextStack&) = delete;
  TextStack& operator=(const TextStack&) = delete;

  std::string_view Push(std::string_view text) {
    if (text.empty()) return {};
    if (blocks_.empty() || blocks_.back().free() < text.size()) {
      AddBlock(text.size());
    }
    Block& block = blocks_.back();
    char* place = block.bytes.get() + block.used;
    std::memcpy(place, text.data(), text.size());
    block.used += text.size();
    return {place, text.size()};
  }

  // `last` is what the last Push() gave of those not taken off since.
  void Pop(std::string_view last) {
    if (last.empty()) return;
    Block& block = blocks_.back();
    block.used -= last.size();
    TALLY_CHECK(last.data() == block.bytes.get() + block.used);
    if (block.used == 0) blocks_.pop_back();
  }

 private:
  static constexpr size_t kBlockBytes = 16 * 1024;

  struct Block {
    std::unique_ptr<char[]> bytes;
    size_t size = 0;
    size_t used = 0;

    size_t free() const { return size - used; }
  };

  void AddBlock(size_t bytes_min) {
    const size_t size = std::max(kBlockBytes, bytes_min);
    blocks_.push_back(
        {.bytes = std::make_unique_for_overwrite<char[]>(size), .size = size});
  }

  std::vector<Block> blocks_;  // none is empty
};

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_TEXT_STACK_H_

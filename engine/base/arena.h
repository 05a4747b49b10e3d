// Memory of one batch: handed out piece by piece, freed as a whole.
//
// The events of a request live in its arena, so that decoding allocates a few
// blocks instead of a string a field. Only trivially destructible things go
// in, because nothing in it is ever destroyed one by one. Not thread-safe.
//
//   Arena arena;
//   std::string_view site = arena.Copy(request.site());

#ifndef TALLY_ENGINE_BASE_ARENA_H_
#define TALLY_ENGINE_BASE_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tally {

class Arena {
 public:
  Arena() = default;
  // What was moved from is empty, and starts anew with memory of its own.
  Arena(Arena&& other) noexcept
      : blocks_(std::move(other.blocks_)),
        next_(std::exchange(other.next_, 0)),
        end_(std::exchange(other.end_, 0)) {}
  Arena& operator=(Arena&& other) noexcept {
    blocks_ = std::move(other.blocks_);
    next_ = std::exchange(other.next_, 0);
    end_ = std::exchange(other.end_, 0);
    return *this;
  }

  std::string_view Copy(std::string_view text) {
    if (text.empty()) return {};
    char* place = static_cast<char*>(Allocate(text.size(), 1));
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }

  // `count` value-initialised elements.
  template <typename T>
  std::span<T> NewArray(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count == 0) return {};
    T* place = static_cast<T*>(Allocate(count * sizeof(T), alignof(T)));
    std::uninitialized_value_construct_n(place, count);
    return {place, count};
  }

  template <typename T>
  T* New(T value) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (Allocate(sizeof(T), alignof(T))) T(std::move(value));
  }

 private:
  static constexpr size_t kBlockBytes = 16 * 1024;

  void* Allocate(size_t bytes, size_t alignment) {
    const uintptr_t mask = alignment - 1;
    uintptr_t at = (next_ + mask) & ~mask;
    if (at + bytes > end_) {
      const size_t size = std::max(kBlockBytes, bytes + alignment);
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
      next_ = reinterpret_cast<uintptr_t>(blocks_.back().get());
      end_ = next_ + size;
      at = (next_ + mask) & ~mask;
    }
    next_ = at + bytes;
    return reinterpret_cast<void*>(at);
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  uintptr_t next_ = 0;
  uintptr_t end_ = 0;
};

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_ARENA_H_

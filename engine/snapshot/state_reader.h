// Takes values from the bytes of a snapshot. Nothing in them is trusted: a
// length is bounded before it is used, an index lies within its table, a
// number within its type. After the first error every value is zero and
// ok() is false; status() names the table and what was wrong.

#ifndef TALLY_ENGINE_SNAPSHOT_STATE_READER_H_
#define TALLY_ENGINE_SNAPSHOT_STATE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/snapshot/state_counts.h"
#include "engine/storage/varint.h"

namespace tally {

class StateReader {
 public:
  static constexpr bool kReads = true;

  // Appends the next chunk to what is there; false: there was none left.
  using TakeChunk = absl::FunctionRef<absl::StatusOr<bool>(std::string*)>;

  explicit StateReader(TakeChunk take) : take_(take) {}

  // Reads each by its type: value_fields.h.
  template <typename... Parts>
  void operator()(Parts&&... parts) {
    (CodeValue(*this, parts), ...);
  }

  uint64_t Unsigned() {
    uint64_t number = 0;
    const char* const begin = bytes_.data() + at_;
    const char* const end = bytes_.data() + bytes_.size();
    if (end - begin < kVarintBytesMax) [[unlikely]]
      return UnsignedAtEdge();
    const char* const after = TakeVarint(begin, end, &number);
    if (after == nullptr) [[unlikely]]
      return NoNumber();
    at_ += static_cast<size_t>(after - begin);
    return number;
  }
  int64_t Signed() { return FromZigZag(Unsigned()); }
  // Valid until the next call; empty where there are not so many.
  std::string_view Bytes(size_t count);

  // What is read next, for errors.
  void Enter(std::string_view table) { table_ = table; }
  // Keeps the first error.
  void Fail(std::string_view what);

  bool ok() const { return status_.ok(); }
  const absl::Status& status() const { return status_; }
  // OK where nothing failed and nothing is left.
  absl::Status Finish();

  // Of the tables, as soon as they are read.
  StateCounts counts;

 private:
  uint64_t UnsignedAtEdge();
  uint64_t NoNumber();
  // Whether so many bytes are there, once what is left was asked for more.
  bool Fill(size_t count);

  TakeChunk take_;
  std::string bytes_;
  size_t at_ = 0;
  bool at_end_ = false;  // of the chunks
  std::string_view table_;
  absl::Status status_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_STATE_READER_H_

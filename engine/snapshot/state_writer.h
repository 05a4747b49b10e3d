// Puts values into the bytes of a snapshot, and hands these on in chunks of
// one size, whatever is in them: what is written never lies in memory as a
// whole. docs/log_format.md describes the bytes.
//
//   StateWriter writer(put_chunk);
//   writer(lot.product, lot.made, Maybe(lot.made_at));
//   RETURN_IF_ERROR(writer.Finish());

#ifndef TALLY_ENGINE_SNAPSHOT_STATE_WRITER_H_
#define TALLY_ENGINE_SNAPSHOT_STATE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "engine/storage/varint.h"

namespace tally {

inline constexpr size_t kSnapshotChunkBytes = 256 << 10;

class StateWriter {
 public:
  static constexpr bool kReads = false;

  // Takes the next chunk. An error ends the writing; it may say that enough
  // was written.
  using PutChunk = absl::FunctionRef<absl::Status(std::string_view)>;

  explicit StateWriter(PutChunk put) : put_(put) {}

  // Writes each by its type: value_fields.h.
  template <typename... Parts>
  void operator()(const Parts&... parts) {
    (CodeValue(*this, parts), ...);
  }

  void Unsigned(uint64_t number) {
    AppendVarint(number, &chunk_);
    HandOn();
  }
  void Signed(int64_t number) { Unsigned(ZigZag(number)); }
  void Bytes(std::string_view bytes) {
    chunk_.append(bytes);
    HandOn();
  }

  // What is written next, for errors.
  void Enter(std::string_view table) { table_ = table; }
  // A value that no reader would take.
  void Fail(std::string_view what);

  // False from the first error on; nothing is written after it.
  bool ok() const { return status_.ok(); }
  // Hands on what is left.
  absl::Status Finish();

 private:
  void HandOn() {
    if (chunk_.size() >= kSnapshotChunkBytes) [[unlikely]]
      HandOnFull();
  }
  void HandOnFull();

  PutChunk put_;
  std::string chunk_;
  std::string_view table_;
  absl::Status status_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_STATE_WRITER_H_

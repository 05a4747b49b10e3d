// Writes protobuf's wire format at the end of a string: varints and
// length-delimited fields, nothing else. What makes the bytes canonical (which
// fields, in which order) is its caller's doing: see record_codec.h.
//
//   WireWriter writer(&bytes);
//   writer.Varint(1, 150);
//   const WireWriter::Mark inner = writer.Open(2);
//   writer.Bytes(1, "text");
//   writer.Close(inner);
//   writer.Finish();

#ifndef TALLY_ENGINE_LOG_WIRE_WRITER_H_
#define TALLY_ENGINE_LOG_WIRE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "engine/storage/varint.h"

namespace tally {

enum class WireType : uint8_t { kVarint = 0, kLengthDelimited = 2 };

class WireWriter {
 public:
  // An open field: where its tag and its body begin.
  struct Mark {
    size_t tag = 0;
    size_t body = 0;
    int length_bytes = 1;
  };

  // `out` must outlive the writer, and is not to be touched before Finish().
  explicit WireWriter(std::string* out) : out_(out), used_(out->size()) {
    out_->resize(used_ + kStride);
  }
  ~WireWriter() { Finish(); }
  WireWriter(const WireWriter&) = delete;
  WireWriter& operator=(const WireWriter&) = delete;

  void Varint(int field, uint64_t value) {
    Reserve(2 * kVarintBytesMax);
    PutTag(field, WireType::kVarint);
    PutVarint(value);
  }

  void Bytes(int field, std::string_view bytes) {
    Reserve(2 * kVarintBytesMax + bytes.size());
    PutTag(field, WireType::kLengthDelimited);
    PutVarint(bytes.size());
    std::memcpy(out_->data() + used_, bytes.data(), bytes.size());
    used_ += bytes.size();
  }

  // A varint without a tag, in a packed field.
  void Packed(uint64_t value) {
    Reserve(kVarintBytesMax);
    PutVarint(value);
  }

  // Begins a length-delimited field whose length is not known yet. A body of
  // another length than `length_bytes` can hold is moved when it is closed.
  Mark Open(int field, int length_bytes = 1) {
    Reserve(2 * kVarintBytesMax);
    Mark mark{.tag = used_, .length_bytes = length_bytes};
    PutTag(field, WireType::kLengthDelimited);
    used_ += static_cast<size_t>(length_bytes);
    mark.body = used_;
    return mark;
  }

  void Close(const Mark& mark) {
    const size_t length = used_ - mark.body;
    const int needed = VarintBytes(length);
    if (needed != mark.length_bytes) {
      Reserve(kVarintBytesMax);
      char* body = out_->data() + mark.body;
      std::memmove(body + (needed - mark.length_bytes), body, length);
    }
    used_ = mark.body - static_cast<size_t>(mark.length_bytes);
    PutVarint(length);
    used_ += length;
  }

  // As Close(), but a field without a body is taken back.
  void CloseUnlessEmpty(const Mark& mark) {
    if (used_ == mark.body) {
      used_ = mark.tag;
    } else {
      Close(mark);
    }
  }

  // Gives the string its length. Nothing can be written after it.
  void Finish() {
    if (out_ == nullptr) return;
    out_->resize(used_);
    out_ = nullptr;
  }

  size_t size() const { return used_; }

 private:
  static constexpr size_t kStride = 512;

  void Reserve(size_t bytes) {
    if (out_->size() - used_ < bytes) [[unlikely]] {
      out_->resize(2 * out_->size() + bytes + kStride);
    }
  }

  void PutTag(int field, WireType type) {
    PutVarint(static_cast<uint64_t>(field) << 3 | static_cast<uint64_t>(type));
  }

  void PutVarint(uint64_t value) {
    const char* end = tally::PutVarint(value, out_->data() + used_);
    used_ = static_cast<size_t>(end - out_->data());
  }

  std::string* out_;
  size_t used_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_WIRE_WRITER_H_

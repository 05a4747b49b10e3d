// Reads protobuf's wire format as wire_writer.h writes it: shortest varints,
// two wire types, ascending fields. Everything else is an error with the
// offset at which it was found; no input makes it read past its end.

#ifndef TALLY_ENGINE_LOG_WIRE_READER_H_
#define TALLY_ENGINE_LOG_WIRE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/log/wire_writer.h"
#include "engine/storage/varint.h"

namespace tally {

// The fields of one message, in order. After an error there are no more
// fields, and error() says what is wrong at which byte.
class WireReader {
 public:
  explicit WireReader(std::string_view message)
      : at_(message.data()), end_(at_ + message.size()) {
    ReadTag();
  }

  // The number of the field that comes next; 0 at the end.
  int field() const { return field_; }
  bool AtEnd() const { return error_ == nullptr && field_ == 0; }

  // The value of the field that comes next, whose type must be as asked.
  uint64_t Varint() {
    uint64_t value = 0;
    if (!Expect(WireType::kVarint)) return 0;
    const char* after = TakeVarint(at_, end_, &value);
    if (after == nullptr) return Fail("is no canonical varint"), 0;
    at_ = after;
    ReadTag();
    return value;
  }
  std::string_view Bytes() {
    uint64_t length = 0;
    if (!Expect(WireType::kLengthDelimited)) return {};
    const char* after = TakeVarint(at_, end_, &length);
    if (after == nullptr) return Fail("has no canonical length"), "";
    if (length > static_cast<uint64_t>(end_ - after)) {
      return Fail("is longer than what holds it"), "";
    }
    const std::string_view bytes(after, static_cast<size_t>(length));
    at_ = after + length;
    ReadTag();
    return bytes;
  }

  // nullptr, or what is wrong, and where.
  const char* error() const { return error_; }
  const char* error_at() const { return at_; }

  void Fail(const char* error) {
    if (error_ == nullptr) error_ = error;
    field_ = 0;
  }

 private:
  bool Expect(WireType type) {
    if (error_ != nullptr) return false;
    if (type_ == type) return true;
    Fail("has the wrong wire type");
    return false;
  }

  void ReadTag() {
    field_ = 0;
    if (at_ == end_) return;
    uint64_t tag = 0;
    const char* after = TakeVarint(at_, end_, &tag);
    if (after == nullptr) return Fail("is followed by no canonical tag");
    const uint64_t type = tag & 7;
    const uint64_t field = tag >> 3;
    if (type != 0 && type != 2) return Fail("is followed by no wire type");
    if (field == 0 || field > kFieldMax) {
      return Fail("is followed by no field number");
    }
    at_ = after;
    field_ = static_cast<int>(field);
    type_ = static_cast<WireType>(type);
  }

  static constexpr uint64_t kFieldMax = 536'870'911;

  const char* at_;
  const char* end_;
  const char* error_ = nullptr;
  int field_ = 0;
  WireType type_ = WireType::kVarint;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_WIRE_READER_H_

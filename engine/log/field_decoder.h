// The visitor that reads what FieldEncoder wrote, into the model's structs.
//
// Each visit takes the next field if its number is the one visited, and
// leaves the value as it was if not. As structs visit their fields in
// ascending order, what is left at the end is out of order, repeated or
// unknown. A value that FieldEncoder leaves out is refused where it is
// written, so that no event has two encodings.

#ifndef TALLY_ENGINE_LOG_FIELD_DECODER_H_
#define TALLY_ENGINE_LOG_FIELD_DECODER_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/arena.h"
#include "engine/log/decode_error.h"
#include "engine/log/field_encoder.h"
#include "engine/log/wire_reader.h"
#include "engine/model/event.h"

namespace tally {

class FieldDecoder {
 public:
  // Views of what is decoded point into `message`; arrays are the arena's.
  FieldDecoder(std::string_view message, Arena* arena, DecodeError* error)
      : reader_(message), arena_(arena), error_(error) {}

  // After the last visit: whether all was read and right.
  bool Finish() {
    if (reader_.error() == nullptr && !reader_.AtEnd()) {
      reader_.Fail("is followed by an unknown, repeated or misplaced field");
    }
    return Check(last_name_);
  }

  bool ok() const { return error_->ok(); }
  int next_field() const { return reader_.field(); }
  // The bytes of the field that comes next, which stays next.
  std::string_view PeekBytes() const { return WireReader(reader_).Bytes(); }

  void operator()(int field, const char* name, std::string_view& text) {
    if (!Take(field, name)) return;
    text = reader_.Bytes();
    if (text.empty()) Refuse(name, kEmpty);
  }
  void operator()(int field, const char* name, bool& value) {
    if (!Take(field, name)) return;
    if (reader_.Varint() != 1) Refuse(name, "is a bool that is not 1");
    value = true;
  }
  void operator()(int field, const char* name, int32_t& value) {
    int64_t wide = value;
    (*this)(field, name, wide);
    if (wide < std::numeric_limits<int32_t>::min() ||
        wide > std::numeric_limits<int32_t>::max()) {
      return Refuse(name, "does not fit in 32 bits");
    }
    value = static_cast<int32_t>(wide);
  }
  void operator()(int field, const char* name, int64_t& value) {
    if (!Take(field, name)) return;
    value = static_cast<int64_t>(reader_.Varint());
    if (value == 0) Refuse(name, kEmpty);
  }
  void operator()(int field, const char* name, Date& date) {
    if (!Take(field, name)) return;
    date = TakeDate(name);
    if (date == Date()) Refuse(name, kEmpty);
  }
  void operator()(int field, const char* name, std::optional<Date>& date) {
    if (Take(field, name)) date = TakeDate(name);
  }
  void operator()(int field, const char* name, Uuid& uuid);
  void operator()(int field, const char* name, Decimal& decimal);
  void operator()(int field, const char* name, std::optional<Decimal>& decimal);
  void operator()(int field, const char* name,
                  std::span<const std::string_view>& texts);

  template <Enumeration E>
  void operator()(int field, const char* name, E& value) {
    if (!Take(field, name)) return;
    value = TakeEnumeration<E>(name, reader_.Varint());
    if (value == E{}) Refuse(name, kEmpty);
  }
  template <Enumeration E>
  void operator()(int field, const char* name, std::optional<E>& value) {
    if (!Take(field, name)) return;
    value = TakeEnumeration<E>(name, reader_.Varint());
  }
  template <Enumeration E>
  void operator()(int field, const char* name, std::span<const E>& values);

  template <Message M>
  void operator()(int field, const char* name, M& message) {
    if (!Take(field, name)) return;
    const std::string_view bytes = reader_.Bytes();
    if (bytes.empty()) return Refuse(name, kEmpty);
    Nested(bytes, &message, name);
  }
  template <Message M>
  void operator()(int field, const char* name, std::span<const M>& messages);

  // A message of its own kind, which may be empty.
  template <typename M>
  void Inside(int field, const char* name, M& message) {
    if (Take(field, name)) Nested(reader_.Bytes(), &message, name);
  }

  // A time, which is signed.
  void operator()(int field, const char* name, Instant& instant);

  // The packed varints of a field, one after the other; false at the end.
  bool TakePacked(int field, const char* name, std::string_view* packed);
  bool NextPacked(const char* name, std::string_view* packed, uint64_t* value);

  void Refuse(const char* name, const char* what);

 private:
  static constexpr const char* kEmpty = "is written although it is empty";
  static constexpr const char* kTooMany = "has too many elements";

  bool Take(int field, const char* name) {
    if (reader_.field() != field || !error_->ok()) return false;
    last_name_ = name;
    return true;
  }
  // Passes an error of the reader on; false where there is one.
  bool Check(const char* name);

  Date TakeDate(const char* name);
  // The elements of the repeated field that comes next, which stays next.
  size_t CountElements(const char* name);

  template <Enumeration E>
  E TakeEnumeration(const char* name, uint64_t number) {
    const auto value = static_cast<E>(number);
    if (static_cast<uint64_t>(value) != number || !IsListed(value)) {
      Refuse(name, "has an unknown number");
      return E{};
    }
    return value;
  }

  template <typename M>
  bool Nested(std::string_view bytes, M* message, const char* name) {
    if (!Check(name)) return false;
    FieldDecoder inner(bytes, arena_, error_);
    M::Visit(*message, inner);
    if (inner.Finish()) return true;
    error_->Within(name);
    return false;
  }

  WireReader reader_;
  Arena* arena_;
  DecodeError* error_;
  const char* last_name_ = "";
};

template <Enumeration E>
void FieldDecoder::operator()(int field, const char* name,
                              std::span<const E>& values) {
  std::string_view packed;
  if (!TakePacked(field, name, &packed)) return;
  // Every varint ends with a byte that has its high bit clear.
  const auto count = std::count_if(packed.begin(), packed.end(), [](char c) {
    return static_cast<uint8_t>(c) < 0x80;
  });
  if (count > kRepeatedMax) return Refuse(name, kTooMany);
  const std::span<E> array = arena_->NewArray<E>(static_cast<size_t>(count));
  size_t next = 0;
  uint64_t number = 0;
  while (NextPacked(name, &packed, &number)) {
    array[next++] = TakeEnumeration<E>(name, number);
  }
  values = array;
}

template <Message M>
void FieldDecoder::operator()(int field, const char* name,
                              std::span<const M>& messages) {
  if (!Take(field, name)) return;
  const std::span<M> array = arena_->NewArray<M>(CountElements(name));
  for (size_t i = 0; i < array.size(); ++i) {
    FieldDecoder element(reader_.Bytes(), arena_, error_);
    M::Visit(array[i], element);
    if (!element.Finish()) return error_->Within(name, i);
  }
  messages = array;
}

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_FIELD_DECODER_H_

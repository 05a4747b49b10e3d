// The visitor that writes the fields of the model's structs: each type of
// field in its one canonical form. What is empty or zero is left out, unless
// the model tells "not given" from "zero": then what is given is written.

#ifndef TALLY_ENGINE_LOG_FIELD_ENCODER_H_
#define TALLY_ENGINE_LOG_FIELD_ENCODER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/base/uuid.h"
#include "engine/log/record_codec.h"
#include "engine/log/wire_writer.h"
#include "engine/model/listed_terms.h"

namespace tally {

template <typename T>
concept Enumeration = std::is_enum_v<T>;

// Struct with a Visit() of its own.
template <typename T>
concept Message = std::is_class_v<T> && requires(T& message, int& visitor) {
  &T::template Visit<T, int>;
};

// Decimals as text can give them.
constexpr int kStoredScaleMax = 18;
constexpr bool IsStored(const Decimal& decimal) {
  return decimal.mantissa >= 0 && decimal.scale >= 0 &&
         decimal.scale <= kStoredScaleMax;
}

// The dates that there are, and the two beside them.
constexpr bool IsStored(Date date) {
  return Date::Min() <= date && date <= Date::Max();
}

class FieldEncoder {
 public:
  explicit FieldEncoder(WireWriter* writer) : writer_(writer) {}

  // The first field that cannot be stored; empty where all can.
  std::string_view bad_field() const { return bad_field_; }

  void operator()(int field, const char*, std::string_view text) {
    if (!text.empty()) writer_->Bytes(field, text);
  }
  void operator()(int field, const char*, bool value) {
    if (value) writer_->Varint(field, 1);
  }
  void operator()(int field, const char*, int32_t value) {
    (*this)(field, "", int64_t{value});
  }
  void operator()(int field, const char*, int64_t value) {
    if (value != 0) writer_->Varint(field, static_cast<uint64_t>(value));
  }
  void operator()(int field, const char* name, Date date) {
    if (date != Date()) Put(field, name, date);
  }
  void operator()(int field, const char* name,
                  const std::optional<Date>& date) {
    if (date.has_value()) Put(field, name, *date);
  }
  void operator()(int field, const char*, const Uuid& uuid) {
    if (!uuid.IsNil()) writer_->Bytes(field, uuid.AsBytes());
  }

  void operator()(int field, const char* name, const Decimal& decimal) {
    if (decimal != Decimal()) Put(field, name, decimal);
  }
  void operator()(int field, const char* name,
                  const std::optional<Decimal>& decimal) {
    if (decimal.has_value()) Put(field, name, *decimal);
  }

  template <Enumeration E>
  void operator()(int field, const char* name, E value) {
    if (value != E{}) Put(field, name, value);
  }
  template <Enumeration E>
  void operator()(int field, const char* name, std::optional<E> value) {
    if (value.has_value()) Put(field, name, *value);
  }
  template <Enumeration E>
  void operator()(int field, const char* name, std::span<const E> values) {
    if (values.empty() || !CheckCount(name, values.size())) return;
    const WireWriter::Mark packed = writer_->Open(field);
    for (const E value : values) {
      if (!IsListed(value)) Fail(name);
      writer_->Packed(static_cast<uint64_t>(value));
    }
    writer_->Close(packed);
  }

  void operator()(int field, const char* name,
                  std::span<const std::string_view> texts) {
    if (!CheckCount(name, texts.size())) return;
    for (const std::string_view text : texts) writer_->Bytes(field, text);
  }

  template <Message M>
  void operator()(int field, const char*, const M& message) {
    const WireWriter::Mark body = writer_->Open(field);
    M::Visit(message, *this);
    writer_->CloseUnlessEmpty(body);
  }
  template <Message M>
  void operator()(int field, const char* name, std::span<const M> messages) {
    if (!CheckCount(name, messages.size())) return;
    for (const M& message : messages) {
      const WireWriter::Mark body = writer_->Open(field);
      M::Visit(message, *this);
      writer_->Close(body);
    }
  }

 private:
  void Put(int field, const char* name, const Decimal& decimal) {
    if (!IsStored(decimal)) Fail(name);
    const WireWriter::Mark body = writer_->Open(field);
    (*this)(1, "mantissa", decimal.mantissa);
    (*this)(2, "scale", decimal.scale);
    writer_->Close(body);
  }

  void Put(int field, const char* name, Date date) {
    if (!IsStored(date)) Fail(name);
    writer_->Varint(field, ZigZag(date.days()));
  }

  template <Enumeration E>
  void Put(int field, const char* name, E value) {
    if (!IsListed(value)) Fail(name);
    writer_->Varint(field, static_cast<uint64_t>(value));
  }

  bool CheckCount(const char* name, size_t count) {
    if (count <= kRepeatedMax) return true;
    Fail(name);
    return false;
  }

  void Fail(const char* name) {
    if (bad_field_.empty()) bad_field_ = name;
  }

  WireWriter* writer_;
  std::string_view bad_field_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_FIELD_ENCODER_H_

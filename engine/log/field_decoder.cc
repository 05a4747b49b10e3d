#include "engine/log/field_decoder.h"

#include <cstring>

namespace tally {

void FieldDecoder::Refuse(const char* name, const char* what) {
  if (!Check(name)) return;
  reader_.Fail(what);
  Check(name);
}

bool FieldDecoder::Check(const char* name) {
  if (!error_->ok()) return false;
  if (reader_.error() == nullptr) return true;
  error_->what = reader_.error();
  error_->at = reader_.error_at();
  error_->Within(name);
  return false;
}

void FieldDecoder::operator()(int field, const char* name, Uuid& uuid) {
  if (!Take(field, name)) return;
  const std::string_view bytes = reader_.Bytes();
  if (bytes.size() != uuid.bytes.size()) {
    return Refuse(name, "is no UUID of 16 bytes");
  }
  std::memcpy(uuid.bytes.data(), bytes.data(), bytes.size());
  if (uuid.IsNil()) Refuse(name, kEmpty);
}

void FieldDecoder::operator()(int field, const char* name, Decimal& decimal) {
  std::optional<Decimal> given;
  (*this)(field, name, given);
  if (!given.has_value()) return;
  decimal = *given;
  if (decimal == Decimal()) Refuse(name, kEmpty);
}

void FieldDecoder::operator()(int field, const char* name,
                              std::optional<Decimal>& decimal) {
  if (!Take(field, name)) return;
  struct Parts {
    Decimal value;
    static void Visit(Parts& self, FieldDecoder& visit) {
      visit(1, "mantissa", self.value.mantissa);
      visit(2, "scale", self.value.scale);
    }
  };
  Parts parts;
  if (!Nested(reader_.Bytes(), &parts, name)) return;
  if (!IsStored(parts.value)) return Refuse(name, "is no decimal");
  decimal = parts.value;
}

void FieldDecoder::operator()(int field, const char* name,
                              std::span<const std::string_view>& texts) {
  if (!Take(field, name)) return;
  const std::span<std::string_view> array =
      arena_->NewArray<std::string_view>(CountElements(name));
  for (std::string_view& text : array) text = reader_.Bytes();
  if (Check(name)) texts = array;
}

void FieldDecoder::operator()(int field, const char* name, Instant& instant) {
  if (!Take(field, name)) return;
  const uint64_t number = reader_.Varint();
  if (number == 0) return Refuse(name, kEmpty);
  instant = Instant(FromZigZag(number));
}

Date FieldDecoder::TakeDate(const char* name) {
  const int64_t days = FromZigZag(reader_.Varint());
  const Date date(static_cast<int32_t>(days));
  if (date.days() == days && IsStored(date)) return date;
  Refuse(name, "is no date");
  return Date();
}

bool FieldDecoder::TakePacked(int field, const char* name,
                              std::string_view* packed) {
  if (!Take(field, name)) return false;
  *packed = reader_.Bytes();
  if (packed->empty()) Refuse(name, kEmpty);
  return error_->ok();
}

bool FieldDecoder::NextPacked(const char* name, std::string_view* packed,
                              uint64_t* value) {
  if (packed->empty() || !error_->ok()) return false;
  const char* end = packed->data() + packed->size();
  const char* after = TakeVarint(packed->data(), end, value);
  if (after == nullptr) {
    Refuse(name, "holds no canonical varint");
    return false;
  }
  *packed = std::string_view(after, static_cast<size_t>(end - after));
  return true;
}

size_t FieldDecoder::CountElements(const char* name) {
  WireReader scan = reader_;
  const int field = scan.field();
  size_t count = 0;
  while (scan.field() == field) {
    scan.Bytes();
    ++count;
  }
  if (count <= kRepeatedMax) return count;
  Refuse(name, kTooMany);
  return 0;
}

}  // namespace tally

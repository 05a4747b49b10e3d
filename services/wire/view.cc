#include "services/wire/view.h"

#include <bit>
#include <cstring>
#include <span>

#include "services/wire/text.h"

namespace tally::wire {
namespace {

// Groups in groups that are passed over.
constexpr int kGroupsMax = 100;
constexpr uint64_t kFieldNumberMax = (uint64_t{1} << 29) - 1;

enum WireKind : uint8_t {
  kVarint = 0,
  kFixed64 = 1,
  kBytes = 2,
  kGroupBegin = 3,
  kGroupEnd = 4,
  kFixed32 = 5,
};

struct Tag {
  uint64_t number = 0;
  WireKind kind = kVarint;
};

// Takes apart the bytes of one message. Every Take is false at the first byte
// that is not what it should be.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes)
      : at_(bytes.data()), end_(at_ + bytes.size()) {}

  bool AtEnd() const { return at_ == end_; }

  // Longer forms than needed are varints too; ten bytes at most.
  bool TakeVarint(uint64_t* value, int bytes = 10) {
    uint64_t result = 0;
    for (int shift = 0; shift < 7 * bytes; shift += 7) {
      if (at_ == end_) return false;
      const auto byte = static_cast<uint8_t>(*at_++);
      result |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) {
        *value = result;
        return true;
      }
    }
    return false;
  }

  bool TakeTag(Tag* tag) {
    uint64_t value = 0;
    if (!TakeVarint(&value, 5)) return false;
    // As protobuf does: what is beyond 32 bits is not looked at.
    value = static_cast<uint32_t>(value);
    *tag = {.number = value >> 3, .kind = static_cast<WireKind>(value & 7)};
    return tag->number > 0 && tag->number <= kFieldNumberMax;
  }

  bool TakeBytes(std::string_view* bytes) {
    uint64_t size = 0;
    return TakeVarint(&size) && TakeFixed(size, bytes);
  }

  // Passes over the value that follows the tag.
  bool Skip(Tag tag, int groups = 0) {
    uint64_t value = 0;
    std::string_view bytes;
    switch (tag.kind) {
      case kVarint:
        return TakeVarint(&value);
      case kFixed64:
        return TakeFixed(8, &bytes);
      case kBytes:
        return TakeBytes(&bytes);
      case kGroupBegin:
        return SkipGroup(tag.number, groups);
      case kFixed32:
        return TakeFixed(4, &bytes);
      case kGroupEnd:
        break;
    }
    return false;
  }

 private:
  bool TakeFixed(uint64_t size, std::string_view* bytes) {
    if (size > static_cast<uint64_t>(end_ - at_)) return false;
    *bytes = {at_, static_cast<size_t>(size)};
    at_ += size;
    return true;
  }

  bool SkipGroup(uint64_t number, int groups) {
    if (groups == kGroupsMax) return false;
    Tag tag;
    while (TakeTag(&tag)) {
      if (tag.kind == kGroupEnd) return tag.number == number;
      if (!Skip(tag, groups + 1)) return false;
    }
    return false;
  }

  const char* at_;
  const char* end_;
};

bool IsAscii(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  uint64_t seen = 0;
  while (text.size() >= sizeof(uint64_t)) {
    uint64_t word = 0;
    std::memcpy(&word, text.data(), sizeof word);
    seen |= word;
    text.remove_prefix(sizeof word);
  }
  for (const char c : text) seen |= static_cast<uint8_t>(c);
  return (seen & kHighBits) == 0;
}

uint64_t NumberOf(ViewKind kind, uint64_t value) {
  switch (kind) {
    case ViewKind::kNumber32:
      return static_cast<uint64_t>(int64_t{static_cast<int32_t>(value)});
    case ViewKind::kBool:
      return value != 0 ? 1 : 0;
    case ViewKind::kUnknown:
    case ViewKind::kNumber:
    case ViewKind::kText:
    case ViewKind::kMessage:
      break;
  }
  return value;
}

class SlotReader {
 public:
  explicit SlotReader(Arena* arena) : arena_(arena) {}

  Slot* NewSlots(const ViewType& type) {
    return arena_->NewArray<Slot>(type.slot_count).data();
  }

  bool Read(std::string_view message, const ViewType& type, Slot* slots) {
    Bytes bytes(message);
    while (!bytes.AtEnd()) {
      Tag tag;
      if (!bytes.TakeTag(&tag)) return false;
      if (!ReadField(tag, type, slots, &bytes)) return false;
    }
    return true;
  }

 private:
  // What has another form than its field is unknown, as it is to protobuf.
  bool ReadField(Tag tag, const ViewType& type, Slot* slots, Bytes* bytes) {
    static constexpr ViewField kUnknownField;
    const ViewField& field =
        tag.number < type.field_count ? type.fields[tag.number] : kUnknownField;
    const bool is_number = field.kind != ViewKind::kUnknown &&
                           field.kind != ViewKind::kText &&
                           field.kind != ViewKind::kMessage;
    if (field.kind == ViewKind::kUnknown || field.slot < 0) {
      return bytes->Skip(tag);
    }
    Slot* const slot = &slots[field.slot];
    if (is_number && tag.kind == kVarint) {
      uint64_t value = 0;
      if (!bytes->TakeVarint(&value)) return false;
      PutNumber(field, NumberOf(field.kind, value), slot);
      return true;
    }
    if (tag.kind != kBytes || (is_number && !field.list)) {
      return bytes->Skip(tag);
    }
    std::string_view part;
    if (!bytes->TakeBytes(&part)) return false;
    if (is_number) return ReadPacked(field, part, slot);
    if (field.kind == ViewKind::kText) return PutText(field, part, slot);
    if (field.choice >= 0) Choose(tag.number, &slots[field.choice], slot);
    return ReadMessage(field, part, slot);
  }

  // Of a oneof the last counts; of one message given twice, both.
  static void Choose(uint64_t number, Slot* choice, Slot* slot) {
    if (choice->value == number) return;
    *choice = {.at = &kNoSlots, .value = number};
    *slot = Slot();
  }

  bool ReadMessage(const ViewField& field, std::string_view part, Slot* slot) {
    Slot* inner = nullptr;
    if (field.list) {
      inner = NewSlots(*field.message);
      *NextElement<const Slot*>(slot) = inner;
    } else if (slot->at != nullptr) {
      inner = static_cast<Slot*>(const_cast<void*>(slot->at));
    } else {
      inner = NewSlots(*field.message);
      *slot = {.at = inner, .value = 1};
    }
    return Read(part, *field.message, inner);
  }

  bool PutText(const ViewField& field, std::string_view text, Slot* slot) {
    if (!IsAscii(text) && !IsUtf8(text)) return false;
    if (field.list) {
      *NextElement<std::string_view>(slot) = text;
    } else {
      *slot = {.at = text.data(), .value = text.size()};
    }
    return true;
  }

  void PutNumber(const ViewField& field, uint64_t number, Slot* slot) {
    if (field.list) {
      *NextElement<int32_t>(slot) = static_cast<int32_t>(number);
    } else {
      *slot = {.at = &kNoSlots, .value = number};
    }
  }

  bool ReadPacked(const ViewField& field, std::string_view part, Slot* slot) {
    Bytes bytes(part);
    while (!bytes.AtEnd()) {
      uint64_t value = 0;
      if (!bytes.TakeVarint(&value)) return false;
      PutNumber(field, NumberOf(field.kind, value), slot);
    }
    return true;
  }

  // A list's room is its size rounded up to a power of two.
  template <typename T>
  T* NextElement(Slot* list) {
    constexpr uint64_t kLeast = 4;
    const uint64_t size = list->value;
    T* elements = static_cast<T*>(const_cast<void*>(list->at));
    if (size == 0 || (size >= kLeast && std::has_single_bit(size))) {
      const std::span<T> larger =
          arena_->NewArray<T>(size == 0 ? kLeast : 2 * size);
      if (size > 0) std::memcpy(larger.data(), elements, size * sizeof(T));
      elements = larger.data();
    }
    *list = {.at = elements, .value = size + 1};
    return &elements[size];
  }

  Arena* const arena_;
};

}  // namespace

const Slot* ReadSlots(std::string_view bytes, const ViewType& type,
                      Arena* arena) {
  SlotReader reader(arena);
  Slot* const slots = reader.NewSlots(type);
  return reader.Read(bytes, type, slots) ? slots : nullptr;
}

}  // namespace tally::wire

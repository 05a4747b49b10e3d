// A message as it came over the wire: read in one pass, its text still where
// it arrived. Views of the API's messages, with the accessors that protobuf
// gives them, are generated into services/wire/views.h by make_views.
//
// protobuf makes an object a message and a string a field, which costs more
// than deciding the event that they say. A view is an array of slots in an
// arena, and reading it differs in nothing else: fields may come in any order,
// the last of a repeated scalar counts, parts of a message are merged, what is
// unknown is passed over, and text is UTF-8 or the message is refused.
//
//   Arena arena;
//   const auto request = ReadView<view::PostEventsRequest>(bytes, &arena);
//   for (const view::Event event : request->events()) …
//
// Views are small and passed by value; bytes and arena must outlive them.

#ifndef TALLY_SERVICES_WIRE_VIEW_H_
#define TALLY_SERVICES_WIRE_VIEW_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "engine/base/arena.h"

namespace tally::wire {

// One field, or the field that is set of a oneof.
struct Slot {
  // Text, the slots of a message, or the elements of a list; of a number
  // anything but nullptr. nullptr: it is not there.
  const void* at = nullptr;
  uint64_t value = 0;  // the number, or how many bytes or elements
};

inline constexpr size_t kViewSlotsMax = 32;
inline constexpr std::array<Slot, kViewSlotsMax> kNoSlots{};

enum class ViewKind : uint8_t {
  kUnknown,
  kNumber,    // int64
  kNumber32,  // int32 and enumerations
  kBool,
  kText,
  kMessage,
};

struct ViewType;

struct ViewField {
  ViewKind kind = ViewKind::kUnknown;
  bool list = false;
  int8_t slot = -1;
  // Of a field of a oneof: where the number of the one that is set is.
  int8_t choice = -1;
  const ViewType* message = nullptr;
};

struct ViewType {
  const ViewField* fields;  // by number, from 0 on
  uint32_t field_count;
  uint32_t slot_count;
};

// The elements of a list: views, text, or the numbers of an enumeration.
template <typename T>
class ViewList {
 public:
  explicit ViewList(const Slot& slot)
      : at_(slot.at), size_(static_cast<int>(slot.value)) {}

  int size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T operator[](int i) const;

  class Iterator {
   public:
    Iterator(const ViewList* list, int i) : list_(list), i_(i) {}
    T operator*() const { return (*list_)[i_]; }
    Iterator& operator++() {
      ++i_;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) {
      return a.i_ == b.i_;
    }

   private:
    const ViewList* list_;
    int i_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size_}; }

 private:
  const void* at_;
  int size_;
};

// What all views are; without slots it is a message that is empty.
class View {
 public:
  explicit View(const Slot* slots = nullptr)
      : slots_(slots != nullptr ? slots : kNoSlots.data()) {}

 protected:
  const Slot& slot(size_t i) const { return slots_[i]; }
  bool Has(size_t i) const { return slots_[i].at != nullptr; }
  int64_t Number(size_t i) const {
    return static_cast<int64_t>(slots_[i].value);
  }
  std::string_view Text(size_t i) const {
    return {static_cast<const char*>(slots_[i].at), slots_[i].value};
  }
  const Slot* Inner(size_t i) const {
    return static_cast<const Slot*>(slots_[i].at);
  }

 private:
  const Slot* slots_;
};

template <typename T>
T ViewList<T>::operator[](int i) const {
  if constexpr (std::is_base_of_v<View, T>) {
    return T(static_cast<const Slot* const*>(at_)[i]);
  } else {
    return static_cast<const T*>(at_)[i];
  }
}

// The slots of a message of the type; nullptr where the bytes are not one.
const Slot* ReadSlots(std::string_view bytes, const ViewType& type,
                      Arena* arena);

// nullopt where the bytes are no such message: see parse_failure.h for why.
template <typename V>
std::optional<V> ReadView(std::string_view bytes, Arena* arena) {
  const Slot* const slots = ReadSlots(bytes, V::kType, arena);
  if (slots == nullptr) return std::nullopt;
  return V(slots);
}

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_VIEW_H_

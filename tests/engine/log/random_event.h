// Events with random content, of any kind: every field of every struct of the
// model, filled through its Visit().

#ifndef TALLY_TESTS_ENGINE_LOG_RANDOM_EVENT_H_
#define TALLY_TESTS_ENGINE_LOG_RANDOM_EVENT_H_

#include <cstdint>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "engine/base/arena.h"
#include "engine/log/field_encoder.h"
#include "engine/model/event.h"
#include "engine/model/outcome.h"

namespace tally {

class RandomFiller {
 public:
  RandomFiller(uint64_t seed, Arena* arena) : random_(seed), arena_(arena) {}

  uint64_t Below(uint64_t bound) { return random_() % bound; }
  bool Chance(uint64_t one_in) { return Below(one_in) == 0; }

  // Numbers of all magnitudes, so that every length of varint occurs.
  int64_t Number() { return static_cast<int64_t>(random_() >> 1 >> Below(63)); }

  void operator()(int, const char*, std::string_view& text) {
    if (Chance(4)) return;
    std::string made(1 + (Chance(20) ? Below(300) : Below(20)), '?');
    for (char& c : made) c = static_cast<char>('!' + Below(94));
    text = arena_->Copy(made);
  }
  void operator()(int, const char*, bool& value) { value = Chance(2); }
  void operator()(int, const char*, int32_t& value) {
    value = static_cast<int32_t>(Below(7));
  }
  void operator()(int, const char*, int64_t& value) {
    if (!Chance(4)) value = Number();
  }
  void operator()(int, const char*, Date& date) {
    const int days = Date::Max().days() - Date::Min().days() + 1;
    date = Chance(4) ? Date()
                     : Date::Min().AddDays(static_cast<int>(
                           Below(static_cast<uint64_t>(days))));
  }
  void operator()(int, const char*, Uuid& uuid) {
    for (uint8_t& byte : uuid.bytes) byte = static_cast<uint8_t>(random_());
  }
  void operator()(int, const char*, Decimal& decimal) {
    if (!Chance(4)) decimal.mantissa = Number();
    if (!Chance(3)) decimal.scale = static_cast<int32_t>(Below(19));
  }
  template <Enumeration E>
  void operator()(int, const char*, E& value) {
    do {
      value = static_cast<E>(Below(16));
    } while (!IsListed(value));
  }
  template <typename T>
  void operator()(int field, const char* name, std::optional<T>& value) {
    if (Chance(3)) return;
    T given{};
    (*this)(field, name, given);
    value = given;
  }
  template <typename T>
  void operator()(int field, const char* name, std::span<const T>& values) {
    const std::span<T> made =
        arena_->NewArray<T>(Chance(3) ? 0 : Below(Chance(10) ? 200 : 4));
    for (T& value : made) (*this)(field, name, value);
    values = made;
  }
  template <Message M>
  void operator()(int, const char*, M& message) {
    M::Visit(message, *this);
  }

  // Of the kind, with the number it has in the log.
  Event MakeEvent(int kind) {
    Event event;
    (*this)(0, "", event.id);
    if (!Chance(8))
      event.occurred_at = Instant(Number() * (Chance(2) ? 1 : -1));
    (*this)(0, "", event.document);
    (*this)(0, "", event.actor);
    MakeBody(kind, &event.body, std::make_index_sequence<kKindCount - 1>());
    return event;
  }

  Decision MakeDecision() {
    Decision decision;
    if (Chance(2)) return decision;
    for (uint64_t i = Below(3); i > 0; --i) {
      (*this)(0, "", decision.warnings.emplace_back());
    }
    for (uint64_t i = Below(4); i > 0; --i) {
      std::string_view block;
      (*this)(0, "", block);
      decision.serials.push_back(
          {.block = std::string(block), .from = Number(), .to = Number()});
    }
    for (uint64_t i = Below(4); i > 0; --i) {
      decision.inputs.push_back(Quantity(Number() * (Chance(4) ? -1 : 1)));
    }
    return decision;
  }

 private:
  template <size_t... before>
  void MakeBody(int kind, Body* body, std::index_sequence<before...>) {
    (MakeBodyIf<before + 1>(kind, body), ...);
  }
  template <size_t alternative>
  void MakeBodyIf(int kind, Body* body) {
    if (kind != static_cast<int>(alternative)) return;
    using Pointer = std::variant_alternative_t<alternative, Body>;
    using Struct = std::remove_const_t<std::remove_pointer_t<Pointer>>;
    Struct* made = arena_->New<Struct>({});
    Struct::Visit(*made, *this);
    *body = static_cast<Pointer>(made);
  }

  std::mt19937_64 random_;
  Arena* arena_;
};

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_LOG_RANDOM_EVENT_H_

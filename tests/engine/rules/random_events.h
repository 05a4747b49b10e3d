// Random events about a small world, good and bad: for tests of what must
// hold whatever is posted. The seed says it all.

#ifndef TALLY_TESTS_ENGINE_RULES_RANDOM_EVENTS_H_
#define TALLY_TESTS_ENGINE_RULES_RANDOM_EVENTS_H_

#include <cstdint>
#include <random>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/arena.h"
#include "engine/model/event.h"

namespace tally {

class RandomEvents {
 public:
  explicit RandomEvents(uint32_t seed) : random_(seed) {}

  // The schemes, parties, sites, products and certificates that the other
  // events speak of; each is accepted in this order.
  std::vector<Event> World();
  Event Next();

 private:
  // One of 0..count-1.
  int Pick(int count);
  bool OneIn(int count) { return Pick(count) == 0; }
  std::string_view PickName(std::string_view prefix, int count);
  std::string_view Copy(std::string_view text) { return arena_.Copy(text); }
  template <typename T>
  std::span<const T> List(std::initializer_list<T> elements);
  template <typename Kind>
  Event EventOf(Instant occurred_at, const Kind& kind);
  template <typename Kind>
  Event Now(const Kind& kind) {
    return EventOf(Instant(RandomDate()), kind);
  }

  Date RandomDate();
  std::string_view Site() { return PickName("site-", 3); }
  std::string_view Product() { return PickName("product-", 2); }
  std::string_view NewLot();
  std::string_view OldLot();
  ClaimName Claim();
  Decimal RandomQuantity();

  Event Originate();
  Event Receive();
  Event Ship();
  Event EndShipment();
  Event Process();
  Event Stock();
  Event Credits();
  Event Oversight();
  Event Registry();
  ShipLine Line();

  std::mt19937 random_;
  Arena arena_;
  int events_ = 0;
  int lots_ = 0;
  int shipments_ = 0;
  int blocks_ = 0;
  int things_ = 0;
};

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_RULES_RANDOM_EVENTS_H_

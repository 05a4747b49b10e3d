// What the simulated clients ask for: requests that can be made again, word
// for word, for as long as they are not answered.

#ifndef TALLY_TESTS_SIMULATION_REQUESTS_H_
#define TALLY_TESTS_SIMULATION_REQUESTS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/ledger/batch.h"
#include "tests/compare/dice.h"

namespace tally::simulation {

inline constexpr const char* kSites[] = {"mill", "shop", "port"};
inline constexpr int kSiteCount = 3;

struct Wish {
  enum class Kind : uint8_t {
    kReceive,
    kShip,  // out of this ledger
    kSend,  // to another site
    kAccept,
    kAcceptPart,
    kReject,
    kRecall,
    kDowngrade,
    kConsume,
    kVoid,
  };
  Kind kind = Kind::kReceive;
  std::string id;     // the event's id is made of it, and a shipment's name
  std::string about;  // the shipment that ends, the receipt that is void
  int site = 0;
  int to = 0;  // kSend
  int64_t quantity = 0;
  int day = 1;  // of the month in which all is dated

  friend bool operator==(const Wish&, const Wish&) = default;
};
inline constexpr int kWishKinds = 10;

struct Request {
  std::vector<Wish> wishes;
  BatchMode mode = BatchMode::kPerEvent;
  bool validate_only = false;
};

// The world in which all happens: a scheme in which what was sent lapses, a
// product, parties and their sites.
std::unique_ptr<Batch> WorldBatch();

// Makes requests, and remembers what later ones may be about.
class Requests {
 public:
  // The client's `number`-th. Some ids are taken already, by an event with
  // another content.
  Request Make(int client, int number, compare::Dice* dice);

 private:
  Wish MakeWish(compare::Dice* dice);

  std::vector<Wish> sent_;
  std::vector<Wish> received_;
};

std::unique_ptr<Batch> BatchOfRequest(const Request& request);

}  // namespace tally::simulation

#endif  // TALLY_TESTS_SIMULATION_REQUESTS_H_

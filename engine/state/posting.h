// A posting: one side of a double entry.
//
// Every event's postings sum to zero for each product, over the accounts and
// the boundaries: what comes into the ledger comes out of ORIGIN, what leaves
// it goes to CONSUMED or LOSS, and so on.

#ifndef TALLY_ENGINE_STATE_POSTING_H_
#define TALLY_ENGINE_STATE_POSTING_H_

#include <array>
#include <cstdint>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"

namespace tally {

enum class Boundary : uint8_t {
  kNone = 0,  // an account
  kOrigin = 1,
  kInTransit = 2,
  kLoss = 3,
  kConsumed = 4,
  kConverted = 5,  // where one product becomes another
  kBooked = 6,     // what credits come out of
};
inline constexpr int kBoundaryCount = 7;

// Entitlement that expires by date leaves its account in postings that are
// dated ahead: they say what will expire as far as is known by then, and
// later events post the difference.
enum class Expiry : uint8_t {
  kNone = 0,  // not an expiry
  kTime = 1,  // its months are over
  kGap = 2,   // a day without certificate
};

struct Posting {
  AccountIndex account;  // or
  Boundary boundary = Boundary::kNone;
  ProductIndex product;
  Date date;
  Quantity delta;
  SiteIndex site;  // of a holding or entitlement: where it moved
  Expiry expiry = Expiry::kNone;
};

// The balance of each boundary, for one product. Wide, so that no stream of
// accepted events can overflow them.
using BoundaryTotals = std::array<int128, kBoundaryCount>;

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_POSTING_H_

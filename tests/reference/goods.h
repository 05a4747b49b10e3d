// Material: where a quantity lies, the lots it is in, the shipments it is on,
// and the postings that move it.

#ifndef TALLY_TESTS_REFERENCE_GOODS_H_
#define TALLY_TESTS_REFERENCE_GOODS_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/reference/calendar.h"
#include "tests/reference/claim.h"
#include "tests/reference/number.h"

namespace tally::reference {

// What a lot carries. `share` is the certified per cent of it, 100 unsaid.
struct Traits {
  std::optional<std::string> origin_country;
  std::optional<Rational> ghg;
  std::optional<std::string> level;
  std::optional<std::string> source_status;
  std::optional<Rational> share;
};

struct LotInput {
  std::string lot;  // empty for pooled stock
  std::string site;
  Rational quantity;
  bool neutral = false;  // counts as no source
};

struct Lot {
  std::string id;
  std::string product;
  Units quantity;
  ClaimSet claims;  // it was made with
  std::string site;
  Date date;
  int64_t position = 0;
  std::string source;  // site of origin or supplier, empty when processed
  std::vector<LotInput> inputs;
  std::vector<std::string> tags;
  Traits traits;
  std::set<std::string> flags;
};

// Where a quantity lies.
struct Holding {
  std::string site;
  std::string product;
  ClaimSet claims;
  std::string lot;
  std::string origin;  // country, kept where mass balance matches origins

  friend auto operator<=>(const Holding&, const Holding&) = default;
};

struct Piece {
  Holding holding;
  Units quantity;
};

// One claim, lot and product of a shipment.
struct Parcel {
  Holding holding;  // as shipped, at the sender
  Units quantity;   // with the conventional part of a share
  Traits stated;
  Units accepted = 0;
  std::vector<Piece> drawn;  // where it came from and goes back to
  std::optional<Rational> share;
};

struct Shipment {
  std::string id;
  std::string from_site;
  std::string to_site;  // empty when it left the ledger
  Date date;
  std::optional<Date> last_day;  // to confirm
  std::vector<Parcel> parcels;
  std::string state;
  int64_t position = 0;
};

// What happened to a posting's quantity.
enum class Cause {
  kOriginate,
  kReceive,
  kShip,
  kAccept,
  kReturn,
  kProcessIn,
  kProcessOut,
  kDowngrade,
  kAdjust,
  kConsume,
  kBook,
  kTransfer,
  kExpiry,
  kGap,
};

struct Posting {
  int64_t position = 0;
  Date date;
  std::string boundary;  // ORIGIN, IN_TRANSIT …; empty: `holding` is an account
  Holding holding;
  Units quantity;
  Cause cause;
  Claim drawn_as;  // the claim that it was named under
  std::string shipment;
};

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_GOODS_H_

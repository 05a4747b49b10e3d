// Credits: blocks of serials, what happened to them, and claims made outside.

#ifndef TALLY_TESTS_REFERENCE_CREDIT_H_
#define TALLY_TESTS_REFERENCE_CREDIT_H_

#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "tests/reference/calendar.h"
#include "tests/reference/number.h"

namespace tally::reference {

struct Block {
  std::string id;
  std::string scheme;
  std::string product;
  Span vintage;
  std::string site;
  std::string issuer;
  std::string evidence;
  int64_t serials = 0;
  std::vector<std::string> lots;
  int64_t position = 0;
  std::string parent;  // the block it was unbundled from
  int part = -1;
  bool unbundled = false;
  std::set<std::string> flags;
};

struct SerialRange {
  std::string block;
  int64_t from = 0;
  int64_t to = 0;

  friend auto operator<=>(const SerialRange&, const SerialRange&) = default;
};

// The latest move of a serial says who holds it and in what state.
struct SerialMove {
  int64_t position = 0;
  Date date;
  SerialRange range;
  std::string holder;
  std::string state;     // ISSUED, RETIRED, WITHDRAWN, UNBUNDLED
  std::string shipment;  // that a transfer was attached to
};

struct Redemption {
  std::string id;
  int64_t position = 0;
  Date date;
  std::string holder;
  std::string scheme;
  std::string product;
  std::vector<SerialRange> serials;
  Rational quantity;
  Span claim_period;
};

struct DeclaredClaim {
  std::string party;
  std::string scheme;
  std::string product;
  Units quantity;
  Span claim_period;
};

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_CREDIT_H_

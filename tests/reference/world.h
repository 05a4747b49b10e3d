// Everything that the reference ledger remembers: plain lists of what was
// registered, made, moved and posted. Nothing here is a running total; every
// balance is summed from `postings` when it is asked for.

#ifndef TALLY_TESTS_REFERENCE_WORLD_H_
#define TALLY_TESTS_REFERENCE_WORLD_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/reference/answer.h"
#include "tests/reference/calendar.h"
#include "tests/reference/claim.h"
#include "tests/reference/credit.h"
#include "tests/reference/goods.h"
#include "tests/reference/number.h"
#include "tests/reference/profile.h"
#include "tests/reference/registered.h"

namespace tally::reference {

// The stretch of one fixed-period account.
struct PeriodAccount {
  std::string scheme;
  std::string scope;  // "SITE:mill", "PARTY:miller" …
  std::string group;  // product group, else the product
  std::string category;

  friend auto operator<=>(const PeriodAccount&, const PeriodAccount&) = default;
};

struct Period {
  PeriodAccount account;
  Date from;
  Date to;
  std::string state = "OPEN";
  Units opening = 0;
  Units closing = 0;
  Units expired = 0;
  bool with_reason = false;  // an overdraw in it gave one
};

// A computed input of `process`, for the running totals of rounding.
struct ComputedNeed {
  int64_t position = 0;
  std::string site;
  std::string process;
  std::string product;
  Claim claim;
  Rational need;
  Units debited;
};

// Goods bought or sold, to be delivered by a day.
struct ContractAccount {
  Claim claim;
  std::string scope;
  std::string group;
  std::string category;

  friend bool operator==(const ContractAccount&,
                         const ContractAccount&) = default;
};
struct Contract {
  std::string id;
  ContractAccount account;
  bool sale = false;
  Units quantity = 0;
  Units delivered = 0;
  Date agreed;
  Date deliver_by;
  int64_t position = 0;
  bool ended = false;                   // by a void
  std::map<int64_t, Units> deliveries;  // by the event's position
};

// What an event made of a lot's attributes; without one: of what has gone.
struct AttributeChange {
  int64_t position = 0;
  std::string lot;
  std::string attribute;
  Units quantity = 0;
};

struct EventRecord {
  int64_t position = 0;
  std::string id;
  Json event;
  std::string kind;
  Date date;
  Instant recorded;
  Answer answer;
  bool voided = false;
};

struct World {
  bool strict = false;
  std::map<std::string, Profile> schemes;
  std::map<std::string, Product> products;
  std::map<std::string, Party> parties;
  std::map<std::string, Site> sites;
  std::vector<Certificate> certificates;
  std::vector<CapDraw> cap_draws;
  std::map<std::string, Lot> lots;
  std::map<std::string, Shipment> shipments;
  std::vector<Block> blocks;
  std::vector<SerialMove> moves;
  std::vector<Redemption> redemptions;
  std::vector<DeclaredClaim> declared;
  std::vector<Period> periods;
  std::vector<SourceStatus> source_statuses;
  std::vector<ComputedNeed> needs;
  std::vector<Contract> contracts;
  // Of lots whose scheme has attributes that are used by themselves: what has
  // gone, and of what is left, what is without an attribute.
  std::map<std::string, Units> lot_gone;
  std::map<std::string, std::map<std::string, Units>> lot_spent;
  std::vector<AttributeChange> attribute_changes;
  std::set<std::pair<std::string, std::string>> bindings;  // principal, party
  std::set<std::string> held_lots;
  std::set<std::string> held_shipments;
  std::set<std::string> held_blocks;
  std::set<std::pair<std::string, std::string>> held_stock;  // site, product
  std::map<std::pair<std::string, std::string>, std::vector<Posting>>
      postings;  // by site and product, only to find them sooner
  std::vector<EventRecord> events;
  Instant clock;             // when the last event was recorded
  Date latest = kFirstDate;  // the latest business date posted

  const Product& ProductOf(const std::string& id) const;
  const Certificate* FindCertificate(const std::string& id) const;
  Certificate* FindCertificate(const std::string& id);
  const Block* FindBlock(const std::string& id) const;
  Block* FindBlock(const std::string& id);
  const EventRecord* FindEvent(const std::string& id) const;
  int64_t Position() const { return static_cast<int64_t>(events.size()); }
};

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_WORLD_H_

// What registry events put on record: products, parties, sites, certificates
// and the status of sources.

#ifndef TALLY_TESTS_REFERENCE_REGISTERED_H_
#define TALLY_TESTS_REFERENCE_REGISTERED_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/reference/calendar.h"
#include "tests/reference/number.h"

namespace tally::reference {

struct Product {
  std::string id;
  std::string unit;
  int decimals = 0;
  std::string group;  // empty: a group of its own
  std::string category = "REGULAR";
};

struct Party {
  std::string id;
  std::set<std::string> roles;
};

struct Site {
  std::string id;
  std::string party;
  std::string country;
  std::set<std::string> kinds;
  std::string scope_group;
};

struct Amendment {
  Date effective_from;
  std::optional<std::set<std::string>> sites;
  std::optional<std::set<std::string>> products;
  std::optional<std::set<std::string>> models;
  std::optional<Date> to;
  std::optional<std::string> level;
};

struct StatusChange {
  Date effective_from;
  std::string status;
};

struct Extension {
  Date date;
  std::string product;
  Units quantity;
};

// Whether a member of a group complies, from a date on.
struct MemberResult {
  std::string member;
  Date from;
  bool compliant = true;
};

struct Certificate {
  std::string id;
  std::string scheme;
  std::string holder;
  std::string body;
  std::set<std::string> sites;
  std::set<std::string> products;  // or "*"
  std::set<std::string> models;
  Date from;
  Date to;
  std::string level;
  bool non_claiming = false;
  std::map<std::string, Units> caps;
  std::map<std::string, std::map<std::string, Units>> member_caps;
  std::map<std::string, Date> member_since;
  std::vector<MemberResult> member_results;  // in the order posted
  std::vector<Amendment> amendments;         // in the order posted, levels too
  std::vector<StatusChange> statuses;
  std::vector<Extension> extensions;
};

// What was originated under a certificate, or delivered and booked.
struct CapDraw {
  std::string certificate;
  std::string product;
  std::string member;
  bool originated = false;
  Date date;
  Units quantity;
  std::string shipment;  // whose return gives the draw back
  int64_t position = 0;
  bool given_back = false;
};

struct SourceStatus {
  std::string source;
  std::string status;
  Date from;
  Date to = kLastDate;
};

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_REGISTERED_H_

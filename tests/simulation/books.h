// Books of the simulated world's oil that know nothing of the engine: what
// each site holds on each day follows from the records by adding and taking
// away, as simply as can be.

#ifndef TALLY_TESTS_SIMULATION_BOOKS_H_
#define TALLY_TESTS_SIMULATION_BOOKS_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "engine/base/date.h"
#include "engine/model/event.h"
#include "tests/simulation/requests.h"

namespace tally::simulation {

class Books {
 public:
  void Add(const Event& event);

  // Of claimed oil at a site, after its latest day or at the end of a day.
  int64_t Held(int site) const;
  int64_t HeldAt(int site, Date date) const;
  // A receipt there turned out false, so that it may hold less than nothing,
  // and what comes back may be withheld: these books do not know how much.
  // Where anything else was false, they end.
  bool doubtful(int site) const { return closed_ || doubtful_[Place(site)]; }
  bool any_doubt() const;

  // Over all sites.
  int64_t in_transit() const { return in_transit_; }
  int64_t consumed() const { return consumed_; }
  int64_t lost() const { return lost_; }

  // What does not add up; empty: nothing.
  const std::string& wrong() const { return wrong_; }

 private:
  struct Sent {
    int site = 0;
    int to = -1;
    int64_t quantity = 0;
    bool ended = false;
  };
  struct Received {
    int site = 0;
    int64_t quantity = 0;
  };
  static size_t Place(int site) { return static_cast<size_t>(site); }

  void Post(int site, Date date, int64_t delta);
  void AddShip(const Ship& ship, Date date);
  void AddAccept(const Accept& accept, Date date);
  void SendBack(std::string_view shipment, Date date);
  void AddVoid(const Void& annul, Date date);
  // The shipment, which is over now.
  Sent End(std::string_view shipment);

  std::array<std::map<Date, int64_t>, kSiteCount> deltas_;
  std::array<bool, kSiteCount> doubtful_{};
  bool closed_ = false;
  std::map<std::string, Sent, std::less<>> sent_;
  std::map<Uuid, Received> received_;
  int64_t in_transit_ = 0;
  int64_t consumed_ = 0;
  int64_t lost_ = 0;
  std::string wrong_;
};

}  // namespace tally::simulation

#endif  // TALLY_TESTS_SIMULATION_BOOKS_H_

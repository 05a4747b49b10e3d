// What must hold of a simulated ledger, checked by one who only reads along:
// the log as it grows, and every answer that a client gets.
//
// What readers see is compared with two things that know nothing of the
// ledger's threads and tables: a replica that the records alone make, and
// books that know nothing of the engine.

#ifndef TALLY_TESTS_SIMULATION_WITNESS_H_
#define TALLY_TESTS_SIMULATION_WITNESS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/sha256.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/view.h"
#include "engine/log/merkle.h"
#include "tests/simulation/books.h"
#include "tests/simulation/replica.h"
#include "tests/simulation/requests.h"
#include "tests/simulation/simulated_disk.h"

namespace tally::simulation {

class Witness {
 public:
  explicit Witness(const SimulatedDisk* disk) : disk_(disk) {}

  // Reads what is new in the log.
  void ReadLog();
  // An answer to the request, when it leaves the ledger.
  void Answered(const Request& request, const BatchResult& result);
  // Asks the ledger what it holds, and compares.
  void Ask(const Ledger& ledger, Date as_at);
  // A ledger that was just opened: it has all of the log.
  void Opened(const Ledger& ledger);
  // Asks for every event that was acknowledged.
  void AskAll(const Ledger& ledger);

  // What broke; empty: nothing.
  const std::string& wrong() const { return wrong_; }
  int64_t acknowledged() const {
    return static_cast<int64_t>(acknowledged_.size());
  }
  // Acknowledged events that were not found again.
  int64_t lost() const { return lost_; }

 private:
  struct Known {
    Position position = -1;
    int64_t recorded_at = 0;
  };
  struct Acknowledged {
    Known first;
    Wish wish;
  };

  void Wrong(std::string what);
  void AcceptedAnswer(const Wish& wish, const Outcome& outcome);
  // Lets replica and books come to where the readers are.
  void Follow(Position as_of);
  void CompareView(const View& view);
  void CompareBalances(const Ledger& ledger, Date as_at);
  void CompareBalance(const Ledger& ledger, int site, Date as_at);
  void CheckRoot(int64_t size);

  const SimulatedDisk* const disk_;
  MerkleFrontier tree_;
  std::vector<Sha256Digest> roots_;      // by size, from 1
  std::map<std::string, Known> in_log_;  // by id
  Position as_of_ = -1;                  // of replica and books
  Replica replica_;
  Books books_;
  std::map<std::string, Acknowledged> acknowledged_;  // by id
  int64_t lost_ = 0;
  std::string wrong_;
};

}  // namespace tally::simulation

#endif  // TALLY_TESTS_SIMULATION_WITNESS_H_

// A second ledger: slow, obvious, and written from the rules alone.
//
// It shares no code with the engine. It remembers events and postings as plain
// lists and sums them for each question, so that what it answers can be read
// off the rules; the engine is compared with it on scenarios and on random
// event streams. Not for use by several threads at once.
//
//   ReferenceLedger ledger;
//   Answer answer = ledger.Post(event);         // authoring JSON
//   if (answer.accepted()) ledger.Balance({{"site", "mill"}, …});

#ifndef TALLY_TESTS_REFERENCE_REFERENCE_LEDGER_H_
#define TALLY_TESTS_REFERENCE_REFERENCE_LEDGER_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/reference/answer.h"
#include "tests/reference/world.h"

namespace tally::reference {

class ReferenceLedger {
 public:
  // `strict` permits no account below zero, whatever a profile says.
  explicit ReferenceLedger(bool strict = false);

  // `recorded_at` sets the ledger's clock; left out, or not later than the
  // last one, it is the event's time or just after the last one.
  Answer Post(const nlohmann::json& event,
              const std::optional<std::string>& recorded_at = std::nullopt);
  // All or none.
  std::vector<Answer> PostAtomic(
      const std::vector<nlohmann::json>& events,
      const std::optional<std::string>& recorded_at = std::nullopt);

  // Questions, with the members that a scenario gives them; the answers have
  // the shape of a scenario's `expect`. Null: it refers to nothing.
  // `as_known_at` is a position.
  nlohmann::json Balance(const nlohmann::json& query) const;
  nlohmann::json Percentage(const nlohmann::json& query) const;
  nlohmann::json ShipmentState(const std::string& shipment) const;
  nlohmann::json LotFacts(const std::string& lot) const;
  nlohmann::json Credits(const nlohmann::json& query) const;
  nlohmann::json CertificateFacts(const std::string& certificate) const;
  nlohmann::json PeriodFacts(const nlohmann::json& query) const;
  nlohmann::json Trace(const nlohmann::json& query) const;
  nlohmann::json Flags(const nlohmann::json& query) const;
  nlohmann::json Cover(const nlohmann::json& query) const;

  // The position of the last accepted event, 0 when there is none.
  int64_t position() const { return world_.Position(); }

  // What is wrong with the books, nothing if they are right: every accepted
  // event sums to zero per product.
  std::vector<std::string> CheckBooks() const;

 private:
  World world_;
};

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_REFERENCE_LEDGER_H_

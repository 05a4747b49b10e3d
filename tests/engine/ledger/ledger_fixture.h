// A ledger of one test, with a clock that stands still until it is set, and
// batches in few words.
//
//   Open();
//   AddSites({"mill", "shop"});
//   EXPECT_EQ(PostOne("r1", Receive{.site = "mill", …}).code, Code::kAccepted);

#ifndef TALLY_TESTS_ENGINE_LEDGER_LEDGER_FIXTURE_H_
#define TALLY_TESTS_ENGINE_LEDGER_LEDGER_FIXTURE_H_

#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/storage.h"
#include "engine/model/event.h"

namespace tally {

inline std::ostream& operator<<(std::ostream& out, Code code) {
  return out << CodeName(code);
}

// Of a literal that is right.
Decimal Dec(std::string_view text);
Date Day(std::string_view text);

// A batch in the making. Names must live until the batch is answered.
class BatchOf {
 public:
  BatchOf() : batch_(std::make_unique<Batch>()) {}

  // An event whose id is made of `name`.
  template <typename Kind>
  BatchOf& Add(std::string_view name, const Kind& body,
               std::string_view when = "2025-01-10") {
    return AddEvent(name, batch_->arena.New(body), when);
  }
  BatchOf& AllOrNone() {
    batch_->mode = BatchMode::kAllOrNone;
    return *this;
  }
  BatchOf& ValidateOnly() {
    batch_->validate_only = true;
    return *this;
  }
  BatchOf& WantBalances() {
    batch_->want_balances = true;
    return *this;
  }
  BatchOf& RecordedAt(std::string_view when);
  BatchOf& Deadline(Instant deadline) {
    batch_->deadline = deadline;
    return *this;
  }
  Batch* batch() { return batch_.get(); }
  std::unique_ptr<Batch> Take() { return std::move(batch_); }

 private:
  BatchOf& AddEvent(std::string_view name, Body body, std::string_view when);

  std::unique_ptr<Batch> batch_;
};

// The claim that oil is traded under: mass balance of the scheme "s".
inline constexpr ClaimName kOilClaim{.scheme = "s",
                                     .model = Model::kMassBalance};
// `quantity` of claimed "oil" into a site, and out of it to a buyer.
Receive OilIn(std::string_view site, std::string_view quantity);
Ship OilOut(Batch* batch, std::string_view shipment, std::string_view from,
            std::string_view quantity);

class LedgerFixture : public testing::Test {
 protected:
  LedgerFixture();

  // In memory unless options or storage say otherwise.
  void Open(LedgerOptions options = {});
  void OpenOn(Storage storage, LedgerOptions options = {});

  BatchResult Post(BatchOf& batch) { return ledger_->Post(batch.Take()); }
  // Posts one event, and answers its outcome.
  template <typename Kind>
  Outcome PostOne(std::string_view name, const Kind& body,
                  std::string_view when = "2025-01-10") {
    BatchOf batch;
    batch.Add(name, body, when);
    return OnlyOutcome(Post(batch));
  }
  static Outcome OnlyOutcome(BatchResult result);

  // A party "miller", its sites, a product "oil" in KGM without decimals, and
  // a scheme "s" that asks for no certificates.
  void AddWorld(std::initializer_list<std::string_view> sites);

  // Posts a shipment of oil to a buyer under an id of the same name.
  Code ShipOil(std::string_view shipment, std::string_view from,
               std::string_view quantity);
  // The latest balance of claimed oil; the status where it cannot be read.
  std::string OilAt(std::string_view site) const;

  ManualClock clock_;
  std::unique_ptr<Ledger> ledger_;
};

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_LEDGER_LEDGER_FIXTURE_H_

// A random stream of events over the small world.
//
// Most events are made to be accepted, from a rough memory of what was
// accepted before; the others ask too much, name the wrong thing, come too
// early or late, say the same thing twice, or cannot be read at all.
//
//   Generator generator(seed);
//   while (…) {
//     const Step step = generator.Next();
//     generator.Learn(codes of step's events);
//   }

#ifndef TALLY_TESTS_COMPARE_GENERATOR_H_
#define TALLY_TESTS_COMPARE_GENERATOR_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/date.h"
#include "tests/compare/dice.h"
#include "tests/compare/small_world.h"
#include "tests/compare/step.h"

namespace tally::compare {

class Generator {
 public:
  explicit Generator(uint64_t seed) : Generator(Dice(seed), seed) {}
  // Of the small world that `world_seed` makes.
  Generator(Dice dice, uint64_t world_seed);

  // Whether what it draws from has come to its end: Dice::spent().
  bool spent() const { return dice_.spent(); }

  Step Next();
  // What the events of the latest step were answered.
  void Learn(const std::vector<std::string>& codes);

 private:
  struct Stock {
    std::string site;
    std::string product;
    Json claim;  // null: conventional
    std::string lot;
    int64_t units = 0;

    bool IsSame(const Stock& other) const {
      return site == other.site && product == other.product &&
             claim == other.claim && lot == other.lot;
    }
  };
  struct Moving {
    std::string shipment;
    std::string from;
    std::string to;
    std::vector<Stock> lines;
  };
  struct Block {
    std::string block;
    std::string scheme;
    std::string product;
    std::string holder;
    int64_t count = 0;
  };
  // What a process takes and makes.
  struct Change {
    std::vector<std::pair<Stock, int64_t>> taken;
    std::vector<std::pair<Stock, int64_t>> made;
  };
  struct FixedPeriod {
    Json account;
    Date from;
    Date to;
  };
  using Lesson = std::function<void()>;

  // An event of a random kind, its kind's body under its name.
  Json MakeEvent();
  Json DrawEvent();
  // custody_events.cc
  Json Originate();
  Json Receive();
  Json Ship();
  Json ShipLine(const Stock& stock, std::vector<Stock>* sent);
  Json Accept();
  Json Return();
  Json ProcessIn(const Stock& stock, bool computed, Change* change);
  Json ProcessOut(Stock stock, int64_t units, Change* change);
  Json ProcessEvent(const std::string& process, Json inputs, Json outputs,
                    const Change& change);
  Json Process();
  Json Split();
  Json Downgrade();
  Json Adjust();
  Json Consume();
  // credit_events.cc
  Json Issue();
  Json Transfer();
  Json Redeem();
  Json Withdraw();
  Json Unbundle();
  Json Declare();
  // registry_events.cc
  Json HoldOrRelease();
  Json SourceStatus();
  Json CertificateStatus();
  Json CertificateChange();
  Json Access();
  Json NewThing();
  // period_events.cc
  void PlanPeriods();
  Json OpenPeriod(FixedPeriod period);
  Json NextPeriod();
  Json ClosePeriod();
  Json TransferEntitlement();
  Json CountStock();
  Json Void();
  // spoil.cc
  void Spoil(Json* event);

  // Parts that kinds share.
  Json Claim(const std::string& scheme);
  Json Attributes(const Json& claim);
  std::string NewLot();
  std::string Quantity(const std::string& product, int64_t units) const;
  int64_t Amount(const std::string& product);
  // A stock with something left; of a site where one is given. nullptr: none.
  const Stock* Some(const std::string& site = "");
  int64_t Take(const Stock& stock);
  void Add(Stock stock, int64_t units);
  std::string Period();
  Json Serials(const Block& block);
  void Envelope(Json* event);

  Dice dice_;
  const SmallWorld world_;
  Date today_;
  Date date_;  // of the event being made
  int64_t moment_ = 0;
  int made_ = 0;  // for names
  std::vector<Stock> stocks_;
  std::vector<Moving> moving_;
  std::vector<std::string> ended_;
  std::vector<Block> blocks_;
  std::vector<std::string> lots_;
  std::vector<Json> posted_;   // a few of them, to say again
  std::vector<Json> planned_;  // what sets right what went wrong
  std::vector<std::string> certificates_;
  std::vector<FixedPeriod> opening_;  // to be opened
  std::vector<FixedPeriod> open_;
  std::vector<Json> step_;                    // the events of the latest one
  std::vector<Json> accepted_;                // some of what may be void
  std::vector<std::vector<Lesson>> lessons_;  // of each event of the step
};

}  // namespace tally::compare

#endif  // TALLY_TESTS_COMPARE_GENERATOR_H_

#include "engine/ledger/affected_queries.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/account_names.h"
#include "engine/ledger/apportion.h"
#include "engine/ledger/lot_walk.h"
#include "engine/ledger/reader.h"
#include "engine/ledger/status_facts.h"
#include "engine/ledger/void_targets.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Things that one page looks at, and those that are looked at before the
// state is let go.
constexpr int64_t kLookedAtMax = 20'000;
constexpr int64_t kSlice = 512;

// The parts of the list, in its order; their numbers are in page tokens.
enum class Part : int64_t {
  kAccounts = 0,
  kLots = 1,
  kShipments = 2,
  kBlocks = 3,
  kRedemptions = 4,
  kEnd = 5,
};

// Where a page begins: a part, a thing of it, and how many of that thing's
// rows were given before.
struct Place {
  Part part = Part::kAccounts;
  int64_t thing = 0;
  int64_t row = 0;

  std::string ToString() const {
    return fmt::format("{}.{}.{}", static_cast<int64_t>(part), thing, row);
  }
};

absl::StatusOr<Place> ReadPlace(std::string_view text) {
  if (text.empty()) return Place();
  int64_t numbers[3] = {};
  const char* at = text.data();
  const char* end = text.data() + text.size();
  for (int64_t& number : numbers) {
    const auto read = std::from_chars(at, end, number);
    if (read.ec != std::errc() || number < 0) return NotAPageToken(text);
    at = read.ptr;
    if (at != end && *at++ != '.') return NotAPageToken(text);
  }
  if (at != end || numbers[0] > static_cast<int64_t>(Part::kEnd)) {
    return NotAPageToken(text);
  }
  return Place{static_cast<Part>(numbers[0]), numbers[1], numbers[2]};
}

bool HasWeight(const std::vector<int64_t>& weights) {
  return std::any_of(weights.begin(), weights.end(),
                     [](int64_t weight) { return weight > 0; });
}

class Listing {
 public:
  Listing(const Ledger* ledger, const VoidTarget* target, Position as_of)
      : ledger_(*ledger),
        target_(*target),
        as_of_(as_of),
        walk_(ledger, TraceDirection::kDownstream, kTraceDepthMax) {}

  void Run(Place place, size_t size, AffectedAnswer* answer) {
    WalkLots();
    answer->truncated = walk_.truncated();
    for (int64_t looked = 0; place.part != Part::kEnd;) {
      if (answer->things.size() >= size || looked >= kLookedAtMax) {
        answer->next = place.ToString();
        return;
      }
      ledger_.reader().Read(
          [&](const View& view) { Slice(view.state, size, &place, answer); });
      looked += kSlice;
    }
  }

 private:
  void WalkLots() {
    std::vector<LotIndex> starts;
    ledger_.reader().Read([&](const View& view) {
      const Lots& lots = view.state.lots();
      for (LotIndex lot = lots.FirstFrom(target_.position);
           lot.value() < lots.size() &&
           lots.at(lot).position == target_.position;
           lot = LotIndex(lot.value() + 1)) {
        starts.push_back(lot);
      }
    });
    walk_.Run(starts, as_of_);
    for (const WalkedLot& lot : walk_.lots()) {
      portions_.push_back(lot.position == target_.position ? Portion::All()
                                                           : MeanOf(lot));
    }
  }

  Portion MeanOf(const WalkedLot& lot) const {
    if (!HasWeight(lot.weights)) return Portion();
    std::vector<Portion> parents;
    for (const Parent& parent : lot.parents) {
      parents.push_back(PortionOf(parent.lot));
    }
    return Portion::Mean(parents, lot.weights);
  }

  Portion PortionOf(LotIndex lot) const {
    const int64_t place = walk_.Find(lot);
    return place < 0 || place >= static_cast<int64_t>(portions_.size())
               ? Portion()
               : portions_[static_cast<size_t>(place)];
  }

  bool Reaches(LotIndex lot) const {
    return lot.valid() && walk_.Find(lot) >= 0;
  }

  // Looks at the next things of one part, and goes on to the next part where
  // there are no more.
  void Slice(const State& state, size_t size, Place* place,
             AffectedAnswer* answer) const {
    for (int64_t i = 0; i < kSlice && answer->things.size() < size; ++i) {
      if (place->thing >= CountOf(state, place->part)) {
        *place = {static_cast<Part>(static_cast<int64_t>(place->part) + 1)};
        return;
      }
      const std::vector<AffectedThing> rows = RowsOf(state, *place);
      for (; place->row < static_cast<int64_t>(rows.size()); ++place->row) {
        if (answer->things.size() == size) return;
        answer->things.push_back(rows[static_cast<size_t>(place->row)]);
      }
      place->row = 0;
      ++place->thing;
    }
  }

  // Things that came with the event or after it.
  int64_t CountOf(const State& state, Part part) const {
    switch (part) {
      case Part::kAccounts:
        return static_cast<int64_t>(target_.effects.postings.size());
      case Part::kLots:
        return static_cast<int64_t>(walk_.lots().size());
      case Part::kShipments:
        return state.shipments().size() -
               state.shipments().FirstFrom(target_.position).value();
      case Part::kBlocks:
        return state.credits().size() -
               state.credits().FirstFrom(target_.position).value();
      case Part::kRedemptions:
        return state.redemptions().size() - FirstRedemption(state);
      case Part::kEnd:
        return 0;
    }
    TALLY_CHECK(false);
  }

  std::vector<AffectedThing> RowsOf(const State& state, Place place) const {
    const auto at = static_cast<int32_t>(place.thing);
    switch (place.part) {
      case Part::kAccounts:
        return AccountRows(state, static_cast<size_t>(place.thing));
      case Part::kLots:
        return LotRows(state, static_cast<size_t>(place.thing));
      case Part::kShipments:
        return ShipmentRows(
            state,
            ShipmentIndex(
                state.shipments().FirstFrom(target_.position).value() + at));
      case Part::kBlocks:
        return BlockRows(
            state,
            BlockIndex(state.credits().FirstFrom(target_.position).value() +
                       at));
      case Part::kRedemptions:
        return RedemptionRows(state, FirstRedemption(state) + at);
      case Part::kEnd:
        return {};
    }
    TALLY_CHECK(false);
  }

  static Amount Rounded(const State& state, ProductIndex product,
                        FineQuantity quantity) {
    return AmountOf(state, product, quantity.RoundedHalfUp());
  }

  AffectedThing HoldingRow(const State& state, AccountIndex index,
                           ProductIndex product, FineQuantity part) const {
    const Account& account = state.accounts().at(index);
    const auto days = account.timeline.days();
    AffectedThing row{.kind = AffectedKind::kHolding,
                      .account = NameAccount(state, account.key)};
    row.site = row.account.site;
    row.party = row.account.party;
    row.product = state.registry().product_names.NameOf(product);
    row.quantity = AmountOf(state, product,
                            days.empty() ? Quantity() : days.back().balance);
    row.concerned = Rounded(state, product, part);
    return row;
  }

  // What the event brought to an account under a claim; lots come with their
  // own holdings.
  std::vector<AffectedThing> AccountRows(const State& state,
                                         size_t place) const {
    const Posting& posting = target_.effects.postings[place];
    if (!posting.account.valid() || posting.delta <= Quantity()) return {};
    const AccountKey& key = state.accounts().at(posting.account).key;
    if (key.kind != AccountKind::kHolding || key.claims == kNoClaims ||
        Reaches(key.lot())) {
      return {};
    }
    return {HoldingRow(state, posting.account, posting.product,
                       FineQuantity(posting.delta))};
  }

  std::vector<AffectedThing> LotRows(const State& state, size_t place) const {
    const WalkedLot& walked = walk_.lots()[place];
    const Lot& lot = state.lots().at(walked.lot);
    const Registry& registry = state.registry();
    std::vector<AffectedThing> rows;
    rows.push_back(
        {.kind = AffectedKind::kLot,
         .id = walked.name,
         .site = walked.made_at,
         .party = walked.made_by,
         .product = std::string(registry.product_names.NameOf(lot.product)),
         .quantity = AmountOf(state, lot.product, lot.made),
         .concerned =
             Rounded(state, lot.product, portions_[place].Of(lot.made)),
         .position = lot.position});
    for (const AccountIndex index : state.accounts().OfLot(walked.lot)) {
      const auto days = state.accounts().at(index).timeline.days();
      if (days.empty() || days.back().balance.IsZero()) continue;
      const Quantity there = std::max(days.back().balance, Quantity());
      rows.push_back(
          HoldingRow(state, index, lot.product, portions_[place].Of(there)));
    }
    return rows;
  }

  std::vector<AffectedThing> ShipmentRows(const State& state,
                                          ShipmentIndex index) const {
    const Shipment& shipment = state.shipments().at(index);
    if (shipment.position > as_of_) return {};
    const Registry& registry = state.registry();
    std::vector<AffectedThing> rows;
    for (const ShipmentLine& line : shipment.lines) {
      const bool own = shipment.position == target_.position;
      if (!own && !Reaches(line.lot)) continue;
      const Portion part = own ? Portion::All() : PortionOf(line.lot);
      rows.push_back(
          {.kind = AffectedKind::kShipment,
           .id = std::string(state.shipments().NameOf(index)),
           .site = std::string(registry.site_names.NameOf(shipment.from)),
           .party = std::string(
               registry.party_names.NameOf(registry.at(shipment.from).party)),
           .product = std::string(registry.product_names.NameOf(line.product)),
           .quantity = AmountOf(state, line.product, line.quantity),
           .concerned = Rounded(state, line.product, part.Of(line.quantity)),
           .position = shipment.position});
    }
    return rows;
  }

  // The part of a block that comes of the event: of the block that it was
  // unbundled from, of the lot that it was booked from.
  std::optional<Portion> PartOf(const State& state, BlockIndex index) const {
    const Credits& credits = state.credits();
    while (credits.at(index).unbundled_from.valid()) {
      if (credits.at(index).position == target_.position) break;
      index = credits.at(index).unbundled_from;
    }
    const Block& block = credits.at(index);
    if (block.position == target_.position) return Portion::All();
    if (!Reaches(block.lot)) return std::nullopt;
    return PortionOf(block.lot);
  }

  std::vector<AffectedThing> BlockRows(const State& state,
                                       BlockIndex index) const {
    const Block& block = state.credits().at(index);
    const std::optional<Portion> part = PartOf(state, index);
    if (block.position > as_of_ || !part) return {};
    const Registry& registry = state.registry();
    const Quantity all(block.unit.units() * block.count);
    return {
        {.kind = AffectedKind::kBlock,
         .id = std::string(state.credits().NameOf(index)),
         .site = std::string(registry.site_names.NameOf(block.site)),
         .party = std::string(registry.party_names.NameOf(block.issuer)),
         .product = std::string(registry.product_names.NameOf(block.product)),
         .quantity = AmountOf(state, block.product, all),
         .concerned = Rounded(state, block.product, part->Of(all)),
         .position = block.position}};
  }

  int32_t FirstRedemption(const State& state) const {
    int32_t first = 0;
    int32_t after = state.redemptions().size();
    while (first < after) {
      const int32_t middle = first + (after - first) / 2;
      if (state.redemptions().at(middle).position < target_.position) {
        first = middle + 1;
      } else {
        after = middle;
      }
    }
    return first;
  }

  std::vector<AffectedThing> RedemptionRows(const State& state,
                                            int32_t place) const {
    const Redemption& redemption = state.redemptions().at(place);
    if (redemption.position > as_of_) return {};
    bool concerned = false;
    FineQuantity sum;
    for (const Serials& serials : redemption.serials) {
      const std::optional<Portion> part = PartOf(state, serials.block);
      if (!part) continue;
      concerned = true;
      const Quantity unit = state.credits().at(serials.block).unit;
      sum = sum.Plus(part->Of(Quantity(unit.units() * serials.count())));
    }
    if (!concerned) return {};
    const Registry& registry = state.registry();
    return {
        {.kind = AffectedKind::kRedemption,
         .id = redemption.id.ToString(),
         .party = std::string(registry.party_names.NameOf(redemption.holder)),
         .product =
             std::string(registry.product_names.NameOf(redemption.product)),
         .quantity = AmountOf(state, redemption.product, redemption.quantity),
         .concerned = Rounded(state, redemption.product, sum),
         .position = redemption.position}};
  }

  const Ledger& ledger_;
  const VoidTarget& target_;
  const Position as_of_;
  LotWalk walk_;
  std::vector<Portion> portions_;  // as walk_.lots()
};

}  // namespace

absl::StatusOr<AffectedAnswer> ListAffected(const Ledger& ledger,
                                            const AffectedQuestion& question) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(question.page.size));
  ASSIGN_OR_RETURN(const Place place, ReadPlace(question.page.after));
  AffectedAnswer answer{.standing = ledger.standing()};
  ASSIGN_OR_RETURN(const std::optional<VoidTarget> target,
                   ReadVoidTarget(ledger.reader().tables(), question.event,
                                  answer.standing.as_of + 1));
  if (!target) return NotThere("event", "event", question.event.ToString());
  answer.event_position = target->position;
  ledger.reader().Read([&](const View& view) {
    const VoidedEvent* voided = view.state.voids().Find(target->position);
    if (voided != nullptr) answer.voided_by = voided->by;
  });
  Listing(&ledger, &*target, answer.standing.as_of).Run(place, size, &answer);
  return answer;
}

}  // namespace tally

#include "engine/ledger/consumers.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/arena.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/reader.h"
#include "engine/log/record_codec.h"
#include "engine/model/limits.h"

namespace tally {
namespace {

// Postings that one trace looks at.
constexpr int64_t kEntriesMax = 100'000;

struct Holding {
  AccountIndex account;
  std::string holder;  // the party
};

class Search {
 public:
  Search(const Ledger* ledger, const LotWalk* walk, Position known_end)
      : ledger_(ledger), walk_(walk), known_end_(known_end) {}

  absl::Status Run(LotIndex start) {
    RETURN_IF_ERROR(FlowForward(start));
    for (size_t i = 0; i < walk_->lots().size(); ++i) {
      RETURN_IF_ERROR(SearchLot(i));
    }
    return absl::OkStatus();
  }

  Consumers TakeFound() { return std::move(found_); }

 private:
  // How much of the first lot is in each. The lots of one event follow each
  // other.
  absl::Status FlowForward(LotIndex start) {
    parts_.resize(walk_->lots().size());
    for (size_t i = 0; i < walk_->lots().size(); ++i) {
      const WalkedLot& lot = walk_->lots()[i];
      if (lot.lot == start) {
        parts_[i] = FineQuantity(lot.made);
        continue;
      }
      if (i == 0 || walk_->lots()[i - 1].position != lot.position) {
        RETURN_IF_ERROR(FlowInto(lot));
      }
      const auto made = made_.find(lot.name);
      if (made != made_.end()) parts_[i] = made->second;
    }
    return absl::OkStatus();
  }

  // Hands what went into an event on to all that it made, in proportion.
  absl::Status FlowInto(const WalkedLot& lot) {
    FineQuantity whole;
    for (const Parent& parent : lot.parents) {
      const int64_t above = walk_->Find(parent.lot);
      if (above < 0) continue;
      whole = whole.Plus(PartOf(static_cast<size_t>(above), parent.quantity));
    }
    made_.clear();
    ASSIGN_OR_RETURN(const std::string bytes,
                     ledger_->reader().journal().ReadRecord(lot.position));
    Arena arena;
    ASSIGN_OR_RETURN(const Record record, DecodeRecord(bytes, &arena));
    const auto* process = std::get_if<const Process*>(&record.event.body);
    if (process == nullptr) {
      made_[lot.name] = whole;
      return absl::OkStatus();
    }
    std::vector<int64_t> weights;
    for (const ProcessOutput& output : (*process)->outputs) {
      weights.push_back(
          output.quantity.Units(kDecimalsMax).value_or(INT64_MAX));
    }
    const std::vector<FineQuantity> parts = Split(whole, weights);
    for (size_t i = 0; i < parts.size(); ++i) {
      const std::string_view name = (*process)->outputs[i].lot;
      // Without a lot it is in the maker's pool.
      FineQuantity& sum =
          name.empty() ? found_.shares[lot.made_by] : made_[std::string(name)];
      sum = sum.Plus(parts[i]);
    }
    return absl::OkStatus();
  }

  FineQuantity PartOf(size_t place, Quantity quantity) const {
    const int64_t made = walk_->lots()[place].made.units();
    if (made <= 0) return FineQuantity();
    return parts_[place].Times(std::clamp(quantity.units(), int64_t{0}, made),
                               made);
  }

  void Find(size_t place, std::string_view name, Quantity quantity) {
    if (quantity.units() <= 0) return;
    FineQuantity& sum = found_.shares[std::string(name)];
    sum = sum.Plus(PartOf(place, quantity));
  }

  absl::Status SearchLot(size_t place) {
    std::set<Position> positions;
    for (const Holding& holding : HoldingsOf(place)) {
      ASSIGN_OR_RETURN(const Quantity stock,
                       ledger_->reader().tables().BalanceAt(
                           holding.account, Date::Max(), known_end_));
      Find(place, holding.holder, stock);
      RETURN_IF_ERROR(FindOutgoing(holding.account, &positions));
    }
    for (const Position position : positions) {
      RETURN_IF_ERROR(ReadEvent(place, position));
    }
    return absl::OkStatus();
  }

  std::vector<Holding> HoldingsOf(size_t place) const {
    std::vector<Holding> holdings;
    ledger_->reader().Read([&](const View& view) {
      const Registry& registry = view.state.registry();
      for (const AccountIndex index :
           view.state.accounts().OfLot(walk_->lots()[place].lot)) {
        const AccountKey& key = view.state.accounts().at(index).key;
        const PartyIndex party = registry.at(key.scope).party;
        if (!party.valid()) continue;
        holdings.push_back(
            {index, std::string(registry.party_names.NameOf(party))});
      }
    });
    return holdings;
  }

  absl::Status FindOutgoing(AccountIndex account,
                            std::set<Position>* positions) {
    StatementQuery query{
        .account = account, .known_end = known_end_, .page_size = kPageSizeMax};
    do {
      ASSIGN_OR_RETURN(StatementPage page,
                       ledger_->reader().tables().ReadStatement(query));
      for (const EntryRow& row : page.entries) {
        if (row.delta.IsNegative()) positions->insert(row.position);
      }
      looked_at_ += static_cast<int64_t>(page.entries.size());
      found_.truncated = found_.truncated || looked_at_ > kEntriesMax;
      query.page_token = std::move(page.next_page_token);
    } while (!query.page_token.empty() && !found_.truncated);
    return absl::OkStatus();
  }

  absl::Status ReadEvent(size_t place, Position position) {
    ASSIGN_OR_RETURN(const std::string bytes,
                     ledger_->reader().journal().ReadRecord(position));
    Arena arena;
    ASSIGN_OR_RETURN(const Record record, DecodeRecord(bytes, &arena));
    const WalkedLot& lot = walk_->lots()[place];
    const auto units = [&lot](const Decimal& decimal) {
      return Quantity(decimal.Units(lot.decimals).value_or(0));
    };
    const Body& body = record.event.body;
    if (const auto* consume = std::get_if<const Consume*>(&body)) {
      const std::string_view name = (*consume)->beneficiary.empty()
                                        ? (*consume)->site
                                        : (*consume)->beneficiary;
      Find(place, name, units((*consume)->quantity));
    }
    if (const auto* ship = std::get_if<const Ship*>(&body)) {
      if ((*ship)->to_external.empty()) return absl::OkStatus();
      for (const ShipLine& line : (*ship)->lines) {
        if (line.lot != lot.name) continue;
        Find(place, (*ship)->to_external, units(line.quantity));
      }
    }
    return absl::OkStatus();
  }

  const Ledger* const ledger_;
  const LotWalk* const walk_;
  const Position known_end_;
  std::vector<FineQuantity> parts_;  // as walk_->lots()
  // What the event that was looked at last made, by the lot's name.
  std::map<std::string, FineQuantity> made_;
  int64_t looked_at_ = 0;
  Consumers found_;
};

}  // namespace

absl::StatusOr<Consumers> FindConsumers(const Ledger& ledger,
                                        const LotWalk& walk, LotIndex start,
                                        Standing standing) {
  Search search(&ledger, &walk, standing.as_of + 1);
  RETURN_IF_ERROR(search.Run(start));
  return search.TakeFound();
}

}  // namespace tally

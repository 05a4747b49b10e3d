#include "tests/simulation/replica.h"

#include <algorithm>
#include <memory>

#include "engine/rules/decide.h"
#include "fmt/format.h"

namespace tally::simulation {
namespace {

std::string DifferentAccounts(const State& one, const State& other) {
  if (one.accounts().size() != other.accounts().size()) {
    return fmt::format("{} accounts and {}", one.accounts().size(),
                       other.accounts().size());
  }
  for (int32_t i = 0; i < one.accounts().size(); ++i) {
    const Account& a = one.accounts().at(AccountIndex(i));
    const Account& b = other.accounts().at(AccountIndex(i));
    const std::span<const DayBalance> a_days = a.timeline.days();
    const std::span<const DayBalance> b_days = b.timeline.days();
    const bool same =
        a.key == b.key && a.booked == b.booked &&
        std::equal(a_days.begin(), a_days.end(), b_days.begin(), b_days.end(),
                   [](const DayBalance& x, const DayBalance& y) {
                     return x.date == y.date && x.postings == y.postings &&
                            x.balance == y.balance;
                   });
    if (!same) return fmt::format("account {}", i);
  }
  return "";
}

std::string DifferentShipments(const State& one, const State& other) {
  if (one.shipments().size() != other.shipments().size()) {
    return fmt::format("{} shipments and {}", one.shipments().size(),
                       other.shipments().size());
  }
  for (int32_t i = 0; i < one.shipments().size(); ++i) {
    const Shipment& a = one.shipments().at(ShipmentIndex(i));
    const Shipment& b = other.shipments().at(ShipmentIndex(i));
    bool same = a.state == b.state && a.position == b.position &&
                a.shipped_on == b.shipped_on && a.last_day == b.last_day &&
                a.lines.size() == b.lines.size();
    for (size_t line = 0; same && line < a.lines.size(); ++line) {
      same = a.lines[line].quantity == b.lines[line].quantity &&
             a.lines[line].accepted == b.lines[line].accepted;
    }
    if (!same) {
      return fmt::format("shipment {}",
                         one.shipments().NameOf(ShipmentIndex(i)));
    }
  }
  return "";
}

}  // namespace

absl::Status Replica::Apply(const Record& record) {
  const auto* annul = std::get_if<const Void*>(&record.event.body);
  const auto target =
      annul == nullptr ? effects_.end() : effects_.find((*annul)->event);
  const std::unique_ptr<Refusal> refusal = Decide(
      state_, record.event,
      {.position = record.position,
       .recorded_at = record.recorded_at,
       .void_target = target == effects_.end() ? nullptr : &target->second},
      &plan_);
  if (refusal != nullptr) {
    return absl::DataLossError(fmt::format("record {} would be refused: {}",
                                           record.position, refusal->message));
  }
  if (plan_.decision != record.decision) {
    return absl::DataLossError(
        fmt::format("record {} would be decided otherwise", record.position));
  }
  VoidTarget& made = effects_[record.event.id];
  made.position = record.position;
  FindEffects(state_, record.event.kind(), record.event.date(), plan_,
              &made.effects);
  state_.Apply(plan_);
  return absl::OkStatus();
}

std::string DifferenceBetween(const State& one, const State& other) {
  std::string difference = DifferentAccounts(one, other);
  if (difference.empty()) difference = DifferentShipments(one, other);
  if (!difference.empty()) return difference;
  if (one.lots().size() != other.lots().size()) return "the lots";
  if (one.voids().size() != other.voids().size()) return "the voids";
  const auto products = static_cast<int32_t>(one.registry().products.size());
  if (products != static_cast<int32_t>(other.registry().products.size())) {
    return "the products";
  }
  for (int32_t product = 0; product < products; ++product) {
    for (int boundary = 1; boundary < kBoundaryCount; ++boundary) {
      if (one.BoundaryTotal(ProductIndex(product),
                            static_cast<Boundary>(boundary)) !=
          other.BoundaryTotal(ProductIndex(product),
                              static_cast<Boundary>(boundary))) {
        return fmt::format("boundary {} of product {}", boundary, product);
      }
    }
  }
  return "";
}

std::string Imbalance(const State& state) {
  int128 sum = 0;
  for (int32_t i = 0; i < state.accounts().size(); ++i) {
    const Account& account = state.accounts().at(AccountIndex(i));
    sum += account.timeline.Latest().units();
  }
  const auto products = static_cast<int32_t>(state.registry().products.size());
  for (int32_t product = 0; product < products; ++product) {
    for (int boundary = 1; boundary < kBoundaryCount; ++boundary) {
      sum += state.BoundaryTotal(ProductIndex(product),
                                 static_cast<Boundary>(boundary));
    }
  }
  if (sum == 0) return "";
  return fmt::format("all accounts and boundaries come to {}",
                     static_cast<int64_t>(sum));
}

}  // namespace tally::simulation

// A state as text, for telling whether two are alike.

#include <algorithm>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "tests/compare/engine_side.h"

namespace tally::compare {
namespace {

using Out = fmt::memory_buffer;

template <typename... Args>
void Add(Out* out, fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(fmt::appender(*out), format, std::forward<Args>(args)...);
}

void DescribeAccounts(const State& state, Out* out) {
  for (int32_t i = 0; i < state.accounts().size(); ++i) {
    const Account& account = state.accounts().at(AccountIndex(i));
    const AccountKey& key = account.key;
    Add(out, "account {} {} {} {} {} {} {}:", static_cast<int>(key.kind),
        key.scope.value(), key.pool.value(), key.claims.value(), key.item,
        key.origin, account.booked.units());
    Quantity before;
    for (const DayBalance& day : account.timeline.days()) {
      // A day without change is no trace.
      if (day.balance == before) continue;
      before = day.balance;
      Add(out, " {}={}", day.date.days(), day.balance.units());
    }
    for (int32_t claim = 0; claim < state.schemes().size() * kModelCount;
         ++claim) {
      const Quantity sold =
          state.accounts().SoldUnderOthers(AccountIndex(i), ClaimIndex(claim));
      if (!sold.IsZero()) Add(out, " s{}", sold.units());
    }
    Add(out, "\n");
  }
}

void DescribeBindings(const State& state, Out* out) {
  for (const Binding& binding : state.bindings().all()) {
    Add(out, "binding {} {} {} {} {}\n", binding.principal,
        binding.party.value(), binding.sites.size(), binding.since,
        binding.until);
  }
}

void DescribeGoods(const State& state, Out* out) {
  for (int32_t i = 0; i < state.lots().size(); ++i) {
    const LotIndex lot(i);
    Add(out, "lot {} {} {}\n", state.lots().NameOf(lot),
        state.lots().at(lot).made.units(), state.lots().ChildrenOf(lot).size());
  }
  for (int32_t i = 0; i < state.shipments().size(); ++i) {
    const Shipment& shipment = state.shipments().at(ShipmentIndex(i));
    Add(out, "shipment {} {}", i, static_cast<int>(shipment.state));
    for (const ShipmentLine& line : shipment.lines) {
      Add(out, " {}", line.accepted.units());
    }
    Add(out, "\n");
  }
  Add(out, "overdue {}\n", state.shipments().Overdue(Date::Max()).value());
  for (size_t i = 0; i < state.registry().products.size(); ++i) {
    for (int boundary = 1; boundary < kBoundaryCount; ++boundary) {
      const int128 total =
          state.BoundaryTotal(ProductIndex(static_cast<int32_t>(i)),
                              static_cast<Boundary>(boundary));
      Add(out, " {}", static_cast<int64_t>(total));
    }
  }
  Add(out, "\n");
}

void DescribeNeeds(const State& state, Out* out) {
  std::vector<std::string> needs;
  for (const auto& [key, running] : state.needs()) {
    const auto up = running.need.Rounded(Rounding::kUp);
    needs.push_back(fmt::format("need {} {} {} {} {} {}\n", key.site.value(),
                                key.process, key.input.value(),
                                key.claim.value(), running.debited.units(),
                                up ? up->units() : -1));
  }
  std::sort(needs.begin(), needs.end());
  for (const std::string& need : needs) Add(out, "{}", need);
}

void DescribeCredits(const State& state, Out* out) {
  for (int32_t i = 0; i < state.credits().size(); ++i) {
    Add(out, "block {}:", state.credits().NameOf(BlockIndex(i)));
    for (const auto& [from, run] : state.credits().at(BlockIndex(i)).runs) {
      Add(out, " {}-{} {} {} {} {}", from, run.to, run.status.holder.value(),
          static_cast<int>(run.status.state), run.status.since.days(),
          run.status.redemption);
    }
    Add(out, "\n");
  }
  Add(out, "redemptions {}:", state.redemptions().size());
  for (int32_t i = 0; i < state.redemptions().size(); ++i) {
    Add(out, " {}", state.redemptions().at(i).withdrawals.size());
  }
  Add(out, "\n");
}

void DescribeRegistry(const State& state, Out* out) {
  const Registry& registry = state.registry();
  Add(out, "registry {} {} {} {} {} {}\n", registry.products.size(),
      registry.parties.size(), registry.sites.size(), registry.pools.size(),
      registry.scopes.size(), state.schemes().size());
  for (int32_t i = 0; i < state.certificates().size(); ++i) {
    const Certificate& certificate =
        state.certificates().at(CertificateIndex(i));
    Add(out, "certificate {} {} {} {} {}:", i, certificate.amendments.size(),
        certificate.statuses.size(), certificate.extensions.size(),
        certificate.members.size());
    std::vector<std::string> used;
    for (const auto& [key, quantity] : certificate.used) {
      if (quantity.IsZero()) continue;
      used.push_back(fmt::format(" {}/{}/{}/{}={}", key.product.value(),
                                 key.year, static_cast<int>(key.use),
                                 key.member, quantity.units()));
    }
    std::sort(used.begin(), used.end());
    for (const std::string& each : used) Add(out, "{}", each);
    Add(out, "\n");
  }
}

}  // namespace

std::string Describe(const State& state) {
  Out out;
  DescribeAccounts(state, &out);
  DescribeGoods(state, &out);
  DescribeBindings(state, &out);
  DescribeNeeds(state, &out);
  DescribeCredits(state, &out);
  DescribeRegistry(state, &out);
  return fmt::to_string(out);
}

}  // namespace tally::compare

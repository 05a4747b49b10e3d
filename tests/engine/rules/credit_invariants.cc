#include "tests/engine/rules/credit_invariants.h"

#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "engine/rules/credit_postings.h"
#include "fmt/format.h"

namespace tally {
namespace {

using Key = std::tuple<BlockIndex, SerialState, PartyIndex>;

AccountKind KindOf(SerialState state) {
  switch (state) {
    case SerialState::kIssued:
      return AccountKind::kCredits;
    case SerialState::kRetired:
      return AccountKind::kRetired;
    case SerialState::kWithdrawn:
      return AccountKind::kWithdrawn;
    case SerialState::kUnbundled:
      break;
  }
  return AccountKind::kHolding;
}

// What the serials of each block come to, by state and holder.
std::map<Key, int64_t> SumsOf(const State& state) {
  std::map<Key, int64_t> sums;
  for (int32_t i = 0; i < state.credits().size(); ++i) {
    const Block& block = state.credits().at(BlockIndex(i));
    int64_t next = 1;
    for (const auto& [from, run] : block.runs) {
      EXPECT_EQ(from, next);
      next = run.to + 1;
      if (run.status.state == SerialState::kUnbundled) continue;
      sums[{BlockIndex(i), run.status.state, run.status.holder}] +=
          (run.to - from + 1) * block.unit.units();
    }
    EXPECT_EQ(next, block.count + 1);
  }
  return sums;
}

}  // namespace

void ExpectZeroSums(const Plan& plan) {
  std::map<ProductIndex, int128> sums;
  for (const Posting& posting : plan.postings) {
    sums[posting.product] += posting.delta.units();
  }
  for (const auto& [product, sum] : sums) EXPECT_TRUE(sum == 0);
}

void ExpectAccountsOfSerials(const State& state) {
  std::map<AccountIndex, int64_t> expected;
  for (const auto& [key, sum] : SumsOf(state)) {
    const auto& [index, serial_state, holder] = key;
    const Block& block = state.credits().at(index);
    const AccountIndex account = state.accounts().Find(
        CreditKeyOf(state, KindOf(serial_state),
                    {holder, block.scheme, block.product}, index));
    ASSERT_TRUE(account.valid()) << state.credits().NameOf(index);
    expected[account] = sum;
  }
  for (int32_t i = 0; i < state.accounts().size(); ++i) {
    const Account& account = state.accounts().at(AccountIndex(i));
    if (!account.key.block().valid()) continue;
    EXPECT_EQ(account.timeline.Latest().units(), expected[AccountIndex(i)]);
    for (const DayBalance& day : account.timeline.days()) {
      EXPECT_FALSE(day.balance.IsNegative()) << day.date.ToString();
    }
  }
}

std::string DumpCredits(const State& state) {
  std::string text;
  const auto add = [&text](auto... figures) {
    ((text += fmt::format("{} ", figures)), ...);
    text += '\n';
  };
  for (int32_t i = 0; i < state.credits().size(); ++i) {
    add("block", state.credits().NameOf(BlockIndex(i)));
    for (const auto& [from, run] : state.credits().at(BlockIndex(i)).runs) {
      add(from, run.to, run.status.holder.value(),
          static_cast<int>(run.status.state), run.status.since.days(),
          run.status.redemption);
    }
  }
  for (int32_t i = 0; i < state.accounts().size(); ++i) {
    const Account& account = state.accounts().at(AccountIndex(i));
    add("account", i, account.timeline.Latest().units(),
        account.booked.units());
  }
  for (int32_t i = 0; i < state.redemptions().size(); ++i) {
    const Redemption& redemption = state.redemptions().at(i);
    const RedeemedKey year{redemption.holder, redemption.scheme,
                           redemption.redeemed_on.year()};
    const HolderKey holder{redemption.holder, redemption.scheme,
                           redemption.product};
    add("redemption", redemption.position, redemption.quantity.units(),
        redemption.withdrawals.size(), state.redemptions().RedeemedIn(year),
        state.covers().RetiredFor(holder, redemption.claim_period, INT32_MAX));
  }
  return text;
}

}  // namespace tally

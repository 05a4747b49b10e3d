// Random runs of credit events: what always holds, holds; and an event that
// is taken back leaves no trace.

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <random>
#include <string>

#include "engine/rules/decide.h"
#include "fmt/format.h"
#include "tests/engine/rules/credit_invariants.h"
#include "tests/engine/rules/credits_fixture.h"

namespace tally {
namespace {

constexpr std::array<std::string_view, 3> kParties = {"miller", "brand",
                                                      "other"};

class CreditsPropertyTest : public CreditsFixture {
 protected:
  int Any(int least, int greatest) {
    return std::uniform_int_distribution<int>(least, greatest)(random_);
  }
  std::string_view AnyParty() {
    return kParties[static_cast<size_t>(Any(0, 2))];
  }
  std::span<const SerialRange> AnySerials() {
    const int from = Any(1, 40);
    block_ = fmt::format("B{}", Any(0, blocks_ - 1));
    return List({SerialRange{block_, from, Any(from, std::min(from + 9, 40))}});
  }

  // Posts an event to a copy's fate: applied, taken back, applied again.
  template <typename Kind>
  bool Try(const Kind& body) {
    const std::string when = Day("2024-06-01").AddDays(Any(0, 400)).ToString();
    const Event event = NewEvent(when, &body);
    const Circumstances circumstances{.position = position_,
                                      .recorded_at = event.occurred_at};
    Plan plan;
    if (Decide(state_, event, circumstances, &plan) != nullptr) return false;
    ExpectZeroSums(plan);
    const std::string before = DumpCredits(state_);
    Undo undo;
    state_.Apply(plan, &undo);
    const std::string after = DumpCredits(state_);
    state_.Revert(plan, undo);
    EXPECT_EQ(DumpCredits(state_), before);
    state_.Apply(plan);
    EXPECT_EQ(DumpCredits(state_), after);
    ++position_;
    return true;
  }

  bool TryIssue() {
    Try(Originate{.site = "mill",
                  .product = "cpo",
                  .quantity = Dec("40"),
                  .claim = Claim("bc", Model::kBookAndClaim)});
    const std::string name = fmt::format("B{}", blocks_);
    const std::string vintage = std::to_string(Any(2023, 2025));
    if (!Try(Issue(name, "40", vintage))) return false;
    ++blocks_;
    return true;
  }

  bool TryUse() {
    const bool named = Any(0, 1) == 0;
    const std::string quantity = std::to_string(Any(1, 60));
    if (Any(0, 2) > 0) {
      TransferCredits sale = Sale(AnyParty(), quantity);
      sale.from_party = AnyParty();
      if (named) sale.serials = AnySerials();
      return Try(sale);
    }
    RedeemCredits redeem = Redemption(AnyParty(), quantity);
    if (named) redeem.serials = AnySerials();
    return Try(redeem);
  }

  bool TryWithdraw() {
    return Try(WithdrawCredits{.serials = AnySerials(),
                               .reason = Any(0, 1) == 0 ? "why" : ""});
  }

  // The registry's events, on this test's own state.
  template <typename Kind>
  void Register(const Kind& body) {
    const Event event = NewEvent("2010-01-01", &body);
    Plan plan;
    ASSERT_EQ(Decide(state_, event, {.position = position_}, &plan), nullptr);
    state_.Apply(plan);
    ++position_;
  }

  void SetUp() override {
    for (const std::string_view party : kParties) {
      Register(RegisterParty{.party = party, .roles = List({Role::kOperator})});
    }
    Register(RegisterSite{.site = "mill", .party = "miller"});
    Register(DefineProduct{.product = "cpo", .unit = "TNE"});
    Register(DefineScheme{.profile = R"({"scheme": "bc", "models": {
        "BOOK_AND_CLAIM": {
          "expiry": {"kind": "MONTHS_FROM_PRODUCTION", "count": 18},
          "prior_vintage_pct": "60",
          "audit_reference_above": {"quantity": "200"}}},
        "certificate": {"required": false}})"});
  }

  std::mt19937_64 random_;
  State state_;
  Position position_ = 0;
  int blocks_ = 0;
  std::string block_;
};

TEST_F(CreditsPropertyTest, SerialsAndAccountsAgreeWhateverIsPosted) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  random_.seed(seed);
  int accepted = 0;
  for (int step = 0; step < 1'500 && !HasFailure(); ++step) {
    const int kind = Any(0, 19);
    if (kind == 0 || blocks_ == 0) {
      accepted += TryIssue();
    } else if (kind == 1) {
      accepted += TryWithdraw();
    } else {
      accepted += TryUse();
    }
    if (step % 100 == 0) ExpectAccountsOfSerials(state_);
  }
  ExpectAccountsOfSerials(state_);
  EXPECT_GT(accepted, 100);
}

}  // namespace
}  // namespace tally

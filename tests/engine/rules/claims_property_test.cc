// Random sequences of splits, merges, conversions, downgrades, shipments,
// recalls, bookings and voids. Whatever the order: every product is conserved
// to the last unit, no account under a claim is ever below zero unless a void
// left it so, and all that can be claimed in the end is no more than what came
// in. The seed is in the test's name.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr std::string_view kScheme =
    R"({"scheme": "x", "certificate": {"required": false},
        "models": {"IDENTITY_PRESERVED": {}, "SEGREGATED": {},
                   "MASS_BALANCE": {}, "BOOK_AND_CLAIM": {}},
        "conversions": [{"process": "pressing", "input": "oil",
          "outputs": [{"product": "fat", "factor": "0.37"}]}]})";

constexpr Model kModels[] = {Model::kIdentityPreserved, Model::kSegregated,
                             Model::kMassBalance};
constexpr std::string_view kSites[] = {"a", "b"};
constexpr std::string_view kProducts[] = {"oil", "fat"};

// What a unit of a product is worth in hundredths of a unit of oil's claim.
int64_t WorthOf(std::string_view product) {
  return product == "fat" ? 100 : 37;
}

class ClaimsPropertyTest : public RulesFixture,
                           public testing::WithParamInterface<uint32_t> {
 protected:
  ClaimsPropertyTest() : random_(GetParam()) {
    AddScheme(kScheme);
    AddParty("trader", {Role::kOperator});
    for (const std::string_view site : kSites) AddSite(site, "trader");
    for (const std::string_view product : kProducts) AddProduct(product, 0);
  }

  int Any(int least, int greatest) {
    return std::uniform_int_distribution<int>(least, greatest)(random_);
  }
  std::string_view Keep(std::string text) {
    names_.push_back(std::make_unique<std::string>(std::move(text)));
    return *names_.back();
  }
  std::string_view Site() { return kSites[Any(0, 1)]; }
  std::string_view Product() { return kProducts[Any(0, 1)]; }
  std::string_view AnyLot() {
    return lots_.empty() || Any(0, 3) == 0
               ? std::string_view()
               : lots_[static_cast<size_t>(
                     Any(0, static_cast<int>(lots_.size()) - 1))];
  }
  std::string_view NewLot() { return Keep(fmt::format("L{}", ++made_)); }
  Decimal Some() { return Dec(Keep(fmt::format("{}", Any(1, 60)))); }
  std::string When() { return fmt::format("2025-01-{:02}", Any(1, 28)); }
  ClaimName AnyClaim(std::string_view lot) {
    const Model model = lot.empty() ? kModels[Any(1, 2)] : kModels[Any(0, 1)];
    return {.scheme = "x", .model = model};
  }

  // Posts it; what it claims, or takes back of what an event claimed, counts.
  template <typename Kind>
  bool Do(const Kind& body, int64_t brings, int64_t claims) {
    const bool accepted = Post(When(), body) == Code::kAccepted;
    if (!accepted) return false;
    brought_ += brings;
    claimed_ += claims;
    events_.push_back({LatestId(), claims});
    CheckBooks();
    return true;
  }

  void Step() {
    const std::string_view lot = AnyLot();
    const Decimal quantity = Some();
    const int64_t units = quantity.mantissa;
    const std::string_view site = Site();
    const std::string_view product = Product();
    const ClaimName claim = AnyClaim(lot);
    switch (Any(0, 11)) {
      case 0:
      case 1: {
        const bool in_lot = Any(0, 2) > 0;
        const std::string_view made = in_lot ? NewLot() : std::string_view();
        if (Do(Originate{.site = site,
                         .product = "oil",
                         .quantity = quantity,
                         .claim = AnyClaim(made),
                         .lot = made},
               units * WorthOf("oil"), 0) &&
            in_lot) {
          lots_.push_back(made);
        }
        return;
      }
      case 2:
        return Convert(site, lot, claim);
      case 3:
        return Split(site, product, lot, claim);
      case 4:
        Do(Downgrade{.site = site,
                     .product = product,
                     .quantity = quantity,
                     .claim = claim,
                     .lot = lot,
                     .to_model = kModels[Any(1, 2)]},
           0, 0);
        return;
      case 5:
      case 6:
        return ShipIt(site, product, quantity, lot, claim);
      case 7:
      case 8:
        return EndShipment();
      case 9:
        Do(Consume{.site = site,
                   .product = product,
                   .quantity = quantity,
                   .claim = claim,
                   .lot = lot,
                   .beneficiary = "us"},
           0, units * WorthOf(product));
        return;
      case 10:
        Do(IssueCredits{.site = site,
                        .product = product,
                        .scheme = "x",
                        .quantity = quantity,
                        .vintage = "2025",
                        .block = Keep(fmt::format("B{}", ++made_)),
                        .lot = lot},
           0, units * WorthOf(product));
        return;
      default:
        return VoidOne();
    }
  }

  void Convert(std::string_view site, std::string_view lot, ClaimName claim) {
    ProcessInput input{.product = "oil", .claim = claim, .lot = lot};
    if (Any(0, 1) == 0) input.quantity = Some();
    const std::string_view made =
        claim.model == Model::kMassBalance ? std::string_view() : NewLot();
    if (Do(Process{.site = site,
                   .process = "pressing",
                   .inputs = List({input}),
                   .outputs = List({ProcessOutput{.product = "fat",
                                                  .quantity = Some(),
                                                  .claim = claim,
                                                  .lot = made}})},
           0, 0) &&
        !made.empty()) {
      lots_.push_back(made);
    }
  }

  // Two inputs at most become two outputs: splits, merges and both.
  void Split(std::string_view site, std::string_view product,
             std::string_view lot, ClaimName claim) {
    const std::string_view other = AnyLot();
    const std::string_view one =
        claim.model == Model::kMassBalance ? std::string_view() : NewLot();
    const std::string_view two = one.empty() ? one : NewLot();
    const auto input = [&](std::string_view from) {
      return ProcessInput{
          .product = product,
          .quantity = Some(),
          .claim = {.scheme = "x", .model = AnyClaim(from).model},
          .lot = from};
    };
    const auto output = [&](std::string_view to) {
      return ProcessOutput{
          .product = product, .quantity = Some(), .claim = claim, .lot = to};
    };
    if (Do(Process{.site = site,
                   .process = "handling",
                   .inputs = List({input(lot), input(other)}),
                   .outputs = List({output(one), output(two)})},
           0, 0) &&
        !one.empty()) {
      lots_.push_back(one);
      lots_.push_back(two);
    }
  }

  void ShipIt(std::string_view site, std::string_view product, Decimal quantity,
              std::string_view lot, ClaimName claim) {
    ShipLine line{
        .product = product, .quantity = quantity, .claim = claim, .lot = lot};
    if (Any(0, 2) == 0) line.as_model = kModels[Any(1, 2)];
    const std::string_view name = Keep(fmt::format("S{}", ++made_));
    if (Do(Ship{.shipment = name,
                .from_site = site,
                .to_site = site == "a" ? "b" : "a",
                .lines = List({line})},
           0, 0)) {
      shipments_.push_back(name);
    }
  }

  void EndShipment() {
    if (shipments_.empty()) return;
    const std::string_view shipment = shipments_[static_cast<size_t>(
        Any(0, static_cast<int>(shipments_.size()) - 1))];
    switch (Any(0, 3)) {
      case 0:
        Do(Reject{.shipment = shipment, .reason = "no"}, 0, 0);
        return;
      case 1:
        Do(Recall{.shipment = shipment, .reason = "no"}, 0, 0);
        return;
      default:
        Do(Accept{.shipment = shipment}, 0, 0);
    }
  }

  void VoidOne() {
    if (events_.empty()) return;
    Done& done = events_[static_cast<size_t>(
        Any(0, static_cast<int>(events_.size()) - 1))];
    const int64_t claims = done.claims;
    if (Post("2025-01-29", Void{.event = done.id, .reason = "false"}) !=
        Code::kAccepted) {
      return;
    }
    voided_ = true;
    claimed_ -= claims;
    CheckBooks();
  }

  // Per product all accounts and boundaries sum to zero; and before any void
  // no account under a claim is below zero on any day.
  void CheckBooks() const {
    for (int32_t p = 0; p < 2; ++p) {
      int128 sum = 0;
      for (int32_t i = 0; i < state().accounts().size(); ++i) {
        const Account& account = state().accounts().at(AccountIndex(i));
        const auto days = account.timeline.days();
        if (state().registry().at(account.key.pool).first_product !=
                ProductIndex(p) ||
            days.empty()) {
          continue;
        }
        sum += days.back().balance.units();
        if (voided_ || account.key.claims == kNoClaims) continue;
        for (const DayBalance& day : days) {
          EXPECT_GE(day.balance, Quantity()) << "seed " << GetParam();
        }
      }
      for (int b = 0; b < kBoundaryCount; ++b) {
        sum += state().BoundaryTotal(ProductIndex(p), static_cast<Boundary>(b));
      }
      EXPECT_TRUE(sum == 0) << "seed " << GetParam();
    }
  }

  // Claims all that is left, wherever it lies.
  void ClaimTheRest() {
    std::vector<std::string_view> all = lots_;
    all.push_back({});
    for (const std::string_view lot : all) {
      for (const std::string_view site : kSites) {
        for (const std::string_view product : kProducts) {
          for (const Model model : kModels) ClaimAll(site, product, lot, model);
        }
      }
    }
  }

  void ClaimAll(std::string_view site, std::string_view product,
                std::string_view lot, Model model) {
    Consume consume{.site = site,
                    .product = product,
                    .quantity = Dec("1000000"),
                    .claim = {.scheme = "x", .model = model},
                    .lot = lot,
                    .beneficiary = "us"};
    if (Post("2025-02-01", consume) == Code::kAccepted) {
      ADD_FAILURE() << "a million was there; seed " << GetParam();
    }
    const std::string available = FigureOf("available");
    if (available.empty() || available == "0") return;
    consume.quantity = Dec(Keep(available));
    if (Post("2025-02-01", consume) == Code::kAccepted) {
      claimed_ += consume.quantity.mantissa * WorthOf(product);
    }
  }

  struct Done {
    Uuid id;
    int64_t claims = 0;
  };

  std::mt19937 random_;
  std::vector<std::unique_ptr<std::string>> names_;
  std::vector<std::string_view> lots_;
  std::vector<std::string_view> shipments_;
  std::vector<Done> events_;
  int made_ = 0;
  bool voided_ = false;
  int64_t brought_ = 0;  // in hundredths of oil's claim
  int64_t claimed_ = 0;
};

TEST_P(ClaimsPropertyTest, NoOrderOfEventsMakesMoreToClaim) {
  SCOPED_TRACE(fmt::format("seed {}", GetParam()));
  for (int i = 0; i < 300; ++i) {
    Step();
    ASSERT_LE(claimed_, brought_) << "after step " << i;
  }
  for (const std::string_view shipment : shipments_) {
    Post("2025-01-30", Accept{.shipment = shipment});
  }
  ClaimTheRest();
  EXPECT_LE(claimed_, brought_);
  EXPECT_GT(brought_, 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ClaimsPropertyTest,
                         testing::Range(uint32_t{1}, uint32_t{41}));

class SmallStepsTest : public RulesFixture {};

// TALLY_SPLITS=1000000 makes it a million; every thousandth is looked at.
TEST_F(SmallStepsTest, SplittingALotManyTimesGainsNothing) {
  const char* asked = std::getenv("TALLY_SPLITS");
  const int steps = asked == nullptr ? 20'000 : std::atoi(asked);
  AddScheme(kScheme);
  AddParty("trader", {Role::kOperator});
  AddSite("a", "trader");
  AddProduct("oil", 0);
  AddProduct("fat", 0);
  const ClaimName claim{.scheme = "x", .model = Model::kMassBalance};
  Given("2025-01-01", Originate{.site = "a",
                                .product = "oil",
                                .quantity = Dec("1000000000"),
                                .claim = claim});
  int64_t made = 0;
  for (int i = 0; i < steps; ++i) {
    const Code code = Post(
        "2025-01-02",
        Process{
            .site = "a",
            .process = "pressing",
            .inputs = List({ProcessInput{.product = "oil", .claim = claim}}),
            .outputs = List({ProcessOutput{
                .product = "fat", .quantity = Dec("1"), .claim = claim}})});
    ASSERT_EQ(code, Code::kAccepted);
    ++made;
    if (i % 1000 != 0) continue;
    const int64_t left = std::stoll(Balance("a", "oil", claim));
    // 100 of fat take 37 of oil's claim at least, to the last unit.
    ASSERT_GE((1'000'000'000 - left) * 37, made * 100);
    ASSERT_LT((1'000'000'000 - left) * 37, made * 100 + 37);
  }
}

}  // namespace
}  // namespace tally

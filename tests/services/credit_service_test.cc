// The credit service, on one story: 100 credits are issued in February, 40
// sold in March, 10 of these retired in April.

#include <string>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "tallystick/v1/credit_service.grpc.pb.h"
#include "tests/services/server_test_base.h"

namespace tally::services {
namespace {

using testing::ElementsAre;

constexpr std::string_view kStory[] = {
    R"({"occurred_at": "2010-01-01", "define_scheme": {"profile":
        {"scheme": "bc", "models": {"SEGREGATED": {}, "BOOK_AND_CLAIM": {}},
         "certificate": {"required": false}}}})",
    R"({"occurred_at": "2010-01-01", "register_party":
        {"party": "brand", "roles": ["BRAND"]}})",
    R"({"occurred_at": "2025-01-10", "originate":
        {"site": "mill", "product": "cpo", "quantity": "100",
         "claim": {"scheme": "bc", "model": "SEGREGATED"}}})",
    R"({"occurred_at": "2025-02-01", "issue_credits":
        {"site": "mill", "product": "cpo", "scheme": "bc", "quantity": "100",
         "vintage": "2025-01", "block": "B1"}})",
    R"({"occurred_at": "2025-03-01", "transfer_credits":
        {"from_party": "mill-co", "to_party": "brand", "scheme": "bc",
         "product": "cpo", "quantity": "40"}})",
    R"({"occurred_at": "2025-04-01", "redeem_credits":
        {"holder": "brand", "scheme": "bc", "product": "cpo",
         "quantity": "10", "beneficiary": "Bakery Ltd",
         "claim_period": "2025", "purpose": "VOLUNTARY"}})",
    R"({"occurred_at": "2025-04-02", "declare_claims":
        {"party": "brand", "scheme": "bc", "product": "cpo",
         "quantity": "12.5", "claim_period": "2025"}})"};

std::string Named(v1::CreditState state) {
  return v1::CreditState_Name(state).substr(sizeof("CREDIT_STATE_") - 1);
}

class CreditServiceTest : public ServerTestBase {
 protected:
  void SetUp() override {
    StartServer();
    PostWorld();
    credits_ = v1::CreditService::NewStub(channel_);
    int number = 0;
    for (const std::string_view json : kStory) {
      const v1::Event event =
          MakeEvent(fmt::format("story {}", number++), json);
      const v1::Outcome outcome = PostOne(event);
      ASSERT_TRUE(outcome.has_accepted()) << outcome.ShortDebugString();
      if (event.has_redeem_credits()) redemption_ = event.id();
    }
  }

  template <typename Response, typename Request>
  Response Ask(grpc::Status (v1::CreditService::Stub::*method)(
                   grpc::ClientContext*, const Request&, Response*),
               const Request& request) {
    grpc::ClientContext context;
    Response response;
    status_ = (credits_.get()->*method)(&context, request, &response);
    return response;
  }

  // "1-10 brand RETIRED", page after page of one range.
  std::vector<std::string> Credits(v1::ListCreditsRequest request) {
    request.set_page_size(1);
    std::vector<std::string> found;
    do {
      const auto response = Ask(&v1::CreditService::Stub::ListCredits, request);
      EXPECT_TRUE(status_.ok()) << status_.error_message();
      for (const v1::Credits& credits : response.credits()) {
        found.push_back(fmt::format("{}-{} {} {}", credits.serials().from(),
                                    credits.serials().to(), credits.holder(),
                                    Named(credits.state())));
      }
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return found;
  }

  static v1::ListCreditsRequest OfBlock(const std::string& as_at = "") {
    v1::ListCreditsRequest request;
    request.set_block("B1");
    request.set_as_at(as_at);
    return request;
  }

  std::unique_ptr<v1::CreditService::Stub> credits_;
  std::string redemption_;
  grpc::Status status_;
};

TEST_F(CreditServiceTest, SerialsAsAtAnyBusinessDate) {
  const std::vector<std::string> now = {
      "1-10 brand RETIRED", "11-40 brand ISSUED", "41-100 mill-co ISSUED"};
  EXPECT_EQ(Credits(OfBlock()), now);
  EXPECT_EQ(Credits(OfBlock("2025-04-01")), now);
  EXPECT_THAT(Credits(OfBlock("2025-03-31")),
              ElementsAre("1-40 brand ISSUED", "41-100 mill-co ISSUED"));
  EXPECT_THAT(Credits(OfBlock("2025-02-28")),
              ElementsAre("1-100 mill-co ISSUED"));
  EXPECT_THAT(Credits(OfBlock("2025-01-31")), ElementsAre());
  v1::ListCreditsRequest of_brand;
  of_brand.set_party("brand");
  of_brand.set_state(v1::CREDIT_STATE_ISSUED);
  EXPECT_THAT(Credits(of_brand), ElementsAre("11-40 brand ISSUED"));
  of_brand.set_as_at("2025-03-01");
  EXPECT_THAT(Credits(of_brand), ElementsAre("1-40 brand ISSUED"));
}

TEST_F(CreditServiceTest, ABlockCountsItsSerialsByState) {
  v1::GetBlockRequest request;
  request.set_block("B1");
  const v1::CreditBlock block =
      Ask(&v1::CreditService::Stub::GetBlock, request).block();
  EXPECT_EQ(block.state(), v1::CREDIT_STATE_ISSUED);
  EXPECT_EQ(block.quantity(), "100.00");
  EXPECT_EQ(block.issued_to(), "mill-co");
  ASSERT_EQ(block.counts_size(), 2);
  EXPECT_EQ(block.counts(0).state(), v1::CREDIT_STATE_ISSUED);
  EXPECT_EQ(block.counts(0).serial_count(), 90);
  EXPECT_EQ(block.counts(0).quantity(), "90.00");
  EXPECT_EQ(block.counts(1).state(), v1::CREDIT_STATE_RETIRED);
  EXPECT_EQ(block.counts(1).serial_count(), 10);

  v1::ListBlocksRequest list;
  list.set_scheme("bc");
  const auto blocks = Ask(&v1::CreditService::Stub::ListBlocks, list);
  ASSERT_EQ(blocks.blocks_size(), 1);
  EXPECT_EQ(blocks.blocks(0).SerializeAsString(), block.SerializeAsString());
}

TEST_F(CreditServiceTest, WithdrawnAndRetiredSerialsShareNoState) {
  const v1::Outcome outcome = PostOne(MakeEvent(
      "withdrawal", R"({"occurred_at": "2025-05-01", "withdraw_credits":
          {"serials": [{"block": "B1", "from": 11, "to": 100}],
           "reason": "issued twice"}})"));
  ASSERT_TRUE(outcome.has_accepted()) << outcome.ShortDebugString();
  v1::GetBlockRequest request;
  request.set_block("B1");
  const v1::CreditBlock block =
      Ask(&v1::CreditService::Stub::GetBlock, request).block();
  EXPECT_EQ(block.state(), v1::CREDIT_STATE_UNSPECIFIED);
  ASSERT_EQ(block.counts_size(), 2);
  EXPECT_EQ(block.counts(0).state(), v1::CREDIT_STATE_RETIRED);
  EXPECT_EQ(block.counts(1).state(), v1::CREDIT_STATE_WITHDRAWN);
  EXPECT_EQ(block.counts(1).serial_count(), 90);
}

TEST_F(CreditServiceTest, HoldingsAddUp) {
  v1::ListHoldingsRequest request;
  request.set_product("cpo");
  request.set_scheme("bc");
  const auto all = Ask(&v1::CreditService::Stub::ListHoldings, request);
  std::vector<std::string> found;
  for (const v1::Holding& holding : all.holdings()) {
    found.push_back(fmt::format("{} {} {} {}", holding.party(),
                                holding.vintage(), Named(holding.state()),
                                holding.quantity()));
  }
  EXPECT_THAT(found, ElementsAre("brand 2025-01 ISSUED 30.00",
                                 "brand 2025-01 RETIRED 10.00",
                                 "mill-co 2025-01 ISSUED 60.00"));
  EXPECT_EQ(all.total_quantity(), "100.00");
  EXPECT_EQ(all.unit(), "TNE");
  EXPECT_EQ(all.tree_size(), all.as_of_position() + 1);
  request.set_as_at("2025-02-28");
  request.set_party("mill-co");
  const auto before = Ask(&v1::CreditService::Stub::ListHoldings, request);
  EXPECT_EQ(before.total_quantity(), "100.00");
}

TEST_F(CreditServiceTest, ARedemptionIsPublicById) {
  v1::GetRedemptionRequest request;
  request.set_redemption(redemption_);
  const v1::Redemption redemption =
      Ask(&v1::CreditService::Stub::GetRedemption, request).redemption();
  EXPECT_EQ(redemption.holder(), "brand");
  EXPECT_EQ(redemption.beneficiary(), "Bakery Ltd");
  EXPECT_EQ(redemption.quantity(), "10.00");
  EXPECT_EQ(redemption.redeemed_on(), "2025-04-01");
  ASSERT_EQ(redemption.serials_size(), 1);
  EXPECT_EQ(redemption.serials(0).to(), 10);

  v1::ListRedemptionsRequest list;
  list.set_beneficiary("Bakery Ltd");
  EXPECT_EQ(
      Ask(&v1::CreditService::Stub::ListRedemptions, list).redemptions_size(),
      1);
  list.set_beneficiary("Butcher");
  EXPECT_EQ(
      Ask(&v1::CreditService::Stub::ListRedemptions, list).redemptions_size(),
      0);
}

TEST_F(CreditServiceTest, CoverComparesClaimsWithRetirements) {
  v1::GetCoverRequest request;
  request.set_party("brand");
  request.set_scheme("bc");
  request.set_product("cpo");
  request.set_claim_period("2025");
  const v1::Cover cover =
      Ask(&v1::CreditService::Stub::GetCover, request).cover();
  EXPECT_EQ(cover.claimed(), "12.50");
  EXPECT_EQ(cover.retired(), "10.00");
  EXPECT_EQ(cover.uncovered(), "2.50");
}

TEST_F(CreditServiceTest, WhatIsNotThereIsNamed) {
  v1::GetBlockRequest block;
  block.set_block("B2");
  Ask(&v1::CreditService::Stub::GetBlock, block);
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::NOT_FOUND);
  auto info = DetailOf<google::rpc::ErrorInfo>(status_);
  EXPECT_EQ(info.reason(), "NOT_FOUND");
  EXPECT_EQ(info.metadata().at("field"), "block");
  EXPECT_EQ(info.metadata().at("value"), "B2");

  Ask(&v1::CreditService::Stub::ListCredits, v1::ListCreditsRequest());
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  info = DetailOf<google::rpc::ErrorInfo>(status_);
  EXPECT_EQ(info.metadata().at("field"), "party");
  EXPECT_EQ(info.metadata().at("limit"), "given where block is not");
}

}  // namespace
}  // namespace tally::services

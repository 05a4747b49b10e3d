#include "tests/engine/ledger/ledger_fixture.h"

#include "engine/base/check.h"
#include "engine/ledger/balance_queries.h"

namespace tally {

Decimal Dec(std::string_view text) {
  const std::optional<Decimal> decimal = ParseDecimal(text);
  TALLY_CHECK(decimal.has_value());
  return *decimal;
}

Date Day(std::string_view text) {
  const std::optional<Date> date = ParseDate(text);
  TALLY_CHECK(date.has_value());
  return *date;
}

BatchOf& BatchOf::RecordedAt(std::string_view when) {
  const std::optional<Instant> instant = ParseInstant(when);
  TALLY_CHECK(instant.has_value());
  batch_->recorded_at = instant;
  return *this;
}

BatchOf& BatchOf::AddEvent(std::string_view name, Body body,
                           std::string_view when) {
  batch_->events.push_back({.id = UuidOfName(name),
                            .occurred_at = Instant(Day(when)),
                            .body = body});
  return *this;
}

Receive OilIn(std::string_view site, std::string_view quantity) {
  return {.site = site,
          .product = "oil",
          .quantity = Dec(quantity),
          .claim = kOilClaim,
          .supplier = "plantation"};
}

Ship OilOut(Batch* batch, std::string_view shipment, std::string_view from,
            std::string_view quantity) {
  const std::span<ShipLine> lines = batch->arena.NewArray<ShipLine>(1);
  lines.front() = {
      .product = "oil", .quantity = Dec(quantity), .claim = kOilClaim};
  return {.shipment = batch->arena.Copy(shipment),
          .from_site = from,
          .to_external = "buyer",
          .lines = lines};
}

LedgerFixture::LedgerFixture() { clock_.Set(Instant(Day("2025-02-01"))); }

void LedgerFixture::Open(LedgerOptions options) {
  options.clock = &clock_;
  ledger_ = nullptr;
  absl::StatusOr<std::unique_ptr<Ledger>> opened =
      Ledger::Open(std::move(options));
  ASSERT_TRUE(opened.ok()) << opened.status();
  ledger_ = *std::move(opened);
}

void LedgerFixture::OpenOn(Storage storage, LedgerOptions options) {
  options.clock = &clock_;
  ledger_ = nullptr;
  absl::StatusOr<std::unique_ptr<Ledger>> opened = Ledger::OpenOn(
      std::make_unique<Storage>(std::move(storage)), std::move(options));
  ASSERT_TRUE(opened.ok()) << opened.status();
  ledger_ = *std::move(opened);
}

Outcome LedgerFixture::OnlyOutcome(BatchResult result) {
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_EQ(result.outcomes.size(), 1U);
  if (result.outcomes.size() != 1) return Outcome();
  return std::move(result.outcomes.front());
}

void LedgerFixture::AddWorld(std::initializer_list<std::string_view> sites) {
  constexpr std::string_view kWhen = "2020-01-01";
  static constexpr Role kRoles[] = {Role::kOperator};
  BatchOf batch;
  batch.Add("scheme", DefineScheme{.profile = R"({"scheme": "s",
                "models": {"SEGREGATED": {}, "MASS_BALANCE": {}},
                "certificate": {"required": false},
                "confirm_within_days": 30})"},
            kWhen);
  batch.Add("miller", RegisterParty{.party = "miller", .roles = kRoles}, kWhen);
  batch.Add("oil",
            DefineProduct{.product = "oil", .unit = "KGM", .decimals = 0},
            kWhen);
  for (const std::string_view site : sites) {
    batch.Add(site, RegisterSite{.site = site, .party = "miller"}, kWhen);
  }
  const BatchResult result = Post(batch);
  ASSERT_TRUE(result.status.ok()) << result.status;
  for (const Outcome& outcome : result.outcomes) {
    ASSERT_TRUE(outcome.accepted()) << outcome.refusal->message;
  }
}

Code LedgerFixture::ShipOil(std::string_view shipment, std::string_view from,
                            std::string_view quantity) {
  BatchOf batch;
  batch.Add(shipment, OilOut(batch.batch(), shipment, from, quantity));
  return OnlyOutcome(Post(batch)).code;
}

std::string LedgerFixture::OilAt(std::string_view site) const {
  const absl::StatusOr<BalanceAnswer> answer =
      GetBalance(*ledger_, {.site = site,
                            .product = "oil",
                            .scheme = kOilClaim.scheme,
                            .model = kOilClaim.model});
  if (!answer.ok()) return answer.status().ToString();
  return answer->balance.amount.ToString();
}

}  // namespace tally

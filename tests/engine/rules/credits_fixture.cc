#include "tests/engine/rules/credits_fixture.h"

#include "fmt/format.h"
#include "tests/engine/rules/credit_invariants.h"

namespace tally {

void CreditsFixture::SetUp() {
  AddParty("miller", {Role::kOperator});
  AddParty("brand", {Role::kBrand});
  AddParty("other", {Role::kBrand});
  AddSite("mill", "miller", {"MILL"});
  AddProduct("cpo", 0);
  AddProduct("gold", 2);
}

void CreditsFixture::TearDown() { ExpectAccountsOfSerials(state()); }

void CreditsFixture::AddCredits(std::string_view terms) {
  AddScheme(fmt::format(R"({{"scheme": "bc", "models": {{
      "SEGREGATED": {{}}, "CONTROLLED_BLENDING": {{}}, "MASS_BALANCE": {{}},
      "BOOK_AND_CLAIM": {}}},
      "certificate": {{"required": false}},
      "citations": {{"R24": "BC 4.2"}}}})",
                        terms));
}

void CreditsFixture::Produce(std::string_view quantity, Model model) {
  Given("2015-01-01", Originate{.site = "mill",
                                .product = "cpo",
                                .quantity = Dec(quantity),
                                .claim = Claim("bc", model)});
}

IssueCredits CreditsFixture::Issue(std::string_view block,
                                   std::string_view quantity,
                                   std::string_view vintage) {
  return {.site = "mill",
          .product = "cpo",
          .scheme = "bc",
          .quantity = Dec(quantity),
          .vintage = vintage,
          .block = block};
}

void CreditsFixture::Issued(std::string_view when, std::string_view block,
                            std::string_view quantity,
                            std::string_view vintage) {
  Produce(quantity);
  Given(when, Issue(block, quantity, vintage));
}

TransferCredits CreditsFixture::Sale(std::string_view buyer,
                                     std::string_view quantity) {
  return {.from_party = "miller",
          .to_party = buyer,
          .scheme = "bc",
          .product = "cpo",
          .quantity = Dec(quantity)};
}

TransferCredits CreditsFixture::Sale(
    std::string_view buyer, std::initializer_list<SerialRange> serials) {
  return {.from_party = "miller",
          .to_party = buyer,
          .scheme = "bc",
          .product = "cpo",
          .serials = List(serials)};
}

RedeemCredits CreditsFixture::Redemption(std::string_view holder,
                                         std::string_view quantity,
                                         std::string_view claim_period) {
  return {.holder = holder,
          .scheme = "bc",
          .product = "cpo",
          .quantity = Dec(quantity),
          .beneficiary = "shoppers",
          .claim_period = claim_period,
          .purpose = Purpose::kVoluntary};
}

RedeemCredits CreditsFixture::Redemption(
    std::string_view holder, std::initializer_list<SerialRange> serials,
    std::string_view claim_period) {
  return {.holder = holder,
          .scheme = "bc",
          .product = "cpo",
          .serials = List(serials),
          .beneficiary = "shoppers",
          .claim_period = claim_period,
          .purpose = Purpose::kVoluntary};
}

std::string CreditsFixture::Drawn() const {
  std::string text;
  for (const DrawnSerials& drawn : plan().decision.serials) {
    text += fmt::format("{}{} {}-{}", text.empty() ? "" : ", ", drawn.block,
                        drawn.from, drawn.to);
  }
  return text;
}

std::string CreditsFixture::Has(std::string_view party, CreditState in,
                                std::string_view as_at) const {
  const CreditFilter filter{state().registry().party_names.Find(party),
                            state().schemes().Find("bc"),
                            state().registry().product_names.Find("cpo")};
  return FormatUnits(CreditTotal(state(), filter, in, Day(as_at)), 0);
}

bool CreditsFixture::Warned(Warning warning) const {
  for (const Warning given : plan().decision.warnings) {
    if (given == warning) return true;
  }
  return false;
}

void CreditsFixture::CheckPostings() const { ExpectZeroSums(plan()); }

}  // namespace tally

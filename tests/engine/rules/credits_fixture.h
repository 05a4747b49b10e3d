// A ledger with credits: a miller with a mill, two brands, a product of whole
// tonnes and one of hundredths, and a scheme "bc" of the test's own terms.
//
// After every event that is accepted it checks that the postings sum to zero,
// and at the end of each test that the accounts of every block agree with its
// serials.

#ifndef TALLY_TESTS_ENGINE_RULES_CREDITS_FIXTURE_H_
#define TALLY_TESTS_ENGINE_RULES_CREDITS_FIXTURE_H_

#include <initializer_list>
#include <string>
#include <string_view>

#include "engine/state/credit_queries.h"
#include "tests/engine/rules/rules_fixture.h"

namespace tally {

class CreditsFixture : public RulesFixture {
 protected:
  void SetUp() override;
  void TearDown() override;

  // The scheme "bc", with these terms of BOOK_AND_CLAIM (JSON) and beside it
  // SEGREGATED, CONTROLLED_BLENDING and MASS_BALANCE.
  void AddCredits(std::string_view terms = "{}");

  // Production of the mill that can be booked, dated 2015-01-01.
  void Produce(std::string_view quantity, Model model = Model::kBookAndClaim);
  // Of the mill's cpo.
  IssueCredits Issue(std::string_view block, std::string_view quantity,
                     std::string_view vintage = "2024");
  // Produces and issues a block.
  void Issued(std::string_view when, std::string_view block,
              std::string_view quantity, std::string_view vintage = "2024");

  TransferCredits Sale(std::string_view buyer, std::string_view quantity);
  TransferCredits Sale(std::string_view buyer,
                       std::initializer_list<SerialRange> serials);
  RedeemCredits Redemption(std::string_view holder, std::string_view quantity,
                           std::string_view claim_period = "2024");
  RedeemCredits Redemption(std::string_view holder,
                           std::initializer_list<SerialRange> serials,
                           std::string_view claim_period = "2024");

  // "B1 1-60, B2 1-40": what the latest event drew.
  std::string Drawn() const;
  // What a party has of cpo in a state at the end of a day: "100".
  std::string Has(std::string_view party, CreditState in,
                  std::string_view as_at = "2199-12-31") const;
  bool Warned(Warning warning) const;

  template <typename Kind>
  Code Post(std::string_view when, const Kind& body, Envelope envelope = {}) {
    const Code code = RulesFixture::Post(when, body, envelope);
    if (code == Code::kAccepted) CheckPostings();
    return code;
  }
  template <typename Kind>
  void Given(std::string_view when, const Kind& body, Envelope envelope = {}) {
    EXPECT_EQ(Post(when, body, envelope), Code::kAccepted) << Explain();
  }

 private:
  void CheckPostings() const;
};

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_RULES_CREDITS_FIXTURE_H_

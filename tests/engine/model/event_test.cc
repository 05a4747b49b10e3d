#include "engine/model/event.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace tally {
namespace {

// A kind's number is its place in Body, and is stored.
template <typename T>
void ExpectKind(int number, std::string_view name) {
  const Event event{.body = Body(static_cast<const T*>(nullptr))};
  EXPECT_EQ(event.kind(), number) << name;
  EXPECT_EQ(KindName(number), name);
}

TEST(EventTest, KindNumbersAreFrozen) {
  EXPECT_EQ(kKindCount, 40);
  EXPECT_EQ(Event{}.kind(), 0);
  EXPECT_EQ(KindName(0), "");
  ExpectKind<Originate>(1, "originate");
  ExpectKind<Receive>(2, "receive");
  ExpectKind<Ship>(3, "ship");
  ExpectKind<Accept>(4, "accept");
  ExpectKind<Reject>(5, "reject");
  ExpectKind<Recall>(6, "recall");
  ExpectKind<Process>(7, "process");
  ExpectKind<Downgrade>(8, "downgrade");
  ExpectKind<Adjust>(9, "adjust");
  ExpectKind<CountStock>(10, "count_stock");
  ExpectKind<Consume>(11, "consume");
  ExpectKind<OpenPeriod>(12, "open_period");
  ExpectKind<ClosePeriod>(13, "close_period");
  ExpectKind<TransferEntitlement>(14, "transfer_entitlement");
  ExpectKind<IssueCredits>(15, "issue_credits");
  ExpectKind<TransferCredits>(16, "transfer_credits");
  ExpectKind<RedeemCredits>(17, "redeem_credits");
  ExpectKind<WithdrawCredits>(18, "withdraw_credits");
  ExpectKind<UnbundleCredits>(19, "unbundle_credits");
  ExpectKind<DeclareClaims>(20, "declare_claims");
  ExpectKind<Hold>(21, "hold");
  ExpectKind<Release>(22, "release");
  ExpectKind<Void>(23, "void");
  ExpectKind<SetSourceStatus>(24, "set_source_status");
  ExpectKind<DefineScheme>(25, "define_scheme");
  ExpectKind<DefineProduct>(26, "define_product");
  ExpectKind<RegisterParty>(27, "register_party");
  ExpectKind<RegisterSite>(28, "register_site");
  ExpectKind<GrantCertificate>(29, "grant_certificate");
  ExpectKind<AmendCertificate>(30, "amend_certificate");
  ExpectKind<ExtendVolume>(31, "extend_volume");
  ExpectKind<SetCertificateStatus>(32, "set_certificate_status");
  ExpectKind<AddGroupMember>(33, "add_group_member");
  ExpectKind<RecordAssessment>(34, "record_assessment");
  ExpectKind<Lapse>(35, "lapse");
  ExpectKind<BindPrincipal>(36, "bind_principal");
  ExpectKind<UnbindPrincipal>(37, "unbind_principal");
  ExpectKind<Approve>(38, "approve");
  ExpectKind<AgreeContract>(39, "agree_contract");
}

// Collects the numbers and names of a struct's fields.
class FieldCheck {
 public:
  template <typename T>
  void operator()(int number, std::string_view name, T&) {
    EXPECT_GT(number, 0) << name;
    EXPECT_TRUE(numbers_.insert(number).second) << number << " " << name;
    EXPECT_TRUE(names_.insert(std::string(name)).second) << name;
  }
  size_t count() const { return numbers_.size(); }

 private:
  std::set<int> numbers_;
  std::set<std::string> names_;
};

template <size_t... indices>
void CheckEveryKind(std::index_sequence<indices...>) {
  (
      [] {
        using Pointer = std::variant_alternative_t<indices + 1, Body>;
        std::remove_const_t<std::remove_pointer_t<Pointer>> body;
        FieldCheck check;
        decltype(body)::Visit(body, check);
        EXPECT_GT(check.count(), 0) << KindName(indices + 1);
      }(),
      ...);
}

TEST(EventTest, FieldsHaveNumbersAndNamesOfTheirOwn) {
  CheckEveryKind(std::make_index_sequence<kKindCount - 1>());
}

TEST(EventTest, BusinessDateIsThatOfTheOccurrence) {
  const Event event{.occurred_at =
                        ParseInstant("2025-03-01T23:30:00-01:00").value()};
  EXPECT_EQ(event.date(), Date::FromCivil(2025, 3, 2));
}

TEST(EventDeathTest, ChecksKinds) {
  EXPECT_DEATH(KindName(-1), "check failed");
  EXPECT_DEATH(KindName(kKindCount), "check failed");
}

}  // namespace
}  // namespace tally

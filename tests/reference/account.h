// Accounts and their daily balances, summed from the postings each time.
//
// An account is what a rule keeps at zero or above: a lot or the pool of one
// product under one claim at one site, or the mass-balance entitlement of one
// scope, product group, category and scheme. Stock under several claims counts
// in the account of each. Expiry that follows from dates alone (credit lasting
// months, a certificate gap) is worked out here and never stored.

#ifndef TALLY_TESTS_REFERENCE_ACCOUNT_H_
#define TALLY_TESTS_REFERENCE_ACCOUNT_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/reference/plan.h"
#include "tests/reference/world.h"

namespace tally::reference {

// What is looked at: the world's postings, and those of a plan on top of them.
class View {
 public:
  explicit View(const World& world, const Plan* plan = nullptr,
                int64_t known_at = INT64_MAX)
      : world_(world), plan_(plan), known_at_(known_at) {}

  const World& world() const { return world_; }
  const Plan* plan() const { return plan_; }

  // Every posting to an account of ours, boundaries left out, and what expired
  // by date. Empty `site` or `product` stands for all.
  void Each(const std::string& site, const std::string& product,
            const std::function<void(const Posting&)>& visit) const;
  // The same without what expired by date.
  void EachPosted(const std::string& site, const std::string& product,
                  const std::function<void(const Posting&)>& visit) const;

 private:
  const World& world_;
  const Plan* const plan_;
  const int64_t known_at_;
};

struct Account {
  std::optional<Claim> claim;  // none: conventional
  std::string lot;
  std::string origin;
  // Of mass balance: the entitlement's scope and product group.
  std::string scope;
  std::string group;
  std::string category;
  // Of everything else.
  std::string site;
  std::string product;

  bool IsMassBalance() const { return claim && claim->model == kMassBalance; }
  friend auto operator<=>(const Account&, const Account&) = default;
};

// Balance at the end of each day on which it changed.
using Series = std::map<Date, Units>;

// "SITE:mill", "PARTY:miller" …: what shares one mass-balance account.
std::string ScopeOf(const World& world, const Profile& profile,
                    const std::string& site);
std::string GroupOf(const Product& product);

// The account that `holding` counts in under `claim`.
Account AccountOf(const World& world, const Holding& holding,
                  const std::optional<Claim>& claim);
bool Counts(const World& world, const Account& account, const Holding& holding);

// `only` narrows to stock under exactly its claims, and of several claims to
// its origin; `at_site` to a site.
Series Daily(const View& view, const Account& account,
             const Holding* only = nullptr, const std::string& at_site = "");
Units BalanceAt(const Series& series, Date date);
// Over the date and every later one.
Units LowestFrom(const Series& series, Date date);
Units HighestFrom(const Series& series, Date date);

// All holdings of a product at a site, every claim and conventional together.
Units BookStock(const View& view, const std::string& site,
                const std::string& product, Date date);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_ACCOUNT_H_

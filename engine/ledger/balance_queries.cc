#include "engine/ledger/balance_queries.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "engine/base/status_macros.h"
#include "engine/ledger/account_names.h"
#include "engine/ledger/ask.h"
#include "engine/ledger/find_names.h"
#include "engine/ledger/holdings_of.h"
#include "engine/ledger/page.h"
#include "fmt/format.h"

namespace tally {
namespace {

struct Asked {
  BalanceAnswer answer;
  std::vector<AccountIndex> accounts;
  Position known_end = 0;
};

absl::StatusOr<Asked> AskBalance(const View& view,
                                 const BalanceQuestion& question) {
  ASSIGN_OR_RETURN(HoldingsOf holdings, FindHoldings(view, question));
  Asked asked;
  asked.answer.standing = view.standing;
  asked.answer.balance.account = std::move(holdings.account);
  asked.answer.balance.as_at = question.as_at.value_or(view.latest_date);
  asked.accounts = std::move(holdings.accounts);
  ASSIGN_OR_RETURN(asked.known_end, KnownEnd(view, question.as_known_at));
  ASSIGN_OR_RETURN(const Quantity sum,
                   SumNow(view, asked.accounts, question.as_at));
  asked.answer.balance.amount = AmountOf(view.state, holdings.product, sum);
  return asked;
}

// The names of a list question as indices; not valid(): not asked for.
struct Filter {
  PartyIndex party;
  SiteIndex site;
  ProductIndex product;
  SchemeIndex scheme;
  std::optional<Model> model;
  LotIndex lot;
  bool by_lot = false;

  bool TakesScope(const Registry& registry, ScopeIndex scope) const;
  bool TakesClaims(const State& state, ClaimSetIndex claims) const;
  bool Takes(const State& state, const AccountKey& key) const;
};

bool Filter::TakesScope(const Registry& registry, ScopeIndex scope) const {
  if (site.valid()) {
    const Site& asked = registry.at(site);
    const bool of_site =
        scope == asked.own_scope || scope == asked.group_scope ||
        scope == asked.party_scope || scope == asked.country_scope;
    if (!of_site) return false;
  }
  return !party.valid() || registry.at(scope).party == party;
}

bool Filter::TakesClaims(const State& state, ClaimSetIndex claims) const {
  if (!scheme.valid() && !model.has_value()) return true;
  if (model == Model::kConventional) return claims == kNoClaims;
  for (const ClaimIndex claim : state.claim_sets().Members(claims)) {
    if ((!scheme.valid() || SchemeOf(claim) == scheme) &&
        (!model.has_value() || ModelOf(claim) == *model)) {
      return true;
    }
  }
  return false;
}

bool Filter::Takes(const State& state, const AccountKey& key) const {
  if (key.kind != AccountKind::kHolding) return false;
  if (lot.valid() && key.lot() != lot) return false;
  if (product.valid()) {
    const Product& asked = state.registry().at(product);
    if (key.pool != asked.own_pool && key.pool != asked.group_pool) {
      return false;
    }
  }
  return TakesClaims(state, key.claims);
}

absl::StatusOr<Filter> FilterOf(const State& state,
                                const BalanceListQuestion& question) {
  Filter filter{.model = question.model, .by_lot = question.by_lot};
  if (!question.party.empty()) {
    ASSIGN_OR_RETURN(filter.party, FindParty(state, question.party));
  }
  if (!question.site.empty()) {
    ASSIGN_OR_RETURN(filter.site, FindSite(state, question.site));
  }
  if (!question.product.empty()) {
    ASSIGN_OR_RETURN(filter.product, FindProduct(state, question.product));
  }
  if (!question.scheme.empty()) {
    ASSIGN_OR_RETURN(filter.scheme, FindScheme(state, question.scheme));
  }
  if (!question.lot.empty()) {
    ASSIGN_OR_RETURN(filter.lot, FindLot(state, question.lot));
  }
  return filter;
}

// What is shown as one balance.
struct Row {
  NamedAccount account;
  Amount amount;
  std::vector<AccountIndex> accounts;
};

// The rows of one scope, by account.
std::vector<Row> RowsOf(const View& view, const Filter& filter,
                        ScopeIndex scope) {
  const State& state = view.state;
  std::map<NamedAccount, Row> rows;
  for (const AccountIndex index : state.accounts().OfScope(scope)) {
    const AccountKey& key = state.accounts().at(index).key;
    if (!filter.Takes(state, key)) continue;
    NamedAccount account = NameAccount(state, key);
    if (!filter.by_lot && !filter.lot.valid()) account.lot.clear();
    Row& row = rows[account];
    row.account = std::move(account);
    row.amount = AmountOf(state, state.registry().at(key.pool).first_product,
                          Quantity());
    row.accounts.push_back(index);
  }
  std::vector<Row> sorted;
  for (auto& [account, row] : rows) sorted.push_back(std::move(row));
  return sorted;
}

// Scopes that are looked at for one page.
constexpr int32_t kScopesMax = 10'000;

// Lists scope after scope. A token is the number of a scope and how many of
// its rows, those at zero included, were on the pages before.
class BalanceLister {
 public:
  BalanceLister(const Ledger* ledger, const BalanceListQuestion* question)
      : ledger_(ledger), question_(question) {}

  absl::StatusOr<Page<Balance>> Run() {
    ASSIGN_OR_RETURN(size_, PageSize(question_->page.size));
    RETURN_IF_ERROR(ReadToken(question_->page.after));
    for (int32_t looked = 0; !at_end_ && page_.next.empty(); ++looked) {
      if (looked == kScopesMax) {
        page_.next = Token();
        break;
      }
      RETURN_IF_ERROR(ListScope());
    }
    return std::move(page_);
  }

 private:
  absl::Status ReadToken(std::string_view after) {
    if (after.empty()) return absl::OkStatus();
    const size_t dot = after.find('.');
    if (dot == std::string_view::npos) {
      return NotAPageToken(after);
    }
    ASSIGN_OR_RETURN(const int64_t scope, ReadPageNumber(after.substr(0, dot)));
    ASSIGN_OR_RETURN(const int64_t row, ReadPageNumber(after.substr(dot + 1)));
    scope_ = static_cast<int32_t>(std::min<int64_t>(scope, INT32_MAX));
    row_ = static_cast<size_t>(row);
    return absl::OkStatus();
  }

  std::string Token() const { return fmt::format("{}.{}", scope_, row_); }

  // Reads the rows of the scope, sums them up outside of the lock where the
  // past is asked for, and goes on to the next one.
  absl::Status ListScope() {
    ASSIGN_OR_RETURN(std::vector<Row> rows,
                     Ask<std::vector<Row>>(*ledger_, [&](const View& view) {
                       return ReadScope(view);
                     }));
    for (; row_ < rows.size(); ++row_) {
      if (page_.items.size() == size_) {
        page_.next = Token();
        return absl::OkStatus();
      }
      Row& row = rows[row_];
      if (question_->as_known_at.has_value()) {
        ASSIGN_OR_RETURN(row.amount.quantity,
                         SumKnown(*ledger_, row.accounts, as_at_, known_end_));
      }
      if (row.amount.quantity.IsZero()) continue;
      page_.items.push_back({.account = std::move(row.account),
                             .amount = row.amount,
                             .as_at = as_at_});
    }
    ++scope_;
    row_ = 0;
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<Row>> ReadScope(const View& view) {
    ASSIGN_OR_RETURN(const Filter filter, FilterOf(view.state, *question_));
    ASSIGN_OR_RETURN(known_end_, KnownEnd(view, question_->as_known_at));
    page_.standing = view.standing;
    as_at_ = question_->as_at.value_or(view.latest_date);
    const Registry& registry = view.state.registry();
    // On to the next scope that is asked for, within the same look.
    while (scope_ < registry.scope_names.size() &&
           !filter.TakesScope(registry, ScopeIndex(scope_))) {
      ++scope_;
      row_ = 0;
    }
    at_end_ = scope_ >= registry.scope_names.size();
    if (at_end_) return std::vector<Row>();
    std::vector<Row> rows = RowsOf(view, filter, ScopeIndex(scope_));
    for (Row& row : rows) {
      ASSIGN_OR_RETURN(row.amount.quantity,
                       SumNow(view, row.accounts, question_->as_at));
    }
    return rows;
  }

  const Ledger* const ledger_;
  const BalanceListQuestion* const question_;
  size_t size_ = 0;
  int32_t scope_ = 0;
  size_t row_ = 0;
  Position known_end_ = 0;
  Date as_at_;
  bool at_end_ = false;
  Page<Balance> page_;
};

}  // namespace

absl::StatusOr<BalanceAnswer> GetBalance(const Ledger& ledger,
                                         const BalanceQuestion& question) {
  ASSIGN_OR_RETURN(Asked asked, Ask<Asked>(ledger, [&](const View& view) {
                     return AskBalance(view, question);
                   }));
  if (question.as_known_at.has_value()) {
    ASSIGN_OR_RETURN(asked.answer.balance.amount.quantity,
                     SumKnown(ledger, asked.accounts,
                              asked.answer.balance.as_at, asked.known_end));
  }
  return std::move(asked.answer);
}

absl::StatusOr<Page<Balance>> ListBalances(
    const Ledger& ledger, const BalanceListQuestion& question) {
  return BalanceLister(&ledger, &question).Run();
}

}  // namespace tally

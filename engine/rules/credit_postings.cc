#include "engine/rules/credit_postings.h"

#include <algorithm>

#include "engine/base/check.h"
#include "engine/model/limits.h"
#include "engine/rules/holdings.h"

namespace tally {
namespace {

AccountKind KindOf(SerialState state) {
  switch (state) {
    case SerialState::kIssued:
      return AccountKind::kCredits;
    case SerialState::kRetired:
      return AccountKind::kRetired;
    case SerialState::kWithdrawn:
      return AccountKind::kWithdrawn;
    case SerialState::kUnbundled:
      break;  // What was unbundled is in no account: its parts are.
  }
  TALLY_CHECK(false);
}

AccountIndex AccountOf(Case& c, BlockIndex index, const SerialStatus& status) {
  const Block& block = c.state.credits().at(index);
  return AccountOf(
      c, CreditKeyOf(c.state, KindOf(status.state),
                     {status.holder, block.scheme, block.product}, index));
}

}  // namespace

AccountKey CreditKeyOf(const State& state, AccountKind kind,
                       const HolderKey& holder, BlockIndex block) {
  return {.kind = kind,
          .scope = state.registry().at(holder.party).scope,
          .pool = state.registry().at(holder.product).own_pool,
          .claims = SetOf(ClaimOf(holder.scheme, Model::kBookAndClaim)),
          .item = block.value()};
}

void MovePiece(Case& c, const Piece& piece, const SerialStatus& after) {
  const Serials& serials = piece.serials;
  const ProductIndex product = c.state.credits().at(serials.block).product;
  const Quantity quantity = QuantityOf(c, serials);
  c.plan.serial_moves.push_back({.serials = serials, .after = after});
  // No account of a block can pass what the block was issued for.
  c.plan.postings.push_back(
      {.account = AccountOf(c, serials.block, piece.status),
       .product = product,
       .date = after.since,
       .delta = quantity.Negated()});
  c.plan.postings.push_back({.account = AccountOf(c, serials.block, after),
                             .product = product,
                             .date = after.since,
                             .delta = quantity});
  AnswerSerials(c, c.state.credits().NameOf(serials.block), serials.from,
                serials.to);
}

void AnswerSerials(Case& c, std::string_view block, int64_t from, int64_t to) {
  std::vector<DrawnSerials>& answer = c.plan.decision.serials;
  if (!answer.empty() && answer.back().block == block &&
      answer.back().to == from - 1) {
    answer.back().to = to;
    return;
  }
  answer.push_back({.block = std::string(block), .from = from, .to = to});
}

void WarnOfExpiry(Case& c, Date last_day) {
  if (last_day > c.date.AddDays(kExpiringDays)) return;
  auto& warnings = c.plan.decision.warnings;
  if (std::ranges::find(warnings, Warning::kExpiring) == warnings.end()) {
    warnings.push_back(Warning::kExpiring);
  }
}

}  // namespace tally

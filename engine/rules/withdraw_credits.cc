// withdraw_credits: the issuer takes credits back, from whoever has them and
// since whenever. What was retired stays a redemption; it counts no longer,
// and says why.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/rules/credit_lookup.h"
#include "engine/rules/credit_postings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "engine/rules/serials.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kKind = "withdraw_credits";

bool CanBeWithdrawn(const Piece& piece) {
  return piece.status.state == SerialState::kIssued ||
         piece.status.state == SerialState::kRetired;
}

// nullopt where the block is unknown.
std::optional<std::vector<Piece>> PiecesOfBlock(Case& c,
                                                std::string_view name) {
  const BlockIndex block = FindBlock(c, "withdraw_credits.block", name);
  if (!block.valid()) return std::nullopt;
  std::vector<Piece> pieces;
  AddPieces(c, {block, 1, c.state.credits().at(block).count}, &pieces);
  if (AreTooMany(c, "withdraw_credits.block", pieces)) return std::nullopt;
  return pieces;
}

std::optional<std::vector<Piece>> FindPieces(Case& c,
                                             const WithdrawCredits& named) {
  if (!named.block.empty()) return PiecesOfBlock(c, named.block);
  if (!named.serials.empty()) return NamedPieces(c, kKind, named.serials);
  RefuseField(c, Code::kInvalidArgument, "withdraw_credits.block", "",
              "given, nor are serials");
  return std::nullopt;
}

void RefusePiece(Case& c, const Piece& piece, Code code, std::string_view why) {
  if (!c.verdict.Concerns(code)) return;
  c.verdict.Refuse(RefuseUnder(
      c, c.state.credits().at(piece.serials.block).scheme, code,
      fmt::format("withdraw_credits: {} {}", Describe(c, piece.serials), why)));
}

void CheckPiece(Case& c, const Piece& piece, std::string_view reason) {
  CheckBlockHeld(c, piece.serials.block);
  if (!CanBeWithdrawn(piece)) {
    RefusePiece(c, piece, Code::kSerial, "are there no longer");
  } else if (piece.status.state == SerialState::kRetired && reason.empty()) {
    RefusePiece(c, piece, Code::kRetired,
                "were retired: withdrawing them needs a reason");
  }
}

// One issuer withdraws; nobody else's credits are in the same event.
void CheckIssuer(Case& c, const std::vector<Piece>& pieces) {
  const Credits& credits = c.state.credits();
  for (const Piece& piece : pieces) {
    const PartyIndex issuer = credits.at(piece.serials.block).issuer;
    if (issuer == credits.at(pieces.front().serials.block).issuer) continue;
    c.verdict.Refuse(
        Refuse(Code::kNotAuthorized,
               "withdraw_credits: these blocks were not issued by one party"));
    return;
  }
}

// A redemption that loses serials: they count as retired no longer.
void PlanRedemption(Case& c, const Piece& piece, Date date,
                    std::string_view reason) {
  const Redemption* redemption =
      c.state.redemptions().Find(piece.status.redemption);
  TALLY_CHECK(redemption != nullptr);
  const Block& block = c.state.credits().at(piece.serials.block);
  const Quantity quantity = QuantityOf(c, piece.serials);
  c.plan.redemption_withdrawals.push_back(
      {.redemption = redemption->position,
       .withdrawal = {.quantity = quantity,
                      .withdrawn_on = date,
                      .reason = std::string(reason)}});
  c.plan.cover_changes.push_back(
      {.key = {redemption->holder, redemption->scheme, redemption->product},
       .period = redemption->claim_period,
       .side = CoverSide::kRetired,
       .vintage_year = block.vintage.last.year(),
       .date = date,
       .delta = quantity.Negated()});
}

void Withdraw(Case& c, const Piece& piece, std::string_view reason) {
  SerialStatus after = piece.status;
  after.state = SerialState::kWithdrawn;
  // What was moved or retired after the date of the withdrawal was so until
  // then: no account is short on any day.
  after.since = std::max(c.date, piece.status.since);
  MovePiece(c, piece, after);
  if (piece.status.state == SerialState::kRetired) {
    PlanRedemption(c, piece, after.since, reason);
  }
}

}  // namespace

void PlanEvent(Case& c, const WithdrawCredits& withdraw) {
  const std::optional<std::vector<Piece>> pieces = FindPieces(c, withdraw);
  if (!pieces) return;
  CheckIssuer(c, *pieces);
  for (const Piece& piece : *pieces) CheckPiece(c, piece, withdraw.reason);
  if (!c.verdict.accepted()) return;
  for (const Piece& piece : *pieces) Withdraw(c, piece, withdraw.reason);
}

}  // namespace tally

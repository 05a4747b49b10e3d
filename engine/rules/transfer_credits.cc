// transfer_credits: credits change hands.

#include "engine/rules/attach_ratio.h"
#include "engine/rules/credit_lookup.h"
#include "engine/rules/credit_postings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "engine/rules/serials.h"
#include "engine/rules/unbundled_parts.h"

namespace tally {
namespace {

constexpr std::string_view kKind = "transfer_credits";

// Fills all but the quantity; false where something is unknown.
bool FindTransfer(Case& c, const TransferCredits& named,
                  AttachedTransfer* transfer) {
  transfer->from =
      FindParty(c, "transfer_credits.from_party", named.from_party);
  transfer->to = FindParty(c, "transfer_credits.to_party", named.to_party);
  transfer->scheme = FindCreditScheme(c, kKind, named.scheme);
  transfer->product = FindProduct(c, "transfer_credits.product", named.product);
  if (!named.with_shipment.empty()) {
    transfer->shipment =
        FindShipment(c, "transfer_credits.with_shipment", named.with_shipment);
  }
  // A quantity that is none comes before what else is unknown.
  if (named.quantity && transfer->product.valid()) {
    ReadCredits(c, kKind, *named.quantity, transfer->scheme, transfer->product);
  }
  return c.verdict.accepted();
}

}  // namespace

void PlanEvent(Case& c, const TransferCredits& transfer_credits) {
  AttachedTransfer transfer;
  if (!FindTransfer(c, transfer_credits, &transfer)) return;
  const CreditUse use{
      .kind = kKind,
      .holder = {transfer.from, transfer.scheme, transfer.product}};
  const std::optional<DrawnCredits> drawn =
      Draw(c, use, transfer_credits.quantity, transfer_credits.serials);
  if (!drawn) return;
  transfer.quantity = drawn->asked;
  CheckAttachRatio(c, transfer);
  CheckWhole(c, kKind, *drawn);
  for (const Piece& piece : drawn->pieces) {
    MovePiece(c, piece, {.holder = transfer.to, .since = c.date});
    WarnOfExpiry(c, c.state.credits().at(piece.serials.block).last_day);
  }
}

}  // namespace tally

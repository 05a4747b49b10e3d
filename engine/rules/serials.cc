#include "engine/rules/serials.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/base/check.h"
#include "engine/model/limits.h"
#include "engine/rules/credit_lookup.h"
#include "engine/rules/lookup.h"
#include "fmt/format.h"

namespace tally {
namespace {

// A redemption of vintages that are counted in years goes by its claim's
// year, all other use by the event's date.
bool IsExpired(const Case& c, const CreditUse& use, const Block& block) {
  if (use.claim_year && block.last_claim_year) {
    return *use.claim_year > *block.last_claim_year;
  }
  return c.date > block.last_day;
}

std::string LastUse(const CreditUse& use, const Block& block) {
  if (use.claim_year && block.last_claim_year) {
    return fmt::format("for claims of {} or before", *block.last_claim_year);
  }
  return fmt::format("until {}", block.last_day.ToString());
}

bool BelongsTo(const Block& block, const HolderKey& key) {
  return block.scheme == key.scheme && block.product == key.product;
}

Code Judge(const Case& c, const CreditUse& use, const Piece& piece) {
  const Block& block = c.state.credits().at(piece.serials.block);
  const SerialStatus& status = piece.status;
  if (!BelongsTo(block, use.holder)) return Code::kSerial;
  if (status.state == SerialState::kRetired) return Code::kRetired;
  if (status.state != SerialState::kIssued || status.since > c.date ||
      status.holder != use.holder.party) {
    return Code::kSerial;
  }
  return IsExpired(c, use, block) ? Code::kExpired : Code::kAccepted;
}

void RefusePiece(Case& c, const CreditUse& use, const Serials& serials,
                 Code code) {
  if (!c.verdict.Concerns(code)) return;
  const std::string what =
      fmt::format("{}.serials: {}", use.kind, Describe(c, serials));
  std::string why;
  if (code == Code::kSerial) {
    why = fmt::format(
        "are not credits of this scheme and product that \"{}\" "
        "holds on {}",
        NameOf(c, use.holder.party), c.date.ToString());
  } else if (code == Code::kRetired) {
    why = "were retired, and retirement is final";
  } else {
    why = fmt::format("could be used {}",
                      LastUse(use, c.state.credits().at(serials.block)));
  }
  c.verdict.Refuse(RefuseUnder(c, use.holder.scheme, code, what + " " + why));
}

DrawnCredits DrawNamed(Case& c, const CreditUse& use,
                       std::vector<Piece> pieces) {
  DrawnCredits drawn;
  for (Piece& piece : pieces) {
    const Code code = Judge(c, use, piece);
    CheckBlockFree(c, piece.serials.block);
    if (code != Code::kAccepted) {
      RefusePiece(c, use, piece.serials, code);
      continue;
    }
    if (!drawn.asked.Add(QuantityOf(c, piece.serials))) {
      c.verdict.Refuse(Refuse(Code::kOverflow,
                              fmt::format("{}.serials: together above {} units",
                                          use.kind, Quantity::Max().units())));
      return drawn;
    }
    drawn.pieces.push_back(std::move(piece));
  }
  return drawn;
}

// What a draw of unnamed credits met.
struct Met {
  int128 available = 0;
  int128 expired = 0;
};

void RefuseShortfall(Case& c, const CreditUse& use, Quantity asked,
                     Quantity missing, const Met& met) {
  const Code code =
      missing.units() <= met.expired ? Code::kExpired : Code::kInsufficient;
  if (!c.verdict.Concerns(code)) return;
  const Product& product = c.state.registry().at(use.holder.product);
  const auto show = [&product](int128 units) {
    return FormatUnits(units, product.decimals);
  };
  Refusal refusal = RefuseUnder(
      c, use.holder.scheme, code,
      fmt::format("{}.quantity: asked {}; of what \"{}\" holds, {} can be "
                  "used on {}, and {} has expired",
                  use.kind, show(asked.units()), NameOf(c, use.holder.party),
                  show(met.available), c.date.ToString(), show(met.expired)));
  const std::pair<std::string_view, int128> figures[] = {
      {"asked", asked.units()},
      {"available", met.available},
      {"expired", met.expired}};
  for (const auto& [name, units] : figures) {
    refusal.figures.push_back({std::string(name), show(units), product.unit});
  }
  c.verdict.Refuse(std::move(refusal));
}

// Draws from one run of the holder's what is still needed of it.
void DrawRun(Case& c, const CreditUse& use, const Serials& run, Quantity* rest,
             Met* met, std::vector<Piece>* pieces) {
  const Block& block = c.state.credits().at(run.block);
  const SerialStatus& status =
      c.state.credits().RunAt(run.block, run.from).second->status;
  if (status.since > c.date) return;
  const int64_t all = QuantityOf(c, run).units();
  if (IsExpired(c, use, block)) {
    met->expired += all;
    return;
  }
  met->available += all;
  const int64_t count =
      std::min(run.count(), rest->units() / block.unit.units());
  if (count == 0) return;
  CheckBlockFree(c, run.block);
  const Serials taken{run.block, run.from, run.from + count - 1};
  *rest = *Difference(*rest, QuantityOf(c, taken));
  pieces->push_back({taken, status});
}

DrawnCredits DrawUnnamed(Case& c, const CreditUse& use, Quantity quantity) {
  DrawnCredits drawn{.asked = quantity};
  Quantity rest = quantity;
  Met met;
  if (const Held* held = c.state.credits().HeldBy(use.holder)) {
    for (const auto& [key, to] : *held) {
      DrawRun(c, use, {key.block, key.from, to}, &rest, &met, &drawn.pieces);
      if (rest.IsZero()) return drawn;
    }
  }
  RefuseShortfall(c, use, quantity, rest, met);
  return drawn;
}

// SERIAL where two ranges share a serial.
void CheckDisjoint(Case& c, std::string_view kind, std::vector<Piece> pieces) {
  std::ranges::sort(pieces, {}, [](const Piece& piece) {
    return std::pair(piece.serials.block, piece.serials.from);
  });
  for (size_t i = 1; i < pieces.size(); ++i) {
    const Serials& left = pieces[i - 1].serials;
    const Serials& right = pieces[i].serials;
    if (left.block != right.block || left.to < right.from) continue;
    c.verdict.Refuse(
        RefuseUnder(c, c.state.credits().at(left.block).scheme, Code::kSerial,
                    fmt::format("{}.serials: {} are named twice", kind,
                                Describe(c, {left.block, right.from,
                                             std::min(left.to, right.to)}))));
    return;
  }
}

// The serials of a range; nullopt where it is malformed or unknown.
std::optional<Serials> FindRange(Case& c, const FieldPath& field,
                                 const SerialRange& range) {
  const BlockIndex block = FindBlock(c, field.Of("block"), range.block);
  if (!block.valid()) return std::nullopt;
  if (range.from < 1 || range.to < range.from) {
    RefuseField(c, Code::kInvalidArgument, field,
                fmt::format("{}..{}", range.from, range.to),
                "a range of serials from 1 on");
    return std::nullopt;
  }
  return Serials{block, range.from, range.to};
}

}  // namespace

std::optional<DrawnCredits> Draw(Case& c, const CreditUse& use,
                                 const std::optional<Decimal>& quantity,
                                 std::span<const SerialRange> serials) {
  std::optional<DrawnCredits> drawn;
  if (!serials.empty()) {
    std::optional<std::vector<Piece>> pieces =
        NamedPieces(c, use.kind, serials);
    if (pieces) {
      // What is void or held says so before what it never had.
      for (const SerialRange& range : serials) {
        CheckBlockFree(c, c.state.credits().Find(range.block));
      }
      drawn = DrawNamed(c, use, std::move(*pieces));
    }
  } else if (quantity) {
    const std::optional<Quantity> asked = ReadCredits(
        c, use.kind, *quantity, use.holder.scheme, use.holder.product);
    if (asked) drawn = DrawUnnamed(c, use, *asked);
  } else {
    RefuseField(c, Code::kInvalidArgument, FieldPath(use.kind).Of("quantity"),
                "", "given, nor are serials");
  }
  if (drawn &&
      AreTooMany(c, FieldPath(use.kind).Of("quantity"), drawn->pieces)) {
    return std::nullopt;
  }
  return drawn;
}

std::optional<std::vector<Piece>> NamedPieces(
    Case& c, std::string_view kind, std::span<const SerialRange> serials) {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < serials.size(); ++i) {
    const FieldPath field = FieldPath(kind).Of("serials").At(i);
    const std::optional<Serials> range = FindRange(c, field, serials[i]);
    if (!range) return std::nullopt;
    const Block& block = c.state.credits().at(range->block);
    if (range->to > block.count) {
      c.verdict.Refuse(RefuseUnder(
          c, block.scheme, Code::kSerial,
          fmt::format("{}: there are no {}", field, Describe(c, *range))));
      CheckBlockHeld(c, range->block);
      continue;
    }
    AddPieces(c, *range, &pieces);
    if (AreTooMany(c, field, pieces)) return std::nullopt;
  }
  CheckDisjoint(c, kind, pieces);
  return pieces;
}

void AddPieces(const Case& c, const Serials& serials,
               std::vector<Piece>* pieces) {
  const auto& runs = c.state.credits().at(serials.block).runs;
  auto run =
      runs.find(c.state.credits().RunAt(serials.block, serials.from).first);
  for (; run != runs.end() && run->first <= serials.to; ++run) {
    pieces->push_back({{serials.block, std::max(run->first, serials.from),
                        std::min(run->second.to, serials.to)},
                       run->second.status});
  }
}

bool AreTooMany(Case& c, const FieldPath& field,
                const std::vector<Piece>& pieces) {
  if (pieces.size() <= kSerialRunsMax) return false;
  RefuseField(c, Code::kInvalidQuantity, field,
              fmt::format("{} runs of serials", pieces.size()),
              fmt::format("for one event, which draws from at most {}",
                          kSerialRunsMax));
  return true;
}

void CheckBlockHeld(Case& c, BlockIndex block) {
  const Holds& holds = c.state.holds();
  const BlockIndex whole = c.state.credits().at(block).unbundled_from;
  const bool held = holds.Contains(HoldTarget(block)) ||
                    (whole.valid() && holds.Contains(HoldTarget(whole)));
  if (!held || !c.verdict.Concerns(Code::kHeld)) return;
  c.verdict.Refuse(
      RefuseUnder(c, c.state.credits().at(block).scheme, Code::kHeld,
                  fmt::format("block \"{}\" is on hold: nothing leaves it",
                              c.state.credits().NameOf(block))));
}

void CheckBlockFree(Case& c, BlockIndex block) {
  CheckBlockHeld(c, block);
  if (!c.verdict.Concerns(Code::kUpstreamVoid) ||
      !c.state.voids().Reaches(c.state.lots(), c.state.credits(), block)) {
    return;
  }
  c.verdict.Refuse(RefuseUnder(
      c, c.state.credits().at(block).scheme, Code::kUpstreamVoid,
      fmt::format("block \"{}\" comes of an event that is void: nothing leaves "
                  "it",
                  c.state.credits().NameOf(block))));
}

Quantity QuantityOf(const Case& c, const Serials& serials) {
  // At most the quantity that the block was issued for.
  return Quantity(c.state.credits().at(serials.block).unit.units() *
                  serials.count());
}

std::string Describe(const Case& c, const Serials& serials) {
  const std::string_view name = c.state.credits().NameOf(serials.block);
  if (serials.from == serials.to) {
    return fmt::format("serial {} of block \"{}\"", serials.from, name);
  }
  return fmt::format("serials {} to {} of block \"{}\"", serials.from,
                     serials.to, name);
}

}  // namespace tally

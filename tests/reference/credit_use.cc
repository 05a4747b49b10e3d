#include "tests/reference/credit_use.h"

#include <algorithm>
#include <utility>

#include "tests/reference/serials.h"

namespace tally::reference {

namespace {

// What a party may take from a block: with it on the date and ever since.
bool IsUsable(const SerialState& state, const std::string& holder, Date date) {
  return state.state == "ISSUED" && state.holder == holder &&
         state.since <= date;
}

class CreditUse {
 public:
  CreditUse(const World& world, std::string holder, Plan* plan)
      : world_(world),
        plan_(plan),
        profile_(world.schemes.at(plan->Text("scheme"))),
        product_(plan->Text("product")),
        holder_(std::move(holder)),
        redeems_(plan->kind == "redeem_credits") {
    if (redeems_) claim_year_ = YearOf(plan->Span("claim_period").last);
  }

  // The ranges named, or those that come first.
  std::vector<SerialRange> Choose() {
    if (plan_->body.contains("serials")) {
      const auto ranges = ReadRanges(plan_->body["serials"]);
      for (const SerialRange& range : ranges) CheckNamed(range);
      CheckDisjoint(ranges, plan_);
      for (const SerialRange& range : ranges) CheckOrder(range, ranges);
      return ranges;
    }
    CheckUnit(world_, profile_, plan_);
    return FirstOf(AskedCredits(world_, profile_, *plan_));
  }

 private:
  // Whether a block is past its last day for what the event does.
  bool IsPast(const Block& block) const {
    if (redeems_ && profile_.credits.expiry == "VINTAGE_YEARS") {
      return claim_year_ >
             YearOf(block.vintage.last) + profile_.credits.expiry_count;
    }
    return plan_->date > LastDayOf(world_, block);
  }

  void CheckNamed(const SerialRange& range) {
    const Block& block = *world_.FindBlock(range.block);
    CheckBlockFree(world_, block, plan_);
    if (block.scheme != profile_.scheme || block.product != product_ ||
        range.to > block.serials) {
      return plan_->Refuse("SERIAL", range.block);
    }
    for (const SerialState& state : SerialsOf(world_, block)) {
      if (state.range.to < range.from || state.range.from > range.to) continue;
      if (state.state == "RETIRED") {
        plan_->Refuse("RETIRED", range.block);
      } else if (!IsUsable(state, holder_, plan_->date)) {
        plan_->Refuse("SERIAL", range.block);
      } else if (IsPast(block)) {
        plan_->Refuse("EXPIRED", range.block);
      }
    }
  }

  // R47: an indivisible part goes whole, and retires in the listed order.
  void CheckOrder(const SerialRange& range,
                  const std::vector<SerialRange>& all) {
    const Block& block = *world_.FindBlock(range.block);
    if (block.part < 0) return;
    const CreditTerms& terms = profile_.credits;
    if (terms.indivisible.contains(terms.parts[block.part])) {
      Units named = 0;
      for (const SerialRange& other : all) {
        if (other.block == block.id) named += other.to - other.from + 1;
      }
      if (named != block.serials) plan_->Refuse("ORDER", block.id);
    }
    if (!redeems_) return;
    for (int before = 0; before < block.part; ++before) {
      const Block* earlier =
          world_.FindBlock(block.parent + "/" + terms.parts[before]);
      for (const SerialState& state : SerialsOf(world_, *earlier)) {
        if (state.range.to < range.from || state.range.from > range.to) {
          continue;
        }
        if (state.state != "RETIRED") plan_->Refuse("ORDER", earlier->id);
      }
    }
  }

  // By the vintage's last day, then order of issue, then serial.
  std::vector<SerialRange> FirstOf(Units wanted) {
    std::vector<const Block*> blocks;
    for (const Block& block : world_.blocks) {
      if (block.scheme != profile_.scheme || block.product != product_) {
        continue;
      }
      if (block.part < 0 && !block.unbundled) blocks.push_back(&block);
    }
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](const Block* a, const Block* b) {
                       return a->vintage.last < b->vintage.last;
                     });
    std::vector<SerialRange> chosen;
    Units past = 0;
    for (const Block* block : blocks) {
      for (const SerialState& state : SerialsOf(world_, *block)) {
        if (!IsUsable(state, holder_, plan_->date)) continue;
        const Units count = state.range.to - state.range.from + 1;
        if (IsPast(*block)) {
          past += count;
          continue;
        }
        if (wanted == 0) continue;
        CheckBlockFree(world_, *block, plan_);
        const Units part = std::min(wanted, count);
        chosen.push_back({block->id, state.range.from,
                          static_cast<int64_t>(state.range.from + part - 1)});
        wanted -= part;
      }
    }
    if (wanted > 0) {
      plan_->Refuse(wanted <= past ? "EXPIRED" : "INSUFFICIENT", holder_);
    }
    return chosen;
  }

  const World& world_;
  Plan* const plan_;
  const Profile& profile_;
  const std::string product_;
  const std::string holder_;
  const bool redeems_;
  int claim_year_ = 0;
};

}  // namespace

void CheckBlockFree(const World& world, const Block& block, Plan* plan) {
  // What was unbundled is held with its whole.
  if (world.held_blocks.contains(block.id) ||
      world.held_blocks.contains(block.parent)) {
    plan->Refuse("HELD", block.id);
  }
  if (block.flags.contains("UPSTREAM_VOID")) {
    plan->Refuse("UPSTREAM_VOID", block.id);
  }
}

void CheckDisjoint(std::vector<SerialRange> ranges, Plan* plan) {
  std::sort(ranges.begin(), ranges.end());
  for (size_t i = 0; i + 1 < ranges.size(); ++i) {
    if (ranges[i].block == ranges[i + 1].block &&
        ranges[i].to >= ranges[i + 1].from) {
      plan->Refuse("SERIAL", ranges[i].block + " twice");
    }
  }
}

void CheckUnit(const World& world, const Profile& profile, Plan* plan) {
  const int decimals = world.ProductOf(plan->Text("product")).decimals;
  const Rational one(Whole::PowerOfTen(decimals), 1);
  if (!(profile.credits.unit * one).IsWhole()) {
    plan->Refuse("INVALID_QUANTITY", "the unit shows too many decimals");
  }
}

Units AskedCredits(const World& world, const Profile& profile,
                   const Plan& plan) {
  if (plan.body.contains("serials")) {
    return CountSerials(ReadRanges(plan.body["serials"]));
  }
  const Rational value =
      Rational::FromUnits(ReadQuantity(world, plan.body),
                          world.ProductOf(plan.Text("product")).decimals);
  return *(value / profile.credits.unit).Floor().ToUnits();
}

std::vector<SerialRange> ChooseSerials(const World& world,
                                       const std::string& holder, Plan* plan) {
  return CreditUse(world, holder, plan).Choose();
}

void MoveSerials(const World& world, const std::vector<SerialRange>& ranges,
                 const std::string& from, const std::string& to,
                 const std::string& state, Plan* plan) {
  for (const SerialRange& range : ranges) {
    const Block& block = *world.FindBlock(range.block);
    const Profile& profile = world.schemes.at(block.scheme);
    const int decimals = world.ProductOf(block.product).decimals;
    const Rational units = ValueOf(profile, CountSerials({range})) *
                           Rational(Whole::PowerOfTen(decimals), 1);
    const Units quantity = *units.Floor().ToUnits();
    const std::string boundary =
        state == "ISSUED" ? "CREDIT:" + to
                          : (state == "RETIRED" ? "RETIRED" : "BOOKED");
    plan->PostBoundary("CREDIT:" + from, "", block.product, -quantity,
                       Cause::kTransfer);
    plan->PostBoundary(boundary, "", block.product, quantity, Cause::kTransfer);
  }
  plan->serials = WriteRanges(ranges);
  plan->Then([ranges, to, state, position = plan->position, date = plan->date,
              shipment = plan->Text("with_shipment")](World& after) {
    for (const SerialRange& range : ranges) {
      after.moves.push_back({position, date, range, to, state, shipment});
    }
  });
}

}  // namespace tally::reference

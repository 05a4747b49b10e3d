#include "tests/reference/credits.h"

#include <algorithm>
#include <vector>

#include "tests/reference/credit_use.h"
#include "tests/reference/planners.h"
#include "tests/reference/serials.h"

namespace tally::reference {

namespace {

// R46 at a transfer.
void CheckAttached(const World& world, const Profile& profile, Plan* plan) {
  if (!profile.credits.attach_ratio) return;
  const std::string id = plan->Text("with_shipment");
  if (id.empty()) return plan->Refuse("ATTACH_RATIO", "with_shipment");
  const Shipment& shipment = world.shipments.at(id);
  const std::string product = plan->Text("product");
  Units volume = 0;
  const bool between =
      !shipment.to_site.empty() &&
      world.sites.at(shipment.from_site).party == plan->Text("from_party") &&
      world.sites.at(shipment.to_site).party == plan->Text("to_party");
  for (const Parcel& parcel : shipment.parcels) {
    if (!between || parcel.holding.product != product) continue;
    // What came back, or never came, is not between them.
    if (shipment.state == "IN_TRANSIT") volume += parcel.quantity;
    if (shipment.state == "ACCEPTED" || shipment.state == "PARTLY_ACCEPTED") {
      volume += parcel.accepted;
    }
  }
  Units attached = AskedCredits(world, profile, *plan);
  for (const SerialMove& move : world.moves) {
    const Block& block = *world.FindBlock(move.range.block);
    if (move.shipment == id && block.scheme == profile.scheme &&
        block.product == product) {
      attached += CountSerials({move.range});
    }
  }
  const Rational most =
      *profile.credits.attach_ratio *
      Rational::FromUnits(volume, world.ProductOf(product).decimals);
  if (ValueOf(profile, attached) > most) plan->Refuse("ATTACH_RATIO", id);
}

// R45: the older part of all that is retired for a claim period.
void CheckVintageCap(const World& world, const Profile& profile,
                     const Redemption& now, Plan* plan) {
  const int year = YearOf(now.claim_period.last);
  Units all = 0;
  Units older = 0;
  const auto add = [&](const Redemption& redemption, bool is_new) {
    if (redemption.holder != now.holder || redemption.scheme != now.scheme ||
        redemption.product != now.product ||
        redemption.claim_period != now.claim_period) {
      return;
    }
    for (const SerialRange& range : redemption.serials) {
      const Units count =
          is_new ? CountSerials({range}) : CountRetired(world, {range});
      all += count;
      if (YearOf(world.FindBlock(range.block)->vintage.last) < year) {
        older += count;
      }
    }
  };
  for (const Redemption& before : world.redemptions) add(before, false);
  add(now, true);
  // What is asked for counts, though it may not be there.
  all += AskedCredits(world, profile, *plan) - CountSerials(now.serials);
  if (Rational(older) * Rational(100) >
      Rational(all) * profile.credits.prior_vintage_pct) {
    plan->Refuse("VINTAGE_CAP", UnitsToString(older));
  }
}

// R59: all that is redeemed under the scheme in the calendar year.
void CheckAudit(const World& world, const Profile& profile,
                const Redemption& now, Plan* plan) {
  if (!profile.credits.audit_above) return;
  if (plan->body.contains("audit_reference")) return;
  Rational sum = ValueOf(profile, AskedCredits(world, profile, *plan));
  for (const Redemption& before : world.redemptions) {
    if (before.holder == now.holder && before.scheme == now.scheme &&
        YearOf(before.date) == YearOf(now.date)) {
      sum = sum + ValueOf(profile, CountRetired(world, before.serials));
    }
  }
  if (sum > *profile.credits.audit_above) {
    plan->Refuse("AUDIT_DUE", sum.ToDecimal(6));
  }
}

}  // namespace

void PlanTransferCredits(const World& world, Plan* plan) {
  const std::string from = plan->Text("from_party");
  const auto ranges = ChooseSerials(world, from, plan);
  CheckAttached(world, world.schemes.at(plan->Text("scheme")), plan);
  for (const SerialRange& range : ranges) {
    WarnOfExpiry(world, *world.FindBlock(range.block), plan);
  }
  MoveSerials(world, ranges, from, plan->Text("to_party"), "ISSUED", plan);
}

void PlanRedeemCredits(const World& world, Plan* plan) {
  const Profile& profile = world.schemes.at(plan->Text("scheme"));
  Redemption redemption;
  redemption.id = "R-" + std::to_string(plan->position);
  redemption.position = plan->position;
  redemption.date = plan->date;
  redemption.holder = plan->Text("holder");
  redemption.scheme = profile.scheme;
  redemption.product = plan->Text("product");
  redemption.claim_period = plan->Span("claim_period");
  redemption.serials = ChooseSerials(world, redemption.holder, plan);
  redemption.quantity = ValueOf(profile, CountSerials(redemption.serials));
  if (profile.credits.claim_period_ended &&
      redemption.claim_period.last >= plan->date) {
    plan->Refuse("FUTURE_CLAIM", FormatDate(redemption.claim_period.last));
  }
  if (profile.credits.forfeits.contains(plan->Text("purpose"))) {
    plan->Refuse("CLAIM_FORFEIT", plan->Text("purpose"));
  }
  CheckVintageCap(world, profile, redemption, plan);
  CheckAudit(world, profile, redemption, plan);
  MoveSerials(world, redemption.serials, redemption.holder, redemption.holder,
              "RETIRED", plan);
  plan->redemption = redemption.id;
  plan->Then(
      [redemption](World& after) { after.redemptions.push_back(redemption); });
}

void PlanWithdrawCredits(const World& world, Plan* plan) {
  std::vector<SerialRange> ranges;
  if (plan->body.contains("serials")) {
    ranges = ReadRanges(plan->body["serials"]);
    CheckDisjoint(ranges, plan);
  } else {
    const Block& block = *world.FindBlock(plan->Text("block"));
    ranges.push_back({block.id, 1, block.serials});
  }
  for (const SerialRange& range : ranges) {
    const Block& block = *world.FindBlock(range.block);
    if (world.held_blocks.contains(block.id)) plan->Refuse("HELD", block.id);
    if (range.to > block.serials) plan->Refuse("SERIAL", block.id);
    for (const SerialState& state : SerialsOf(world, block)) {
      if (state.range.to < range.from || state.range.from > range.to) continue;
      if (state.state == "WITHDRAWN" || state.state == "UNBUNDLED") {
        plan->Refuse("SERIAL", block.id);
      }
      if (state.state == "RETIRED" && !plan->body.contains("reason")) {
        plan->Refuse("RETIRED", block.id);
      }
    }
  }
  plan->serials = WriteRanges(ranges);
  plan->Then(
      [ranges, position = plan->position, date = plan->date](World& after) {
        for (const SerialRange& range : ranges) {
          // The holder of each stretch stays on record.
          for (const SerialState& state :
               SerialsOf(after, *after.FindBlock(range.block))) {
            const int64_t from = std::max(state.range.from, range.from);
            const int64_t to = std::min(state.range.to, range.to);
            if (from > to) continue;
            after.moves.push_back({position,
                                   std::max(date, state.since),
                                   {range.block, from, to},
                                   state.holder,
                                   "WITHDRAWN",
                                   ""});
          }
        }
      });
}

void PlanUnbundleCredits(const World& world, Plan* plan) {
  const Block& block = *world.FindBlock(plan->Text("block"));
  const CreditTerms& terms = world.schemes.at(block.scheme).credits;
  CheckBlockFree(world, block, plan);
  const std::vector<SerialState> states = SerialsOf(world, block);
  if (terms.parts.empty() || block.part >= 0) plan->Refuse("ORDER", block.id);
  if (plan->date > LastDayOf(world, block)) plan->Refuse("EXPIRED", block.id);
  for (const SerialState& state : states) {
    if (state.state == "RETIRED") {
      plan->Refuse("RETIRED", block.id);
    } else if (state.state != "ISSUED" || state.since > plan->date ||
               state.holder != states.front().holder) {
      plan->Refuse("SERIAL", block.id);
    }
  }
  const std::string holder = states.empty() ? "" : states.front().holder;
  plan->Then([id = block.id, parts = terms.parts, holder,
              position = plan->position, date = plan->date](World& after) {
    const Block whole = *after.FindBlock(id);
    after.FindBlock(id)->unbundled = true;
    after.moves.push_back(
        {position, date, {id, 1, whole.serials}, holder, "UNBUNDLED", ""});
    for (size_t i = 0; i < parts.size(); ++i) {
      Block part = whole;
      part.id = id + "/" + parts[i];
      part.parent = id;
      part.part = static_cast<int>(i);
      part.evidence.clear();
      part.position = position;
      after.blocks.push_back(part);
      after.moves.push_back(
          {position, date, {part.id, 1, part.serials}, holder, "ISSUED", ""});
    }
  });
}

void PlanDeclareClaims(const World& world, Plan* plan) {
  const DeclaredClaim claim{.party = plan->Text("party"),
                            .scheme = plan->Text("scheme"),
                            .product = plan->Text("product"),
                            .quantity = ReadQuantity(world, plan->body),
                            .claim_period = plan->Span("claim_period")};
  const Rational declared =
      DeclaredFor(world, claim.party, claim.scheme, claim.product,
                  claim.claim_period) +
      Rational::FromUnits(claim.quantity,
                          world.ProductOf(claim.product).decimals);
  if (declared > RetiredFor(world, claim.party, claim.scheme, claim.product,
                            claim.claim_period)) {
    plan->warnings.insert("UNCOVERED_CLAIM");
  }
  plan->Then([claim](World& after) { after.declared.push_back(claim); });
}

void CheckAttachRatioAtClose(const World& world, const Period& period,
                             Plan* plan) {
  const Profile& profile = world.schemes.at(period.account.scheme);
  if (!profile.credits.attach_ratio) return;
  std::set<std::string> parties;
  for (const auto& [id, site] : world.sites) {
    if (ScopeOf(world, profile, id) == period.account.scope) {
      parties.insert(site.party);
    }
  }
  for (const auto& [id, product] : world.products) {
    if (GroupOf(product) != period.account.group) continue;
    Units held = 0;
    for (const Block& block : world.blocks) {
      if (block.scheme != profile.scheme || block.product != id) continue;
      for (const SerialState& state : SerialsOf(world, block, period.to)) {
        if (state.state == "ISSUED" && parties.contains(state.holder)) {
          held += CountSerials({state.range});
        }
      }
    }
    Units stock = 0;
    for (const auto& [site_id, site] : world.sites) {
      if (!parties.contains(site.party)) continue;
      stock += BookStock(View(world), site_id, id, period.to);
    }
    const Rational most = *profile.credits.attach_ratio *
                          Rational::FromUnits(stock, product.decimals);
    if (ValueOf(profile, held) > most) plan->Refuse("ATTACH_RATIO", id);
  }
}

Rational RetiredFor(const World& world, const std::string& party,
                    const std::string& scheme, const std::string& product,
                    const Span& claim_period) {
  Rational sum;
  for (const Redemption& redemption : world.redemptions) {
    if (redemption.holder == party && redemption.scheme == scheme &&
        redemption.product == product &&
        redemption.claim_period == claim_period) {
      sum = sum + redemption.quantity;
    }
  }
  return sum;
}

Rational DeclaredFor(const World& world, const std::string& party,
                     const std::string& scheme, const std::string& product,
                     const Span& claim_period) {
  Rational sum;
  for (const DeclaredClaim& claim : world.declared) {
    if (claim.party == party && claim.scheme == scheme &&
        claim.product == product && claim.claim_period == claim_period) {
      sum = sum + Rational::FromUnits(claim.quantity,
                                      world.ProductOf(product).decimals);
    }
  }
  return sum;
}

}  // namespace tally::reference

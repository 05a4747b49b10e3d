#include "tests/reference/stock.h"

#include <algorithm>
#include <set>

#include "tests/reference/shortfall.h"

namespace tally::reference {

namespace {

// The claims under which a lot is at a site, or else was.
std::vector<ClaimSet> ClaimsOfLot(const World& world, const Take& take) {
  std::map<ClaimSet, Units> balances;
  std::set<ClaimSet> ever;
  View(world).Each(take.site, take.product, [&](const Posting& posting) {
    if (posting.holding.lot != take.lot) return;
    balances[posting.holding.claims] += posting.quantity;
    if (posting.quantity > 0) ever.insert(posting.holding.claims);
  });
  std::vector<ClaimSet> has;
  for (const auto& [claims, balance] : balances) {
    if (balance > 0) has.push_back(claims);
  }
  return has.empty() ? std::vector<ClaimSet>(ever.begin(), ever.end()) : has;
}

bool AncestorCarried(const World& world, const std::string& lot,
                     const std::string& scheme) {
  std::vector<std::string> open = {lot};
  std::set<std::string> seen;
  while (!open.empty()) {
    const Lot& next = world.lots.at(open.back());
    open.pop_back();
    if (!seen.insert(next.id).second) continue;
    for (const Claim& claim : next.claims) {
      if (next.id != lot && claim.scheme == scheme) return true;
    }
    for (const LotInput& input : next.inputs) {
      if (!input.lot.empty()) open.push_back(input.lot);
    }
  }
  return false;
}

// What may be taken from a part of an account without a later day missing it,
// up to `wanted`. Taking leaves less to end later, so it is tried out.
class Part {
 public:
  Part(const World& world, const Plan& plan, const Account& account,
       const Holding& holding, const std::string& at_site)
      : world_(world),
        plan_(plan),
        account_(account),
        holding_(holding),
        at_site_(at_site) {}

  Units Available(Units wanted) const {
    const Units on_the_day = BalanceAt(SeriesAfter(0), plan_.date);
    Units fails = std::max<Units>(0, std::min(wanted, on_the_day)) + 1;
    Units fits = std::max<Units>(
        0, std::min(fails - 1, LowestFrom(SeriesAfter(0), plan_.date)));
    if (fits + 1 < fails && Serves(fails - 1)) return fails - 1;
    while (fits + 1 < fails) {
      const Units middle = fits + (fails - fits) / 2;
      (Serves(middle) ? fits : fails) = middle;
    }
    return fits;
  }

 private:
  Series SeriesAfter(Units taken) const {
    Plan trial;
    trial.date = plan_.date;
    trial.position = plan_.position;
    trial.postings = plan_.postings;
    if (taken > 0) trial.Post(holding_, -taken, Cause::kShip);
    return Daily(View(world_, &trial), account_, &holding_, at_site_);
  }

  bool Serves(Units taken) const {
    return LowestFrom(SeriesAfter(taken), plan_.date) >= 0;
  }

  const World& world_;
  const Plan& plan_;
  const Account& account_;
  const Holding& holding_;
  const std::string& at_site_;
};

// Holdings under several claims that count in the account at the site.
std::vector<Holding> SharedHoldings(const View& view, const Account& account,
                                    const Holding& alone) {
  std::map<std::pair<ClaimSet, std::string>, Holding> shared;
  view.Each(alone.site, alone.product, [&](const Posting& posting) {
    if (posting.holding.claims.size() > 1 && posting.holding.lot == alone.lot &&
        Counts(view.world(), account, posting.holding)) {
      shared[{posting.holding.claims, posting.holding.origin}] =
          posting.holding;
    }
  });
  std::vector<Holding> holdings;
  for (const auto& [key, holding] : shared) holdings.push_back(holding);
  return holdings;
}

}  // namespace

void CheckLotName(const World& world, const Take& take, Plan* plan) {
  if (take.lot.empty()) return;
  const std::vector<ClaimSet> known = ClaimsOfLot(world, take);
  if (known.empty()) return;
  bool stricter = false;
  bool looser = false;
  for (const ClaimSet& claims : known) {
    if (!take.claim) {
      if (claims.empty()) return;
      looser = true;
      continue;
    }
    if (claims.contains(*take.claim)) return;
    if (claims.empty()) stricter = true;
    for (const Claim& claim : claims) {
      if (claim.scheme != take.claim->scheme) continue;
      const bool below = Looseness(take.claim->model) > Looseness(claim.model);
      (below ? looser : stricter) = true;
    }
  }
  if (looser) {
    plan->Refuse("WRONG_ACCOUNT", take.lot);
  } else if (take.claim &&
             AncestorCarried(world, take.lot, take.claim->scheme)) {
    plan->Refuse("CLAIM_LOST", take.lot);
    if (stricter) plan->Refuse("MODEL_UPGRADE", take.lot);
  } else if (stricter) {
    plan->Refuse("MODEL_UPGRADE", take.lot);
  }
}

void CheckFree(const World& world, const std::string& site,
               const std::string& product, const std::string& lot, Plan* plan) {
  if (world.held_stock.contains({site, product})) {
    plan->Refuse("HELD", site + " " + product);
  }
  if (lot.empty()) return;
  if (world.held_lots.contains(lot)) plan->Refuse("HELD", lot);
  const Lot& found = world.lots.at(lot);
  if (found.flags.contains("UPSTREAM_VOID")) {
    plan->Refuse("UPSTREAM_VOID", lot);
  }
  // A process leaves the taint on what it makes, and where it is; what was
  // lost is written off there.
  const std::string reason = plan->Text("reason");
  const bool written_off = plan->kind == "adjust" && reason != "OTHER_SCHEME" &&
                           reason != "CONVENTIONAL_SALE";
  if (found.flags.contains("TAINTED") && plan->kind != "process" &&
      !written_off) {
    plan->Refuse("TAINTED", lot);
  }
}

std::vector<Piece> Draw(const World& world, const Take& take, Plan* plan) {
  CheckLotName(world, take, plan);
  CheckFree(world, take.site, take.product, take.lot, plan);
  Holding alone{.site = take.site, .product = take.product, .lot = take.lot};
  std::vector<Piece> pieces;
  Units wanted = take.quantity;
  if (take.claim) {
    alone.claims = {*take.claim};
    alone.origin = take.origin;
    const View view(world, plan);
    const Account account = AccountOf(world, alone, take.claim);
    const Units first =
        Part(world, *plan, account, alone, "").Available(wanted);
    wanted -= first;
    pieces.push_back({alone, first});
    for (const Holding& shared : SharedHoldings(view, account, alone)) {
      const Units part =
          Part(world, *plan, account, shared, take.site).Available(wanted);
      if (part == 0) continue;
      wanted -= part;
      pieces.push_back({shared, part});
    }
    pieces.front().quantity += wanted;
  } else {
    pieces.push_back({alone, wanted});
  }
  std::erase_if(pieces, [](const Piece& piece) { return piece.quantity == 0; });
  for (const Piece& piece : pieces) {
    plan->Post(piece.holding, -piece.quantity, take.cause,
               take.claim.value_or(Claim()), take.shipment);
  }
  return pieces;
}

void CheckLotForm(const World& world, const ClaimSet& claims, bool has_lot,
                  Plan* plan) {
  for (const Claim& claim : claims) {
    const auto scheme = world.schemes.find(claim.scheme);
    const bool required = scheme != world.schemes.end() &&
                          scheme->second.lots_required.contains(claim.model);
    const bool needs = claim.model == kIdentityPreserved || required;
    if (needs && !has_lot) plan->Refuse("INVALID_ARGUMENT", "lot is missing");
    if (claim.model == kMassBalance && has_lot) {
      plan->Refuse("INVALID_ARGUMENT", "mass balance names no lot");
    }
  }
}

std::string OriginFor(const World& world, const ClaimSet& claims,
                      const Traits& traits, Plan* plan) {
  const bool matched =
      std::any_of(claims.begin(), claims.end(), [&](const Claim& claim) {
        return claim.model == kMassBalance &&
               world.schemes.at(claim.scheme).origin_match;
      });
  if (!matched) return "";
  if (!traits.origin_country) {
    plan->Refuse("INVALID_ARGUMENT", "attributes.origin_country is missing");
  }
  return traits.origin_country.value_or("");
}

void CheckRange(const World& world, Plan* plan) {
  const View view(world, plan);
  for (const Posting& posting : plan->postings) {
    if (!posting.boundary.empty()) continue;
    const Holding& holding = posting.holding;
    std::optional<Claim> claim;
    if (!holding.claims.empty()) claim = *holding.claims.begin();
    const Series series =
        Daily(view, AccountOf(world, holding, claim), &holding,
              holding.claims.size() > 1 ? holding.site : "");
    if (LowestFrom(series, posting.date) < -kUnitsMax ||
        HighestFrom(series, posting.date) > kUnitsMax) {
      return plan->Refuse("OVERFLOW", holding.product);
    }
  }
}

void CheckBalances(const World& world, Plan* plan) {
  const View view(world, plan);
  // What goes into a process was there before what it makes.
  Plan taken = *plan;
  std::erase_if(taken.postings, [](const Posting& posting) {
    return posting.cause == Cause::kProcessOut;
  });
  const View before_output(world, &taken);
  std::set<Account> filled;
  std::set<Account> drawn;
  std::map<Account, Units> net;
  const auto add = [&](const Account& account, const Posting& posting) {
    if (posting.cause == Cause::kProcessOut) {
      filled.insert(account);
    } else if (posting.cause == Cause::kProcessIn) {
      drawn.insert(account);
    } else {
      net[account] += posting.quantity;
    }
  };
  for (const Posting& posting : plan->postings) {
    // What the ledger itself does in passing, as when a shipment lapses or
    // entitlement expires, refuses nothing.
    if (!posting.boundary.empty() || posting.date != plan->date ||
        posting.cause == Cause::kExpiry) {
      continue;
    }
    if (posting.holding.claims.empty()) {
      add(AccountOf(world, posting.holding, std::nullopt), posting);
    }
    for (const Claim& claim : posting.holding.claims) {
      add(AccountOf(world, posting.holding, claim), posting);
    }
  }
  for (const auto& [account, quantity] : net) {
    if (quantity > 0) filled.insert(account);
    if (quantity < 0) drawn.insert(account);
  }
  for (const Account& account : filled) {
    if (HighestFrom(Daily(view, account), plan->date) > kUnitsMax) {
      plan->Refuse("OVERFLOW", account.product);
    }
  }
  for (const Account& account : drawn) {
    // The conventional holding may go below zero; a lot by its name may not.
    const Series series = Daily(before_output, account);
    if (LowestFrom(series, plan->date) < -kUnitsMax) {
      plan->Refuse("OVERFLOW", account.product);
    }
    if (!account.claim && account.lot.empty()) continue;
    if (LowestFrom(series, plan->date) < 0) {
      JudgeShortfall(world, account, series, plan);
    }
  }
}

}  // namespace tally::reference

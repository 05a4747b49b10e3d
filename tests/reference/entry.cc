// originate and receive: how material comes onto the ledger.

#include <string>

#include "tests/reference/certificates.h"
#include "tests/reference/planners.h"
#include "tests/reference/stock.h"
#include "tests/reference/traits.h"

namespace tally::reference {

namespace {

struct Entry {
  Holding holding;
  Units certified = 0;     // under the claims
  Units conventional = 0;  // the rest of a share
  Units quantity = 0;
  Traits traits;
  Cause cause = Cause::kOriginate;
};

Entry ReadEntry(const World& world, Cause cause, Plan* plan) {
  Entry entry;
  entry.cause = cause;
  entry.holding = {.site = plan->Text("site"),
                   .product = plan->Text("product"),
                   .claims = ReadClaims(plan->body),
                   .lot = plan->Text("lot")};
  entry.quantity = ReadQuantity(world, plan->body);
  entry.traits = ReadTraits(plan->body);
  entry.traits.share = ReadShare(plan->body);
  entry.holding.origin =
      OriginFor(world, entry.holding.claims, entry.traits, plan);
  // A lot keeps its share; of pooled stock the certified part alone is booked
  // under the claim, rounded against it.
  entry.certified = entry.quantity;
  if (entry.holding.claims.empty()) {
    entry.certified = 0;
  } else if (entry.traits.share && entry.holding.lot.empty()) {
    const Rational part =
        Rational(entry.quantity) * *entry.traits.share / Rational(100);
    entry.certified = *part.Floor().ToUnits();
  }
  entry.conventional = entry.quantity - entry.certified;
  return entry;
}

void PostEntry(const Entry& entry, const std::string& source, Plan* plan) {
  Holding conventional = entry.holding;
  conventional.claims.clear();
  conventional.origin.clear();
  plan->PostBoundary("ORIGIN", entry.holding.site, entry.holding.product,
                     -entry.quantity, entry.cause);
  plan->Post(entry.holding, entry.certified, entry.cause);
  plan->Post(conventional, entry.conventional, entry.cause);
  if (entry.holding.lot.empty()) return;
  Lot lot;
  lot.id = entry.holding.lot;
  lot.product = entry.holding.product;
  lot.quantity = entry.quantity;
  lot.claims = entry.holding.claims;
  lot.site = entry.holding.site;
  lot.date = plan->date;
  lot.position = plan->position;
  lot.source = source;
  lot.traits = entry.traits;
  if (plan->body.contains("tags")) lot.tags = plan->body["tags"];
  plan->Then([lot](World& world) { world.lots[lot.id] = lot; });
}

void CheckSource(const World& world, Entry* entry, Plan* plan) {
  for (const Claim& claim : entry->holding.claims) {
    const std::string status = SourceStatusOn(
        world, world.schemes.at(claim.scheme), entry->holding.site, plan->date);
    if (status.empty()) continue;
    auto& stated = entry->traits.source_status;
    if (status == "RED") plan->Refuse("SOURCE_STATUS", "RED");
    if (stated && StatusRank(*stated) < StatusRank(status)) {
      plan->Refuse("SOURCE_STATUS", *stated);
    }
    if (!stated) stated = status;
  }
}

}  // namespace

void PlanOriginate(const World& world, Plan* plan) {
  Entry entry = ReadEntry(world, Cause::kOriginate, plan);
  for (const Claim& claim : entry.holding.claims) {
    const bool main = claim == *ReadClaim(plan->body);
    CheckCertified(world,
                   {.direction = Direction::kIn,
                    .claim = claim,
                    .site = entry.holding.site,
                    .product = entry.holding.product,
                    .quantity = entry.quantity,
                    .certificate = main ? plan->Text("certificate") : "",
                    .member = main ? plan->Text("member") : ""},
                   plan);
  }
  CheckSource(world, &entry, plan);
  PostEntry(entry, entry.holding.site, plan);
}

void PlanReceive(const World& world, Plan* plan) {
  const Entry entry = ReadEntry(world, Cause::kReceive, plan);
  CheckReceiptPapers(world, entry.holding.claims, plan);
  for (const Claim& claim : entry.holding.claims) {
    CheckCertified(world,
                   {.direction = Direction::kIn,
                    .claim = claim,
                    .site = entry.holding.site,
                    .product = entry.holding.product,
                    .quantity = entry.certified,
                    .capped = false},
                   plan);
  }
  PostEntry(entry, plan->Text("supplier"), plan);
}

}  // namespace tally::reference

#include "engine/rules/attach_ratio.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/rules/credit_lookup.h"
#include "engine/state/credit_queries.h"
#include "fmt/format.h"

namespace tally {
namespace {

// What of a line went to the other side and did not come back.
Quantity VolumeOf(const Shipment& shipment, const ShipmentLine& line) {
  switch (shipment.state) {
    case ShipmentState::kInTransit:
      return line.quantity;
    case ShipmentState::kAccepted:
    case ShipmentState::kPartlyAccepted:
      return line.accepted;
    case ShipmentState::kUnspecified:
    case ShipmentState::kRejected:
    case ShipmentState::kRecalled:
    case ShipmentState::kLapsed:
      return Quantity();
  }
  TALLY_CHECK(false);
}

bool IsBetween(const Case& c, const Shipment& shipment,
               const AttachedTransfer& transfer) {
  const Registry& registry = c.state.registry();
  return shipment.to.valid() &&
         registry.at(shipment.from).party == transfer.from &&
         registry.at(shipment.to).party == transfer.to;
}

// Of the product, between the two parties.
int128 VolumeOf(const Case& c, const AttachedTransfer& transfer) {
  if (!transfer.shipment.valid()) return 0;
  const Shipment& shipment = c.state.shipments().at(transfer.shipment);
  if (!IsBetween(c, shipment, transfer)) return 0;
  int128 volume = 0;
  for (const ShipmentLine& line : shipment.lines) {
    if (line.product != transfer.product) continue;
    volume += VolumeOf(shipment, line).units();
  }
  return volume;
}

void RefuseRatio(Case& c, const AttachedTransfer& transfer, int128 volume,
                 int128 attached) {
  if (!c.verdict.Concerns(Code::kAttachRatio)) return;
  const Ratio ratio = *TermsOf(c, transfer.scheme).attach_ratio;
  const Product& product = c.state.registry().at(transfer.product);
  Refusal refusal = RefuseUnder(
      c, transfer.scheme, Code::kAttachRatio,
      transfer.shipment.valid()
          ? fmt::format("transfer_credits.with_shipment: at most {} credits a "
                        "unit of the product shipped between the two parties",
                        ratio.ToString(2))
          : "transfer_credits.with_shipment: these credits move only with a "
            "shipment of the product between the two parties");
  const auto add = [&](std::string_view name, int128 units) {
    refusal.figures.push_back({std::string(name),
                               FormatUnits(units, product.decimals),
                               product.unit});
  };
  add("asked", transfer.quantity.units());
  add("attached_before", attached);
  add("volume", volume);
  c.verdict.Refuse(std::move(refusal));
}

// What the parties have on a date, in units of the product.
struct Owned {
  int128 credits = 0;
  int128 stock = 0;
};

Owned OwnedBy(const Case& c, const std::vector<PartyIndex>& parties,
              SchemeIndex scheme, ProductIndex product, Date date) {
  const Registry& registry = c.state.registry();
  Owned owned;
  for (const PartyIndex party : parties) {
    owned.credits += CreditTotal(
        c.state, {.party = party, .scheme = scheme, .product = product},
        CreditState::kIssued, date);
    for (const SiteIndex site : registry.SitesOf(registry.at(party).scope)) {
      owned.stock += c.state.book_stock().At(site, product, date);
    }
  }
  return owned;
}

void RefuseAtClose(Case& c, SchemeIndex scheme, ProductIndex index,
                   const Owned& owned, Date to) {
  if (!c.verdict.Concerns(Code::kAttachRatio)) return;
  const Product& product = c.state.registry().at(index);
  const Ratio ratio =
      *c.state.schemes().At(scheme, to).book_and_claim.attach_ratio;
  const std::string credits = FormatUnits(owned.credits, product.decimals);
  const std::string stock = FormatUnits(owned.stock, product.decimals);
  Refusal refusal = RefuseUnder(
      c, scheme, Code::kAttachRatio,
      fmt::format("close_period.to: {} credits are held on {} with a book "
                  "stock of {}, at most {} a unit; transfer or redeem the rest",
                  credits, to.ToString(), stock, ratio.ToString(2)));
  refusal.figures.push_back({"credits", credits, product.unit});
  refusal.figures.push_back({"book", stock, product.unit});
  c.verdict.Refuse(std::move(refusal));
}

}  // namespace

bool IsWithinRatio(int128 credits, Ratio ratio, int128 volume) {
  return credits * ratio.denominator() <= volume * ratio.numerator();
}

void CheckAttachRatio(Case& c, const AttachedTransfer& transfer) {
  const std::optional<Ratio>& ratio = TermsOf(c, transfer.scheme).attach_ratio;
  if (!ratio) return;
  const AttachKey key{transfer.shipment, transfer.scheme, transfer.product};
  const int128 attached = c.state.attached_credits().To(key);
  const int128 volume = VolumeOf(c, transfer);
  if (!IsWithinRatio(attached + transfer.quantity.units(), *ratio, volume)) {
    RefuseRatio(c, transfer, volume, attached);
    return;
  }
  c.plan.attach_changes.push_back({key, transfer.quantity});
}

void CheckAttachedAtClose(Case& c, const PeriodKey& key, Date to) {
  const std::optional<Ratio>& ratio =
      c.state.schemes().At(key.scheme, to).book_and_claim.attach_ratio;
  if (!ratio) return;
  const Registry& registry = c.state.registry();
  std::vector<PartyIndex> parties;
  for (const SiteIndex site : registry.SitesOf(key.scope)) {
    parties.push_back(registry.at(site).party);
  }
  std::sort(parties.begin(), parties.end());
  parties.erase(std::unique(parties.begin(), parties.end()), parties.end());
  for (int32_t i = 0; i < registry.product_names.size(); ++i) {
    const ProductIndex product(i);
    if (registry.at(product).group_pool != key.pool) continue;
    const Owned owned = OwnedBy(c, parties, key.scheme, product, to);
    if (!IsWithinRatio(owned.credits, *ratio, owned.stock)) {
      RefuseAtClose(c, key.scheme, product, owned, to);
    }
  }
}

}  // namespace tally

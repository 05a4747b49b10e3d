// The questions of the reference ledger.

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/reference/account.h"
#include "tests/reference/certificates.h"
#include "tests/reference/credits.h"
#include "tests/reference/lineage.h"
#include "tests/reference/percentage.h"
#include "tests/reference/periods.h"
#include "tests/reference/plan.h"
#include "tests/reference/planners.h"
#include "tests/reference/reference_ledger.h"
#include "tests/reference/serials.h"
#include "tests/reference/shape.h"

namespace tally::reference {

namespace {

Date AsAt(const World& world, const Json& query) {
  const std::string date = Text(query, "as_at");
  return date.empty() ? world.latest : ParseDate(date).value_or(world.latest);
}

// A plan of nothing but the shipments that have lapsed by `date`.
Plan LapsesBy(const World& world, Date date) {
  Plan plan;
  plan.date = date;
  plan.recorded = world.clock;
  plan.position = world.Position();
  PlanLapses(world, &plan);
  return plan;
}

bool AreKnown(const World& world, const Json& query) {
  return world.sites.contains(Text(query, "site")) &&
         world.products.contains(Text(query, "product"));
}

// Whether a posting counts in the balance asked for: the account of mass
// balance, else the holding at the site; no lot is pool and all lots.
bool IsAsked(const World& world, const Json& query, const Posting& posting) {
  const Holding& holding = posting.holding;
  const std::string scheme = Text(query, "scheme");
  const std::string model = Text(query, "model");
  const std::string lot = Text(query, "lot");
  if (!lot.empty() && holding.lot != lot) return false;
  const Holding asked{.site = Text(query, "site"),
                      .product = Text(query, "product")};
  if (scheme.empty()) {
    return holding.claims.empty() && holding.site == asked.site &&
           holding.product == asked.product;
  }
  for (const Claim& claim : holding.claims) {
    if (claim.scheme != scheme) continue;
    if (!model.empty() && claim.model != model) continue;
    if (claim.model != kMassBalance) {
      if (holding.site == asked.site && holding.product == asked.product) {
        return true;
      }
      continue;
    }
    Account account = AccountOf(world, asked, claim);
    Account its = AccountOf(world, holding, claim);
    account.lot = its.lot;
    account.origin = its.origin;
    if (account == its) return true;
  }
  return false;
}

}  // namespace

Json ReferenceLedger::Balance(const Json& asked) const {
  const Json query = WithoutNulls(asked);
  if (!AreKnown(world_, query)) return nullptr;
  const std::string scheme = Text(query, "scheme");
  if (!scheme.empty() && !world_.schemes.contains(scheme)) return nullptr;
  const Date date = AsAt(world_, query);
  const int64_t known_at = query.value("as_known_at", int64_t{INT64_MAX});
  const Plan lapses = LapsesBy(world_, date);
  Units balance = 0;
  View(world_, known_at == INT64_MAX ? &lapses : nullptr, known_at)
      .Each("", "", [&](const Posting& posting) {
        if (posting.date <= date && IsAsked(world_, query, posting)) {
          balance += posting.quantity;
        }
      });
  return FormatUnits(balance,
                     world_.ProductOf(Text(query, "product")).decimals);
}

Json ReferenceLedger::Percentage(const Json& asked) const {
  const Json query = WithoutNulls(asked);
  const std::string scheme = Text(query, "scheme");
  if (!AreKnown(world_, query) || !world_.schemes.contains(scheme)) return {};
  const Holding holding{.site = Text(query, "site"),
                        .product = Text(query, "product")};
  const Claim claim = {scheme, std::string(kMassBalance)};
  const Account account = AccountOf(world_, holding, claim);
  const Date date = AsAt(world_, query);
  const Plan lapses = LapsesBy(world_, date);
  return InputPercentage(View(world_, &lapses), account, date).ToDecimal(12);
}

Json ReferenceLedger::ShipmentState(const std::string& id) const {
  const auto found = world_.shipments.find(id);
  if (found == world_.shipments.end()) return nullptr;
  const Shipment& shipment = found->second;
  if (shipment.state == "IN_TRANSIT" && shipment.last_day &&
      std::max(world_.latest, DateOf(world_.clock)) > *shipment.last_day) {
    return "LAPSED";
  }
  return shipment.state;
}

Json ReferenceLedger::LotFacts(const std::string& id) const {
  const auto found = world_.lots.find(id);
  if (found == world_.lots.end()) return nullptr;
  const Lot& lot = found->second;
  Json facts = Json::object();
  facts["product"] = lot.product;
  facts["quantity"] =
      FormatUnits(lot.quantity, world_.ProductOf(lot.product).decimals);
  facts["parents"] = Json::array();
  for (const LotInput& input : lot.inputs) {
    if (!input.lot.empty()) facts["parents"].push_back(input.lot);
  }
  facts["tags"] = lot.tags;
  facts["claims"] = Json::array();
  for (const Claim& claim : lot.claims) {
    facts["claims"].push_back(
        {{"scheme", claim.scheme}, {"model", claim.model}});
  }
  if (!lot.claims.empty()) {
    facts["claims_share"] =
        lot.traits.share.value_or(Rational(100)).ToDecimal(12);
  }
  Json attributes = Json::object();
  const Traits& traits = lot.traits;
  if (traits.origin_country) {
    attributes["origin_country"] = *traits.origin_country;
  }
  if (traits.ghg) attributes["ghg"] = traits.ghg->ToDecimal(12);
  if (traits.level) attributes["level"] = *traits.level;
  if (traits.source_status) attributes["source_status"] = *traits.source_status;
  facts["attributes"] = attributes;
  return facts;
}

Json ReferenceLedger::Credits(const Json& asked) const {
  const Json query = WithoutNulls(asked);
  const auto scheme = world_.schemes.find(Text(query, "scheme"));
  if (scheme == world_.schemes.end()) return nullptr;
  const std::string wanted = Text(query, "state", "ISSUED");
  const std::string product = Text(query, "product");
  const Date date = AsAt(world_, query);
  Units count = 0;
  for (const Block& block : world_.blocks) {
    if (block.scheme != scheme->first) continue;
    if (!product.empty() && block.product != product) continue;
    for (const SerialState& state : SerialsOf(world_, block, date)) {
      if (state.holder != Text(query, "party")) continue;
      std::string now = state.state;
      if (now == "ISSUED" && date > LastDayOf(world_, block)) now = "EXPIRED";
      if (now == wanted) count += CountSerials({state.range});
    }
  }
  return ValueOf(scheme->second, count).ToDecimal(12);
}

Json ReferenceLedger::CertificateFacts(const std::string& id) const {
  const Certificate* certificate = world_.FindCertificate(id);
  if (certificate == nullptr) return nullptr;
  const CertificateState state = StateOn(*certificate, world_.latest);
  Json facts = Json::object();
  const bool over = world_.latest > state.to;
  const bool open = state.status == "VALID" || state.status == "SUSPENDED";
  facts["status"] = over && open ? "EXPIRED" : state.status;
  facts["level"] = state.level;
  facts["remaining"] = Json::object();
  for (const auto& [product, cap] : certificate->caps) {
    const auto left =
        RemainingVolume(world_, *certificate, product, world_.latest);
    if (!left) continue;
    facts["remaining"][product] = FormatUnits(
        std::min(*left, kUnitsMax), world_.ProductOf(product).decimals);
  }
  return facts;
}

Json ReferenceLedger::PeriodFacts(const Json& asked) const {
  Json query = WithoutNulls(asked);
  const std::string from = Text(query, "from");
  if (!world_.schemes.contains(Text(query, "scheme"))) return nullptr;
  const auto account = ReadPeriodAccount(world_, query);
  if (!account) return nullptr;
  for (const Period& period : world_.periods) {
    if (period.account != *account || FormatDate(period.from) != from) {
      continue;
    }
    int decimals = 0;
    for (const auto& [id, product] : world_.products) {
      if (GroupOf(product) == account->group) decimals = product.decimals;
    }
    const PeriodFigures figures = FiguresOf(View(world_), period);
    return {{"state", period.state},
            {"to", FormatDate(period.to)},
            {"opening", FormatUnits(figures.opening, decimals)},
            {"closing", FormatUnits(figures.closing, decimals)},
            {"expired", FormatUnits(figures.expired, decimals)}};
  }
  return nullptr;
}

Json ReferenceLedger::Trace(const Json& query) const {
  const auto lot = world_.lots.find(Text(query, "lot"));
  if (lot == world_.lots.end()) return nullptr;
  if (Text(query, "direction", "UPSTREAM") == "DOWNSTREAM") {
    return {{"lots", Descendants(world_, lot->first)}};
  }
  Json sources = Json::object();
  const int decimals = world_.ProductOf(lot->second.product).decimals;
  for (const auto& [source, share] : SourceShares(world_, lot->first)) {
    const Rational quantity =
        share * Rational::FromUnits(lot->second.quantity, decimals);
    sources[source] = quantity.ToDecimal(decimals);
  }
  return {{"sources", sources}, {"lots", Ancestors(world_, lot->first)}};
}

Json ReferenceLedger::Flags(const Json& query) const {
  if (query.contains("block")) {
    const Block* block = world_.FindBlock(Text(query, "block"));
    return block == nullptr ? Json() : Json(block->flags);
  }
  const auto lot = world_.lots.find(Text(query, "lot"));
  return lot == world_.lots.end() ? Json() : Json(lot->second.flags);
}

Json ReferenceLedger::Cover(const Json& query) const {
  const auto period = ParseSpan(Text(query, "claim_period"));
  if (!period) return nullptr;
  const std::string party = Text(query, "party");
  const std::string scheme = Text(query, "scheme");
  const std::string product = Text(query, "product");
  if (!world_.products.contains(product)) return nullptr;
  const Rational claimed = DeclaredFor(world_, party, scheme, product, *period);
  const Rational retired = RetiredFor(world_, party, scheme, product, *period);
  const Rational open = std::max(Rational(0), claimed - retired);
  return {{"claimed", claimed.ToDecimal(12)},
          {"retired", retired.ToDecimal(12)},
          {"uncovered", open.ToDecimal(12)}};
}

}  // namespace tally::reference

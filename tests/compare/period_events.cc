// The generator's events of periods and entitlement, of stock counted and of
// events that turn out false.

#include <algorithm>
#include <string>

#include "tests/compare/generator.h"

namespace tally::compare {
namespace {

// What comes of a void where the goods went on to others is a matter of
// scenarios: the reference does not follow what is withheld.
constexpr const char* kVoided[] = {"originate", "receive", "consume", "adjust",
                                   "declare_claims"};

}  // namespace

// The first periods, so that mass balance of schemes with fixed ones can be
// posted at all.
void Generator::PlanPeriods() {
  for (const auto& [scheme, months] : world_.period_months) {
    for (const std::string& site : world_.sites) {
      for (const char* const product : {"cpo", "ffb", "pk"}) {
        if (site == "farm" && product != std::string("ffb")) continue;
        opening_.push_back({.account = {{"site", site},
                                        {"product", product},
                                        {"scheme", scheme}},
                            .from = today_.AddMonths(-1).MonthStart()});
      }
    }
  }
}

Json Generator::OpenPeriod(FixedPeriod period) {
  const int months =
      world_.period_months.at(period.account["scheme"].get<std::string>());
  period.to = period.from.AddMonths(months).AddDays(-1);
  if (dice_.Percent(8)) period.to = period.to.AddDays(1);
  if (dice_.Percent(5)) period.from = period.from.AddDays(1);
  if (dice_.Percent(3)) period.account["product"] = "oil";
  lessons_.back().push_back([this, period] { open_.push_back(period); });
  return {{"open_period",
           {{"account", period.account},
            {"from", period.from.ToString()},
            {"to", period.to.ToString()}}}};
}

Json Generator::NextPeriod() {
  if (!opening_.empty()) {
    FixedPeriod period = opening_.back();
    opening_.pop_back();
    return OpenPeriod(period);
  }
  if (open_.empty()) return nullptr;
  FixedPeriod period = dice_.Of(open_);
  period.from = period.to.AddDays(1);
  return OpenPeriod(period);
}

Json Generator::ClosePeriod() {
  if (open_.empty()) return nullptr;
  // The one that ends first, more often than not.
  const FixedPeriod period =
      dice_.Percent(70)
          ? *std::min_element(open_.begin(), open_.end(),
                              [](const FixedPeriod& a, const FixedPeriod& b) {
                                return a.to < b.to;
                              })
          : dice_.Of(open_);
  Json body = {{"account", period.account},
               {"from", period.from.ToString()},
               {"to", period.to.ToString()}};
  if (dice_.Percent(35)) body["with_deficit"] = true;
  if (dice_.Percent(25)) body["overdraw_reason"] = "late";
  lessons_.back().push_back([this, period] {
    std::erase_if(open_, [&period](const FixedPeriod& other) {
      return other.account == period.account && other.from == period.from;
    });
    FixedPeriod next = period;
    next.from = period.to.AddDays(1);
    opening_.push_back(next);
  });
  return {{"close_period", body}};
}

Json Generator::TransferEntitlement() {
  const Stock* stock = Some();
  if (stock == nullptr || stock->claim.is_null() ||
      stock->claim["model"] != "MASS_BALANCE") {
    return nullptr;
  }
  const std::string scheme = stock->claim["scheme"];
  const auto& allowed = world_.with_transfers;
  if (std::find(allowed.begin(), allowed.end(), scheme) == allowed.end() &&
      !dice_.Percent(20)) {
    return nullptr;
  }
  const int64_t units = Take(*stock);
  Stock moved = *stock;
  moved.site = dice_.Of(world_.sites);
  Json body = {{"from_site", stock->site},
               {"to_site", moved.site},
               {"product", stock->product},
               {"scheme", scheme},
               {"quantity", Quantity(stock->product, units)}};
  if (dice_.Percent(25)) {
    body["to_product"] = dice_.Of({"cpo", "oil", "fat", "pk"});
    if (world_.decimals.at(body["to_product"]) ==
        world_.decimals.at(stock->product)) {
      moved.product = body["to_product"];
    }
  }
  if (moved.site == stock->site && moved.product == stock->product) {
    return nullptr;
  }
  lessons_.back().push_back([this, from = *stock, moved, units] {
    Add(from, -units);
    Add(moved, units);
  });
  return {{"transfer_entitlement", body}};
}

Json Generator::CountStock() {
  const Stock* stock = Some();
  if (stock == nullptr) return nullptr;
  const int64_t units =
      dice_.Percent(60) ? stock->units : dice_.Number(0, stock->units);
  return {{"count_stock",
           {{"site", stock->site},
            {"product", stock->product},
            {"physical_quantity", Quantity(stock->product, units)}}}};
}

Json Generator::Void() {
  std::vector<Json> targets;
  for (const Json& event : accepted_) {
    for (const char* const kind : kVoided) {
      if (event.contains(kind)) targets.push_back(event);
    }
  }
  if (targets.empty()) return nullptr;
  const Json event = dice_.Of(targets);
  Json body = {{"event", event["id"]}, {"reason", "it was false"}};
  if (dice_.Percent(4)) body["event"] = dice_.Uuid();
  Json made = {{"void", body}};
  if (dice_.Percent(50)) made["actor"] = dice_.Of({"body", "body2"});
  return made;
}

}  // namespace tally::compare

// The generator's events of custody.

#include <algorithm>
#include <string>
#include <utility>

#include "tests/compare/generator.h"

namespace tally::compare {
namespace {

bool IsPool(const Json& claim) {
  return claim.is_null() || claim["model"] == "MASS_BALANCE" ||
         claim["model"] == "BOOK_AND_CLAIM";
}

}  // namespace

Json Generator::Originate() {
  Stock stock{.site = dice_.Percent(60) ? "farm" : dice_.Of(world_.sites),
              .product = dice_.Percent(60) ? "ffb" : dice_.Of(world_.products),
              .claim = Claim(dice_.Of(world_.schemes))};
  const int64_t units = Amount(stock.product);
  Json body = {{"site", stock.site},
               {"product", stock.product},
               {"quantity", Quantity(stock.product, units)},
               {"claim", stock.claim}};
  const bool lot = stock.claim["model"] == "IDENTITY_PRESERVED" ||
                   (!IsPool(stock.claim) && dice_.Percent(60));
  if (lot != dice_.Percent(3)) body["lot"] = stock.lot = NewLot();
  if (world_.several_claims && dice_.Percent(12)) {
    const Json other = Claim(dice_.Of(world_.schemes));
    body["also"] = Json::array({other});
  }
  if (dice_.Percent(15)) body["certificate"] = dice_.Of(certificates_);
  if (dice_.Percent(10)) {
    body["member"] = dice_.Percent(80) ? "smallholder" : "stranger";
  }
  if (dice_.Percent(20)) body["tags"] = Json::array({"T1", "T2"});
  const Json attributes = Attributes(stock.claim);
  if (!attributes.empty()) body["attributes"] = attributes;
  lessons_.back().push_back([this, stock, units] { Add(stock, units); });
  return {{"originate", body}};
}

Json Generator::Receive() {
  Stock stock{.site = dice_.Of(world_.sites),
              .product = dice_.Of({"ffb", "ffb", "cpo", "cpo", "cpo", "oil",
                                   "pk", "ore", "fat", "water"})};
  const int64_t units = Amount(stock.product);
  Json body = {{"site", stock.site},
               {"product", stock.product},
               {"quantity", Quantity(stock.product, units)},
               {"supplier", dice_.Of({"S-1", "S-2", "S-3"})}};
  Json event;
  if (dice_.Percent(80)) {
    stock.claim = Claim(dice_.Of(world_.schemes));
    body["claim"] = stock.claim;
    if (world_.several_claims && dice_.Percent(12)) {
      body["also"] = Json::array({Claim(dice_.Of(world_.schemes))});
    }
    if (dice_.Percent(96)) {
      body["supplier_certificate"] =
          dice_.Percent(15) ? dice_.Of(certificates_) : "off-ledger";
    }
    if (dice_.Percent(97)) event["document"] = "D-1";
    if (dice_.Percent(10)) body["claims_share"] = dice_.Of({"70", "33.3"});
  }
  const bool needs =
      !stock.claim.is_null() && stock.claim["model"] == "IDENTITY_PRESERVED";
  if (needs || dice_.Percent(stock.claim.is_null() ? 15 : 60)) {
    const bool mass_balance =
        !stock.claim.is_null() && stock.claim["model"] == "MASS_BALANCE";
    if (!mass_balance || dice_.Percent(4)) body["lot"] = stock.lot = NewLot();
  }
  const Json attributes = Attributes(stock.claim);
  if (!attributes.empty()) body["attributes"] = attributes;
  lessons_.back().push_back([this, stock, units] { Add(stock, units); });
  event["receive"] = body;
  return event;
}

Json Generator::ShipLine(const Stock& stock, std::vector<Stock>* sent) {
  Stock moved = stock;
  moved.units = Take(stock);
  Json line = {{"product", stock.product},
               {"quantity", Quantity(stock.product, moved.units)}};
  if (!stock.claim.is_null()) {
    line["claim"] = stock.claim;
    const std::string scheme = stock.claim["scheme"];
    if (dice_.Percent(18)) {
      moved.claim["model"] = dice_.Of(world_.models.at(scheme));
      line["as_model"] = moved.claim["model"];
      if (moved.claim["model"] == "MASS_BALANCE") moved.lot.clear();
    }
    if (dice_.Percent(3)) line["claim"]["model"] = "SEGREGATED";
    if (dice_.Percent(5)) line["claims_share"] = dice_.Of({"50", "70", "12"});
    if (dice_.Percent(2)) line["claim"] = Claim(dice_.Of(world_.schemes));
  }
  if (!stock.lot.empty() && !dice_.Percent(3)) line["lot"] = stock.lot;
  if (dice_.Percent(6)) line["attributes"] = Attributes(stock.claim);
  sent->push_back(moved);
  return line;
}

Json Generator::Ship() {
  const Stock* first = Some();
  if (first == nullptr) return nullptr;
  Moving moving{.shipment = "S" + std::to_string(++made_),
                .from = first->site,
                .to = dice_.Of(world_.sites)};
  if (!ended_.empty() && dice_.Percent(1)) moving.shipment = ended_.front();
  std::vector<Stock> taken = {*first};
  Json lines = Json::array({ShipLine(*first, &moving.lines)});
  while (dice_.Percent(30) && lines.size() < 3) {
    const Stock* more = Some(first->site);
    taken.push_back(*more);
    lines.push_back(ShipLine(*more, &moving.lines));
  }
  Json body = {{"shipment", moving.shipment},
               {"from_site", moving.from},
               {"lines", lines}};
  const bool external = dice_.Percent(15);
  if (external) {
    body["to_external"] = "a customer";
  } else {
    body["to_site"] = moving.to;
  }
  if (dice_.Percent(5)) body["ghg"] = "31";
  if (dice_.Percent(8)) body["overdraw_reason"] = "late delivery";
  lessons_.back().push_back([this, moving, taken, external] {
    for (size_t i = 0; i < taken.size(); ++i) {
      Add(taken[i], -moving.lines[i].units);
    }
    if (external) {
      ended_.push_back(moving.shipment);
    } else {
      moving_.push_back(moving);
    }
  });
  return {{"ship", body}};
}

Json Generator::Accept() {
  if (moving_.empty()) return nullptr;
  if (!ended_.empty() && dice_.Percent(3)) {
    return {{"accept", {{"shipment", dice_.Of(ended_)}}}};
  }
  const Moving moving = dice_.Of(moving_);
  std::vector<Stock> arrived = moving.lines;
  Json body = {{"shipment", moving.shipment}};
  if (dice_.Percent(25)) {
    body["lines"] = Json::array();
    body["reason"] = "short";
    for (Stock& line : arrived) {
      if (dice_.Percent(30) && line.units < INT64_MAX / 4) {
        line.units =
            dice_.Percent(20) ? line.units + 1 : dice_.Number(1, line.units);
      }
      body["lines"].push_back(
          {{"product", line.product},
           {"quantity", Quantity(line.product, line.units)}});
    }
  }
  if (dice_.Percent(15)) {
    const std::string scheme = dice_.Of(world_.schemes);
    body["as_scheme"] = scheme;
    for (Stock& line : arrived) {
      if (!line.claim.is_null()) line.claim["scheme"] = scheme;
    }
  }
  if (dice_.Percent(15)) {
    body["lot"] = NewLot();
    for (Stock& line : arrived) line.lot = body["lot"];
  }
  for (Stock& line : arrived) line.site = moving.to;
  lessons_.back().push_back([this, moving, arrived] {
    for (const Stock& line : arrived) Add(line, line.units);
    ended_.push_back(moving.shipment);
    std::erase_if(moving_, [&](const Moving& other) {
      return other.shipment == moving.shipment;
    });
  });
  return {{"accept", body}};
}

Json Generator::Return() {
  if (moving_.empty()) return nullptr;
  Moving moving = dice_.Of(moving_);
  if (!ended_.empty() && dice_.Percent(8)) {
    moving = {.shipment = dice_.Of(ended_)};
  }
  const Json body = {{"shipment", moving.shipment}, {"reason", "wrong"}};
  lessons_.back().push_back([this, moving] {
    for (const Stock& line : moving.lines) Add(line, line.units);
    ended_.push_back(moving.shipment);
    std::erase_if(moving_, [&](const Moving& other) {
      return other.shipment == moving.shipment;
    });
  });
  return {{dice_.Of({"reject", "recall"}), body}};
}

// One line of what goes in; a part of the stock, with a bound that keeps sums
// far from their limits.
Json Generator::ProcessIn(const Stock& stock, bool computed, Change* change) {
  const int64_t units = std::min<int64_t>(Take(stock), 1'000'000'000);
  Json in = {{"product", stock.product}};
  if (!computed || stock.claim.is_null()) {
    in["quantity"] = Quantity(stock.product, units);
  }
  if (!stock.claim.is_null()) in["claim"] = stock.claim;
  if (!stock.lot.empty()) in["lot"] = stock.lot;
  change->taken.emplace_back(stock, units);
  return in;
}

// One line of what comes out; of physical claims a lot, more often than not.
Json Generator::ProcessOut(Stock stock, int64_t units, Change* change) {
  Json out = {{"product", stock.product},
              {"quantity", Quantity(stock.product, units)}};
  if (!stock.claim.is_null()) out["claim"] = stock.claim;
  const std::string model =
      stock.claim.is_null() ? "" : stock.claim["model"].get<std::string>();
  if (model == "CONTROLLED_BLENDING") {
    out["claims_share"] = dice_.Of({"100", "60", "30", "20", "3"});
  } else if (!model.empty() && dice_.Percent(4)) {
    out["claims_share"] = "40";
  }
  if (model == "IDENTITY_PRESERVED"
          ? dice_.Percent(97)
          : model != "MASS_BALANCE" && dice_.Percent(60)) {
    out["lot"] = stock.lot = NewLot();
  }
  if (dice_.Percent(10)) out["attributes"] = Attributes(stock.claim);
  if (dice_.Percent(6)) out["tags"] = Json::array({"T3"});
  change->made.emplace_back(std::move(stock), units);
  return out;
}

Json Generator::ProcessEvent(const std::string& process, Json inputs,
                             Json outputs, const Change& change) {
  const std::string site = change.taken.front().first.site;
  lessons_.back().push_back([this, change] {
    for (const auto& [stock, units] : change.taken) Add(stock, -units);
    for (const auto& [stock, units] : change.made) Add(stock, units);
  });
  return {{"process",
           {{"site", site},
            {"process", process},
            {"inputs", std::move(inputs)},
            {"outputs", std::move(outputs)}}}};
}

// By a recipe of a scheme, with inputs given or computed.
Json Generator::Process() {
  if (world_.recipes.empty()) return nullptr;
  const Recipe& recipe = dice_.Of(world_.recipes);
  Json ins = Json::array();
  Change change;
  int64_t total = 0;
  const bool computed = dice_.Percent(35);
  for (const Stock& stock : stocks_) {
    const bool first = change.taken.empty();
    const bool fits = stock.product == recipe.input && stock.units > 0 &&
                      (first || change.taken.front().first.site == stock.site);
    if (!fits || !dice_.Percent(first ? 60 : 25)) continue;
    ins.push_back(ProcessIn(stock, computed, &change));
    total += change.taken.back().second;
  }
  if (ins.empty()) return nullptr;
  const Stock& main = change.taken.front().first;
  Json claim = main.claim;
  if (!claim.is_null() && dice_.Percent(20)) {
    claim = Claim(dice_.Percent(70) ? claim["scheme"].get<std::string>()
                                    : dice_.Of(world_.schemes));
  }
  Json outs = Json::array();
  for (const auto& [product, yield] : recipe.outputs) {
    if (!outs.empty() && dice_.Percent(15)) continue;
    // In units of the output, with its decimals instead of the input's.
    int64_t units = total * yield / 1000;
    for (int d = world_.decimals.at(recipe.input);
         d < world_.decimals.at(product); ++d) {
      units *= 10;
    }
    if (dice_.Percent(20)) units = units * 9 / 10;
    if (dice_.Percent(5)) ++units;
    Stock stock{.site = main.site, .product = product};
    if (dice_.Percent(product == "mill" ? 20 : 90)) stock.claim = claim;
    outs.push_back(
        ProcessOut(std::move(stock), std::max<int64_t>(units, 1), &change));
  }
  return ProcessEvent(dice_.Percent(97) ? recipe.process : "alchemy",
                      std::move(ins), std::move(outs), change);
}

// One product in and out: splits, merges and blends.
Json Generator::Split() {
  const Stock* first = Some();
  if (first == nullptr) return nullptr;
  Json ins = Json::array();
  Change change;
  int64_t total = 0;
  for (const Stock& stock : stocks_) {
    const bool fits = stock.units > 0 && stock.site == first->site &&
                      stock.product == first->product && ins.size() < 3;
    if (!fits || (!stock.IsSame(*first) && !dice_.Percent(30))) continue;
    ins.push_back(ProcessIn(stock, false, &change));
    total += change.taken.back().second;
  }
  if (ins.empty()) return nullptr;
  Json outs = Json::array();
  int64_t left = dice_.Percent(5) ? total + 1 : total;
  while (left > 0 && outs.size() < 3) {
    const int64_t units = outs.size() < 2 ? dice_.Number(1, left) : left;
    left -= units;
    Stock stock = dice_.Of(change.taken).first;
    stock.lot.clear();
    if (!stock.claim.is_null() && dice_.Percent(25)) {
      const std::string scheme = stock.claim["scheme"];
      stock.claim["model"] = dice_.Of(world_.models.at(scheme));
    }
    outs.push_back(ProcessOut(std::move(stock), units, &change));
  }
  return ProcessEvent(dice_.Of({"split", "merge", "milling"}), std::move(ins),
                      std::move(outs), change);
}

Json Generator::Downgrade() {
  const Stock* stock = Some();
  if (stock == nullptr || stock->claim.is_null()) return nullptr;
  const int64_t units = Take(*stock);
  Stock lower = *stock;
  const std::string scheme = stock->claim["scheme"];
  const std::string model =
      dice_.Percent(25) ? "CONVENTIONAL" : dice_.Of(world_.models.at(scheme));
  if (model == "CONVENTIONAL") {
    lower.claim = nullptr;
  } else {
    lower.claim["model"] = model;
  }
  if (model == "CONVENTIONAL" || model == "MASS_BALANCE") lower.lot.clear();
  Json body = {{"site", stock->site},
               {"product", stock->product},
               {"quantity", Quantity(stock->product, units)},
               {"claim", stock->claim},
               {"to_model", model}};
  if (!stock->lot.empty()) body["lot"] = stock->lot;
  lessons_.back().push_back([this, from = *stock, lower, units] {
    Add(from, -units);
    Add(lower, units);
  });
  return {{"downgrade", body}};
}

Json Generator::Adjust() {
  const Stock* stock = Some();
  if (stock == nullptr) return nullptr;
  const int64_t units = Take(*stock);
  Json body = {
      {"site", stock->site},
      {"product", stock->product},
      {"quantity", Quantity(stock->product, units)},
      {"reason", dice_.Of({"LOSS", "DAMAGE", "UNDER_PRODUCTION", "OTHER_SCHEME",
                           "CONVENTIONAL_SALE", "STOCK_COUNT"})}};
  if (!stock->claim.is_null()) body["claim"] = stock->claim;
  if (!stock->lot.empty()) body["lot"] = stock->lot;
  const bool add = dice_.Percent(15);
  Json event;
  if (add) {
    body["add"] = true;
    if (dice_.Percent(50)) event["actor"] = "body";
  }
  lessons_.back().push_back(
      [this, from = *stock, units, add] { Add(from, add ? units : -units); });
  event["adjust"] = body;
  return event;
}

Json Generator::Consume() {
  const Stock* stock = Some();
  if (stock == nullptr || stock->claim.is_null()) return nullptr;
  const int64_t units = Take(*stock);
  Json body = {{"site", stock->site},
               {"product", stock->product},
               {"quantity", Quantity(stock->product, units)},
               {"claim", stock->claim},
               {"beneficiary", "a customer"}};
  if (!stock->lot.empty()) body["lot"] = stock->lot;
  if (dice_.Percent(30)) body["statement"] = dice_.Of({"Mixed", "Pure"});
  lessons_.back().push_back(
      [this, from = *stock, units] { Add(from, -units); });
  return {{"consume", body}};
}

}  // namespace tally::compare

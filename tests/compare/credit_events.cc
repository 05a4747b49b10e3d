// The generator's events of book and claim.

#include <algorithm>
#include <string>

#include "tests/compare/generator.h"

namespace tally::compare {

Json Generator::Issue() {
  const Stock* stock = Some();
  for (int i = 0; i < 3 && stock != nullptr; ++i) {
    if (!stock->claim.is_null() && stock->site.starts_with("mill")) break;
    stock = Some();
  }
  if (stock == nullptr || stock->claim.is_null()) return nullptr;
  const std::string scheme = stock->claim["scheme"];
  const int decimals = world_.decimals.at(stock->product);
  int64_t one = 1;
  for (int i = 0; i < decimals; ++i) one *= 10;
  const int64_t whole = stock->units / one;
  int64_t count = whole < 1 || dice_.Percent(4)
                      ? stock->units
                      : dice_.Number(1, std::min<int64_t>(whole, 200)) * one;
  if (dice_.Percent(6) && count < INT64_MAX / 4) count += stock->units;
  Block block{.block = "B" + std::to_string(++made_),
              .scheme = scheme,
              .product = stock->product,
              .holder = world_.owner_of.at(stock->site),
              .count = scheme == "beta" ? count / one * 2 : count / one};
  if (!blocks_.empty() && dice_.Percent(2)) {
    block.block = dice_.Of(blocks_).block;
  }
  Json body = {
      {"site", stock->site}, {"product", stock->product},
      {"scheme", scheme},    {"quantity", Quantity(stock->product, count)},
      {"vintage", Period()}, {"block", block.block}};
  if (!stock->lot.empty()) body["lot"] = stock->lot;
  if (dice_.Percent(60)) {
    body["evidence"] =
        "E" +
        std::to_string(dice_.Percent(92) ? ++made_ : dice_.Number(1, made_));
  }
  lessons_.back().push_back([this, from = *stock, count, block] {
    Add(from, -count);
    if (block.count > 0) blocks_.push_back(block);
  });
  return {{"issue_credits", body}};
}

Json Generator::Serials(const Block& block) {
  const int64_t from = dice_.Percent(40) ? 1 : dice_.Number(1, block.count);
  int64_t to =
      dice_.Percent(40) ? block.count : dice_.Number(from, block.count);
  if (dice_.Percent(3)) to = block.count + 1;
  Json ranges = Json::array(
      {{{"block", block.block}, {"from", from}, {"to", std::max(from, to)}}});
  if (dice_.Percent(3)) ranges.push_back(ranges[0]);
  return ranges;
}

Json Generator::Transfer() {
  if (blocks_.empty()) return nullptr;
  const Block block = dice_.Of(blocks_);
  const std::string to = dice_.Of(world_.parties);
  Json body = {{"from_party",
                dice_.Percent(92) ? block.holder : dice_.Of(world_.parties)},
               {"to_party", to},
               {"scheme", block.scheme},
               {"product", block.product}};
  int64_t count = dice_.Number(1, block.count);
  const bool parts = block.block.find('/') != std::string::npos;
  if (parts || dice_.Percent(40)) {
    body["serials"] = Serials(block);
    count = body["serials"][0]["to"].get<int64_t>() -
            body["serials"][0]["from"].get<int64_t>() + 1;
  } else {
    body["quantity"] = std::to_string(
        block.scheme == "beta" ? std::max<int64_t>(1, count / 2) : count);
    if (dice_.Percent(3)) body["quantity"] = "0.3";
  }
  if (block.scheme == "delta" || dice_.Percent(5)) {
    if (!moving_.empty() && dice_.Percent(50)) {
      body["with_shipment"] = dice_.Of(moving_).shipment;
    } else if (!ended_.empty() && dice_.Percent(90)) {
      body["with_shipment"] = dice_.Of(ended_);
    }
  }
  lessons_.back().push_back([this, block, to] {
    Block moved = block;
    moved.holder = to;
    blocks_.push_back(moved);
  });
  return {{"transfer_credits", body}};
}

Json Generator::Redeem() {
  if (blocks_.empty()) return nullptr;
  const Block block = dice_.Of(blocks_);
  Json body = {
      {"holder", dice_.Percent(95) ? block.holder : dice_.Of(world_.parties)},
      {"scheme", block.scheme},
      {"product", block.product},
      {"beneficiary", "a customer"},
      {"claim_period", Period()},
      {"purpose",
       dice_.Of({"VOLUNTARY", "VOLUNTARY", "COMPLIANCE", "MEMBER_USE"})}};
  const int64_t count = dice_.Number(1, block.count);
  const bool parts = block.block.find('/') != std::string::npos;
  if (parts || dice_.Percent(40)) {
    body["serials"] = Serials(block);
  } else {
    body["quantity"] = std::to_string(
        block.scheme == "beta" ? std::max<int64_t>(1, count / 2) : count);
  }
  if (dice_.Percent(30)) body["audit_reference"] = "AR-1";
  return {{"redeem_credits", body}};
}

Json Generator::Withdraw() {
  if (blocks_.empty()) return nullptr;
  const Block block = dice_.Of(blocks_);
  Json body = Json::object();
  if (dice_.Percent(60)) {
    body["serials"] = Serials(block);
  } else {
    body["block"] = block.block;
  }
  if (dice_.Percent(60)) body["reason"] = "an error";
  return {{"withdraw_credits", body}};
}

Json Generator::Unbundle() {
  std::vector<Block> whole;
  for (const Block& block : blocks_) {
    if (block.scheme == "delta" || dice_.Percent(5)) whole.push_back(block);
  }
  if (whole.empty()) return nullptr;
  const Block block = dice_.Of(whole);
  lessons_.back().push_back([this, block] {
    for (const char* part : {"A", "E"}) {
      Block made = block;
      made.block += std::string("/") + part;
      blocks_.push_back(made);
    }
  });
  return {{"unbundle_credits", {{"block", block.block}}}};
}

Json Generator::Declare() {
  const std::string product = dice_.Of(world_.products);
  return {{"declare_claims",
           {{"party", dice_.Of(world_.parties)},
            {"scheme", dice_.Of(world_.schemes)},
            {"product", product},
            {"quantity", Quantity(product, Amount(product))},
            {"claim_period", Period()}}}};
}

}  // namespace tally::compare

#include "tests/compare/generator.h"

#include <algorithm>
#include <utility>

#include "engine/base/decimal.h"
#include "engine/model/quantity.h"

namespace tally::compare {
namespace {

constexpr int64_t kRememberedMax = 30;

}  // namespace

Generator::Generator(Dice dice, uint64_t world_seed)
    : dice_(std::move(dice)), world_(MakeSmallWorld(world_seed)) {
  today_ = Date::FromCivil(2024, 3, 1)
               .AddDays(static_cast<int32_t>(dice_.Number(0, 500)));
  certificates_ = world_.certificates;
  PlanPeriods();
}

Step Generator::Next() {
  if (dice_.Percent(45)) {
    today_ = today_.AddDays(static_cast<int32_t>(
        dice_.Percent(3) ? dice_.Number(20, 60) : dice_.Number(1, 2)));
    moment_ = 0;
  }
  lessons_.clear();
  Step step;
  const int64_t seconds = ++moment_ % 80000;
  step.recorded_at =
      Instant(Instant(today_).micros() + seconds * 1'000'000).ToString();
  step.all_or_none = dice_.Percent(8);
  const int64_t count = step.all_or_none ? dice_.Number(2, 4) : 1;
  for (int64_t i = 0; i < count; ++i) {
    lessons_.emplace_back();
    step.events.push_back(MakeEvent());
  }
  step_ = step.events;
  return step;
}

void Generator::Learn(const std::vector<std::string>& codes) {
  for (size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] != "ACCEPTED") continue;
    for (const Lesson& lesson : lessons_[i]) lesson();
    if (static_cast<int64_t>(accepted_.size()) < kRememberedMax) {
      accepted_.push_back(step_[i]);
    } else {
      accepted_[static_cast<size_t>(dice_.Number(0, kRememberedMax - 1))] =
          step_[i];
    }
  }
  std::erase_if(stocks_, [](const Stock& stock) { return stock.units == 0; });
}

Json Generator::MakeEvent() {
  // Most happen today; some are entered late, a few very late.
  date_ = today_;
  if (dice_.Percent(15)) {
    date_ = today_.AddDays(static_cast<int32_t>(-dice_.Number(1, 8)));
  } else if (dice_.Percent(4)) {
    date_ = today_.AddDays(static_cast<int32_t>(-dice_.Number(20, 200)));
  }
  if (!posted_.empty() && dice_.Percent(3)) {
    lessons_.back().clear();
    Json again = dice_.Of(posted_);
    if (dice_.Percent(50)) again["document"] = "another";
    return again;
  }
  if (!planned_.empty() && dice_.Percent(12)) {
    Json event = planned_.front();
    planned_.erase(planned_.begin());
    Envelope(&event);
    return event;
  }
  if (!opening_.empty() && dice_.Percent(40)) {
    Json event = NextPeriod();
    Envelope(&event);
    return event;
  }
  Json event = DrawEvent();
  Envelope(&event);
  if (dice_.Percent(5)) Spoil(&event);
  if (static_cast<int64_t>(posted_.size()) < kRememberedMax) {
    posted_.push_back(event);
  } else {
    posted_[static_cast<size_t>(dice_.Number(0, kRememberedMax - 1))] = event;
  }
  return event;
}

// Of a kind that chance picks.
Json Generator::DrawEvent() {
  using Maker = Json (Generator::*)();
  static constexpr std::pair<int, Maker> kMakers[] = {
      {9, &Generator::Originate},
      {13, &Generator::Receive},
      {14, &Generator::Ship},
      {12, &Generator::Accept},
      {3, &Generator::Return},
      {10, &Generator::Process},
      {6, &Generator::Split},
      {4, &Generator::Downgrade},
      {3, &Generator::Adjust},
      {4, &Generator::Consume},
      {5, &Generator::Issue},
      {5, &Generator::Transfer},
      {5, &Generator::Redeem},
      {1, &Generator::Withdraw},
      {1, &Generator::Unbundle},
      {1, &Generator::Declare},
      {1, &Generator::HoldOrRelease},
      {1, &Generator::SourceStatus},
      {1, &Generator::CertificateStatus},
      {1, &Generator::CertificateChange},
      {1, &Generator::NewThing},
      {2, &Generator::NextPeriod},
      {3, &Generator::ClosePeriod},
      {2, &Generator::TransferEntitlement},
      {2, &Generator::CountStock},
      {2, &Generator::Void},
  };
  static constexpr int kWeights = 111;
  Json event;
  while (event.is_null()) {
    int64_t left = dice_.Number(0, kWeights - 1);
    for (const auto& [weight, maker] : kMakers) {
      left -= weight;
      if (left >= 0) continue;
      event = (this->*maker)();
      break;
    }
  }
  return event;
}

void Generator::Envelope(Json* event) {
  (*event)["id"] = dice_.Uuid();
  (*event)["occurred_at"] = date_.ToString();
  if (!event->contains("document") && dice_.Percent(10)) {
    (*event)["document"] = "D-" + std::to_string(dice_.Number(1, 99));
  }
  if (!event->contains("actor") && dice_.Percent(6)) {
    (*event)["actor"] = dice_.Of({"grower", "miller", "trader", "brand", "body",
                                  "body2", "owner", "registrar"});
  }
}

Json Generator::Claim(const std::string& scheme) {
  return {{"scheme", scheme}, {"model", dice_.Of(world_.models.at(scheme))}};
}

Json Generator::Attributes(const Json& claim) {
  Json attributes = Json::object();
  if (dice_.Percent(50)) {
    attributes["origin_country"] =
        dice_.Percent(12) ? "ZZ" : dice_.Of({"MY", "ID", "NL"});
  }
  if (dice_.Percent(40)) {
    attributes["ghg"] = dice_.Of({"20", "25.5", "30", "30.0"});
  }
  if (!claim.is_null()) {
    const auto levels = world_.levels.find(claim["scheme"]);
    if (levels != world_.levels.end() && dice_.Percent(50)) {
      attributes["level"] = dice_.Of(levels->second);
    }
  }
  if (dice_.Percent(10)) {
    attributes["source_status"] = dice_.Of({"GREEN", "BLUE", "YELLOW", "RED"});
  }
  return attributes;
}

std::string Generator::NewLot() {
  if (!lots_.empty() && dice_.Percent(2)) return dice_.Of(lots_);
  return "L" + std::to_string(++made_);
}

std::string Generator::Quantity(const std::string& product,
                                int64_t units) const {
  std::string text = FormatUnits(units, world_.decimals.at(product));
  if (text.find('.') == std::string::npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

int64_t Generator::Amount(const std::string& product) {
  const int64_t one = PowerOfTen(world_.decimals.at(product));
  if (dice_.Percent(1)) return INT64_MAX - dice_.Number(0, 5);
  if (dice_.Percent(50)) return dice_.Number(1, 300) * one;
  return dice_.Number(1, 300 * one);
}

const Generator::Stock* Generator::Some(const std::string& site) {
  std::vector<const Stock*> there;
  for (const Stock& stock : stocks_) {
    if (stock.units > 0 && (site.empty() || stock.site == site)) {
      there.push_back(&stock);
    }
  }
  return there.empty() ? nullptr : dice_.Of(there);
}

// All of it, a part, or too much.
int64_t Generator::Take(const Stock& stock) {
  if (dice_.Percent(8) && stock.units < INT64_MAX / 4) {
    return stock.units + dice_.Number(1, stock.units + 5);
  }
  return dice_.Percent(25) ? stock.units : dice_.Number(1, stock.units);
}

void Generator::Add(Stock stock, int64_t units) {
  if (!stock.lot.empty() &&
      std::find(lots_.begin(), lots_.end(), stock.lot) == lots_.end()) {
    lots_.push_back(stock.lot);
  }
  for (Stock& known : stocks_) {
    if (!known.IsSame(stock)) continue;
    known.units = std::max<int64_t>(
        0, Sum(tally::Quantity(known.units), tally::Quantity(units))
               .value_or(tally::Quantity(known.units))
               .units());
    return;
  }
  stock.units = std::max<int64_t>(0, units);
  stocks_.push_back(std::move(stock));
}

std::string Generator::Period() {
  const Date day = date_.AddMonths(static_cast<int>(
      dice_.Percent(70) ? -dice_.Number(0, 3) : dice_.Number(-12, 14) * -1));
  const std::string text = day.ToString();
  switch (dice_.Number(0, 2)) {
    case 0:
      return text.substr(0, 4);
    case 1:
      return text.substr(0, 7);
    default:
      return day.MonthStart().ToString() + "/" +
             day.AddMonths(static_cast<int>(dice_.Number(0, 3)))
                 .MonthEnd()
                 .ToString();
  }
}

}  // namespace tally::compare

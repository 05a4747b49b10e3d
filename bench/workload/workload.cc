#include "bench/workload/workload.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally::bench {
namespace {

constexpr int64_t kActsPerDay = 20'000;
constexpr size_t kShipmentsMax = 1'000;
constexpr size_t kLotsMax = 10'000;
constexpr size_t kRecentMax = 64;
// More than anyone has.
constexpr int64_t kTooMuch = 1'000 * kOpeningStock;
// Shares a factor with no number of sites, so ranks become sites one to one.
constexpr int64_t kScatter = 2'654'435'761;

std::optional<Zipf> ZipfOf(const World& world) {
  if (world.options().zipf <= 0) return std::nullopt;
  return Zipf(world.sites(), world.options().zipf);
}

uint64_t SeedOf(const WorkloadOptions& options, int lane) {
  const uint64_t run = static_cast<uint64_t>(options.run) << 32;
  return Mixed(Mixed(options.seed) + run + static_cast<uint64_t>(lane) + 1);
}

}  // namespace

Workload::Workload(const World* world, int lane)
    : world_(world),
      zipf_(ZipfOf(*world)),
      random_(SeedOf(world->options(), lane)),
      seed_(SeedOf(world->options(), lane)) {}

Act Workload::Next() {
  const WorkloadOptions& options = world_->options();
  if (options.replayed_per_mille > 0 && !recent_.empty() &&
      random_.Below(1'000) < options.replayed_per_mille) {
    Act act = recent_[static_cast<size_t>(random_.Below(std::ssize(recent_)))];
    act.expected = Expected::kReplayed;
    return act;
  }
  if (options.refused_per_mille > 0 &&
      random_.Below(1'000) < options.refused_per_mille) {
    Act act = Blank(Kind::kShip);
    Refuse(&act);
    return act;
  }
  Act act = Blank(DrawKind());
  Fill(&act);
  Watch(act);
  if (options.replayed_per_mille > 0) {
    if (recent_.size() < kRecentMax) recent_.push_back(act);
    recent_[static_cast<size_t>(act.number) % recent_.size()] = act;
  }
  return act;
}

int32_t Workload::DrawSite() {
  if (!zipf_.has_value()) {
    return static_cast<int32_t>(random_.Below(world_->sites()));
  }
  return static_cast<int32_t>(zipf_->Draw(&random_) * kScatter %
                              world_->sites());
}

// Nothing on its way yet: it is shipped first.
Kind Workload::DrawKind() {
  const Kind kind = world_->options().mix.Draw(&random_);
  return kind == Kind::kAccept && shipments_.empty() ? Kind::kShip : kind;
}

Act Workload::Blank(Kind kind) {
  Act act;
  act.kind = kind;
  act.model = world_->options().models.Draw(&random_);
  act.number = number_++;
  act.key = Mixed(seed_ + static_cast<uint64_t>(act.number));
  act.day = static_cast<int32_t>(act.number / kActsPerDay);
  act.site = DrawSite();
  act.quantity = random_.Below(50'000) + 100;
  return act;
}

void Workload::Fill(Act* act) {
  switch (act->kind) {
    case Kind::kReceive:
      return FillReceive(act);
    case Kind::kShip:
      return FillShip(act);
    case Kind::kAccept:
      return FillAccept(act);
    case Kind::kProcess:
    case Kind::kDowngrade:
      return TakeStock(act);
    case Kind::kIssue:
    case Kind::kTransfer:
    case Kind::kRedeem:
      return FillCredits(act);
  }
}

void Workload::FillReceive(Act* act) {
  act->kind = Kind::kReceive;
  if (act->model != Custody::kIdentityPreserved) return;
  if (lots_.size() == kLotsMax) lots_.pop_front();
  lots_.push_back({.key = act->key,
                   .day = act->day,
                   .site = act->site,
                   .model = act->model,
                   .quantity = act->quantity});
}

// As many shipments go to a site as are to be accepted, the rest outside.
void Workload::FillShip(Act* act) {
  TakeStock(act);
  if (act->kind != Kind::kShip) return;
  const Mix& mix = world_->options().mix;
  if (!mix.Has(Kind::kAccept) || shipments_.size() == kShipmentsMax) return;
  const int ship = mix.of[static_cast<size_t>(Kind::kShip)];
  const int accept = mix.of[static_cast<size_t>(Kind::kAccept)];
  if (!shipments_.empty() && random_.Below(ship + 1) > accept) return;
  const auto sites = static_cast<int32_t>(world_->sites());
  act->to_site = DrawSite();
  if (act->to_site == act->site) act->to_site = (act->site + 1) % sites;
  shipments_.push_back({.key = act->key,
                        .day = act->day,
                        .site = act->to_site,
                        .model = act->model,
                        .quantity = act->quantity});
}

void Workload::FillAccept(Act* act) {
  const Made& shipment = shipments_.front();
  act->model = shipment.model;
  act->site = shipment.site;
  act->quantity = shipment.quantity;
  act->source_key = shipment.key;
  act->source_day = shipment.day;
  shipments_.pop_front();
}

// From a pool at the site that was drawn, or all of the oldest lot; without
// one, a lot is received first.
void Workload::TakeStock(Act* act) {
  act->quantity -= act->quantity % 20;  // so that 95 % of it are thousandths
  if (act->model != Custody::kIdentityPreserved) return;
  if (lots_.empty()) return FillReceive(act);
  const Made& lot = lots_.front();
  act->site = lot.site;
  act->quantity = lot.quantity;
  act->source_key = lot.key;
  act->source_day = lot.day;
  lots_.pop_front();
}

// Credits come from mass balance and change hands between parties. What is
// issued is in no watched account.
void Workload::FillCredits(Act* act) {
  act->quantity = random_.Below(20) + 1;
  act->model = Custody::kMassBalance;
  if (act->kind == Kind::kIssue && world_->watched(act->site)) {
    act->site = (act->site + 1) % static_cast<int32_t>(world_->sites());
  }
  const auto parties = static_cast<int32_t>(world_->parties());
  act->site = act->kind == Kind::kIssue
                  ? act->site
                  : static_cast<int32_t>(world_->owner_of(act->site));
  if (act->kind == Kind::kTransfer) act->to_site = (act->site + 1) % parties;
}

void Workload::Refuse(Act* act) {
  act->expected = Expected::kRefused;
  act->quantity = kTooMuch;
  if (act->model == Custody::kIdentityPreserved) act->source_key = act->key;
}

void Workload::Watch(const Act& act) {
  switch (act.kind) {
    case Kind::kReceive:
    case Kind::kAccept:
      return Watch(act.site, act.model, act.quantity);
    case Kind::kShip:
    case Kind::kProcess:
      return Watch(act.site, act.model, -act.quantity);
    case Kind::kDowngrade:
      Watch(act.site, act.model, -act.quantity);
      if (act.model == Custody::kSegregated) {
        Watch(act.site, Custody::kMassBalance, act.quantity);
      } else if (act.model == Custody::kIdentityPreserved) {
        Watch(act.site, Custody::kSegregated, act.quantity);
      }
      return;
    case Kind::kIssue:
    case Kind::kTransfer:
    case Kind::kRedeem:
      return;
  }
}

void Workload::Watch(int32_t site, Custody model, int64_t delta) {
  if (!world_->watched(site)) return;
  const auto place = static_cast<size_t>(site / world_->watch_every());
  TALLY_CHECK(place < watched_.size());
  watched_[place][static_cast<size_t>(model)] += delta;
}

}  // namespace tally::bench

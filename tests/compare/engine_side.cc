#include "tests/compare/engine_side.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/arena.h"
#include "engine/base/check.h"
#include "engine/log/record_codec.h"
#include "engine/rules/decide.h"
#include "engine/rules/shape.h"
#include "engine/snapshot/state_codec.h"
#include "services/authoring/read.h"
#include "services/wire/decode.h"
#include "tallystick/v1/event.pb.h"

namespace tally::compare {
namespace {

Said SaidOf(const Refusal& refusal) {
  Said said;
  said.code = CodeName(refusal.code);
  said.detail = refusal.message;
  for (const Violation& violation : refusal.violations) {
    said.detail +=
        "; " + violation.field + " " + violation.value + ": " + violation.limit;
  }
  return said;
}

Said SaidOf(const Decision& decision) {
  Said said;
  said.code = CodeName(Code::kAccepted);
  for (const Warning warning : decision.warnings) {
    said.warnings.emplace_back(WarningName(warning));
  }
  std::sort(said.warnings.begin(), said.warnings.end());
  for (const DrawnSerials& drawn : decision.serials) {
    said.serials.push_back(
        {{"block", drawn.block}, {"from", drawn.from}, {"to", drawn.to}});
  }
  return said;
}

Said Malformed(const std::vector<authoring::Problem>& problems) {
  Said said;
  said.code = CodeName(Code::kInvalidArgument);
  said.detail = problems.front().ToString();
  return said;
}

}  // namespace

Instant EngineSide::RecordedAt(Instant now) const {
  return now > clock_ ? now : Instant(clock_.micros() + 1);
}

std::vector<Said> EngineSide::Post(const Step& step) {
  const Instant now = *ParseInstant(step.recorded_at);
  LapseOverdue(now);
  std::vector<Said> all;
  std::vector<Applied> applied;
  for (const Json& event : step.events) {
    all.push_back(PostOne(event, now, step.all_or_none ? &applied : nullptr));
    const bool refused = all.back().code != "ACCEPTED";
    if (!step.all_or_none || !refused) continue;
    TakeBack(&applied);
    Said other;
    other.code = CodeName(Code::kBatchRefused);
    std::fill(all.begin(), all.end() - 1, other);
    all.resize(step.events.size(), other);
    break;
  }
  ++steps_;
  if (reloads_ > 0 && steps_ % reloads_ == 0) Reload();
  return all;
}

// What the snapshot left out would be missed from here on, by the reference
// if by nobody else.
void EngineSide::Reload() {
  const std::string before = tally::compare::Describe(state_);
  const absl::StatusOr<std::string> bytes = EncodeState(state_);
  if (!bytes.ok()) {
    broken_.push_back(bytes.status().ToString());
    return;
  }
  Clear(&state_);
  const absl::Status read = DecodeState(*bytes, &state_);
  if (!read.ok()) {
    broken_.push_back("a snapshot cannot be read: " + read.ToString());
  } else if (tally::compare::Describe(state_) != before) {
    broken_.push_back("a snapshot gives another state");
  } else if (EncodeState(state_).value_or("") != *bytes) {
    broken_.push_back("a snapshot's state gives another snapshot");
  }
}

Said EngineSide::PostOne(const Json& json, Instant now,
                         std::vector<Applied>* applied) {
  tallystick::v1::Event message;
  const auto problems = authoring::Read(json, &message);
  if (!problems.empty()) return Malformed(problems);
  Arena arena;
  const Event event = wire::Decode(message, &arena);
  if (const auto refusal = CheckShape(event)) return SaidOf(*refusal);
  return DecideOne(event, now, applied);
}

Said EngineSide::DecideOne(const Event& event, Instant now,
                           std::vector<Applied>* applied) {
  std::string words;
  if (const absl::Status encoded = EncodeEvent(event, &words); !encoded.ok()) {
    broken_.push_back("a good event cannot be stored: " +
                      std::string(encoded.message()));
  }
  const std::string id = event.id.ToString();
  const auto known = known_.find(id);
  if (known != known_.end() && known->second.words == words) {
    return known->second.said;
  }
  Plan plan;
  const Instant recorded_at = RecordedAt(now);
  const auto refusal = Decide(state_, event,
                              {.position = next_,
                               .recorded_at = recorded_at,
                               .void_target = TargetOf(event)},
                              &plan);
  const bool reused = known != known_.end();
  if (refusal != nullptr &&
      !(reused && Precedence(Code::kIdReused) < Precedence(refusal->code))) {
    return SaidOf(*refusal);
  }
  if (reused) return SaidOf(Refuse(Code::kIdReused, id));
  const Said said = SaidOf(plan.decision);
  Accept(event, &plan, recorded_at, applied);
  known_[id] = {.words = words, .said = said};
  latest_ = std::max(latest_, event.date());
  return said;
}

const VoidTarget* EngineSide::TargetOf(const Event& event) const {
  const auto* annul = std::get_if<const Void*>(&event.body);
  if (annul == nullptr) return nullptr;
  const auto found = effects_.find((*annul)->event.ToString());
  return found == effects_.end() ? nullptr : &found->second;
}

void EngineSide::Accept(const Event& event, Plan* plan, Instant recorded_at,
                        std::vector<Applied>* applied) {
  CheckPlan(*plan);
  if (next_ % traces_ == 0) CheckTraces(event, *plan);
  VoidTarget& made = effects_[event.id.ToString()];
  made.position = next_;
  FindEffects(state_, event.kind(), event.date(), *plan, &made.effects);
  Undo undo;
  state_.Apply(*plan, &undo);
  if (applied != nullptr) {
    applied->push_back({.plan = std::move(*plan),
                        .undo = std::move(undo),
                        .id = event.id.ToString(),
                        .latest_before = latest_,
                        .clock_before = clock_});
  }
  clock_ = recorded_at;
  ++next_;
}

void EngineSide::CheckTraces(const Event& event, const Plan& plan) {
  const std::string kind(KindName(event.kind()));
  const std::string before = tally::compare::Describe(state_);
  Undo undo;
  state_.Apply(plan, &undo);
  const std::string after = tally::compare::Describe(state_);
  state_.Revert(plan, undo);
  if (tally::compare::Describe(state_) != before) {
    broken_.push_back("a plan taken back leaves a trace: " + kind);
  }
  undo = Undo();
  state_.Apply(plan, &undo);
  if (tally::compare::Describe(state_) != after) {
    broken_.push_back("a plan applied again has another effect: " + kind);
  }
  state_.Revert(plan, undo);
}

void EngineSide::TakeBack(std::vector<Applied>* applied) {
  while (!applied->empty()) {
    const Applied& last = applied->back();
    state_.Revert(last.plan, last.undo);
    latest_ = last.latest_before;
    clock_ = last.clock_before;
    known_.erase(last.id);
    effects_.erase(last.id);
    --next_;
    applied->pop_back();
  }
}

void EngineSide::LapseOverdue(Instant now) {
  const Date today = RecordedAt(now).date();
  while (true) {
    const ShipmentIndex overdue = state_.shipments().Overdue(today);
    if (!overdue.valid()) return;
    const std::string name(state_.shipments().NameOf(overdue));
    const Lapse lapse{.shipment = name};
    const Date last_day = state_.shipments().at(overdue).last_day;
    const Event event{.id = UuidOfName("lapse|" + name),
                      .occurred_at = Instant(last_day.AddDays(1)),
                      .body = &lapse};
    Plan plan;
    const Instant recorded_at = RecordedAt(now);
    const auto refusal = Decide(
        state_, event, {.position = next_, .recorded_at = recorded_at}, &plan);
    if (refusal != nullptr) {
      broken_.push_back("a lapse is refused: " + SaidOf(*refusal).ToString());
      return;
    }
    Accept(event, &plan, recorded_at, nullptr);
  }
}

void EngineSide::CheckPlan(const Plan& plan) {
  std::map<int32_t, int128> sums;
  for (const Posting& posting : plan.postings) {
    sums[posting.product.value()] += posting.delta.units();
  }
  for (const auto& [product, sum] : sums) {
    if (sum != 0) broken_.push_back("postings do not sum to zero");
  }
}

// Conventional stock may, and an account whose profile permits it for a while.
// After a void any may: what cannot be taken back is a visible deficit.
bool EngineSide::MayBeBelowZero(const AccountKey& key) const {
  if (state_.voids().size() > 0) return true;
  if (key.claims == kNoClaims) return !key.lot().valid();
  for (const ClaimIndex claim : state_.claim_sets().Members(key.claims)) {
    if (ModelOf(claim) != Model::kMassBalance) continue;
    for (const auto& profile : state_.schemes().Versions(SchemeOf(claim))) {
      const MassBalanceTerms& terms = profile->mass_balance;
      if (terms.allow_short_within_period || terms.overdraw_pct != Ratio()) {
        return true;
      }
    }
  }
  return false;
}

void EngineSide::CheckBooks() {
  const Accounts& accounts = state_.accounts();
  std::map<std::string, int128> sums;  // by group, whose accounts are shared
  const auto group_of = [this](ProductIndex index) {
    const Product& product = state_.registry().at(index);
    return product.group.empty()
               ? std::string(state_.registry().product_names.NameOf(index))
               : "group " + product.group;
  };
  for (int32_t i = 0; i < accounts.size(); ++i) {
    const Account& account = accounts.at(AccountIndex(i));
    const ProductIndex first =
        state_.registry().at(account.key.pool).first_product;
    sums[group_of(first)] += account.timeline.Latest().units();
    if (!MayBeBelowZero(account.key) &&
        account.timeline.LeastFrom(Date::Min()).IsNegative()) {
      broken_.push_back("account " + std::to_string(i) + " is below zero");
    }
  }
  const auto products = static_cast<int32_t>(state_.registry().products.size());
  for (int32_t product = 0; product < products; ++product) {
    for (int boundary = 1; boundary < kBoundaryCount; ++boundary) {
      sums[group_of(ProductIndex(product))] += state_.BoundaryTotal(
          ProductIndex(product), static_cast<Boundary>(boundary));
    }
  }
  for (const auto& [group, sum] : sums) {
    if (sum != 0) broken_.push_back(group + " is not conserved");
  }
}

}  // namespace tally::compare

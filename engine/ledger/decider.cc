#include "engine/ledger/decider.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/base/check.h"
#include "engine/ledger/account_names.h"
#include "engine/ledger/effects_codec.h"
#include "engine/ledger/event_subjects.h"
#include "engine/ledger/plan_rows.h"
#include "engine/ledger/void_targets.h"
#include "engine/log/record_codec.h"
#include "engine/rules/decide.h"
#include "fmt/format.h"

namespace tally {
namespace {

std::unique_ptr<Refusal> IdReused(const Uuid& id) {
  Refusal refusal =
      Refuse(Code::kIdReused,
             fmt::format("id: {} is taken by an event with other content",
                         id.ToString()));
  refusal.violations.push_back(
      {"id", id.ToString(), "a fresh id, or the same content as before"});
  return std::make_unique<Refusal>(std::move(refusal));
}

// Closes that the rules refuse, tried before one batch.
constexpr int kDueRefusedMax = 100;

bool IsStranger(const Event& event, const Refusal* refusal) {
  return event.poster.authenticated() && refusal != nullptr &&
         (refusal->code == Code::kNotAuthorized ||
          refusal->code == Code::kRole);
}

}  // namespace

struct Decider::Entry {
  const Event& event;
  uint64_t fingerprint;
  std::string_view words;
  Instant recorded_at;
};

struct Decider::Current {
  PreparedBatch& batch;
  size_t place;  // in the group
  std::vector<Outcome>& outcomes;
  CommitGroup* group;
  Instant now;
  // Where the batch began, for what may be taken back.
  GroupMark mark;
  Position first;
  Instant last_recorded_at_before;
  bool marked;          // it may be taken back
  bool failed = false;  // all or none, and one was refused
  size_t failed_at = 0;
};

void Decider::Resume(Position next, Instant last_recorded_at) {
  next_ = next;
  last_recorded_at_ = last_recorded_at;
}

Instant Decider::NextRecordedAt(Instant now) const {
  // A clock that stands still or steps back never makes two records equal.
  if (now > last_recorded_at_) return now;
  return Instant(last_recorded_at_.micros() + 1);
}

bool Decider::Decide(std::unique_ptr<PreparedBatch>* batch,
                     CommitGroup* group) {
  const Batch& posted = *(*batch)->batch;
  Instant now = clock_->Now();
  const bool late = posted.deadline.has_value() && now >= *posted.deadline;
  if (posted.recorded_at.has_value() && options_.allow_recorded_at) {
    now = *posted.recorded_at;
  }
  recent_.DropBelow(tables_->end());
  recent_effects_.DropBelow(tables_->end());
  // Judging a batch writes nothing, not even what is overdue.
  if (!late && !posted.validate_only &&
      (!LapseOverdue(now, group) || !CloseOverdue(now, group))) {
    return false;
  }
  group->AddBatch(std::move(*batch));
  PreparedBatch& added = *group->batches.back();
  BatchResult& result = group->results.back();
  if (late) {
    result.status = absl::DeadlineExceededError(
        "the deadline passed before the events were decided");
  } else {
    result.status = FindKnown(added);
  }
  if (result.status.ok()) {
    result.outcomes.resize(added.events.size());
    Current current{
        .batch = added,
        .place = group->batches.size() - 1,
        .outcomes = result.outcomes,
        .group = group,
        .now = now,
        .mark = group->Mark(),
        .first = next_,
        .last_recorded_at_before = last_recorded_at_,
        .marked = posted.validate_only || posted.mode == BatchMode::kAllOrNone};
    DecideEvents(current);
  }
  group->EndBatch();
  return true;
}

bool Decider::LapseOverdue(Instant now, CommitGroup* group) {
  const Date today = NextRecordedAt(now).date();
  ShipmentIndex overdue = state_.shipments().Overdue(today);
  while (overdue.valid() &&
         group->records.count() < options_.group_events_max) {
    LapseOne(overdue, now, group);
    overdue = state_.shipments().NextOverdue(today, overdue);
  }
  group->EndBatch();
  return !overdue.valid();
}

// A lapse that the rules refuse (the sender's holding would overflow) leaves
// its shipment as it is and holds up no other; it is tried again next time.
void Decider::LapseOne(ShipmentIndex shipment, Instant now,
                       CommitGroup* group) {
  const std::string_view name = state_.shipments().NameOf(shipment);
  const absl::StatusOr<Uuid> id = FreeId(fmt::format("lapse|{}", name));
  if (!id.ok()) return;
  const Date last_day = state_.shipments().at(shipment).last_day;
  const Lapse lapse{.shipment = group->arena.Copy(name)};
  PostOwn(
      {.id = *id, .occurred_at = Instant(last_day.AddDays(1)), .body = &lapse},
      now, group);
}

bool Decider::CloseOverdue(Instant now, CommitGroup* group) {
  const Date today = NextRecordedAt(now).date();
  const Periods& periods = state_.periods();
  const PeriodDue* next = periods.FirstDue(today);
  int refused = 0;
  while (next != nullptr && refused < kDueRefusedMax &&
         group->records.count() < options_.group_events_max) {
    const PeriodDue due = *next;
    if (!CloseOne(due, now, group)) ++refused;
    next = periods.FirstDue(today, &due);
  }
  group->EndBatch();
  return next == nullptr || refused == kDueRefusedMax;
}

// A close that the rules refuse (an earlier period is still open, a holder
// without claims has something left) leaves its period open, and is tried
// again next time.
bool Decider::CloseOne(const PeriodDue& due, Instant now, CommitGroup* group) {
  const Registry& registry = state_.registry();
  const Period& period = *state_.periods().At(due.key, due.from);
  const ClosePeriod close{
      .account = {.site = group->arena.Copy(registry.site_names.NameOf(
                      registry.SitesOf(due.key.scope).front())),
                  .product = group->arena.Copy(registry.product_names.NameOf(
                      registry.at(due.key.pool).first_product)),
                  .scheme = group->arena.Copy(
                      state_.schemes().NameOf(due.key.scheme))},
      .from = period.days.first,
      .to = period.days.last,
      .with_deficit = true};
  const absl::StatusOr<Uuid> id = FreeId(fmt::format(
      "close|{}|{}|{}|{}", registry.scope_names.NameOf(due.key.scope),
      registry.pool_names.NameOf(due.key.pool), close.account.scheme,
      close.from.ToString()));
  if (!id.ok()) return false;
  return PostOwn(
      {.id = *id, .occurred_at = Instant(due.closes_on), .body = &close}, now,
      group);
}

// Decides an event of the ledger's own and takes it into the group; false
// where the rules refuse it.
bool Decider::PostOwn(const Event& event, Instant now, CommitGroup* group) {
  AcceptedPlan& next = group->NextPlan();
  next.date = event.date();
  const Instant recorded_at = NextRecordedAt(now);
  if (tally::Decide(state_, event,
                    {.position = next_,
                     .recorded_at = recorded_at,
                     .strict = options_.strict},
                    &next.plan) != nullptr) {
    return false;
  }
  std::string words;
  const absl::Status encoded = EncodeEvent(event, &words);
  TALLY_CHECK(encoded.ok());
  Accept({.event = event,
          .fingerprint = ContentFingerprint(words),
          .words = words,
          .recorded_at = recorded_at},
         next.plan, nullptr, group);
  return true;
}

// Whoever guessed an id of the ledger's own and used it for another event must
// not keep a shipment from lapsing: then the id after it is taken.
absl::StatusOr<Uuid> Decider::FreeId(std::string_view name) const {
  for (int attempt = 0;; ++attempt) {
    const Uuid id =
        UuidOfName(attempt == 0 ? name : fmt::format("{}|{}", name, attempt));
    if (recent_.Find(id) != nullptr) continue;
    const Uuid ids[] = {id};
    auto found = tables_->FindEvents(ids);
    if (!found.ok()) return found.status();
    if (!found->front().has_value()) return id;
  }
}

absl::Status Decider::FindKnown(const PreparedBatch& batch) {
  ids_.clear();
  for (const Event& event : batch.batch->events) ids_.push_back(event.id);
  known_.clear();
  if (ids_.empty()) return absl::OkStatus();
  auto found = tables_->FindEvents(ids_);
  if (!found.ok()) {
    return absl::UnavailableError(fmt::format(
        "cannot tell which events are new: {}", found.status().ToString()));
  }
  known_ = *std::move(found);
  return FindVoidTargets(batch);
}

absl::Status Decider::FindVoidTargets(const PreparedBatch& batch) {
  known_targets_.clear();
  for (const Event& event : batch.batch->events) {
    const auto* annul = std::get_if<const Void*>(&event.body);
    if (annul == nullptr || known_targets_.contains((*annul)->event)) continue;
    // Those that the tables do not have yet are recent.
    auto target = ReadVoidTarget(*tables_, (*annul)->event, tables_->end());
    if (!target.ok()) {
      return absl::UnavailableError(
          fmt::format("cannot tell what the event to be void did: {}",
                      target.status().ToString()));
    }
    if (target->has_value()) {
      known_targets_.emplace((*annul)->event, **std::move(target));
    }
  }
  return absl::OkStatus();
}

const VoidTarget* Decider::VoidTargetOf(const Event& event) {
  const auto* annul = std::get_if<const Void*>(&event.body);
  if (annul == nullptr) return nullptr;
  if (const EventIdRow* row = recent_.Find((*annul)->event)) {
    absl::StatusOr<Effects> effects =
        DecodeEffects(recent_effects_.Find(row->position));
    TALLY_CHECK(effects.ok());
    recent_target_ = {.position = row->position,
                      .effects = *std::move(effects)};
    return &recent_target_;
  }
  const auto known = known_targets_.find((*annul)->event);
  return known == known_targets_.end() ? nullptr : &known->second;
}

void Decider::DecideEvents(Current& current) {
  const Batch& posted = *current.batch.batch;
  if (current.marked) {
    undos_.resize(std::max(undos_.size(), current.outcomes.size()));
  }
  for (size_t i = 0; i < current.outcomes.size() && !current.failed; ++i) {
    DecideEvent(current, i);
  }
  if (current.failed) RefuseBatch(current);
  if (posted.validate_only) {
    if (!current.failed) EndValidation(current);
    return;
  }
  JournalRefusals(current);
}

void Decider::DecideEvent(Current& current, size_t place) {
  PreparedEvent& prepared = current.batch.events[place];
  if (prepared.malformed != nullptr) {
    return Refuse(current, place, std::move(prepared.malformed));
  }
  const Event& event = current.batch.batch->events[place];
  const EventIdRow* taken = recent_.Find(event.id);
  if (taken == nullptr && known_[place].has_value()) taken = &*known_[place];
  if (taken != nullptr && taken->fingerprint == prepared.fingerprint &&
      (!event.poster.authenticated() ||
       MayPost(state_, event, VoidTargetOf(event)))) {
    return Repeat(current, place, *taken);
  }
  AcceptedPlan& next = current.group->NextPlan();
  const Instant recorded_at = NextRecordedAt(current.now);
  std::unique_ptr<Refusal> refusal =
      tally::Decide(state_, event,
                    {.position = next_,
                     .recorded_at = recorded_at,
                     .strict = options_.strict,
                     .void_target = VoidTargetOf(event),
                     .words = current.batch.WordsOf(place)},
                    &next.plan);
  // Unknown references answer before an id that is taken; all else after, but
  // for a principal without right, who must not learn that there is the event.
  if (taken != nullptr && !IsStranger(event, refusal.get()) &&
      (refusal == nullptr ||
       Precedence(Code::kIdReused) < Precedence(refusal->code))) {
    refusal = IdReused(event.id);
  }
  if (refusal != nullptr) return Refuse(current, place, std::move(refusal));
  next.date = event.date();
  AcceptEvent(current, place, next.plan, recorded_at);
}

void Decider::AcceptEvent(Current& current, size_t place, const Plan& plan,
                          Instant recorded_at) {
  Undo* undo = nullptr;
  if (current.marked) {
    undo = &undos_[static_cast<size_t>(next_ - current.first)];
    *undo = Undo();
  }
  Outcome& outcome = current.outcomes[place];
  outcome.position = next_;
  outcome.recorded_at = recorded_at;
  outcome.decision = plan.decision;
  Accept({.event = current.batch.batch->events[place],
          .fingerprint = current.batch.events[place].fingerprint,
          .words = current.batch.WordsOf(place),
          .recorded_at = recorded_at},
         plan, undo, current.group);
  if (current.batch.batch->want_balances) {
    outcome.balances = TouchedBalances(state_, plan);
  }
}

void Decider::Repeat(Current& current, size_t place, const EventIdRow& row) {
  Outcome& outcome = current.outcomes[place];
  outcome.repeated = true;
  outcome.position = row.position;
  current.group->repeats.push_back(
      {.batch = current.place, .event = place, .position = row.position});
}

void Decider::Accept(const Entry& entry, const Plan& plan, Undo* undo,
                     CommitGroup* group) {
  // Nothing below can be refused.
  FindEffects(state_, entry.event.kind(), entry.event.date(), plan, &effects_);
  EncodeEffects(&effects_, &effect_bytes_);
  state_.Apply(plan, undo);
  group->KeepPlan();
  group->records.Add(entry.recorded_at, entry.words, plan.decision,
                     salts_.Next(), entry.event.poster);
  const EventIdRow row{.id = entry.event.id,
                       .position = next_,
                       .fingerprint = entry.fingerprint};
  AddRows(row, plan, effect_bytes_, &group->rows);
  recent_.Add(row);
  recent_effects_.Add(next_, effect_bytes_);
  last_recorded_at_ = entry.recorded_at;
  ++next_;
}

void Decider::Refuse(Current& current, size_t place,
                     std::unique_ptr<Refusal> why) {
  Outcome& outcome = current.outcomes[place];
  outcome.code = why->code;
  outcome.refusal = std::move(why);
  if (current.batch.batch->mode == BatchMode::kAllOrNone) {
    current.failed = true;
    current.failed_at = place;
  }
}

void Decider::RefuseBatch(Current& current) {
  TakeBack(current);
  std::erase_if(current.group->repeats, [&](const RepeatedOutcome& repeat) {
    return repeat.batch == current.place;
  });
  for (size_t i = 0; i < current.outcomes.size(); ++i) {
    if (i == current.failed_at) continue;
    current.outcomes[i] = Outcome();
    current.outcomes[i].code = Code::kBatchRefused;
    current.outcomes[i].refusal = std::make_unique<Refusal>(tally::Refuse(
        Code::kBatchRefused,
        fmt::format("event {} of the same request was refused: {}",
                    current.failed_at,
                    CodeName(current.outcomes[current.failed_at].code))));
  }
}

void Decider::EndValidation(Current& current) {
  TakeBack(current);
  // What repeats an event of this batch is answered as that one is.
  std::vector<size_t> accepted;  // by position, from current.first on
  for (size_t i = 0; i < current.outcomes.size(); ++i) {
    Outcome& outcome = current.outcomes[i];
    if (!outcome.accepted() || outcome.position < current.first) continue;
    if (!outcome.repeated) {
      accepted.push_back(i);
      continue;
    }
    const Outcome& first = current.outcomes[accepted[static_cast<size_t>(
        outcome.position - current.first)]];
    outcome.recorded_at = first.recorded_at;
    outcome.decision = first.decision;
  }
  std::erase_if(current.group->repeats, [&](const RepeatedOutcome& repeat) {
    return repeat.batch == current.place && repeat.position >= current.first;
  });
  for (Outcome& outcome : current.outcomes) {
    if (outcome.position >= current.first) outcome.position = -1;
  }
}

void Decider::TakeBack(Current& current) {
  const std::span<AcceptedPlan> plans = current.group->plans();
  for (size_t i = plans.size(); i-- > current.mark.plans;) {
    state_.Revert(plans[i].plan, undos_[i - current.mark.plans]);
  }
  current.group->Truncate(current.mark);
  recent_.TruncateFrom(current.first);
  recent_effects_.TruncateFrom(current.first);
  next_ = current.first;
  last_recorded_at_ = current.last_recorded_at_before;
}

void Decider::JournalRefusals(const Current& current) {
  const std::vector<Event>& events = current.batch.batch->events;
  for (size_t i = 0; i < events.size(); ++i) {
    const Outcome& outcome = current.outcomes[i];
    if (outcome.accepted() || outcome.code == Code::kBatchRefused) continue;
    const EventSubjects subjects = SubjectsOf(events[i]);
    current.group->refusals.push_back(
        {.recorded_at = NextRecordedAt(current.now),
         .event = events[i].id,
         .kind = events[i].kind(),
         .code = outcome.code,
         .party = std::string(MainParty(state_, events[i], subjects)),
         .detail = outcome.refusal->message});
  }
}

}  // namespace tally

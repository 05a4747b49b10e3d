#include "tests/reference/reference_ledger.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tests/reference/expiry.h"
#include "tests/reference/periods.h"
#include "tests/reference/plan.h"
#include "tests/reference/planners.h"
#include "tests/reference/shape.h"
#include "tests/reference/single_use.h"
#include "tests/reference/stock.h"

namespace tally::reference {

namespace {

using Planner = void (*)(const World&, Plan*);

Planner PlannerOf(const std::string& kind) {
  static const std::map<std::string, Planner> kPlanners = {
      {"originate", PlanOriginate},
      {"receive", PlanReceive},
      {"ship", PlanShip},
      {"accept", PlanAccept},
      {"reject", PlanReturn},
      {"recall", PlanReturn},
      {"process", PlanProcess},
      {"downgrade", PlanDowngrade},
      {"adjust", PlanAdjust},
      {"count_stock", PlanCountStock},
      {"consume", PlanConsume},
      {"open_period", PlanOpenPeriod},
      {"close_period", PlanClosePeriod},
      {"transfer_entitlement", PlanTransferEntitlement},
      {"issue_credits", PlanIssueCredits},
      {"transfer_credits", PlanTransferCredits},
      {"redeem_credits", PlanRedeemCredits},
      {"withdraw_credits", PlanWithdrawCredits},
      {"unbundle_credits", PlanUnbundleCredits},
      {"declare_claims", PlanDeclareClaims},
      {"hold", PlanHold},
      {"release", PlanHold},
      {"void", PlanVoid},
      {"set_source_status", PlanSetSourceStatus},
      {"agree_contract", PlanAgreeContract},
  };
  const auto found = kPlanners.find(kind);
  return found == kPlanners.end() ? PlanRegistry : found->second;
}

Answer RefusalOf(const Plan& plan) {
  const Finding& first = plan.findings.First();
  Answer answer;
  answer.code = first.code;
  answer.detail = first.detail;
  return answer;
}

// The schemes that an event names anywhere in its body.
void CollectSchemes(const Json& value, std::set<std::string>* schemes) {
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      if ((key == "scheme" || key == "as_scheme") && member.is_string()) {
        schemes->insert(member.get<std::string>());
      }
      CollectSchemes(member, schemes);
    }
  }
  if (value.is_array()) {
    for (const Json& element : value) CollectSchemes(element, schemes);
  }
}

// R37, for what happens to goods and credits; registry events and periods
// take effect on dates of their own.
void CheckLateEntry(const World& world, Plan* plan) {
  if (PlannerOf(plan->kind) == PlanRegistry || plan->kind == "open_period" ||
      plan->kind == "close_period") {
    return;
  }
  std::set<std::string> schemes;
  CollectSchemes(plan->body, &schemes);
  for (const std::string& scheme : schemes) {
    const Profile& profile = world.schemes.at(scheme);
    const auto& lag = profile.entry_lag_days;
    const Date recorded = DateOf(plan->recorded);
    if (lag && recorded.days - plan->date.days > *lag) {
      plan->Refuse("LATE_ENTRY", scheme);
    }
    if (profile.entry_months == 0) continue;
    Date end = EndOfMonth(plan->date);
    while (MonthOf(end) % profile.entry_months != 0) end = EndOfMonth(end + 1);
    if (recorded > end + profile.entry_days) plan->Refuse("LATE_ENTRY", scheme);
  }
}

Instant RecordedAt(const World& world, const Json& event,
                   const std::optional<std::string>& recorded_at) {
  Instant recorded = *ParseInstant(Text(event, "occurred_at"));
  if (recorded_at) {
    if (const auto given = ParseInstant(*recorded_at)) recorded = *given;
  }
  if (recorded <= world.clock) recorded = {world.clock.microseconds + 1};
  return recorded;
}

Plan MakePlan(const World& world, const Json& event,
              const std::optional<std::string>& recorded_at) {
  Plan plan;
  plan.event = WithoutNulls(event);
  plan.position = world.Position() + 1;
  CheckEventShape(world, plan.event, &plan.kind, &plan.findings);
  if (!plan.findings.empty() &&
      plan.findings.First().code == "INVALID_ARGUMENT") {
    return plan;
  }
  plan.body = plan.event[plan.kind];
  plan.date = DateOf(*ParseInstant(Text(plan.event, "occurred_at")));
  plan.recorded = RecordedAt(world, plan.event, recorded_at);
  CheckArguments(world, &plan);
  return plan;
}

void Consider(const World& world, Plan* plan) {
  if (!plan->findings.empty()) return;
  const std::string id = Text(plan->event, "id");
  if (world.FindEvent(id) != nullptr) plan->Refuse("ID_REUSED", id);
  CheckNewIds(world, plan);
  CheckRights(world, plan);
  CheckLateEntry(world, plan);
  PlanLapses(world, plan);
  PlannerOf(plan->kind)(world, plan);
  PlanDelivery(world, plan);
  CheckSingleUse(world, plan);
  // A void tells the truth, whatever balance comes of it.
  if (plan->kind == "void") {
    CheckRange(world, plan);
    if (plan->findings.empty()) WarnOfExpiry(world, plan);
    return;
  }
  CheckPeriods(world, plan);
  CheckBalances(world, plan);
  if (plan->findings.empty()) WarnOfExpiry(world, plan);
}

Answer Apply(const Plan& plan, World* world) {
  for (const Posting& posting : plan.postings) {
    world->postings[{posting.holding.site, posting.holding.product}].push_back(
        posting);
  }
  world->cap_draws.insert(world->cap_draws.end(), plan.cap_draws.begin(),
                          plan.cap_draws.end());
  for (const auto& effect : plan.effects) effect(*world);
  EventRecord record;
  record.position = plan.position;
  record.id = Text(plan.event, "id");
  record.event = plan.event;
  record.kind = plan.kind;
  record.date = plan.date;
  record.recorded = plan.recorded;
  record.answer.code = "ACCEPTED";
  record.answer.position = plan.position;
  record.answer.warnings.assign(plan.warnings.begin(), plan.warnings.end());
  record.answer.serials = plan.serials;
  record.answer.redemption = plan.redemption;
  world->events.push_back(record);
  world->clock = plan.recorded;
  world->latest = std::max(world->latest, plan.date);
  return record.answer;
}

// What the ledger does by itself once time has passed: periods that no event
// closed are closed, the oldest first, whatever their balance.
void CloseByTime(Instant now, World* world) {
  std::vector<Period> due;
  for (const Period& period : world->periods) {
    const auto& days =
        world->schemes.at(period.account.scheme).mass_balance.close_after_days;
    if (period.state == "OPEN" && days && DateOf(now) > period.to + *days) {
      due.push_back(period);
    }
  }
  std::sort(due.begin(), due.end(),
            [](const Period& a, const Period& b) { return a.from < b.from; });
  for (const Period& period : due) {
    const auto& days =
        world->schemes.at(period.account.scheme).mass_balance.close_after_days;
    Plan plan;
    plan.kind = "close_period";
    plan.body = {{"with_deficit", true}};
    plan.position = world->Position() + 1;
    plan.date = period.to + *days + 1;
    plan.recorded = now;
    PlanClose(*world, period, &plan);
    if (plan.findings.empty()) CheckBalances(*world, &plan);
    if (!plan.findings.empty()) continue;
    for (const Posting& posting : plan.postings) {
      world->postings[{posting.holding.site, posting.holding.product}]
          .push_back(posting);
    }
    for (const auto& effect : plan.effects) effect(*world);
    world->latest = std::max(world->latest, plan.date);
  }
}

}  // namespace

ReferenceLedger::ReferenceLedger(bool strict) { world_.strict = strict; }

Answer ReferenceLedger::Post(const Json& event,
                             const std::optional<std::string>& recorded_at) {
  if (event.is_object() && event.contains("id") && event["id"].is_string()) {
    const EventRecord* before = world_.FindEvent(event["id"]);
    if (before != nullptr && before->event == WithoutNulls(event)) {
      return before->answer;
    }
  }
  if (event.is_object() && event.contains("occurred_at") &&
      event["occurred_at"].is_string() &&
      ParseInstant(Text(event, "occurred_at"))) {
    CloseByTime(RecordedAt(world_, event, recorded_at), &world_);
  }
  Plan plan = MakePlan(world_, event, recorded_at);
  Consider(world_, &plan);
  if (!plan.findings.empty()) return RefusalOf(plan);
  return Apply(plan, &world_);
}

std::vector<Answer> ReferenceLedger::PostAtomic(
    const std::vector<Json>& events,
    const std::optional<std::string>& recorded_at) {
  const World before = world_;
  std::vector<Answer> answers;
  for (const Json& event : events) {
    answers.push_back(Post(event, recorded_at));
    if (answers.back().accepted()) continue;
    world_ = before;
    Answer other;
    other.code = "BATCH_REFUSED";
    for (size_t i = 0; i + 1 < answers.size(); ++i) answers[i] = other;
    answers.resize(events.size(), other);
    return answers;
  }
  return answers;
}

std::vector<std::string> ReferenceLedger::CheckBooks() const {
  std::map<std::pair<int64_t, std::string>, Units> sums;
  for (const auto& [place, postings] : world_.postings) {
    for (const Posting& posting : postings) {
      sums[{posting.position, place.second}] += posting.quantity;
    }
  }
  std::vector<std::string> wrong;
  for (const auto& [key, sum] : sums) {
    if (sum == 0) continue;
    wrong.push_back("event " + std::to_string(key.first) + " leaves " +
                    UnitsToString(sum) + " of " + key.second);
  }
  return wrong;
}

}  // namespace tally::reference

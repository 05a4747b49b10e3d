#include "tests/compare/comparison.h"

#include <algorithm>
#include <array>
#include <set>

#include "tests/compare/small_world.h"
#include "tests/reference/number.h"

namespace tally::compare {
namespace {

// Ranges that follow each other are one.
Json Joined(const Json& serials) {
  Json joined = Json::array();
  for (const Json& range : serials) {
    if (!joined.empty() && joined.back()["block"] == range["block"] &&
        joined.back()["to"].get<int64_t>() + 1 == range["from"]) {
      joined.back()["to"] = range["to"];
    } else {
      joined.push_back(range);
    }
  }
  return joined;
}

Said SaidOf(const reference::Answer& answer, bool with_serials) {
  Said said{.code = answer.code,
            .warnings = answer.warnings,
            .detail = answer.detail};
  std::sort(said.warnings.begin(), said.warnings.end());
  if (with_serials) said.serials = Joined(answer.serials);
  return said;
}

// No text, but one of a list: an empty one is none of them.
constexpr std::array kChoices = {"as_model", "model",         "purpose",
                                 "status",   "source_status", "to_model"};

bool IsChoice(const std::string& key) {
  return std::find(kChoices.begin(), kChoices.end(), key) != kChoices.end();
}

// The wire cannot tell an empty text from one that is left out.
Json WithoutEmptyTexts(const Json& value) {
  if (value.is_object()) {
    Json kept = Json::object();
    for (const auto& [key, member] : value.items()) {
      if (member != "" || IsChoice(key)) kept[key] = WithoutEmptyTexts(member);
    }
    return kept;
  }
  if (!value.is_array()) return value;
  Json kept = Json::array();
  for (const Json& element : value) kept.push_back(WithoutEmptyTexts(element));
  return kept;
}

std::string KindOf(const Json& event) {
  for (const auto& [key, unused] : event.items()) {
    if (key != "id" && key != "occurred_at" && key != "document" &&
        key != "actor") {
      return key;
    }
  }
  return "no kind";
}

// The events whose answer names serials.
bool NamesSerials(const Json& event) {
  return event.contains("transfer_credits") || event.contains("redeem_credits");
}

std::optional<reference::Rational> NumberOf(const Json& json) {
  if (!json.is_string()) return std::nullopt;
  const std::string text = json;
  if (!text.starts_with('-')) return reference::Rational::Parse(text);
  const auto positive = reference::Rational::Parse(text.substr(1));
  if (!positive) return std::nullopt;
  return -*positive;
}

// As the engine tells it: names in any order, each once.
Json Sorted(const Json& list) {
  return std::set<Json>(list.begin(), list.end());
}

Json LotOf(Json facts) {
  if (facts.is_null()) return facts;
  facts["parents"] = Sorted(facts["parents"]);
  facts["claims"] = Sorted(facts["claims"]);
  facts.erase("quantity");
  return facts;
}

}  // namespace

Comparison::Comparison(ComparisonOptions options)
    : options_(options), engine_(options.traces, options.reloads) {
  for (const Step& step : MakeSmallWorld(options.seed).setup) {
    if (!RunBoth(step)) return;
    if (said_.front().code == "ACCEPTED") continue;
    difference_ = {"set-up",
                   step.events.front().dump() + " " + said_.front().ToString()};
    return;
  }
}

bool Comparison::Run(const Step& step) {
  if (!difference_.empty() || !RunBoth(step)) return false;
  if (++steps_ % options_.every != 0) return true;
  return LookAround(false);
}

bool Comparison::Finish() { return difference_.empty() && LookAround(true); }

bool Comparison::RunBoth(const Step& step) {
  latest_recorded_at_ = step.recorded_at;
  said_ = engine_.Post(step);
  std::vector<reference::Answer> answers;
  std::vector<Json> events;
  for (const Json& event : step.events) {
    events.push_back(WithoutEmptyTexts(event));
  }
  if (step.all_or_none) {
    answers = reference_.PostAtomic(events, step.recorded_at);
  } else {
    for (const Json& event : events) {
      answers.push_back(reference_.Post(event, step.recorded_at));
    }
  }
  for (size_t i = 0; i < answers.size(); ++i) {
    const bool with_serials = NamesSerials(step.events[i]);
    const Said other = SaidOf(answers[i], with_serials);
    Said mine = said_[i];
    mine.serials = with_serials ? Joined(mine.serials) : Json::array();
    if (mine.SameAs(other)) continue;
    difference_ = {
        KindOf(step.events[i]) + ": " + mine.Answer() + ", " + other.Answer(),
        "event " + std::to_string(i) + " of step at " + step.recorded_at +
            "\n  " + step.events[i].dump() + "\n  engine:    " +
            mine.ToString() + "\n  reference: " + other.ToString()};
    return false;
  }
  return EngineIsWhole();
}

bool Comparison::EngineIsWhole() {
  if (engine_.broken().empty()) return true;
  difference_ = {"the engine alone", engine_.broken().front()};
  return false;
}

bool Comparison::Tick() {
  Step step{.recorded_at = latest_recorded_at_};
  const std::string name = "tick-" + std::to_string(steps_);
  char id[64];
  std::snprintf(id, sizeof id, "00000000-0000-4000-9000-%012d", steps_);
  step.events.push_back(
      {{"id", id},
       {"occurred_at", step.recorded_at.substr(0, 10)},
       {"register_party",
        {{"party", name}, {"roles", Json::array({"REGULATOR"})}}}});
  const std::vector<Said> said = said_;
  const bool same = RunBoth(step);
  said_ = said;
  return same;
}

bool Comparison::LookAround(bool all) {
  if (!Tick()) return false;
  engine_.CheckBooks();
  if (!EngineIsWhole()) return false;
  for (const std::string& wrong : reference_.CheckBooks()) {
    difference_ = {"the reference alone", wrong};
    return false;
  }
  return CompareBalances(all) && CompareGoods() && CompareCredits();
}

bool Comparison::Same(const std::string& question, const Json& engine,
                      const Json& reference) {
  if (engine == reference) return true;
  difference_ = {question.substr(0, question.find(' ')),
                 question + "\n  engine:    " + engine.dump() +
                     "\n  reference: " + reference.dump()};
  return false;
}

bool Comparison::SameNumber(const std::string& question, const Json& engine,
                            const Json& reference) {
  const auto one = NumberOf(engine);
  const auto other = NumberOf(reference);
  if (one && other && *one == *other) return true;
  return Same(question, engine, reference);
}

bool Comparison::CompareBalances(bool all) {
  const State& state = engine_.state();
  const Registry& registry = state.registry();
  const int32_t count = state.accounts().size();
  const int asked = all ? count : std::min(count, options_.balances_asked);
  for (int i = 0; i < asked; ++i) {
    const Account& account = state.accounts().at(AccountIndex(
        all ? i : static_cast<int32_t>(dice_.Number(0, count - 1))));
    if (account.key.kind != AccountKind::kHolding) continue;
    const SiteIndex its = registry.at(account.key.scope).site;
    // An account of several sites is asked by any of them.
    const SiteIndex site =
        its.valid() ? its
                    : SiteIndex(static_cast<int32_t>(dice_.Number(
                          0, static_cast<int64_t>(registry.sites.size()) - 1)));
    Json query = {
        {"site", registry.site_names.NameOf(site)},
        {"product", registry.product_names.NameOf(
                        registry.at(account.key.pool).first_product)}};
    const Claims claims = state.claim_sets().Members(account.key.claims);
    if (!claims.empty()) {
      const ClaimIndex claim =
          claims[static_cast<size_t>(dice_.Number(0, claims.size() - 1))];
      query["scheme"] = state.schemes().NameOf(SchemeOf(claim));
      query["model"] = ModelName(ModelOf(claim));
    }
    if (account.key.lot().valid() && dice_.Percent(70)) {
      query["lot"] = state.lots().NameOf(account.key.lot());
    }
    const auto days = account.timeline.days();
    if (!days.empty() && dice_.Percent(60)) {
      const Date date = days[static_cast<size_t>(dice_.Number(
                                 0, static_cast<int64_t>(days.size()) - 1))]
                            .date;
      query["as_at"] =
          date.AddDays(static_cast<int32_t>(dice_.Number(-1, 1))).ToString();
    }
    if (!SameNumber("balance " + query.dump(), engine_.Balance(query),
                    reference_.Balance(query))) {
      return false;
    }
  }
  return true;
}

bool Comparison::CompareGoods() {
  const State& state = engine_.state();
  for (int32_t i = 0; i < state.shipments().size(); ++i) {
    const std::string id(state.shipments().NameOf(ShipmentIndex(i)));
    if (!Same("shipment " + id, engine_.ShipmentState(id),
              reference_.ShipmentState(id))) {
      return false;
    }
  }
  for (int32_t i = 0; i < state.lots().size(); ++i) {
    const std::string id(state.lots().NameOf(LotIndex(i)));
    const Json mine = engine_.LotFacts(id);
    const Json other = reference_.LotFacts(id);
    if (!Same("lot " + id, LotOf(mine), LotOf(other)) ||
        !SameNumber("quantity of lot " + id, mine["quantity"],
                    other["quantity"])) {
      return false;
    }
  }
  return true;
}

bool Comparison::CompareCredits() {
  const State& state = engine_.state();
  std::set<std::pair<std::string, std::string>> pairs;
  for (int32_t i = 0; i < state.credits().size(); ++i) {
    const Block& block = state.credits().at(BlockIndex(i));
    pairs.emplace(state.schemes().NameOf(block.scheme),
                  state.registry().product_names.NameOf(block.product));
  }
  for (const auto& [scheme, product] : pairs) {
    for (const char* party : {"grower", "miller", "trader", "brand"}) {
      for (const char* what : {"ISSUED", "RETIRED", "EXPIRED", "WITHDRAWN"}) {
        const Json query = {{"party", party},
                            {"scheme", scheme},
                            {"product", product},
                            {"state", what}};
        if (!SameNumber("credits " + query.dump(), engine_.Credits(query),
                        reference_.Credits(query))) {
          return false;
        }
      }
    }
  }
  for (int32_t i = 0; i < state.certificates().size(); ++i) {
    const std::string id(state.certificates().NameOf(CertificateIndex(i)));
    const Json mine = engine_.CertificateFacts(id);
    const Json other = reference_.CertificateFacts(id);
    if (!Same("status of " + id, mine["status"], other["status"]) ||
        !Same("level of " + id, mine["level"], other["level"])) {
      return false;
    }
    for (const auto& [product, left] : other["remaining"].items()) {
      if (!SameNumber("remaining of " + id + " " + product,
                      mine["remaining"].value(product, Json()), left)) {
        return false;
      }
    }
  }
  return true;
}

Difference FirstDifference(const std::vector<Step>& steps,
                           ComparisonOptions options) {
  Comparison comparison(options);
  for (const Step& step : steps) {
    if (!comparison.Run(step)) return comparison.difference();
  }
  comparison.Finish();
  return comparison.difference();
}

std::vector<Step> Minimised(std::vector<Step> steps, const std::string& sort,
                            ComparisonOptions options, int runs_max) {
  size_t chunk = std::max<size_t>(1, steps.size() / 2);
  while (runs_max > 0) {
    bool shorter = false;
    for (size_t from = 0; from < steps.size() && runs_max > 0;) {
      std::vector<Step> fewer = steps;
      const size_t to = std::min(steps.size(), from + chunk);
      fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(from),
                  fewer.begin() + static_cast<ptrdiff_t>(to));
      --runs_max;
      if (fewer.empty() || FirstDifference(fewer, options).sort != sort) {
        from += chunk;
        continue;
      }
      steps = std::move(fewer);
      shorter = true;
    }
    if (chunk == 1 && !shorter) break;
    if (chunk > 1) chunk = (chunk + 1) / 2;
  }
  return steps;
}

}  // namespace tally::compare

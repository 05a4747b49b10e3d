#include "tests/engine/rules/rules_fixture.h"

#include "engine/rules/decide.h"
#include "engine/rules/holdings.h"
#include "engine/rules/shape.h"
#include "fmt/format.h"

namespace tally {

Decimal Dec(std::string_view text) {
  const std::optional<Decimal> decimal = ParseDecimal(text);
  EXPECT_TRUE(decimal.has_value()) << text;
  return decimal.value_or(Decimal{});
}

Date Day(std::string_view text) {
  const std::optional<Date> date = ParseDate(text);
  EXPECT_TRUE(date.has_value()) << text;
  return date.value_or(Date());
}

Event RulesFixture::NewEvent(std::string_view when, Body body,
                             Envelope envelope) {
  const std::optional<Instant> occurred_at = ParseInstant(when);
  EXPECT_TRUE(occurred_at.has_value()) << when;
  return {.id = UuidOfName(fmt::format("event {}", events_++)),
          .occurred_at = occurred_at.value_or(Instant()),
          .document = envelope.document,
          .actor = envelope.actor,
          .body = body};
}

Code RulesFixture::Try(const Event& event, std::string_view recorded_at) {
  refusal_ = CheckShape(event);
  if (refusal_ != nullptr) return refusal_->code;
  // Here its id stands for the words that are recorded.
  const std::string words = event.id.ToString();
  const Circumstances circumstances{
      .position = position_,
      .recorded_at = recorded_at.empty()
                         ? event.occurred_at
                         : ParseInstant(recorded_at).value_or(Instant()),
      .strict = strict_,
      .void_target = TargetOf(event),
      .words = words};
  refusal_ = Decide(state_, event, circumstances, &plan_);
  return refusal_ == nullptr ? Code::kAccepted : refusal_->code;
}

Code RulesFixture::PostEvent(const Event& event, std::string_view recorded_at) {
  const Code code = Try(event, recorded_at);
  if (code != Code::kAccepted) return code;
  VoidTarget& target = accepted_[event.id];
  target.position = position_;
  FindEffects(state_, event.kind(), event.date(), plan_, &target.effects);
  state_.Apply(plan_);
  ++position_;
  return code;
}

Uuid RulesFixture::LatestId() const {
  return UuidOfName(fmt::format("event {}", events_ - 1));
}

const VoidTarget* RulesFixture::TargetOf(const Event& event) const {
  const auto* annul = std::get_if<const Void*>(&event.body);
  if (annul == nullptr) return nullptr;
  const auto found = accepted_.find((*annul)->event);
  return found == accepted_.end() ? nullptr : &found->second;
}

void RulesFixture::AddScheme(std::string_view profile) {
  Given("2010-01-01", DefineScheme{.profile = profile});
}

void RulesFixture::AddParty(std::string_view party,
                            std::initializer_list<Role> roles) {
  Given("2010-01-01", RegisterParty{.party = party, .roles = List(roles)});
}

void RulesFixture::AddSite(std::string_view site, std::string_view party,
                           std::initializer_list<std::string_view> kinds) {
  Given("2010-01-01",
        RegisterSite{.site = site, .party = party, .kinds = List(kinds)});
}

void RulesFixture::AddProduct(std::string_view product, int decimals,
                              std::string_view group) {
  Given("2010-01-01", DefineProduct{.product = product,
                                    .unit = "TNE",
                                    .decimals = decimals,
                                    .group = group});
}

std::string RulesFixture::Balance(std::string_view site,
                                  std::string_view product, ClaimName claim,
                                  std::string_view lot) const {
  const Registry& registry = state_.registry();
  const ProductIndex product_index = registry.product_names.Find(product);
  Place place{.site = registry.site_names.Find(site),
              .product = product_index,
              .lot = state_.lots().Find(lot)};
  if (!claim.IsConventional()) {
    place.claims =
        SetOf(ClaimOf(state_.schemes().Find(claim.scheme), claim.model));
  }
  const AccountIndex account =
      state_.accounts().Find(KeyOf(state_, Date::Max(), place));
  const Quantity balance = account.valid()
                               ? state_.accounts().at(account).timeline.Latest()
                               : Quantity();
  return FormatUnits(balance.units(), registry.at(product_index).decimals);
}

const Refusal& RulesFixture::refusal() const {
  static const Refusal kNone;
  EXPECT_NE(refusal_, nullptr) << "the latest event was accepted";
  return refusal_ == nullptr ? kNone : *refusal_;
}

std::string RulesFixture::Explain() const {
  if (refusal_ == nullptr) return "accepted";
  std::string text =
      fmt::format("{}: {}", CodeName(refusal_->code), refusal_->message);
  for (const Figure& figure : refusal_->figures) {
    text += fmt::format("; {} {} {}", figure.name, figure.value, figure.unit);
  }
  for (const Violation& violation : refusal_->violations) {
    text += fmt::format("\n  {}: \"{}\" should be {}", violation.field,
                        violation.value, violation.limit);
  }
  return text;
}

std::string RulesFixture::FigureOf(std::string_view name) const {
  for (const Figure& figure : refusal().figures) {
    if (figure.name == name) return figure.value;
  }
  return "";
}

Case RulesFixture::NewCase(const Event& event) {
  plan_.Clear();
  return {.state = state_,
          .event = event,
          .position = position_,
          .recorded_at = event.occurred_at,
          .strict = strict_,
          .date = event.date(),
          .plan = plan_};
}

}  // namespace tally

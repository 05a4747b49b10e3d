// issue_credits: certified volume is booked. The same quantity stops being
// physically certified and becomes the credits of a new block.

#include <utility>

#include "engine/model/limits.h"
#include "engine/rules/credit_lookup.h"
#include "engine/rules/credit_postings.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "fmt/format.h"

namespace tally {
namespace {

// What is booked first: production that can only be booked, then what is
// least strict. Identity-preserved stock is always in lots.
constexpr Model kBookingOrder[] = {
    Model::kBookAndClaim, Model::kMassBalance,       Model::kControlledBlending,
    Model::kSegregated,   Model::kIdentityPreserved,
};

// What the event names, found.
struct Issue {
  SiteIndex site;
  ProductIndex product;
  SchemeIndex scheme;
  LotIndex lot;
  Quantity quantity;
  Quantity unit;
  DateRange vintage;
};

// False where something is unknown or malformed.
bool FindIssue(Case& c, const IssueCredits& named, Issue* issue) {
  issue->site = FindSite(c, "issue_credits.site", named.site);
  issue->product = FindProduct(c, "issue_credits.product", named.product);
  issue->scheme = FindCreditScheme(c, "issue_credits", named.scheme);
  if (!named.lot.empty()) {
    issue->lot = FindLot(c, "issue_credits.lot", named.lot);
  }
  if (!issue->product.valid()) return false;
  const std::optional<Quantity> quantity = ReadCredits(
      c, "issue_credits", named.quantity, issue->scheme, issue->product);
  if (!c.verdict.accepted()) return false;
  const std::optional<DateRange> vintage =
      ReadPeriod(c, "issue_credits.vintage", named.vintage);
  if (!quantity || !vintage) return false;
  issue->quantity = *quantity;
  issue->unit = *ReadUnit(c, "issue_credits", issue->scheme, issue->product);
  issue->vintage = *vintage;
  return true;
}

void CheckIssuer(Case& c, const Issue& issue) {
  const Site& site = c.state.registry().at(issue.site);
  if (TermsOf(c, issue.scheme).MayIssue(site.kinds)) return;
  c.verdict.Refuse(RefuseUnder(
      c, issue.scheme, Code::kRole,
      fmt::format(
          "issue_credits.site: under this scheme, sites of these "
          "kinds issue credits: {}",
          fmt::join(TermsOf(c, issue.scheme).issuer_site_kinds, ", "))));
}

void CheckWindow(Case& c, const Issue& issue) {
  const std::optional<int> months =
      TermsOf(c, issue.scheme).issue_window_months;
  if (!months) return;
  const Date last_day =
      issue.vintage.last.MonthStart().AddMonths(*months).MonthEnd();
  if (c.date <= last_day) return;
  c.verdict.Refuse(RefuseUnder(
      c, issue.scheme, Code::kIssueWindow,
      fmt::format("issue_credits.vintage: credits of a vintage that ended on "
                  "{} could be issued until {}",
                  issue.vintage.last.ToString(), last_day.ToString())));
}

void CheckSingleUse(Case& c, const IssueCredits& named, const Issue& issue) {
  const Credits& credits = c.state.credits();
  if (credits.Find(named.block).valid()) {
    c.verdict.Refuse(RefuseUnder(
        c, issue.scheme, Code::kSerial,
        fmt::format("issue_credits.block: \"{}\" is taken", named.block)));
  }
  if (!named.evidence.empty() && credits.EvidenceUsed(named.evidence)) {
    c.verdict.Refuse(
        RefuseUnder(c, issue.scheme, Code::kDoubleIssue,
                    fmt::format("issue_credits.evidence: \"{}\" backs another "
                                "block already",
                                named.evidence)));
  }
}

Movement BookingOf(const Issue& issue, Model model, Quantity quantity) {
  Movement movement;
  movement.direction = Direction::kOut;
  movement.site = issue.site;
  movement.product = issue.product;
  movement.quantity = quantity;
  movement.claim = ClaimOf(issue.scheme, model);
  movement.sold_as = ClaimOf(issue.scheme, Model::kBookAndClaim);
  movement.lot = issue.lot;
  movement.field = "issue_credits";
  movement.needs_certificate = true;
  movement.counts_delivered = true;
  movement.leaves = true;
  return movement;
}

// Whether there was ever stock to draw a movement from: where there was not,
// drawing would make an empty account.
bool HasStock(const Case& c, const Movement& movement) {
  const AccountKey key = KeyOf(c.state, c.date,
                               {.site = movement.site,
                                .product = movement.product,
                                .claims = SetOf(movement.claim),
                                .lot = movement.lot});
  const Registry& registry = c.state.registry();
  return c.state.accounts().Find(key).valid() ||
         !c.state.accounts()
              .OfSeveralClaims(registry.at(movement.site).own_scope,
                               registry.at(movement.product).own_pool)
              .empty();
}

// Later shortfalls of what was drawn from are then known to be double issues.
void RememberBooking(Case& c, const Movement& movement) {
  for (const ShipmentDraw& draw : movement.draws) {
    const Quantity booked = c.state.accounts().at(draw.account).booked;
    if (!Sum(booked, draw.quantity)) {
      c.verdict.Refuse(Refuse(Code::kOverflow,
                              fmt::format("more than {} units booked from one "
                                          "holding",
                                          Quantity::Max().units())));
    }
    c.plan.reason_changes.push_back(
        {.account = draw.account, .booked = draw.quantity});
  }
}

// Books up to `wanted` from stock under one model; what it gave.
Quantity BookFrom(Case& c, const Issue& issue, Model model, Quantity wanted) {
  const size_t place = c.movements.size();
  c.movements.push_back(BookingOf(issue, model, wanted));
  Quantity given;
  if (HasStock(c, c.movements[place])) {
    const size_t shortfalls = c.shortfalls.size();
    Take(c, place);
    given = wanted;
    if (c.shortfalls.size() > shortfalls) {
      // Less than wanted is no shortage yet: the next model is asked.
      given = c.shortfalls.back().available;
      c.shortfalls.pop_back();
    }
  }
  if (given.IsZero()) {
    c.movements.pop_back();
    return given;
  }
  c.movements[place].quantity = given;
  RememberBooking(c, c.movements[place]);
  return given;
}

// What cannot be booked would be certified twice.
void RefuseRest(Case& c, const Issue& issue, Quantity rest) {
  // The rules of certificates and holds see what was asked for, too.
  Movement missing = BookingOf(issue, Model::kBookAndClaim, rest);
  missing.lot = LotIndex();
  c.movements.push_back(std::move(missing));
  if (issue.lot.valid() && c.state.holds().Contains(HoldTarget(issue.lot))) {
    c.verdict.Refuse(
        Refuse(Code::kHeld, fmt::format("lot \"{}\" is on hold",
                                        c.state.lots().NameOf(issue.lot))));
  }
  if (issue.lot.valid() && c.state.voids().Reaches(c.state.lots(), issue.lot)) {
    c.verdict.Refuse(RefuseUnder(
        c, issue.scheme, Code::kUpstreamVoid,
        fmt::format("issue_credits.lot: lot \"{}\" comes of an event that is "
                    "void, so nothing of it is booked",
                    c.state.lots().NameOf(issue.lot))));
  }
  if (!c.verdict.Concerns(Code::kDoubleIssue)) return;
  const Quantity available = *Difference(issue.quantity, rest);
  Refusal refusal = RefuseUnder(
      c, issue.scheme, Code::kDoubleIssue,
      fmt::format("issue_credits.quantity: asked {}, certified stock to book "
                  "{}",
                  Show(c, issue.product, issue.quantity),
                  Show(c, issue.product, available)));
  AddFigure(c, issue.product, "asked", issue.quantity, &refusal);
  AddFigure(c, issue.product, "available", available, &refusal);
  c.verdict.Refuse(std::move(refusal));
}

void TakeAndBook(Case& c, const Issue& issue) {
  Quantity rest = issue.quantity;
  for (const Model model : kBookingOrder) {
    if (rest.IsZero()) break;
    if (!c.ProfileOf(issue.scheme).Lists(model)) continue;
    rest = *Difference(rest, BookFrom(c, issue, model, rest));
  }
  if (!rest.IsZero()) RefuseRest(c, issue, rest);
}

// What was booked stays where it is, without its claim.
void PostConventional(Case& c, const Issue& issue) {
  const AccountKey key =
      KeyOf(c.state, c.date, {.site = issue.site, .product = issue.product});
  Post(c, AccountOf(c, key), issue.site, issue.product, issue.quantity);
  Post(c, Boundary::kBooked, issue.product, issue.quantity.Negated());
}

Block BlockOf(const Case& c, const IssueCredits& named, const Issue& issue) {
  const CreditExpiry& expiry = TermsOf(c, issue.scheme).expiry;
  Block block{.scheme = issue.scheme,
              .product = issue.product,
              .site = issue.site,
              .issuer = c.state.registry().at(issue.site).party,
              .vintage = issue.vintage,
              .vintage_text = std::string(named.vintage),
              .issued_on = c.date,
              .last_day = expiry.LastDay(issue.vintage.last),
              .unit = issue.unit,
              .count = issue.quantity.units() / issue.unit.units(),
              .lot = issue.lot,
              .evidence = std::string(named.evidence),
              .position = c.position};
  if (expiry.kind == CreditExpiryKind::kVintageYears) {
    block.last_claim_year = issue.vintage.last.year() + expiry.count;
  }
  return block;
}

}  // namespace

void PlanEvent(Case& c, const IssueCredits& issue_credits) {
  Issue issue;
  if (!FindIssue(c, issue_credits, &issue)) return;
  CheckIssuer(c, issue);
  CheckWindow(c, issue);
  CheckSingleUse(c, issue_credits, issue);
  TakeAndBook(c, issue);
  PostConventional(c, issue);
  Block block = BlockOf(c, issue_credits, issue);
  const BlockIndex index(c.state.credits().size());
  Post(c,
       AccountOf(
           c, CreditKeyOf(c.state, AccountKind::kCredits,
                          {block.issuer, issue.scheme, issue.product}, index)),
       issue.site, issue.product, issue.quantity);
  WarnOfExpiry(c, block.last_day);
  AnswerSerials(c, issue_credits.block, 1, block.count);
  const PartyIndex holder = block.issuer;
  c.plan.new_blocks.push_back(
      {std::string(issue_credits.block), std::move(block), holder});
}

}  // namespace tally

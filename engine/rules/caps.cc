// R28: what is originated, and what is delivered or booked, stays within the
// certificate's cap for the year; what a member originates, within its own.

#include <algorithm>
#include <optional>
#include <string>
#include <variant>

#include "absl/container/inlined_vector.h"
#include "engine/base/check.h"
#include "engine/rules/column.h"
#include "engine/rules/coverage.h"
#include "fmt/format.h"

namespace tally {
namespace {

// A bound that a movement counts against.
struct Bound {
  CapKey key;
  Quantity cap;
  Quantity left;  // below zero never: a cap is only ever raised
};
using Bounds = absl::InlinedVector<Bound, 2>;

// What the event itself has planned against a cap so far.
Quantity Planned(const Case& c, CertificateIndex certificate,
                 const CapKey& key) {
  Quantity planned;
  for (const CapChange& change : c.plan.cap_changes) {
    if (change.certificate != certificate || change.key != key) continue;
    // Each was found to fit under a cap, and so do all of them.
    const bool fits = planned.Add(change.quantity);
    TALLY_CHECK(fits);
  }
  return planned;
}

Bound BoundOf(const Case& c, CertificateIndex index, const CapKey& key,
              Quantity cap) {
  const Certificate& certificate = c.state.certificates().at(index);
  const std::optional<Quantity> used =
      Sum(certificate.Used(key), Planned(c, index, key));
  TALLY_CHECK(used.has_value());
  return {key, cap, *Difference(cap, *used)};
}

// The bounds of one certificate on a movement; none where it is unbounded.
Bounds BoundsOf(const Case& c, const Movement& movement,
                CertificateIndex index) {
  const Certificate& certificate = c.state.certificates().at(index);
  Bounds bounds;
  CapKey key{.product = movement.product,
             .year = certificate.YearOf(c.date),
             .use = movement.counts_originated ? CapUse::kOriginated
                                               : CapUse::kDelivered};
  const std::optional<Quantity> cap =
      certificate.CapOf(movement.product, key.year);
  if (cap) bounds.push_back(BoundOf(c, index, key, *cap));
  const std::string_view member = MemberFor(c, movement);
  if (!movement.counts_originated || member.empty()) return bounds;
  key.member = certificate.FindMember(member, c.date);
  if (key.member < 0) return bounds;
  const std::optional<Quantity> own =
      certificate.members[static_cast<size_t>(key.member)].CapOf(
          movement.product);
  if (own) bounds.push_back(BoundOf(c, index, key, *own));
  return bounds;
}

// The first bound that the quantity passes; nullptr where it fits.
const Bound* FindPassed(const Bounds& bounds, Quantity quantity) {
  for (const Bound& bound : bounds) {
    if (quantity > bound.left) return &bound;
  }
  return nullptr;
}

void UseUp(Case& c, Movement& movement, CertificateIndex certificate,
           const Bounds& bounds) {
  movement.certificate = certificate;
  for (const Bound& bound : bounds) {
    c.plan.cap_changes.push_back({certificate, bound.key, movement.quantity});
    if (bound.key.use != CapUse::kDelivered) continue;
    movement.cap_draws.push_back(
        {certificate, bound.key.year, movement.quantity});
  }
}

// What is left of a certificate is its holder's to know.
void RefuseOverCap(Case& c, const Movement& movement, CertificateIndex index,
                   const Bound& bound) {
  const Certificate& certificate = c.state.certificates().at(index);
  const DateRange days = certificate.DaysOf(bound.key.year);
  const std::string year =
      fmt::format("{}/{}", days.first.ToString(), days.last.ToString());
  Refusal refusal = RefuseUnder(
      c, certificate.scheme, Code::kCapExceeded,
      fmt::format("{}: {} {} of product \"{}\" are more than certificate "
                  "\"{}\" still lets {}{} in the year {}",
                  movement.field, Show(c, movement.product, movement.quantity),
                  c.state.registry().at(movement.product).unit,
                  c.state.registry().product_names.NameOf(movement.product),
                  c.state.certificates().NameOf(index),
                  bound.key.member >= 0 ? "this member " : "",
                  movement.counts_originated ? "originate" : "deliver", year));
  AddFigure(c, movement.product, "asked", movement.quantity, &refusal);
  if (c.state.registry().at(movement.site).party == certificate.holder) {
    AddFigure(c, movement.product, "remaining", bound.left, &refusal);
  }
  AddFigure(c, movement.product, "cap", bound.cap, &refusal);
  refusal.figures.push_back({"year", year, ""});
  c.verdict.Refuse(std::move(refusal));
}

// Uses up the first certificate that covers the movement and has room for it;
// where none has, the one that the certificate rules found answers.
void CountMovement(Case& c, Movement& movement) {
  for (const CertificateIndex candidate : CandidatesFor(c, movement)) {
    if (CoverageOf(c, movement, candidate) != Coverage::kFull) continue;
    const Bounds bounds = BoundsOf(c, movement, candidate);
    if (FindPassed(bounds, movement.quantity) != nullptr) continue;
    return UseUp(c, movement, candidate, bounds);
  }
  if (!c.verdict.Concerns(Code::kCapExceeded)) return;
  const Bounds bounds = BoundsOf(c, movement, movement.certificate);
  const Bound* passed = FindPassed(bounds, movement.quantity);
  TALLY_CHECK(passed != nullptr);
  RefuseOverCap(c, movement, movement.certificate, *passed);
}

// What comes back gives back what it used up, so the shipment keeps it. Its
// lines and the movements are in one order.
void KeepDraws(Case& c) {
  if (!std::holds_alternative<const Ship*>(c.event.body)) return;
  if (c.plan.new_shipments.empty()) return;
  auto& lines = c.plan.new_shipments.back().thing.lines;
  TALLY_CHECK(lines.size() == c.movements.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    lines[i].cap_draws.assign(c.movements[i].cap_draws.begin(),
                              c.movements[i].cap_draws.end());
  }
}

}  // namespace

void CheckCaps(Case& c) {
  for (Movement& movement : c.movements) {
    if (!movement.counts_originated && !movement.counts_delivered) continue;
    // Without a certificate it is refused already, or none is needed.
    if (!movement.certificate.valid()) continue;
    const Profile& profile = c.ProfileOf(SchemeOf(movement.sold_as));
    if (profile.certificate.volume_cap) CountMovement(c, movement);
  }
  KeepDraws(c);
}

}  // namespace tally

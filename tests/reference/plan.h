// One event under consideration: what speaks against it, and what it would do.
//
// A planner reads the world, adds findings, and adds postings and effects to
// the plan. Nothing changes unless, at the end, nothing was found.

#ifndef TALLY_TESTS_REFERENCE_PLAN_H_
#define TALLY_TESTS_REFERENCE_PLAN_H_

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/reference/findings.h"
#include "tests/reference/world.h"

namespace tally::reference {

// What an event sells or uses up under a claim, for the percentage rules.
struct ClaimedLine {
  Holding holding;  // as sold
  Claim claim;
  std::optional<Rational> share;
};

struct Plan {
  std::string kind;
  Json event;  // without nulls
  Json body;
  Date date;
  Instant recorded;
  int64_t position = 0;  // that it would take

  Findings findings;
  std::set<std::string> warnings;
  std::vector<Posting> postings;
  std::vector<CapDraw> cap_draws;
  std::vector<ClaimedLine> claimed_lines;
  std::vector<std::function<void(World&)>> effects;
  bool overdraw_reason = false;
  Json serials = Json::array();
  std::string redemption;

  void Refuse(std::string_view code, std::string detail = "") {
    findings.Add(code, std::move(detail));
  }
  void Then(std::function<void(World&)> effect) {
    effects.push_back(std::move(effect));
  }

  // A field of the body, `otherwise` when left out.
  std::string Text(const char* key, const std::string& otherwise = "") const;
  reference::Span Span(const char* key) const { return *ParseSpan(Text(key)); }
  bool Flag(const char* key) const { return body.value(key, false); }

  // Adds a posting dated like the event.
  void Post(const Holding& holding, Units quantity, Cause cause,
            const Claim& drawn_as = {}, const std::string& shipment = "");
  void PostBoundary(const std::string& boundary, const std::string& site,
                    const std::string& product, Units quantity, Cause cause);
};

// Readers of the authoring format, for values whose shape was checked.
std::string Text(const Json& object, const char* key,
                 const std::string& otherwise = "");
std::optional<Claim> ReadClaim(const Json& object, const char* key = "claim");
// The claim and all of `also`.
ClaimSet ReadClaims(const Json& object);
Traits ReadTraits(const Json& object);
std::optional<Rational> ReadShare(const Json& object);
Units ReadUnits(const World& world, const std::string& text,
                const std::string& product);
// `quantity` beside `product`.
Units ReadQuantity(const World& world, const Json& object);
std::vector<SerialRange> ReadRanges(const Json& list);
Json WriteRanges(const std::vector<SerialRange>& ranges);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_PLAN_H_

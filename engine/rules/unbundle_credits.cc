// unbundle_credits: a whole block becomes one block for each part that the
// scheme splits its credits into.

#include <string>
#include <utility>

#include "engine/model/ids.h"
#include "engine/rules/credit_lookup.h"
#include "engine/rules/credit_postings.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "engine/rules/serials.h"
#include "fmt/format.h"

namespace tally {
namespace {

void RefuseBlock(Case& c, BlockIndex index, Code code, std::string_view why) {
  if (!c.verdict.Concerns(code)) return;
  c.verdict.Refuse(
      RefuseUnder(c, c.state.credits().at(index).scheme, code,
                  fmt::format("unbundle_credits.block: \"{}\" {}",
                              c.state.credits().NameOf(index), why)));
}

void CheckRun(Case& c, BlockIndex index, const Block::Run& run) {
  const Block& block = c.state.credits().at(index);
  const SerialStatus& first = block.runs.begin()->second.status;
  if (run.status.state == SerialState::kRetired) {
    RefuseBlock(c, index, Code::kRetired, "is retired in part");
  } else if (run.status.state != SerialState::kIssued ||
             run.status.holder != first.holder || run.status.since > c.date) {
    RefuseBlock(c, index, Code::kSerial,
                "is not whole, issued and in one hand on this date");
  }
}

// A whole issued block, once.
void CheckBlock(Case& c, BlockIndex index) {
  const Block& block = c.state.credits().at(index);
  CheckBlockFree(c, index);
  if (!TermsOf(c, block.scheme).unbundle) {
    RefuseBlock(c, index, Code::kOrder,
                "is of a scheme that does not unbundle its credits");
  }
  if (block.IsPart()) {
    RefuseBlock(c, index, Code::kOrder, "is a part already");
  }
  if (c.date > block.last_day) {
    RefuseBlock(
        c, index, Code::kExpired,
        fmt::format("could be used until {}", block.last_day.ToString()));
  }
  for (const auto& [from, run] : block.runs) CheckRun(c, index, run);
}

// The names of the parts; false where one cannot be.
bool CheckNames(Case& c, BlockIndex whole, const Unbundling& unbundling) {
  const Credits& credits = c.state.credits();
  for (const std::string& part : unbundling.parts) {
    const std::string name = fmt::format("{}/{}", credits.NameOf(whole), part);
    if (!IsId(name)) {
      RefuseField(c, Code::kInvalidArgument, "unbundle_credits.block", name,
                  fmt::format("an id of at most {} bytes", kIdBytesMax));
      return false;
    }
    const BlockIndex found = credits.Find(name);
    if (!found.valid() || credits.at(found).unbundled_from == whole) continue;
    c.verdict.Refuse(
        Refuse(Code::kSerial, fmt::format("unbundle_credits.block: \"{}\" is "
                                          "taken",
                                          name)));
  }
  return true;
}

// Each run of the block leaves its account for good.
void PlanWhole(Case& c, BlockIndex index) {
  const Block& block = c.state.credits().at(index);
  for (const auto& [from, run] : block.runs) {
    const Serials serials{index, from, run.to};
    const Quantity quantity = QuantityOf(c, serials);
    SerialStatus after = run.status;
    after.state = SerialState::kUnbundled;
    after.since = c.date;
    c.plan.serial_moves.push_back({.serials = serials, .after = after});
    const HolderKey holder{run.status.holder, block.scheme, block.product};
    Post(c,
         AccountOf(c,
                   CreditKeyOf(c.state, AccountKind::kCredits, holder, index)),
         block.site, block.product, quantity.Negated());
    Post(c, Boundary::kConverted, block.product, quantity);
  }
}

void PlanPart(Case& c, BlockIndex whole, const Unbundling& unbundling,
              int32_t part) {
  const Block& block = c.state.credits().at(whole);
  const std::string& name = unbundling.parts[static_cast<size_t>(part)];
  const PartyIndex holder = block.runs.begin()->second.status.holder;
  const BlockIndex index(c.state.credits().size() + part);
  const Quantity quantity = QuantityOf(c, {whole, 1, block.count});
  Post(c,
       AccountOf(c, CreditKeyOf(c.state, AccountKind::kCredits,
                                {holder, block.scheme, block.product}, index)),
       block.site, block.product, quantity);
  Post(c, Boundary::kConverted, block.product, quantity.Negated());
  Block made = block;
  made.runs.clear();
  made.moves.clear();
  made.evidence.clear();
  made.issued_on = c.date;
  made.position = c.position;
  made.unbundled_from = whole;
  made.part = part;
  made.indivisible = unbundling.IsIndivisible(name);
  c.plan.new_blocks.push_back(
      {fmt::format("{}/{}", c.state.credits().NameOf(whole), name),
       std::move(made), holder});
}

}  // namespace

void PlanEvent(Case& c, const UnbundleCredits& unbundle) {
  const BlockIndex index =
      FindBlock(c, "unbundle_credits.block", unbundle.block);
  if (!index.valid()) return;
  CheckBlock(c, index);
  const SchemeIndex scheme = c.state.credits().at(index).scheme;
  const std::optional<Unbundling>& unbundling = TermsOf(c, scheme).unbundle;
  if (!unbundling || !CheckNames(c, index, *unbundling)) return;
  if (!c.verdict.accepted()) return;
  PlanWhole(c, index);
  const auto parts = static_cast<int32_t>(unbundling->parts.size());
  for (int32_t part = 0; part < parts; ++part) {
    PlanPart(c, index, *unbundling, part);
  }
}

}  // namespace tally

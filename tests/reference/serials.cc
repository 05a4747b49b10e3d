#include "tests/reference/serials.h"

#include <algorithm>

namespace tally::reference {

namespace {

// Replaces what `move` covers in `states`.
void Apply(const SerialMove& move, std::vector<SerialState>* states) {
  std::vector<SerialState> after;
  Date since = move.date;
  for (const SerialState& state : *states) {
    const int64_t from = std::max(state.range.from, move.range.from);
    const int64_t to = std::min(state.range.to, move.range.to);
    if (from > to) {
      after.push_back(state);
      continue;
    }
    since = std::max(since, state.since);
    if (state.range.from < from) {
      after.push_back(state);
      after.back().range.to = from - 1;
    }
    if (state.range.to > to) {
      after.push_back(state);
      after.back().range.from = to + 1;
    }
  }
  after.push_back({move.range, move.holder, move.state, since});
  std::sort(after.begin(), after.end(),
            [](const SerialState& a, const SerialState& b) {
              return a.range.from < b.range.from;
            });
  *states = std::move(after);
}

}  // namespace

std::vector<SerialState> SerialsOf(const World& world, const Block& block,
                                   Date upto, int64_t known_at) {
  std::vector<const SerialMove*> moves;
  for (const SerialMove& move : world.moves) {
    if (move.range.block == block.id && move.date <= upto &&
        move.position <= known_at) {
      moves.push_back(&move);
    }
  }
  std::stable_sort(moves.begin(), moves.end(),
                   [](const SerialMove* a, const SerialMove* b) {
                     return a->date < b->date;
                   });
  std::vector<SerialState> states;
  for (const SerialMove* move : moves) Apply(*move, &states);
  return states;
}

Date LastDayOf(const World& world, const Block& block) {
  const CreditTerms& terms = world.schemes.at(block.scheme).credits;
  const int year = YearOf(block.vintage.last);
  if (terms.expiry == "MONTHS_FROM_PRODUCTION") {
    return AddMonths(block.vintage.last, terms.expiry_count);
  }
  if (terms.expiry == "VINTAGE_YEARS") {
    return MakeDate(year + terms.expiry_count, 12, 31);
  }
  if (terms.expiry == "DATE_AFTER_VINTAGE") {
    return MakeDate(year + 1, terms.expiry_month, terms.expiry_day);
  }
  return kLastDate;
}

void WarnOfExpiry(const World& world, const Block& block, Plan* plan) {
  if (LastDayOf(world, block) <= plan->date + 30) {
    plan->warnings.insert("EXPIRING");
  }
}

Units CountRetired(const World& world, const std::vector<SerialRange>& ranges) {
  Units count = 0;
  for (const SerialRange& range : ranges) {
    for (const SerialState& state :
         SerialsOf(world, *world.FindBlock(range.block))) {
      const int64_t from = std::max(range.from, state.range.from);
      const int64_t to = std::min(range.to, state.range.to);
      if (state.state == "RETIRED" && from <= to) count += to - from + 1;
    }
  }
  return count;
}

Units CountSerials(const std::vector<SerialRange>& ranges) {
  Units count = 0;
  for (const SerialRange& range : ranges) count += range.to - range.from + 1;
  return count;
}

Rational ValueOf(const Profile& profile, Units serials) {
  return Rational(serials) * profile.credits.unit;
}

}  // namespace tally::reference

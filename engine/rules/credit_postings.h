// The double entry of credits: each block has an account with each party that
// holds, retired or lost serials of it, so that any holding can be asked as
// at a date.

#ifndef TALLY_ENGINE_RULES_CREDIT_POSTINGS_H_
#define TALLY_ENGINE_RULES_CREDIT_POSTINGS_H_

#include <cstdint>
#include <string_view>

#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/rules/case.h"
#include "engine/rules/serials.h"
#include "engine/state/accounts.h"
#include "engine/state/credits.h"

namespace tally {

// The key of a party's account of a block.
AccountKey CreditKeyOf(const State& state, AccountKind kind,
                       const HolderKey& holder, BlockIndex block);

// What the piece becomes: moves its serials, posts from the account of its
// status to that of `after`, on the day since which that holds, and answers
// the serials.
void MovePiece(Case& c, const Piece& piece, const SerialStatus& after);

// Answers serials that the event drew; adjacent ones of a block as one range.
void AnswerSerials(Case& c, std::string_view block, int64_t from, int64_t to);

// EXPIRING where credits that are issued or change hands end within so many
// days of it, so that their holder knows.
inline constexpr int kExpiringDays = 30;
void WarnOfExpiry(Case& c, Date last_day);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_CREDIT_POSTINGS_H_

#include "engine/ledger/lot_queries.h"

#include "engine/base/status_macros.h"
#include "engine/ledger/ask.h"
#include "engine/ledger/find_names.h"
#include "engine/ledger/lot_view.h"
#include "engine/ledger/status_facts.h"

namespace tally {

absl::StatusOr<LotAnswer> GetLot(const Ledger& ledger, std::string_view lot) {
  return Ask<LotAnswer>(
      ledger, [&](const View& view) -> absl::StatusOr<LotAnswer> {
        ASSIGN_OR_RETURN(const LotIndex index, FindLot(view.state, lot));
        return LotAnswer{.standing = view.standing,
                         .lot = ViewLot(view.state, index)};
      });
}

absl::StatusOr<FlagsAnswer> GetFlags(const Ledger& ledger,
                                     const FlagsQuestion& question) {
  if (question.lot.empty() == question.block.empty()) {
    return WrongField("lot", question.lot, "given, or `block`, and not both");
  }
  return Ask<FlagsAnswer>(
      ledger, [&](const View& view) -> absl::StatusOr<FlagsAnswer> {
        FlagsAnswer answer{.standing = view.standing};
        if (!question.lot.empty()) {
          ASSIGN_OR_RETURN(const LotIndex lot,
                           FindLot(view.state, question.lot));
          answer.flags = FlagsOf(view.state, lot);
          answer.held = view.state.holds().Contains(HoldTarget(lot));
          return answer;
        }
        ASSIGN_OR_RETURN(const BlockIndex block,
                         FindBlock(view.state, question.block));
        answer.flags = FlagsOf(view.state, block);
        answer.held = view.state.holds().Contains(HoldTarget(block));
        return answer;
      });
}

}  // namespace tally

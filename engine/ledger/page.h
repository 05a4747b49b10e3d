// Pages of lists: how many are asked for, and where the page before ended.

#ifndef TALLY_ENGINE_LEDGER_PAGE_H_
#define TALLY_ENGINE_LEDGER_PAGE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/ledger/standing.h"
#include "engine/model/limits.h"

namespace tally {

struct PageQuestion {
  // 0: kPageSizeDefault. More than kPageSizeMax counts as that.
  int32_t size = 0;
  // `next` of the page before; empty: the first page.
  std::string_view after;
};

template <typename Item>
struct Page {
  Standing standing;
  std::vector<Item> items;
  // Where the next page goes on; empty: this was the last one. A page may
  // hold fewer items than asked for and still not be the last.
  std::string next;
};

// How many items a page takes; INVALID_ARGUMENT below zero.
absl::StatusOr<size_t> PageSize(int32_t asked);

// INVALID_ARGUMENT for what a page began after.
absl::Status NotAPageToken(std::string_view after);

// A token that is a number at or above zero; INVALID_ARGUMENT for another.
absl::StatusOr<int64_t> ReadPageNumber(std::string_view after);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_PAGE_H_

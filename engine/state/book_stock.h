// Book stock: how much of a product is at a site by the books, every claim
// and conventional together, over business dates.
//
// It changes when material comes to a site or leaves it, whatever accounts of
// whatever scope say so; a claim that changes or moves leaves it alone. Wide,
// because it sums holdings that each may be as large as a quantity can be.
//
// Not thread-safe.

#ifndef TALLY_ENGINE_STATE_BOOK_STOCK_H_
#define TALLY_ENGINE_STATE_BOOK_STOCK_H_

#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"

namespace tally {

struct StockChange {
  SiteIndex site;
  ProductIndex product;
  Date date;
  Quantity delta;
};

class BookStock {
 public:
  BookStock() = default;
  BookStock(const BookStock&) = delete;
  BookStock& operator=(const BookStock&) = delete;

  void Apply(const StockChange& change);
  // Takes back a change that was applied: a day with no other change is gone.
  void TakeBack(const StockChange& change);

  // At the end of `date`; below zero where more left than came.
  int128 At(SiteIndex site, ProductIndex product, Date date) const;

 private:
  friend struct SnapshotAccess;

  struct Day {
    Date date;
    int64_t changes = 0;
    int128 balance = 0;  // at the end of the day
  };
  using Days = absl::InlinedVector<Day, 1>;  // by date

  absl::flat_hash_map<std::pair<SiteIndex, ProductIndex>, Days> stock_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_BOOK_STOCK_H_

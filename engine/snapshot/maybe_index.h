// An index that may be none, where a snapshot has it: all others must be one.
//
//   codec(product, Maybe(lot));

#ifndef TALLY_ENGINE_SNAPSHOT_MAYBE_INDEX_H_
#define TALLY_ENGINE_SNAPSHOT_MAYBE_INDEX_H_

namespace tally {

template <typename Index>
struct MaybeIndex {
  Index& index;
};
template <typename Index>
MaybeIndex<Index> Maybe(Index& index) {
  return {index};
}

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_MAYBE_INDEX_H_

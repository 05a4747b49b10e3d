// Tables of named things: the names in order of arrival, each before what it
// names.

#ifndef TALLY_ENGINE_SNAPSHOT_NAMED_THINGS_H_
#define TALLY_ENGINE_SNAPSHOT_NAMED_THINGS_H_

#include <string>

#include "engine/snapshot/table_fields.h"
#include "engine/snapshot/tables.h"
#include "engine/state/names.h"

namespace tally {

template <typename Index>
void WriteNames(const Names<Index>& names, StateWriter& out) {
  const auto [list, indices] = SnapshotAccess::Of(names);
  CodeList(out, list);
}

// Whether the name is new; the reader fails where it is not.
template <typename Index>
bool IsNew(StateReader& in, const Names<Index>& names,
           const std::string& name) {
  if (!in.ok()) return false;
  if (names.Find(name).valid()) in.Fail("a name for the second time");
  return in.ok();
}

template <typename Index>
void ReadNames(StateReader& in, Names<Index>* names) {
  ReadEach(in, [&] {
    std::string name;
    in(name);
    if (IsNew(in, *names, name)) names->Add(name);
  });
}

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_NAMED_THINGS_H_

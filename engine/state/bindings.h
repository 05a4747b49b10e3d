// Which principals act for which parties, and what second persons approved.
// Nothing is edited: a binding that ended stays, and says so.

#ifndef TALLY_ENGINE_STATE_BINDINGS_H_
#define TALLY_ENGINE_STATE_BINDINGS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/base/uuid.h"
#include "engine/model/indices.h"
#include "engine/model/terms.h"

namespace tally {

struct Binding {
  std::string principal;
  PartyIndex party;
  std::vector<Role> roles;
  std::vector<SiteIndex> sites;                // empty: all of the party's
  std::vector<CertificateIndex> certificates;  // empty: all that it granted
  Position since = -1;
  Position until = -1;  // of the event that ended it; -1: it holds

  bool holds() const { return until < 0; }
  bool Has(Role role) const;
  bool Covers(SiteIndex site) const;
  bool Covers(CertificateIndex certificate) const;
};

struct Approval {
  Uuid event;
  std::string content;    // the digest, in hex
  std::string principal;  // who approved
};

// A plan's change: one of them.
struct NewBinding {
  Binding binding;
};
struct BindingEnd {
  int32_t binding = -1;  // its place in all()
  Position until = -1;
};
struct NewApproval {
  Approval approval;
};

class Bindings {
 public:
  // By order of arrival.
  std::span<const Binding> all() const { return bindings_; }
  const Binding& at(int32_t index) const {
    return bindings_[static_cast<size_t>(index)];
  }
  // The places of a principal's bindings, ended ones too.
  std::span<const int32_t> Of(std::string_view principal) const;
  // The one that holds; -1 where there is none.
  int32_t Find(std::string_view principal, PartyIndex party) const;
  // The only one that a principal has; -1 for none or several.
  int32_t FindOnly(std::string_view principal) const;
  // What was approved under an event's id.
  std::span<const Approval> ApprovalsOf(const Uuid& event) const;

  void Apply(const NewBinding& change);
  void Apply(const BindingEnd& change);
  void Apply(const NewApproval& change);
  // Each takes back the latest call of its sort.
  void Revert(const NewBinding& change);
  void Revert(const BindingEnd& change);
  void Revert(const NewApproval& change);

 private:
  friend struct SnapshotAccess;

  std::vector<Binding> bindings_;
  absl::flat_hash_map<std::string, std::vector<int32_t>> of_;
  absl::flat_hash_map<Uuid, std::vector<Approval>> approvals_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_BINDINGS_H_

#include "engine/state/bindings.h"

#include <algorithm>

namespace tally {
namespace {

// A list that is empty stands for everything.
template <typename List, typename Element>
bool CoversIn(const List& list, const Element& element) {
  return list.empty() ||
         std::find(list.begin(), list.end(), element) != list.end();
}

}  // namespace

bool Binding::Has(Role role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool Binding::Covers(SiteIndex site) const { return CoversIn(sites, site); }

bool Binding::Covers(CertificateIndex certificate) const {
  return CoversIn(certificates, certificate);
}

std::span<const int32_t> Bindings::Of(std::string_view principal) const {
  const auto found = of_.find(std::string(principal));
  if (found == of_.end()) return {};
  return found->second;
}

int32_t Bindings::Find(std::string_view principal, PartyIndex party) const {
  for (const int32_t index : Of(principal)) {
    if (at(index).holds() && at(index).party == party) return index;
  }
  return -1;
}

int32_t Bindings::FindOnly(std::string_view principal) const {
  int32_t only = -1;
  for (const int32_t index : Of(principal)) {
    if (!at(index).holds()) continue;
    if (only >= 0) return -1;
    only = index;
  }
  return only;
}

std::span<const Approval> Bindings::ApprovalsOf(const Uuid& event) const {
  const auto found = approvals_.find(event);
  if (found == approvals_.end()) return {};
  return found->second;
}

void Bindings::Apply(const NewBinding& change) {
  of_[change.binding.principal].push_back(
      static_cast<int32_t>(bindings_.size()));
  bindings_.push_back(change.binding);
}

void Bindings::Apply(const BindingEnd& change) {
  bindings_[static_cast<size_t>(change.binding)].until = change.until;
}

void Bindings::Apply(const NewApproval& change) {
  approvals_[change.approval.event].push_back(change.approval);
}

void Bindings::Revert(const NewBinding& change) {
  const auto list = of_.find(change.binding.principal);
  list->second.pop_back();
  if (list->second.empty()) of_.erase(list);
  bindings_.pop_back();
}

void Bindings::Revert(const BindingEnd& change) {
  bindings_[static_cast<size_t>(change.binding)].until = -1;
}

void Bindings::Revert(const NewApproval& change) {
  const auto list = approvals_.find(change.approval.event);
  list->second.pop_back();
  if (list->second.empty()) approvals_.erase(list);
}

}  // namespace tally

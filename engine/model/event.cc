#include "engine/model/event.h"

#include "engine/base/check.h"

namespace tally {
namespace {

constexpr std::string_view kKindNames[] = {
    "",
    "originate",
    "receive",
    "ship",
    "accept",
    "reject",
    "recall",
    "process",
    "downgrade",
    "adjust",
    "count_stock",
    "consume",
    "open_period",
    "close_period",
    "transfer_entitlement",
    "issue_credits",
    "transfer_credits",
    "redeem_credits",
    "withdraw_credits",
    "unbundle_credits",
    "declare_claims",
    "hold",
    "release",
    "void",
    "set_source_status",
    "define_scheme",
    "define_product",
    "register_party",
    "register_site",
    "grant_certificate",
    "amend_certificate",
    "extend_volume",
    "set_certificate_status",
    "add_group_member",
    "record_assessment",
    "lapse",
    "bind_principal",
    "unbind_principal",
    "approve",
    "agree_contract",
};
static_assert(std::size(kKindNames) == kKindCount);

}  // namespace

std::string_view KindName(int kind) {
  TALLY_CHECK(kind >= 0);
  TALLY_CHECK(kind < kKindCount);
  return kKindNames[kind];
}

}  // namespace tally

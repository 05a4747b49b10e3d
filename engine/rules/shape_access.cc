#include <algorithm>
#include <string_view>

#include "engine/model/limits.h"
#include "engine/rules/shape_kinds.h"

namespace tally {
namespace {

constexpr size_t kDigestDigits = 64;

bool IsDigest(std::string_view text) {
  return text.size() == kDigestDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void CheckRoles(ShapeChecks& checks, std::span<const Role> roles) {
  if (!checks.Size("roles", roles.size(), 1,
                   static_cast<int>(Role::kAuditor))) {
    return;
  }
  for (size_t i = 0; i < roles.size(); ++i) {
    const auto role = checks.In("roles", static_cast<int>(i));
    checks.Term("", roles[i], Role::kAuditor);
  }
}

}  // namespace

void CheckKind(ShapeChecks& checks, const BindPrincipal& bind) {
  checks.Name("principal", bind.principal);
  checks.Id("party", bind.party);
  CheckRoles(checks, bind.roles);
  checks.Ids("sites", bind.sites, 0, kCertificateListMax);
  checks.Ids("certificates", bind.certificates, 0, kCertificateListMax);
}

void CheckKind(ShapeChecks& checks, const UnbindPrincipal& unbind) {
  checks.Name("principal", unbind.principal);
  checks.Id("party", unbind.party);
}

void CheckKind(ShapeChecks& checks, const Approve& approve) {
  checks.Uuid("event", approve.event);
  if (!IsDigest(approve.content)) {
    checks.Wrong(
        "content", approve.content,
        "the event's content digest, 64 lower-case hexadecimal digits");
  }
}

}  // namespace tally

#include "engine/model/limits.h"
#include "services/wire/decode_kinds.h"

namespace tally::wire {

BindPrincipal Read(view::BindPrincipal in, const Fields& fields) {
  return {
      .principal = fields.Name("principal", in.principal()),
      .party = fields.Id("party", in.party()),
      .roles = ReadRoles(in.roles(), fields),
      .sites = fields.Ids("sites", in.sites(), kCertificateListMax),
      .certificates =
          fields.Ids("certificates", in.certificates(), kCertificateListMax),
  };
}

UnbindPrincipal Read(view::UnbindPrincipal in, const Fields& fields) {
  return {.principal = fields.Name("principal", in.principal()),
          .party = fields.Id("party", in.party())};
}

Approve Read(view::Approve in, const Fields& fields) {
  return {.event = fields.EventId("event", in.event()),
          .content = fields.Name("content", in.content())};
}

}  // namespace tally::wire

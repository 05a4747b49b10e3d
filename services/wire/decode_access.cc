#include "engine/model/limits.h"
#include "services/wire/decode_kinds.h"

namespace tally::wire {

BindPrincipal Read(const v1::BindPrincipal& in, const Fields& fields) {
  return {
      .principal = fields.Name("principal", in.principal()),
      .party = fields.Id("party", in.party()),
      .roles = ReadRoles(in.roles(), fields),
      .sites = fields.Ids("sites", in.sites(), kCertificateListMax),
      .certificates =
          fields.Ids("certificates", in.certificates(), kCertificateListMax),
  };
}

UnbindPrincipal Read(const v1::UnbindPrincipal& in, const Fields& fields) {
  return {.principal = fields.Name("principal", in.principal()),
          .party = fields.Id("party", in.party())};
}

Approve Read(const v1::Approve& in, const Fields& fields) {
  return {.event = fields.EventId("event", in.event()),
          .content = fields.Name("content", in.content())};
}

}  // namespace tally::wire

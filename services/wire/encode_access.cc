#include <string>

#include "services/wire/encode_kinds.h"

namespace tally::wire {

void Write(const BindPrincipal& in, v1::BindPrincipal* out) {
  out->set_principal(std::string(in.principal));
  out->set_party(std::string(in.party));
  for (const Role role : in.roles) {
    out->add_roles(static_cast<v1::PartyRole>(role));
  }
  for (const std::string_view site : in.sites) {
    out->add_sites(std::string(site));
  }
  for (const std::string_view certificate : in.certificates) {
    out->add_certificates(std::string(certificate));
  }
}

void Write(const UnbindPrincipal& in, v1::UnbindPrincipal* out) {
  out->set_principal(std::string(in.principal));
  out->set_party(std::string(in.party));
}

void Write(const Approve& in, v1::Approve* out) {
  out->set_event(in.event.ToString());
  out->set_content(std::string(in.content));
}

}  // namespace tally::wire

#include <memory>
#include <string>

#include "services/encode_views.h"
#include "services/wire/encode.h"
#include "services/wire/encode_outcome.h"
#include "services/wire/encode_parts.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

void EncodeVersion(const Profile& in, v1::SchemeVersion* out) {
  if (in.effective_from > Date::Min()) {
    out->set_effective_from(in.effective_from.ToString());
  }
  out->set_name(in.name);
  out->set_owner(in.owner);
}

}  // namespace

void Encode(const SchemeView& in, v1::Scheme* out) {
  out->set_scheme(in.scheme);
  for (const std::shared_ptr<const Profile>& version : in.versions) {
    EncodeVersion(*version, out->add_versions());
  }
}

void EncodeProfiles(const SchemeView& in, v1::Scheme* out) {
  for (size_t i = 0; i < in.versions.size(); ++i) {
    out->mutable_versions(static_cast<int>(i))
        ->set_profile(in.versions[i]->json);
  }
}

void Encode(const ProductView& in, v1::Product* out) {
  out->set_product(in.product);
  out->set_name(in.name);
  out->set_unit(in.unit);
  out->set_decimals(in.decimals);
  out->set_group(in.group);
  out->set_category(static_cast<v1::ProductCategory>(in.category));
}

void Encode(const PartyView& in, v1::Party* out) {
  out->set_party(in.party);
  out->set_name(in.name);
  for (const Role role : in.roles) {
    out->add_roles(static_cast<v1::PartyRole>(role));
  }
  out->set_country(in.country);
  out->set_lei(in.lei);
  out->set_gln(in.gln);
}

void Encode(const SiteView& in, v1::Site* out) {
  out->set_site(in.site);
  out->set_party(in.party);
  out->set_name(in.name);
  out->set_country(in.country);
  for (const std::string& kind : in.kinds) out->add_kinds(kind);
  out->set_scope_group(in.scope_group);
}

void Encode(const CertificateView& in, v1::Certificate* out) {
  out->set_certificate(in.certificate);
  out->set_scheme(in.scheme);
  out->set_holder(in.holder);
  out->set_body(in.body);
  out->set_status(static_cast<v1::CertificateStatus>(in.status));
  for (const std::string& site : in.sites) out->add_sites(site);
  for (const std::string& product : in.products) out->add_products(product);
  for (const Model model : in.models) out->add_models(wire::WireModel(model));
  out->set_from(in.from.ToString());
  out->set_to(in.to.ToString());
  out->set_level(in.level);
  out->set_non_claiming(in.non_claiming);
  out->set_year_from(in.year.first.ToString());
  out->set_year_to(in.year.last.ToString());
  for (const CertificateVolume& volume : in.volumes) {
    v1::CertificateVolume* written = out->add_volumes();
    written->set_product(volume.product);
    written->set_cap(volume.cap.ToString());
    written->set_originated(volume.originated.ToString());
    written->set_delivered(volume.delivered.ToString());
    written->set_remaining(volume.remaining.ToString());
    written->set_unit(volume.cap.unit);
  }
  out->set_member_count(in.member_count);
  out->set_compliant_count(in.compliant_count);
  out->set_compliant_needed(in.compliant_needed);
  out->set_without_licence(in.without_licence);
}

void Encode(const GroupMemberView& in, v1::GroupMember* out) {
  out->set_member(in.member);
  for (const auto& [product, cap] : in.caps) {
    (*out->mutable_caps())[product] = cap.ToString();
  }
}

void Encode(const RecordedEvent& in, v1::RecordedEvent* out) {
  out->set_position(in.position);
  wire::Encode(in.recorded_at, out->mutable_recorded_at());
  wire::Encode(in.event, out->mutable_event());
  out->set_principal(std::string(in.event.poster.principal));
  for (const Warning warning : in.decision.warnings) {
    wire::Encode(warning, in.decision, out->add_warnings());
  }
  for (const DrawnSerials& serials : in.decision.serials) {
    wire::Encode(serials, out->add_serials());
  }
}

}  // namespace tally::services

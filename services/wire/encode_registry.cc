#include <span>
#include <string>

#include "services/wire/encode_kinds.h"
#include "services/wire/encode_parts.h"

namespace tally::wire {
namespace {

using Caps = google::protobuf::Map<std::string, std::string>;

void WriteItem(std::span<const Cap> in, Caps* out) {
  for (const Cap& cap : in) {
    (*out)[std::string(cap.product)] = cap.quantity.ToString();
  }
}

}  // namespace

void Write(const DefineScheme& in, v1::DefineScheme* out) {
  out->set_profile(std::string(in.profile));
}

void Write(const DefineProduct& in, v1::DefineProduct* out) {
  out->set_product(std::string(in.product));
  out->set_name(std::string(in.name));
  out->set_unit(std::string(in.unit));
  out->set_decimals(in.decimals);
  out->set_group(std::string(in.group));
  out->set_category(static_cast<v1::ProductCategory>(in.category));
}

void Write(const RegisterParty& in, v1::RegisterParty* out) {
  out->set_party(std::string(in.party));
  out->set_name(std::string(in.name));
  for (const Role role : in.roles) {
    out->add_roles(static_cast<v1::PartyRole>(role));
  }
  out->set_country(std::string(in.country));
  out->set_lei(std::string(in.lei));
  out->set_gln(std::string(in.gln));
}

void Write(const RegisterSite& in, v1::RegisterSite* out) {
  out->set_site(std::string(in.site));
  out->set_party(std::string(in.party));
  out->set_name(std::string(in.name));
  out->set_country(std::string(in.country));
  Write(in.kinds, out->mutable_kinds());
  out->set_scope_group(std::string(in.scope_group));
}

void Write(const GrantCertificate& in, v1::GrantCertificate* out) {
  out->set_certificate(std::string(in.certificate));
  out->set_scheme(std::string(in.scheme));
  out->set_holder(std::string(in.holder));
  out->set_body(std::string(in.body));
  Write(in.sites, out->mutable_sites());
  Write(in.products, out->mutable_products());
  for (const Model model : in.models) out->add_models(WireModel(model));
  out->set_from(in.from.ToString());
  out->set_to(in.to.ToString());
  WriteItem(in.caps, out->mutable_caps());
  out->set_level(std::string(in.level));
  out->set_non_claiming(in.non_claiming);
}

void Write(const AmendCertificate& in, v1::AmendCertificate* out) {
  out->set_certificate(std::string(in.certificate));
  out->set_effective_from(in.effective_from.ToString());
  Write(in.sites, out->mutable_sites());
  Write(in.products, out->mutable_products());
  for (const Model model : in.models) out->add_models(WireModel(model));
  out->set_to(TextOf(in.to));
  out->set_level(std::string(in.level));
}

void Write(const ExtendVolume& in, v1::ExtendVolume* out) {
  out->set_certificate(std::string(in.certificate));
  out->set_product(std::string(in.product));
  out->set_quantity(in.quantity.ToString());
}

void Write(const SetCertificateStatus& in, v1::SetCertificateStatus* out) {
  out->set_certificate(std::string(in.certificate));
  out->set_status(static_cast<v1::CertificateStatus>(in.status));
  out->set_effective_from(in.effective_from.ToString());
}

void Write(const AddGroupMember& in, v1::AddGroupMember* out) {
  out->set_certificate(std::string(in.certificate));
  out->set_member(std::string(in.member));
  WriteItem(in.caps, out->mutable_caps());
}

void Write(const RecordAssessment& in, v1::RecordAssessment* out) {
  out->set_certificate(std::string(in.certificate));
  out->set_level(std::string(in.level));
  out->set_effective_from(in.effective_from.ToString());
  out->set_evidence(std::string(in.evidence));
  for (const AssessedCertificate& one : in.also) {
    v1::AssessedCertificate* written = out->add_also();
    written->set_certificate(std::string(one.certificate));
    written->set_level(std::string(one.level));
  }
  out->set_member(std::string(in.member));
  out->set_non_compliant(in.non_compliant);
}

}  // namespace tally::wire

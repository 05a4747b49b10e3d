#include "services/registry_service.h"

#include <string>

#include "absl/status/statusor.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/certificate_queries.h"
#include "engine/ledger/registry_queries.h"
#include "services/arguments.h"
#include "services/encode_views.h"
#include "services/page_token.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

absl::Status AnswerGetScheme(const Ledger& ledger,
                             const v1::GetSchemeRequest& in,
                             v1::GetSchemeResponse* out) {
  Arguments arguments;
  const std::string_view id = arguments.Id("scheme", in.scheme());
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetScheme(ledger, id));
  SetStanding(answer.standing, out);
  Encode(answer.thing, out->mutable_scheme());
  EncodeProfiles(answer.thing, out->mutable_scheme());
  return absl::OkStatus();
}

absl::Status AnswerListSchemes(const Ledger& ledger,
                               const v1::ListSchemesRequest& in,
                               v1::ListSchemesResponse* out) {
  Arguments arguments;
  const PageQuestion page = arguments.Page(in);
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListSchemes(ledger, page));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_schemes());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerGetProduct(const Ledger& ledger,
                              const v1::GetProductRequest& in,
                              v1::GetProductResponse* out) {
  Arguments arguments;
  const std::string_view id = arguments.Id("product", in.product());
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetProduct(ledger, id));
  SetStanding(answer.standing, out);
  Encode(answer.thing, out->mutable_product());
  return absl::OkStatus();
}

absl::Status AnswerListProducts(const Ledger& ledger,
                                const v1::ListProductsRequest& in,
                                v1::ListProductsResponse* out) {
  Arguments arguments;
  const std::string_view group = arguments.OptionalId("group", in.group());
  const PageQuestion page = arguments.Page(in);
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListProducts(ledger, group, page));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_products());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerGetParty(const Ledger& ledger, const v1::GetPartyRequest& in,
                            v1::GetPartyResponse* out) {
  Arguments arguments;
  const std::string_view id = arguments.Id("party", in.party());
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetParty(ledger, id));
  SetStanding(answer.standing, out);
  Encode(answer.thing, out->mutable_party());
  return absl::OkStatus();
}

absl::Status AnswerListParties(const Ledger& ledger,
                               const v1::ListPartiesRequest& in,
                               v1::ListPartiesResponse* out) {
  Arguments arguments;
  const Role role = arguments.Choice<Role>("role", in.role());
  const PageQuestion page = arguments.Page(in);
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListParties(ledger, role, page));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_parties());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerGetSite(const Ledger& ledger, const v1::GetSiteRequest& in,
                           v1::GetSiteResponse* out) {
  Arguments arguments;
  const std::string_view id = arguments.Id("site", in.site());
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetSite(ledger, id));
  SetStanding(answer.standing, out);
  Encode(answer.thing, out->mutable_site());
  return absl::OkStatus();
}

absl::Status AnswerListSites(const Ledger& ledger,
                             const v1::ListSitesRequest& in,
                             v1::ListSitesResponse* out) {
  Arguments arguments;
  const SiteListQuestion question = {
      .party = arguments.OptionalId("party", in.party()),
      .scope_group = arguments.OptionalId("scope_group", in.scope_group()),
      .page = arguments.Page(in)};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListSites(ledger, question));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_sites());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerGetCertificate(const Ledger& ledger,
                                  const v1::GetCertificateRequest& in,
                                  v1::GetCertificateResponse* out) {
  Arguments arguments;
  const std::string_view id = arguments.Id("certificate", in.certificate());
  const std::optional<Date> as_at = arguments.OptionalDay("as_at", in.as_at());
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetCertificate(ledger, id, as_at));
  SetStanding(answer.standing, out);
  Encode(answer.certificate, out->mutable_certificate());
  return absl::OkStatus();
}

absl::Status AnswerListCertificates(const Ledger& ledger,
                                    const v1::ListCertificatesRequest& in,
                                    v1::ListCertificatesResponse* out) {
  Arguments arguments;
  const CertificateListQuestion question = {
      .holder = arguments.OptionalId("holder", in.holder()),
      .body = arguments.OptionalId("body", in.body()),
      .scheme = arguments.OptionalId("scheme", in.scheme()),
      .site = arguments.OptionalId("site", in.site()),
      .status = arguments.Choice<CertificateStatus>("status", in.status()),
      .as_at = arguments.OptionalDay("as_at", in.as_at()),
      .page = arguments.Page(in)};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListCertificates(ledger, question));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_certificates());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerListGroupMembers(const Ledger& ledger,
                                    const v1::ListGroupMembersRequest& in,
                                    v1::ListGroupMembersResponse* out) {
  Arguments arguments;
  const std::string_view id = arguments.Id("certificate", in.certificate());
  const PageQuestion page = arguments.Page(in);
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListGroupMembers(ledger, id, page));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_members());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* RegistryService::GetScheme(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetScheme);
}

grpc::ServerUnaryReactor* RegistryService::ListSchemes(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListSchemes);
}

grpc::ServerUnaryReactor* RegistryService::GetProduct(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetProduct);
}

grpc::ServerUnaryReactor* RegistryService::ListProducts(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListProducts);
}

grpc::ServerUnaryReactor* RegistryService::GetParty(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetParty);
}

grpc::ServerUnaryReactor* RegistryService::ListParties(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListParties);
}

grpc::ServerUnaryReactor* RegistryService::GetSite(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetSite);
}

grpc::ServerUnaryReactor* RegistryService::ListSites(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListSites);
}

grpc::ServerUnaryReactor* RegistryService::GetCertificate(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetCertificate);
}

grpc::ServerUnaryReactor* RegistryService::ListCertificates(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListCertificates);
}

grpc::ServerUnaryReactor* RegistryService::ListGroupMembers(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListGroupMembers);
}

}  // namespace tally::services

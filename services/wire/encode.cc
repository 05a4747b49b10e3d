#include "services/wire/encode.h"

#include <string>
#include <variant>

#include "services/wire/encode_kinds.h"

namespace tally::wire {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;

// Writes whichever kind a body holds.
struct BodyWriter {
  v1::Event* out;

  void operator()(std::monostate) const {}
  void operator()(const Originate* in) const {
    Write(*in, out->mutable_originate());
  }
  void operator()(const Receive* in) const {
    Write(*in, out->mutable_receive());
  }
  void operator()(const Ship* in) const { Write(*in, out->mutable_ship()); }
  void operator()(const Accept* in) const { Write(*in, out->mutable_accept()); }
  void operator()(const Reject* in) const { Write(*in, out->mutable_reject()); }
  void operator()(const Recall* in) const { Write(*in, out->mutable_recall()); }
  void operator()(const Process* in) const {
    Write(*in, out->mutable_process());
  }
  void operator()(const Downgrade* in) const {
    Write(*in, out->mutable_downgrade());
  }
  void operator()(const Adjust* in) const { Write(*in, out->mutable_adjust()); }
  void operator()(const CountStock* in) const {
    Write(*in, out->mutable_count_stock());
  }
  void operator()(const Consume* in) const {
    Write(*in, out->mutable_consume());
  }
  void operator()(const IssueCredits* in) const {
    Write(*in, out->mutable_issue_credits());
  }
  void operator()(const TransferCredits* in) const {
    Write(*in, out->mutable_transfer_credits());
  }
  void operator()(const RedeemCredits* in) const {
    Write(*in, out->mutable_redeem_credits());
  }
  void operator()(const WithdrawCredits* in) const {
    Write(*in, out->mutable_withdraw_credits());
  }
  void operator()(const UnbundleCredits* in) const {
    Write(*in, out->mutable_unbundle_credits());
  }
  void operator()(const DeclareClaims* in) const {
    Write(*in, out->mutable_declare_claims());
  }
  void operator()(const OpenPeriod* in) const {
    Write(*in, out->mutable_open_period());
  }
  void operator()(const ClosePeriod* in) const {
    Write(*in, out->mutable_close_period());
  }
  void operator()(const TransferEntitlement* in) const {
    Write(*in, out->mutable_transfer_entitlement());
  }
  void operator()(const Hold* in) const { Write(*in, out->mutable_hold()); }
  void operator()(const Release* in) const {
    Write(*in, out->mutable_release());
  }
  void operator()(const Void* in) const { Write(*in, out->mutable_void_()); }
  void operator()(const SetSourceStatus* in) const {
    Write(*in, out->mutable_set_source_status());
  }
  void operator()(const Lapse* in) const { Write(*in, out->mutable_lapse()); }
  void operator()(const DefineScheme* in) const {
    Write(*in, out->mutable_define_scheme());
  }
  void operator()(const DefineProduct* in) const {
    Write(*in, out->mutable_define_product());
  }
  void operator()(const RegisterParty* in) const {
    Write(*in, out->mutable_register_party());
  }
  void operator()(const RegisterSite* in) const {
    Write(*in, out->mutable_register_site());
  }
  void operator()(const GrantCertificate* in) const {
    Write(*in, out->mutable_grant_certificate());
  }
  void operator()(const AmendCertificate* in) const {
    Write(*in, out->mutable_amend_certificate());
  }
  void operator()(const ExtendVolume* in) const {
    Write(*in, out->mutable_extend_volume());
  }
  void operator()(const SetCertificateStatus* in) const {
    Write(*in, out->mutable_set_certificate_status());
  }
  void operator()(const AddGroupMember* in) const {
    Write(*in, out->mutable_add_group_member());
  }
  void operator()(const RecordAssessment* in) const {
    Write(*in, out->mutable_record_assessment());
  }
  void operator()(const BindPrincipal* in) const {
    Write(*in, out->mutable_bind_principal());
  }
  void operator()(const UnbindPrincipal* in) const {
    Write(*in, out->mutable_unbind_principal());
  }
  void operator()(const Approve* in) const {
    Write(*in, out->mutable_approve());
  }
  void operator()(const AgreeContract* in) const {
    Write(*in, out->mutable_agree_contract());
  }
};

}  // namespace

void Encode(const Event& in, v1::Event* out) {
  out->set_id(in.id.ToString());
  Encode(in.occurred_at, out->mutable_occurred_at());
  out->set_document(std::string(in.document));
  out->set_actor(std::string(in.actor));
  std::visit(BodyWriter{out}, in.body);
}

void Encode(Instant in, google::protobuf::Timestamp* out) {
  int64_t seconds = in.micros() / kMicrosPerSecond;
  int64_t micros = in.micros() % kMicrosPerSecond;
  if (micros < 0) {
    micros += kMicrosPerSecond;
    --seconds;
  }
  out->set_seconds(seconds);
  out->set_nanos(static_cast<int32_t>(micros * 1'000));
}

}  // namespace tally::wire

// One writer for each kind of event; Encode() picks it.

#ifndef TALLY_SERVICES_WIRE_ENCODE_KINDS_H_
#define TALLY_SERVICES_WIRE_ENCODE_KINDS_H_

#include "engine/model/event.h"
#include "tallystick/v1/event_access.pb.h"
#include "tallystick/v1/event_credits.pb.h"
#include "tallystick/v1/event_custody.pb.h"
#include "tallystick/v1/event_oversight.pb.h"
#include "tallystick/v1/event_registry.pb.h"

namespace tally::wire {

namespace v1 = tallystick::v1;

// encode_custody.cc
void Write(const Originate& in, v1::Originate* out);
void Write(const Receive& in, v1::Receive* out);
void Write(const Ship& in, v1::Ship* out);
void Write(const Accept& in, v1::Accept* out);
void Write(const Reject& in, v1::Reject* out);
void Write(const Recall& in, v1::Recall* out);
void Write(const Process& in, v1::Process* out);
void Write(const Downgrade& in, v1::Downgrade* out);
void Write(const Adjust& in, v1::Adjust* out);
void Write(const CountStock& in, v1::CountStock* out);
void Write(const Consume& in, v1::Consume* out);
void Write(const AgreeContract& in, v1::AgreeContract* out);

// encode_credits.cc
void Write(const IssueCredits& in, v1::IssueCredits* out);
void Write(const TransferCredits& in, v1::TransferCredits* out);
void Write(const RedeemCredits& in, v1::RedeemCredits* out);
void Write(const WithdrawCredits& in, v1::WithdrawCredits* out);
void Write(const UnbundleCredits& in, v1::UnbundleCredits* out);
void Write(const DeclareClaims& in, v1::DeclareClaims* out);

// encode_oversight.cc
void Write(const OpenPeriod& in, v1::OpenPeriod* out);
void Write(const ClosePeriod& in, v1::ClosePeriod* out);
void Write(const TransferEntitlement& in, v1::TransferEntitlement* out);
void Write(const Hold& in, v1::Hold* out);
void Write(const Release& in, v1::Release* out);
void Write(const Void& in, v1::Void* out);
void Write(const SetSourceStatus& in, v1::SetSourceStatus* out);
void Write(const Lapse& in, v1::Lapse* out);

// encode_registry.cc
void Write(const DefineScheme& in, v1::DefineScheme* out);
void Write(const DefineProduct& in, v1::DefineProduct* out);
void Write(const RegisterParty& in, v1::RegisterParty* out);
void Write(const RegisterSite& in, v1::RegisterSite* out);
void Write(const GrantCertificate& in, v1::GrantCertificate* out);
void Write(const AmendCertificate& in, v1::AmendCertificate* out);
void Write(const ExtendVolume& in, v1::ExtendVolume* out);
void Write(const SetCertificateStatus& in, v1::SetCertificateStatus* out);
void Write(const AddGroupMember& in, v1::AddGroupMember* out);
void Write(const RecordAssessment& in, v1::RecordAssessment* out);

// encode_access.cc
void Write(const BindPrincipal& in, v1::BindPrincipal* out);
void Write(const UnbindPrincipal& in, v1::UnbindPrincipal* out);
void Write(const Approve& in, v1::Approve* out);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_ENCODE_KINDS_H_

// One reader for each kind of event; Decode() picks it.

#ifndef TALLY_SERVICES_WIRE_DECODE_KINDS_H_
#define TALLY_SERVICES_WIRE_DECODE_KINDS_H_

#include "engine/model/event.h"
#include "services/wire/decode_parts.h"
#include "services/wire/fields.h"
#include "tallystick/v1/event_access.pb.h"
#include "tallystick/v1/event_credits.pb.h"
#include "tallystick/v1/event_custody.pb.h"
#include "tallystick/v1/event_oversight.pb.h"
#include "tallystick/v1/event_registry.pb.h"

namespace tally::wire {

// decode_custody.cc
Originate Read(const v1::Originate& in, const Fields& fields);
Receive Read(const v1::Receive& in, const Fields& fields);
Ship Read(const v1::Ship& in, const Fields& fields);
Accept Read(const v1::Accept& in, const Fields& fields);
Reject Read(const v1::Reject& in, const Fields& fields);
Recall Read(const v1::Recall& in, const Fields& fields);
Process Read(const v1::Process& in, const Fields& fields);
Downgrade Read(const v1::Downgrade& in, const Fields& fields);
Adjust Read(const v1::Adjust& in, const Fields& fields);
CountStock Read(const v1::CountStock& in, const Fields& fields);
Consume Read(const v1::Consume& in, const Fields& fields);

// decode_credits.cc
IssueCredits Read(const v1::IssueCredits& in, const Fields& fields);
TransferCredits Read(const v1::TransferCredits& in, const Fields& fields);
RedeemCredits Read(const v1::RedeemCredits& in, const Fields& fields);
WithdrawCredits Read(const v1::WithdrawCredits& in, const Fields& fields);
UnbundleCredits Read(const v1::UnbundleCredits& in, const Fields& fields);
DeclareClaims Read(const v1::DeclareClaims& in, const Fields& fields);

// decode_oversight.cc
OpenPeriod Read(const v1::OpenPeriod& in, const Fields& fields);
ClosePeriod Read(const v1::ClosePeriod& in, const Fields& fields);
TransferEntitlement Read(const v1::TransferEntitlement& in,
                         const Fields& fields);
Hold Read(const v1::Hold& in, const Fields& fields);
Release Read(const v1::Release& in, const Fields& fields);
Void Read(const v1::Void& in, const Fields& fields);
SetSourceStatus Read(const v1::SetSourceStatus& in, const Fields& fields);

// decode_registry.cc
DefineScheme Read(const v1::DefineScheme& in, const Fields& fields);
DefineProduct Read(const v1::DefineProduct& in, const Fields& fields);
RegisterParty Read(const v1::RegisterParty& in, const Fields& fields);
RegisterSite Read(const v1::RegisterSite& in, const Fields& fields);
GrantCertificate Read(const v1::GrantCertificate& in, const Fields& fields);
AmendCertificate Read(const v1::AmendCertificate& in, const Fields& fields);
ExtendVolume Read(const v1::ExtendVolume& in, const Fields& fields);
SetCertificateStatus Read(const v1::SetCertificateStatus& in,
                          const Fields& fields);
AddGroupMember Read(const v1::AddGroupMember& in, const Fields& fields);
RecordAssessment Read(const v1::RecordAssessment& in, const Fields& fields);

// decode_access.cc
BindPrincipal Read(const v1::BindPrincipal& in, const Fields& fields);
UnbindPrincipal Read(const v1::UnbindPrincipal& in, const Fields& fields);
Approve Read(const v1::Approve& in, const Fields& fields);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_DECODE_KINDS_H_

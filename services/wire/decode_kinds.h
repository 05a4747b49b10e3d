// One reader for each kind of event; Decode() picks it.

#ifndef TALLY_SERVICES_WIRE_DECODE_KINDS_H_
#define TALLY_SERVICES_WIRE_DECODE_KINDS_H_

#include "engine/model/event.h"
#include "services/wire/decode_parts.h"
#include "services/wire/fields.h"
#include "services/wire/views.h"
#include "tallystick/v1/event_access.pb.h"
#include "tallystick/v1/event_credits.pb.h"
#include "tallystick/v1/event_custody.pb.h"
#include "tallystick/v1/event_oversight.pb.h"
#include "tallystick/v1/event_registry.pb.h"

namespace tally::wire {

// decode_custody.cc
Originate Read(view::Originate in, const Fields& fields);
Receive Read(view::Receive in, const Fields& fields);
Ship Read(view::Ship in, const Fields& fields);
Accept Read(view::Accept in, const Fields& fields);
Reject Read(view::Reject in, const Fields& fields);
Recall Read(view::Recall in, const Fields& fields);
Process Read(view::Process in, const Fields& fields);
Downgrade Read(view::Downgrade in, const Fields& fields);
Adjust Read(view::Adjust in, const Fields& fields);
CountStock Read(view::CountStock in, const Fields& fields);
Consume Read(view::Consume in, const Fields& fields);
AgreeContract Read(view::AgreeContract in, const Fields& fields);

// decode_credits.cc
IssueCredits Read(view::IssueCredits in, const Fields& fields);
TransferCredits Read(view::TransferCredits in, const Fields& fields);
RedeemCredits Read(view::RedeemCredits in, const Fields& fields);
WithdrawCredits Read(view::WithdrawCredits in, const Fields& fields);
UnbundleCredits Read(view::UnbundleCredits in, const Fields& fields);
DeclareClaims Read(view::DeclareClaims in, const Fields& fields);

// decode_oversight.cc
OpenPeriod Read(view::OpenPeriod in, const Fields& fields);
ClosePeriod Read(view::ClosePeriod in, const Fields& fields);
TransferEntitlement Read(view::TransferEntitlement in, const Fields& fields);
Hold Read(view::Hold in, const Fields& fields);
Release Read(view::Release in, const Fields& fields);
Void Read(view::Void in, const Fields& fields);
SetSourceStatus Read(view::SetSourceStatus in, const Fields& fields);

// decode_registry.cc
DefineScheme Read(view::DefineScheme in, const Fields& fields);
DefineProduct Read(view::DefineProduct in, const Fields& fields);
RegisterParty Read(view::RegisterParty in, const Fields& fields);
RegisterSite Read(view::RegisterSite in, const Fields& fields);
GrantCertificate Read(view::GrantCertificate in, const Fields& fields);
AmendCertificate Read(view::AmendCertificate in, const Fields& fields);
ExtendVolume Read(view::ExtendVolume in, const Fields& fields);
SetCertificateStatus Read(view::SetCertificateStatus in, const Fields& fields);
AddGroupMember Read(view::AddGroupMember in, const Fields& fields);
RecordAssessment Read(view::RecordAssessment in, const Fields& fields);

// decode_access.cc
BindPrincipal Read(view::BindPrincipal in, const Fields& fields);
UnbindPrincipal Read(view::UnbindPrincipal in, const Fields& fields);
Approve Read(view::Approve in, const Fields& fields);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_DECODE_KINDS_H_

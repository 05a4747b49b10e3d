// The shape of each kind of event. See shape.h.

#ifndef TALLY_ENGINE_RULES_SHAPE_KINDS_H_
#define TALLY_ENGINE_RULES_SHAPE_KINDS_H_

#include <span>
#include <string_view>

#include "engine/model/event.h"
#include "engine/rules/shape_checks.h"

namespace tally {

// shape_custody.cc
void CheckKind(ShapeChecks& checks, const Originate& originate);
void CheckKind(ShapeChecks& checks, const Receive& receive);
void CheckKind(ShapeChecks& checks, const Ship& ship);
void CheckKind(ShapeChecks& checks, const Accept& accept);
void CheckKind(ShapeChecks& checks, const Reject& reject);
void CheckKind(ShapeChecks& checks, const Recall& recall);
void CheckKind(ShapeChecks& checks, const Process& process);
void CheckKind(ShapeChecks& checks, const Downgrade& downgrade);
void CheckKind(ShapeChecks& checks, const Adjust& adjust);
void CheckKind(ShapeChecks& checks, const CountStock& count);
void CheckKind(ShapeChecks& checks, const Consume& consume);

// shape_credits.cc
void CheckKind(ShapeChecks& checks, const IssueCredits& issue);
void CheckKind(ShapeChecks& checks, const TransferCredits& transfer);
void CheckKind(ShapeChecks& checks, const RedeemCredits& redeem);
void CheckKind(ShapeChecks& checks, const WithdrawCredits& withdraw);
void CheckKind(ShapeChecks& checks, const UnbundleCredits& unbundle);
void CheckKind(ShapeChecks& checks, const DeclareClaims& declare);
void CheckSerials(ShapeChecks& checks, std::span<const SerialRange> serials);

// shape_oversight.cc
void CheckKind(ShapeChecks& checks, const OpenPeriod& open);
void CheckKind(ShapeChecks& checks, const ClosePeriod& close);
void CheckKind(ShapeChecks& checks, const TransferEntitlement& transfer);
void CheckKind(ShapeChecks& checks, const Hold& hold);
void CheckKind(ShapeChecks& checks, const Release& release);
void CheckKind(ShapeChecks& checks, const Void& annul);
void CheckKind(ShapeChecks& checks, const SetSourceStatus& set);
void CheckKind(ShapeChecks& checks, const Lapse& lapse);

// shape_registry.cc
void CheckKind(ShapeChecks& checks, const DefineScheme& define);
void CheckKind(ShapeChecks& checks, const DefineProduct& define);
void CheckKind(ShapeChecks& checks, const RegisterParty& party);
void CheckKind(ShapeChecks& checks, const RegisterSite& site);
void CheckKind(ShapeChecks& checks, const GrantCertificate& grant);
void CheckKind(ShapeChecks& checks, const AmendCertificate& amend);
void CheckKind(ShapeChecks& checks, const ExtendVolume& extend);
void CheckKind(ShapeChecks& checks, const SetCertificateStatus& set);
void CheckKind(ShapeChecks& checks, const AddGroupMember& add);
void CheckKind(ShapeChecks& checks, const RecordAssessment& record);

void CheckKind(ShapeChecks& checks, const AgreeContract& agree);

// shape_access.cc
void CheckKind(ShapeChecks& checks, const BindPrincipal& bind);
void CheckKind(ShapeChecks& checks, const UnbindPrincipal& unbind);
void CheckKind(ShapeChecks& checks, const Approve& approve);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_SHAPE_KINDS_H_

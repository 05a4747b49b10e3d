// Planners: one for each kind of event. A planner finds what the event names,
// writes the postings and other changes into the plan, notes the movements,
// and refuses what its kind alone can tell. What holds for every kind is
// checked afterwards, by the column of rules in decide.cc.
//
// A planner that meets an unknown reference or a malformed field returns at
// once: those refusals come before all others.

#ifndef TALLY_ENGINE_RULES_PLANNERS_H_
#define TALLY_ENGINE_RULES_PLANNERS_H_

#include "engine/model/event.h"
#include "engine/rules/case.h"

namespace tally {

// Custody: originate.cc, receive.cc, ship.cc, arrive.cc, process.cc, stock.cc,
// count_stock.cc.
void PlanEvent(Case& c, const Originate& originate);
void PlanEvent(Case& c, const Receive& receive);
void PlanEvent(Case& c, const Ship& ship);
void PlanEvent(Case& c, const Accept& accept);
void PlanEvent(Case& c, const Reject& reject);
void PlanEvent(Case& c, const Recall& recall);
void PlanEvent(Case& c, const Lapse& lapse);
void PlanEvent(Case& c, const Process& process);
void PlanEvent(Case& c, const Downgrade& downgrade);
void PlanEvent(Case& c, const Adjust& adjust);
void PlanEvent(Case& c, const CountStock& count);
void PlanEvent(Case& c, const Consume& consume);

// Accounting: periods.cc, transfer_entitlement.cc.
void PlanEvent(Case& c, const OpenPeriod& open);
void PlanEvent(Case& c, const ClosePeriod& close);
void PlanEvent(Case& c, const TransferEntitlement& transfer);

// Book and claim: issue_credits.cc, transfer_credits.cc, redeem_credits.cc,
// withdraw_credits.cc, unbundle_credits.cc, declare_claims.cc.
void PlanEvent(Case& c, const IssueCredits& issue);
void PlanEvent(Case& c, const TransferCredits& transfer);
void PlanEvent(Case& c, const RedeemCredits& redeem);
void PlanEvent(Case& c, const WithdrawCredits& withdraw);
void PlanEvent(Case& c, const UnbundleCredits& unbundle);
void PlanEvent(Case& c, const DeclareClaims& declare);

// Oversight: oversight.cc, void.cc.
void PlanEvent(Case& c, const Hold& hold);
void PlanEvent(Case& c, const Release& release);
void PlanEvent(Case& c, const Void& annul);
void PlanEvent(Case& c, const SetSourceStatus& set);

// Registry: registry.cc, grant_certificate.cc.
void PlanEvent(Case& c, const DefineScheme& define);
void PlanEvent(Case& c, const DefineProduct& define);
void PlanEvent(Case& c, const RegisterParty& party);
void PlanEvent(Case& c, const RegisterSite& site);
void PlanEvent(Case& c, const GrantCertificate& grant);
void PlanEvent(Case& c, const AmendCertificate& amend);
void PlanEvent(Case& c, const ExtendVolume& extend);
void PlanEvent(Case& c, const SetCertificateStatus& set);
void PlanEvent(Case& c, const AddGroupMember& add);
void PlanEvent(Case& c, const RecordAssessment& record);

// Contracts: contracts.cc.
void PlanEvent(Case& c, const AgreeContract& agree);

// Access: access.cc.
void PlanEvent(Case& c, const BindPrincipal& bind);
void PlanEvent(Case& c, const UnbindPrincipal& unbind);
void PlanEvent(Case& c, const Approve& approve);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_PLANNERS_H_

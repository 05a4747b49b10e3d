#include "engine/model/remedy.h"

#include <iterator>

#include "engine/base/check.h"

namespace tally {
namespace {

// The value and unit of a figure; empty where the refusal has none such.
std::string FigureText(const Refusal& refusal, std::string_view name) {
  for (const Figure& figure : refusal.figures) {
    if (figure.name != name) continue;
    return figure.unit.empty() ? figure.value
                               : figure.value + " " + figure.unit;
  }
  return {};
}

struct Remedy {
  Code code;
  std::string_view text;
};

// By number. Where nothing would make it pass, the sentence says so.
constexpr Remedy kRemedies[] = {
    {Code::kInvalidArgument,
     "Correct the fields that are listed; each says what it must be."},
    {Code::kInvalidQuantity,
     "Correct the fields that are listed; each says what it must be."},
    {Code::kUnknownScheme, "Name a scheme that define_scheme has defined."},
    {Code::kUnknownProduct, "Name a product that define_product has defined."},
    {Code::kUnknownParty, "Name a party that register_party has registered."},
    {Code::kUnknownSite, "Name a site that register_site has registered."},
    {Code::kUnknownCertificate,
     "Name a certificate that grant_certificate has granted."},
    {Code::kUnknownLot, "Name a lot that an event has made."},
    {Code::kUnknownShipment, "Name a shipment that a ship event has sent."},
    {Code::kUnknownBlock, "Name a block that issue_credits has issued."},
    {Code::kUnknownEvent, "Name the id of an event that was accepted."},
    {Code::kUnknownModel, "Name a model that the scheme's profile lists."},
    {Code::kUnknownProcess,
     "Name a process for which the scheme has a conversion of this "
     "input, or let the outputs be the inputs' own products."},
    {Code::kIdReused, "Post it under a fresh id."},
    {Code::kAlreadyExists, "Choose an id that is free."},
    {Code::kRole, "Let a party with the role that is named post it."},
    {Code::kNotAuthorized,
     "Let the party that is named post it, or bind the principal to it."},
    {Code::kCertInvalid,
     "Have a certificate that is valid, with its licence, on the date of"
     " the event, or date the event when it was."},
    {Code::kCertSuspended,
     "Wait until the certification body sets the certificate VALID "
     "again."},
    {Code::kOutOfScope,
     "Have the certification body amend the certificate, or stay within "
     "its models, products, sites and members."},
    {Code::kDocIncomplete, "Give the document and the supplier_certificate."},
    {Code::kUpstreamVoid,
     "Nothing: what came of a void event does not leave. It can be "
     "written off by adjust."},
    {Code::kHeld, "Ask the certification body that holds it to release it."},
    {Code::kPeriodTooLong,
     "End the period earlier, after {months|the allowed months} at the "
     "latest."},
    {Code::kPeriodGap,
     "Let the period join the one before, close them in order, and open "
     "one of another length in time."},
    {Code::kTimeOrder,
     "Date the event when the material was there, or name stock that was"
     " there on this date."},
    {Code::kNotConfirmed,
     "Ask the sender to ship it again: a shipment that lapsed is back "
     "with the sender."},
    {Code::kLateEntry,
     "Nothing for this date: it was to be recorded by {last_day|the "
     "scheme's last day}. Say what is so now by an event of a later "
     "date."},
    {Code::kFutureClaim, "Redeem once the claim period is over."},
    {Code::kNoPeriod,
     "Open a period that holds the date first, by open_period."},
    {Code::kPeriodClosed, "Date the event in an open period."},
    {Code::kShipmentState,
     "Nothing: the shipment has ended. A new one can be shipped."},
    {Code::kAlreadyVoid, "Nothing: the event is void already."},
    {Code::kModelUpgrade,
     "Claim the model that the stock has, or a less strict one."},
    {Code::kIpMix,
     "Keep each source's material apart, or claim SEGREGATED where the "
     "scheme allows it."},
    {Code::kSgTaint,
     "Leave out what is conventional or less strict, or claim a less "
     "strict model."},
    {Code::kClaimLost, "Claim what all inputs have in common."},
    {Code::kTainted,
     "Leave out what is of unknown origin; what it was mixed with does "
     "not leave."},
    {Code::kGhgAverage,
     "State the highest value of the inputs, or keep them apart."},
    {Code::kGroupMismatch,
     "Name a product of the same group and category, made with the same "
     "factors."},
    {Code::kClaimText,
     "Use the scheme's text to the letter, or leave the statement out."},
    {Code::kSourceStatus,
     "State no better status than the source has; material of a RED "
     "source does not enter."},
    {Code::kLevel, "State the lowest level of the inputs, or a lower one."},
    {Code::kNotRecognised,
     "Accept it under its own scheme, or ship what the scheme recognises"
     " on that date."},
    {Code::kJointRatio,
     "Make the joint outputs in the ratio of their factors."},
    {Code::kCfOutOfRange,
     "Claim no more output than input times factor gives, on a date on "
     "which a factor holds."},
    {Code::kFuelShare,
     "Claim no more than is left after the share of fuel and loss."},
    {Code::kLotMass, "Let no more come out than went in."},
    {Code::kSerial, "Name serials that the holder has, each once."},
    {Code::kExpired, "Use credits whose last day is not over."},
    {Code::kRetired,
     "Nothing: retirement is final. The issuer can withdraw with a "
     "reason that is published."},
    {Code::kDoubleIssue,
     "Take at most {available|what was not booked}: what was booked as "
     "credits is sold as credits."},
    {Code::kDoubleScheme,
     "Take at most {available|what was not sold}: the rest left under "
     "another scheme."},
    {Code::kDoubleAttribute,
     "Take at most {available|what still has every attribute}; the rest "
     "can leave without its claim."},
    {Code::kClaimForfeit,
     "Redeem for another purpose: booking gave this one up."},
    {Code::kCapExceeded,
     "Stay within {remaining|what is left of the year's volume}, or have"
     " the certification body extend_volume."},
    {Code::kIssueWindow,
     "Nothing for this vintage: its window to issue is over, or has not "
     "begun."},
    {Code::kVintageCap,
     "Redeem fewer credits of older vintages, or more of the claim's own"
     " year."},
    {Code::kAttachRatio,
     "Attach fewer credits, or move more of the product with them."},
    {Code::kOrder,
     "Retire the parts in their order, and an indivisible one whole."},
    {Code::kUncoveredClaim, "Redeem credits for what is claimed."},
    {Code::kAuditDue, "Name the audit in audit_reference."},
    {Code::kShipmentQuantity,
     "Accept {excess|what is in excess} less: no more than was shipped."},
    {Code::kWrongAccount,
     "Name the account, or the lot's own claim, that the message gives."},
    {Code::kInsufficient,
     "Take at most {available|what is available}, or first bring "
     "{missing|what is missing} more into the account, dated no later "
     "than this event."},
    {Code::kDeficitAtClose,
     "Bring in {missing|what is missing} first, dated within the period;"
     " or close it with_deficit, and nothing leaves until that is "
     "repaid."},
    {Code::kOverdrawLimit,
     "Take less, so that the account stays within the permitted "
     "overdraw, or first bring in {missing|what is missing}."},
    {Code::kDeliverShort,
     "Deliver at most {available|what is in stock}; the rest once "
     "{missing|what is missing} of what is bought has been received."},
    {Code::kCreditExpired,
     "Take at most {available|what has not expired}; what expired does "
     "not come back, so bring in {missing|what is missing} anew."},
    {Code::kCarryCap,
     "Bring in physical stock before the close: no more is carried than "
     "that."},
    {Code::kCertGap,
     "Take at most {available|what came since the gap}; what the gap "
     "ended does not come back, so bring in {missing|what is missing} "
     "anew."},
    {Code::kOverInputPct,
     "Claim less, or first bring in certified input: claimed output "
     "stays within the input's percentage."},
    {Code::kBelowThreshold,
     "State at least the threshold that the scheme sets, or make no "
     "claim."},
    {Code::kDocExhausted,
     "Name another lot: this one has {available|nothing} left."},
    {Code::kOriginMismatch,
     "State an origin of which there is enough, or take at most "
     "{available|what is there} of this one."},
    {Code::kStockVariance,
     "Correct the book by adjust, with its reason, until both agree "
     "within the tolerance."},
    {Code::kMustRedeem,
     "Consume or redeem {left|what is left} before the close."},
    {Code::kOverflow,
     "Take something out first: a holding has at most 2^63 - 1 units."},
    {Code::kBatchRefused,
     "Correct or leave out the event that was refused, and send the "
     "request again."},
};
static_assert(std::size(kRemedies) == kCodeCount - 1);

// Each code but ACCEPTED has its sentence, at its own number.
constexpr bool EveryCodeHasOne() {
  for (size_t i = 0; i < std::size(kRemedies); ++i) {
    if (static_cast<size_t>(kRemedies[i].code) != i + 1) return false;
    if (kRemedies[i].text.empty()) return false;
  }
  return true;
}
static_assert(EveryCodeHasOne());

}  // namespace

std::string_view RemedyText(Code code) {
  const int number = static_cast<int>(code);
  TALLY_CHECK(number < kCodeCount);
  if (number == 0) return {};
  return kRemedies[number - 1].text;
}

std::string RemedyOf(const Refusal& refusal) {
  std::string_view text = RemedyText(refusal.code);
  std::string remedy;
  while (!text.empty()) {
    const size_t open = text.find('{');
    remedy += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const size_t bar = text.find('|', open);
    const size_t close = text.find('}', open);
    TALLY_CHECK(bar < close && close != std::string_view::npos);
    const std::string figure =
        FigureText(refusal, text.substr(open + 1, bar - open - 1));
    remedy += figure.empty()
                  ? std::string(text.substr(bar + 1, close - bar - 1))
                  : figure;
    text.remove_prefix(close + 1);
  }
  return remedy;
}

}  // namespace tally

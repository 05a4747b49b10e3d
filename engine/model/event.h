// An event: what an operator, a certification body or a brand says happened.
//
// The id is the idempotency key. Events are values without behaviour; their
// views and the bodies live in the arena of the batch they came in.

#ifndef TALLY_ENGINE_MODEL_EVENT_H_
#define TALLY_ENGINE_MODEL_EVENT_H_

#include <span>
#include <string_view>
#include <variant>

#include "engine/base/date.h"
#include "engine/base/uuid.h"
#include "engine/model/event_access.h"
#include "engine/model/event_assessment.h"
#include "engine/model/event_contract.h"
#include "engine/model/event_credits.h"
#include "engine/model/event_custody.h"
#include "engine/model/event_oversight.h"
#include "engine/model/event_registry.h"
#include "engine/model/event_stock_count.h"
#include "engine/model/refusal.h"

namespace tally {

// The body of an event, by its alternative. The position in this list is the
// kind's number in the log: append only, never reorder.
using Body = std::variant<std::monostate,               // no kind was given
                          const Originate*,             // 1
                          const Receive*,               // 2
                          const Ship*,                  // 3
                          const Accept*,                // 4
                          const Reject*,                // 5
                          const Recall*,                // 6
                          const Process*,               // 7
                          const Downgrade*,             // 8
                          const Adjust*,                // 9
                          const CountStock*,            // 10
                          const Consume*,               // 11
                          const OpenPeriod*,            // 12
                          const ClosePeriod*,           // 13
                          const TransferEntitlement*,   // 14
                          const IssueCredits*,          // 15
                          const TransferCredits*,       // 16
                          const RedeemCredits*,         // 17
                          const WithdrawCredits*,       // 18
                          const UnbundleCredits*,       // 19
                          const DeclareClaims*,         // 20
                          const Hold*,                  // 21
                          const Release*,               // 22
                          const Void*,                  // 23
                          const SetSourceStatus*,       // 24
                          const DefineScheme*,          // 25
                          const DefineProduct*,         // 26
                          const RegisterParty*,         // 27
                          const RegisterSite*,          // 28
                          const GrantCertificate*,      // 29
                          const AmendCertificate*,      // 30
                          const ExtendVolume*,          // 31
                          const SetCertificateStatus*,  // 32
                          const AddGroupMember*,        // 33
                          const RecordAssessment*,      // 34
                          const Lapse*,                 // 35, the ledger's own
                          const BindPrincipal*,         // 36
                          const UnbindPrincipal*,       // 37
                          const Approve*,               // 38
                          const AgreeContract*>;        // 39
inline constexpr int kKindCount = std::variant_size_v<Body>;

// A field that a decoder could not read.
struct Malformed {
  Code code = Code::kInvalidArgument;  // or kInvalidQuantity
  std::string_view field;              // its path: "ship.lines[0].quantity"
  std::string_view value;              // as given, cut to a bounded length
  std::string_view limit;              // what would be right
};

// Who posted an event, as far as that was proved. Not part of what the event
// says.
struct Poster {
  std::string_view principal;  // empty: nobody was asked to prove anything
  // The server's configuration names the principal as its administrator.
  bool administrator = false;

  bool authenticated() const { return !principal.empty(); }
};

struct Event {
  Uuid id;
  Instant occurred_at;
  std::string_view document;
  std::string_view actor;  // empty: the party concerned
  Body body;
  // What the decoder could not read. Not empty: the event is refused as
  // malformed, whatever else it says.
  std::span<const Malformed> malformed;
  Poster poster = {};

  int kind() const { return static_cast<int>(body.index()); }
  Date date() const { return occurred_at.date(); }
};

// "ship"; "" where no kind was given.
std::string_view KindName(int kind);

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_EVENT_H_

// The gate: who a call is from, whether it may be made, and what of its answer
// may be seen. Every method of the API goes through it; without security there
// is an open one, which lets everybody do everything.
//
//   ASSIGN_OR_RETURN(const Caller caller,
//                    gate->Admit(*context, *Request::descriptor()));
//   RETURN_IF_ERROR(gate->MayAsk(ledger, caller, &request));
//   …
//   RETURN_IF_ERROR(gate->MayHear(ledger, caller, request, &response));

#ifndef TALLY_SERVICES_GATE_H_
#define TALLY_SERVICES_GATE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/clock.h"
#include "engine/ledger/ledger.h"
#include "engine/model/outcome.h"
#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/audit_log.h"
#include "services/caller.h"
#include "services/identity/tls.h"
#include "services/identity/token_verifier.h"
#include "services/post_batch.h"
#include "services/token_bucket.h"

namespace tally::services {

struct SecurityOptions {
  identity::TlsFiles tls;     // without certificate: no TLS
  bool common_names = false;  // take "CN=…" where there is no SPIFFE ID
  // Without issuer: no tokens. Its clock is the gate's.
  identity::TokenVerifier::Options tokens;
  std::string administrator;  // a principal
  // What page tokens are sealed with. Empty: a new one, so that tokens end
  // with the server.
  std::string page_key;
  int64_t calls_per_second = 0;  // of one principal; 0: no limit
  int64_t calls_at_once = 0;
  int64_t events_per_second = 0;  // likewise
  AuditLog::Options audit;

  bool HasTls() const { return !tls.certificate.empty(); }
  bool HasTokens() const { return !tokens.issuer.empty(); }
  // Nobody can prove anything, so everybody is trusted.
  bool IsOpen() const { return !HasTls() && !HasTokens(); }
};

class Gate {
 public:
  // `clock` must outlive it.
  static absl::StatusOr<std::unique_ptr<Gate>> Create(SecurityOptions options,
                                                      const Clock* clock);

  // UNAUTHENTICATED, or RESOURCE_EXHAUSTED with a time to try again.
  absl::StatusOr<Caller> Admit(const grpc::ServerContextBase& context,
                               const google::protobuf::Descriptor& request);

  // Ends a call that was refused. Who has had all the calls or events of his
  // second is answered after a pause: a client that never waits as it is told
  // to waits then, and takes no processor from the others.
  void Refuse(const absl::Status& status, grpc::ServerUnaryReactor* reactor);

  // PERMISSION_DENIED, in the same words whether or not there is what the
  // request names; RESOURCE_EXHAUSTED for more events than a second has. Makes
  // the page tokens of the request the caller's own.
  absl::Status MayAsk(const Ledger& ledger, const Caller& caller,
                      google::protobuf::Message* request);

  // Takes out what the caller may not see.
  absl::Status MayHear(const Ledger& ledger, const Caller& caller,
                       const google::protobuf::Message& request,
                       google::protobuf::Message* response);

  // What a call that found nothing answers: to who may not see everything,
  // the same as for what he may not see.
  absl::Status Missing(const Ledger& ledger, const Caller& caller,
                       const google::protobuf::Message& request,
                       const absl::Status& status);

  // The three for a post. RESOURCE_EXHAUSTED for more events than a second
  // has; whose events they may be is for the rules.
  absl::Status MayPost(const Caller& caller,
                       const google::protobuf::Descriptor& request, int events);
  // Takes out the balances that the caller may not see.
  void HearOutcomes(const Ledger& ledger, const Caller& caller,
                    std::vector<Outcome>* outcomes);
  // For the audit trail: what was done with the events of a request.
  void NotePosted(const Caller& caller,
                  const google::protobuf::Descriptor& request,
                  WireEvents events, const std::vector<Outcome>& outcomes);

  // Reads files that changed again. For a timer.
  void Refresh();

 private:
  Gate(SecurityOptions options, const Clock* clock)
      : options_(std::move(options)),
        clock_(clock),
        calls_(options_.calls_per_second, options_.calls_at_once),
        events_(options_.events_per_second, options_.events_per_second) {}

  absl::StatusOr<Caller> Identify(const grpc::ServerContextBase& context) const;
  absl::Status TooMany(const Caller& caller,
                       const google::protobuf::Descriptor& request,
                       std::string_view reason, std::string_view limit,
                       int64_t wait_millis);
  absl::Status Deny(const Caller& caller,
                    const google::protobuf::Message& request);
  void Note(const Caller& caller, const google::protobuf::Message& request,
            std::string_view outcome);

  const SecurityOptions options_;
  const Clock* const clock_;
  TokenBuckets calls_;
  TokenBuckets events_;
  std::unique_ptr<identity::TokenVerifier> tokens_;
  std::unique_ptr<AuditLog> audit_;
  // Calls that wait for their refusal, which may come after the gate is gone.
  const std::shared_ptr<std::atomic<int>> paused_ =
      std::make_shared<std::atomic<int>>(0);
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_GATE_H_

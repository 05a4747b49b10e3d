#include "services/gate.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/ledger/event_queries.h"
#include "engine/ledger/reading_rights.h"
#include "engine/ledger/retry_hint.h"
#include "fmt/format.h"
#include "grpcpp/alarm.h"
#include "services/access_table.h"
#include "services/errors.h"
#include "services/identity/peer_name.h"
#include "services/identity/sealed_text.h"
#include "services/log_lines.h"
#include "services/page_token.h"
#include "services/trim.h"
#include "services/wire/text.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kAuthorizationKey[] = "authorization";
constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kRequest = "Request";
// In the audit trail: who came to a server that asks nobody.
// A UUID; what is longer is none.
constexpr size_t kIdBytesShown = 36;
constexpr std::string_view kLocal = "local administrator";
constexpr size_t kScopeBytesMax = 300;
constexpr std::chrono::milliseconds kRefusalPause{50};
// So many refusals wait; beyond them all are answered at once.
constexpr int kPausedMax = 1'000;

// "GetBalance" of GetBalanceRequest.
std::string_view MethodOf(const Descriptor& request) {
  std::string_view name = request.name();
  name.remove_suffix(kRequest.size());
  return name;
}

// The ids that a request names: never what it says of them.
std::string ScopeOf(const Message& request) {
  constexpr const char* kNames[] = {
      "party", "site",   "scheme",    "product",     "lot",        "shipment",
      "block", "holder", "issued_to", "certificate", "redemption", "event"};
  std::string scope;
  for (const char* name : kNames) {
    const FieldDescriptor* field =
        request.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr ||
        field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
      continue;
    }
    const std::string value =
        request.GetReflection()->GetString(request, field);
    if (value.empty()) continue;
    if (!scope.empty()) scope += ' ';
    scope += fmt::format("{}={}", name, value);
  }
  return scope.substr(0, kScopeBytesMax);
}

absl::Status Unauthenticated(const absl::Status& why) {
  return Error(absl::StatusCode::kUnauthenticated, "UNAUTHENTICATED",
               MessageOf(why));
}

bool HasPages(const Descriptor& request) {
  return request.FindFieldByName("page_token") != nullptr;
}

// "hold"; "" where there is none.
std::string_view KindOf(wire::view::Event event) {
  const FieldDescriptor* kind =
      v1::Event::descriptor()->FindFieldByNumber(event.kind_case());
  return kind == nullptr ? std::string_view() : kind->name();
}

bool IsAdministrative(wire::view::Event event) {
  return event.has_bind_principal() || event.has_unbind_principal() ||
         event.has_approve() || event.has_withdraw_credits() ||
         event.has_void_() || event.has_hold() || event.has_release() ||
         event.has_set_certificate_status() || event.has_register_party() ||
         event.has_grant_certificate() || event.has_define_scheme();
}

// Whether the caller may ask about the event that the request names. For who
// reads everything it need not be there, nor be an id.
bool MayAskOfEvent(const Ledger& ledger, const Caller& caller,
                   const AccessRow& row, const Message& request) {
  const FieldDescriptor* field =
      request.GetDescriptor()->FindFieldByName("event");
  const std::optional<Uuid> id =
      ParseUuid(request.GetReflection()->GetString(request, field));
  const absl::StatusOr<EventAnswer> found =
      id.has_value() ? GetEvent(ledger, *id) : absl::NotFoundError("");
  bool may = false;
  WithRights(ledger, caller.principal, [&](const ReadingRights& rights) {
    may = rights.whole() ||
          (found.ok() && row.may_event(rights, found->event.event));
  });
  return may;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Gate>> Gate::Create(SecurityOptions options,
                                                   const Clock* clock) {
  options.tokens.clock = clock;
  if (options.page_key.empty()) {
    options.page_key.resize(identity::kSealKeyBytes);
    if (getentropy(options.page_key.data(), options.page_key.size()) != 0) {
      return absl::UnavailableError("the machine gives no randomness");
    }
  }
  options.audit.clock = clock;
  std::unique_ptr<Gate> gate(new Gate(std::move(options), clock));
  if (gate->options_.HasTokens()) {
    ASSIGN_OR_RETURN(gate->tokens_,
                     identity::TokenVerifier::Create(gate->options_.tokens));
  }
  ASSIGN_OR_RETURN(gate->audit_, AuditLog::Open(gate->options_.audit));
  return gate;
}

absl::StatusOr<Caller> Gate::Identify(
    const grpc::ServerContextBase& context) const {
  if (options_.IsOpen()) return Caller{.trusted = true};
  const auto& metadata = context.client_metadata();
  const auto [first, last] = metadata.equal_range(kAuthorizationKey);
  Caller caller;
  if (first != last) {
    const std::string_view header(first->second.data(), first->second.size());
    if (std::next(first) != last || tokens_ == nullptr ||
        !header.starts_with(kBearer)) {
      return Unauthenticated(absl::UnauthenticatedError(
          "authorization: one bearer token, of the issuer that the server "
          "knows, or none"));
    }
    absl::StatusOr<std::string> name =
        tokens_->Verify(header.substr(kBearer.size()));
    if (!name.ok()) return Unauthenticated(name.status());
    caller.principal = *std::move(name);
  } else {
    const auto peer = context.auth_context();
    if (peer == nullptr) {
      return Unauthenticated(absl::UnauthenticatedError("who are you?"));
    }
    absl::StatusOr<std::string> name =
        identity::PeerName(*peer, options_.common_names);
    if (!name.ok()) return Unauthenticated(name.status());
    caller.principal = *std::move(name);
  }
  caller.administrator = !options_.administrator.empty() &&
                         caller.principal == options_.administrator;
  return caller;
}

absl::StatusOr<Caller> Gate::Admit(const grpc::ServerContextBase& context,
                                   const Descriptor& request) {
  absl::StatusOr<Caller> caller = Identify(context);
  if (!caller.ok()) {
    audit_->Write({.principal = "",
                   .method = MethodOf(request),
                   .scope = context.peer(),
                   .outcome = "UNAUTHENTICATED"});
    return caller;
  }
  if (caller->trusted) return caller;
  const int64_t wait = calls_.Take(caller->principal, clock_->Now().micros());
  if (wait == 0) return caller;
  return TooMany(*caller, request, "TOO_MANY_CALLS",
                 fmt::format("{} calls", options_.calls_per_second), wait);
}

void Gate::Refuse(const absl::Status& status,
                  grpc::ServerUnaryReactor* reactor) {
  if (!absl::IsResourceExhausted(status) ||
      paused_->fetch_add(1) >= kPausedMax) {
    if (absl::IsResourceExhausted(status)) paused_->fetch_sub(1);
    reactor->Finish(ToGrpc(status));
    return;
  }
  // It lives until it has rung.
  auto* const alarm = new grpc::Alarm();
  alarm->Set(std::chrono::system_clock::now() + kRefusalPause,
             [alarm, reactor, status, paused = paused_](bool /*rung*/) {
               reactor->Finish(ToGrpc(status));
               paused->fetch_sub(1);
               delete alarm;
             });
}

absl::Status Gate::TooMany(const Caller& caller, const Descriptor& request,
                           std::string_view reason, std::string_view limit,
                           int64_t wait_millis) {
  audit_->Write({.principal = caller.principal,
                 .method = MethodOf(request),
                 .scope = "",
                 .outcome = "RESOURCE_EXHAUSTED"});
  return WithRetryAfter(
      Error(absl::StatusCode::kResourceExhausted, reason,
            fmt::format("a principal has {} a second; try again in {} ms",
                        limit, wait_millis)),
      wait_millis);
}

absl::Status Gate::MayPost(const Caller& caller, const Descriptor& request,
                           int events) {
  if (caller.trusted) return absl::OkStatus();
  const int64_t wait =
      events_.Take(caller.principal, clock_->Now().micros(), events);
  if (wait == 0) return absl::OkStatus();
  return TooMany(caller, request, "TOO_MANY_EVENTS",
                 fmt::format("{} events", options_.events_per_second), wait);
}

absl::Status Gate::Deny(const Caller& caller, const Message& request) {
  Note(caller, request, "PERMISSION_DENIED");
  return Error(absl::StatusCode::kPermissionDenied, "NOT_AUTHORIZED",
               fmt::format("principal \"{}\" may not read this, or there is no "
                           "such thing",
                           caller.principal));
}

absl::Status Gate::MayAsk(const Ledger& ledger, const Caller& caller,
                          Message* request) {
  if (HasPages(*request->GetDescriptor())) {
    SetPageKey(identity::DeriveKey(options_.page_key, caller.principal),
               request);
  }
  if (caller.trusted) return absl::OkStatus();
  const AccessRow* row = FindAccess(request->GetDescriptor()->name());
  if (row == nullptr) return Deny(caller, *request);
  if (row->access == Access::kAdministers) {
    if (!caller.administrator) return Deny(caller, *request);
    Note(caller, *request, "OK");
    return absl::OkStatus();
  }
  if (row->access == Access::kAsksOfEvent) {
    if (!MayAskOfEvent(ledger, caller, *row, *request)) {
      return Deny(caller, *request);
    }
    Note(caller, *request, "OK");
    return absl::OkStatus();
  }
  if (row->access != Access::kAsks) return absl::OkStatus();
  bool may = false;
  bool own = false;
  WithRights(ledger, caller.principal, [&](const ReadingRights& rights) {
    may = rights.whole() || row->may(rights, *request);
    own = row->may(rights.Own(), *request);
  });
  if (!may) return Deny(caller, *request);
  if (!own) Note(caller, *request, "OK");
  return absl::OkStatus();
}

absl::Status Gate::MayHear(const Ledger& ledger, const Caller& caller,
                           const Message& request, Message* response) {
  if (caller.trusted) return absl::OkStatus();
  bool may = false;
  bool others = false;
  WithRights(ledger, caller.principal, [&](const ReadingRights& rights) {
    others = IsOfOthers(rights, *response);
    may = Trim(rights, response);
  });
  if (!may) return Deny(caller, request);
  if (others) Note(caller, request, "OK");
  return absl::OkStatus();
}

absl::Status Gate::Missing(const Ledger& ledger, const Caller& caller,
                           const Message& request, const absl::Status& status) {
  const AccessRow* row = FindAccess(request.GetDescriptor()->name());
  if (caller.trusted || !absl::IsNotFound(status) || row == nullptr ||
      row->access == Access::kPublic) {
    return status;
  }
  bool whole = false;
  WithRights(ledger, caller.principal,
             [&](const ReadingRights& rights) { whole = rights.whole(); });
  // What is public may be said to be missing.
  if (whole || request.GetDescriptor()->name() == "GetCertificateRequest") {
    return status;
  }
  return Deny(caller, request);
}

void Gate::HearOutcomes(const Ledger& ledger, const Caller& caller,
                        std::vector<Outcome>* outcomes) {
  const bool any =
      std::any_of(outcomes->begin(), outcomes->end(),
                  [](const Outcome& one) { return !one.balances.empty(); });
  if (caller.trusted || !any) return;
  WithRights(ledger, caller.principal, [&](const ReadingRights& rights) {
    TrimBalances(rights, outcomes);
  });
}

void Gate::NotePosted(const Caller& caller, const Descriptor& request,
                      WireEvents events, const std::vector<Outcome>& outcomes) {
  if (!audit_->on()) return;
  for (int i = 0; i < events.size(); ++i) {
    const Outcome& outcome = outcomes[static_cast<size_t>(i)];
    const bool refused =
        outcome.code == Code::kNotAuthorized || outcome.code == Code::kRole;
    if (!refused && !IsAdministrative(events[i])) continue;
    audit_->Write(
        {.principal = caller.trusted ? kLocal : caller.principal,
         .method = MethodOf(request),
         .scope = fmt::format("event={} kind={}",
                              wire::Quoted(events[i].id(), kIdBytesShown),
                              KindOf(events[i])),
         .outcome = outcome.accepted() ? std::string("OK")
                                       : fmt::format("REFUSAL_CODE_{}",
                                                     CodeName(outcome.code))});
  }
}

void Gate::Note(const Caller& caller, const Message& request,
                std::string_view outcome) {
  audit_->Write({.principal = caller.principal,
                 .method = MethodOf(*request.GetDescriptor()),
                 .scope = ScopeOf(request),
                 .outcome = outcome});
}

void Gate::Refresh() {
  if (tokens_ == nullptr) return;
  const absl::Status reloaded = tokens_->Reload();
  if (reloaded.ok()) return;
  LogLine(LogLevel::kError, "the keys of tokens stay as they are",
          {{"reason", std::string(MessageOf(reloaded))}});
}

}  // namespace tally::services

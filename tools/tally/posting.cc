#include "tools/tally/posting.h"

#include <algorithm>
#include <utility>

#include "engine/base/date.h"
#include "fmt/format.h"
#include "services/authoring/derived_id.h"
#include "services/authoring/enum_name.h"
#include "services/authoring/read.h"
#include "services/authoring/write.h"

namespace tally::cli {
namespace {

using authoring::Problem;
using google::protobuf::Timestamp;
using nlohmann::json;
namespace v1 = tallystick::v1;

constexpr const char* kAccepted = "ACCEPTED";
constexpr const char* kInvalid = "INVALID_ARGUMENT";
constexpr const char* kBatchRefused = "BATCH_REFUSED";
constexpr int64_t kMicrosPerSecond = 1'000'000;

Decision Unreadable(const std::vector<Problem>& problems) {
  Decision decision{.code = kInvalid};
  for (const Problem& problem : problems) {
    if (!decision.message.empty()) decision.message += "; ";
    decision.message += problem.ToString();
  }
  return decision;
}

bool IsLater(const Timestamp& one, const Timestamp& other) {
  return std::pair(one.seconds(), one.nanos()) >
         std::pair(other.seconds(), other.nanos());
}

// Positive, as the ledger takes no year before 1900.
void SetInstant(Instant instant, Timestamp* out) {
  int64_t seconds = instant.micros() / kMicrosPerSecond;
  int64_t micros = instant.micros() % kMicrosPerSecond;
  if (micros < 0) {
    micros += kMicrosPerSecond;
    --seconds;
  }
  out->set_seconds(seconds);
  out->set_nanos(static_cast<int32_t>(micros * 1'000));
}

void SetClock(const PostingOptions& options, v1::PostEventsRequest* request) {
  if (options.recorded_at.has_value()) {
    const auto instant = ParseInstant(*options.recorded_at);
    if (instant.has_value()) {
      SetInstant(*instant, request->mutable_recorded_at());
    }
    return;
  }
  for (const v1::Event& event : request->events()) {
    if (!event.has_occurred_at()) continue;
    if (!request->has_recorded_at() ||
        IsLater(event.occurred_at(), request->recorded_at())) {
      *request->mutable_recorded_at() = event.occurred_at();
    }
  }
}

// The first event that can't be read gives its code, the others are refused
// with it, as the ledger does with what a rule refuses.
void RefuseAll(std::vector<Decision>* decisions) {
  bool is_first = true;
  for (Decision& decision : *decisions) {
    const bool is_cause = is_first && decision.code == kInvalid;
    if (is_cause) {
      is_first = false;
    } else {
      decision = {.code = kBatchRefused};
    }
  }
}

}  // namespace

std::string RefusalText(const v1::Refusal& refusal) {
  std::string text = refusal.message();
  for (const v1::FieldViolation& violation : refusal.field_violations()) {
    // The sentence names the first ones itself.
    if (text.find(violation.field()) != std::string::npos) continue;
    text += fmt::format("; {}: got {}, must be {}", violation.field(),
                        violation.value(), violation.limit());
  }
  if (!refusal.remedy().empty()) text += fmt::format(". {}", refusal.remedy());
  return text;
}

std::string Decision::ToString() const {
  return message.empty() ? code : fmt::format("{}: {}", code, message);
}

Decision DecisionOf(const v1::Outcome& outcome) {
  Decision decision;
  if (outcome.has_accepted()) {
    decision.code = kAccepted;
    for (const v1::Warning& warning : outcome.accepted().warnings()) {
      decision.warnings.push_back(
          authoring::EnumName(*v1::WarningCode_descriptor(), warning.code()));
    }
    for (const v1::SerialRange& range : outcome.accepted().serials()) {
      decision.serials.push_back(json(authoring::Write(range)));
    }
    return decision;
  }
  const v1::Refusal& refusal = outcome.refusal();
  decision.code =
      authoring::EnumName(*v1::RefusalCode_descriptor(), refusal.code());
  decision.message = RefusalText(refusal);
  if (!refusal.rule().empty()) {
    decision.message = fmt::format("{} ({})", decision.message, refusal.rule());
  }
  return decision;
}

Posting Post(const Connection& connection, const std::vector<json>& events,
             const PostingOptions& options) {
  Posting posting;
  v1::PostEventsRequest request;
  request.set_mode(options.mode);
  posting.decisions.resize(events.size());
  std::vector<size_t> sent;
  for (size_t i = 0; i < events.size(); ++i) {
    v1::Event event;
    const std::vector<Problem> problems = authoring::Read(events[i], &event);
    if (!problems.empty()) {
      posting.decisions[i] = Unreadable(problems);
      continue;
    }
    authoring::EnsureId(fmt::format("{}, event {}", options.seed, i + 1),
                        &event);
    *request.add_events() = std::move(event);
    sent.push_back(i);
  }
  const bool is_whole = sent.size() == events.size();
  if (!is_whole && options.mode == v1::POST_MODE_ALL_OR_NONE) {
    RefuseAll(&posting.decisions);
    return posting;
  }
  if (sent.empty()) return posting;
  SetClock(options, &request);
  v1::PostEventsResponse response;
  posting.status =
      connection.Call("LedgerService/PostEvents", request, &response);
  posting.position = response.as_of_position();
  const size_t count =
      std::min(sent.size(), static_cast<size_t>(response.outcomes_size()));
  for (size_t i = 0; i < count; ++i) {
    posting.decisions[sent[i]] =
        DecisionOf(response.outcomes(static_cast<int>(i)));
  }
  return posting;
}

}  // namespace tally::cli

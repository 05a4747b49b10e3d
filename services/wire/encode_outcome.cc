#include "services/wire/encode_outcome.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/check.h"
#include "engine/base/uuid.h"
#include "engine/model/remedy.h"
#include "google/protobuf/io/coded_stream.h"
#include "services/wire/encode.h"
#include "services/wire/encode_parts.h"

namespace tally::wire {
namespace {

using google::protobuf::io::CodedOutputStream;

// A sentence for people; a program reads the code.
std::string_view Sentence(Warning warning) {
  switch (warning) {
    case Warning::kUnspecified:
      return "";
    case Warning::kShortInPeriod:
      return "The account is below zero inside its open period";
    case Warning::kOverdrawn:
      return "The account is overdrawn within the scheme's limit";
    case Warning::kCarryCap:
      return "Entitlement above the physical stock expired at the close";
    case Warning::kDeficitAtClose:
      return "The period closed with a deficit";
    case Warning::kUncoveredClaim:
      return "Claims are not covered by retirements";
    case Warning::kExpiring:
      return "Something that this event touches expires soon";
  }
  return "";
}

static_assert(static_cast<int>(AccountTerm::kHolding) ==
              v1::ACCOUNT_KIND_HOLDING);
static_assert(static_cast<int>(AccountTerm::kCredits) ==
              v1::ACCOUNT_KIND_CREDITS);
static_assert(static_cast<int>(AccountTerm::kConverted) ==
              v1::ACCOUNT_KIND_CONVERTED);
static_assert(static_cast<int>(AccountTerm::kExpired) ==
              v1::ACCOUNT_KIND_EXPIRED);

void EncodeAccepted(const Outcome& in, view::Event event, v1::Accepted* out) {
  out->set_position(in.position);
  Encode(in.recorded_at, out->mutable_recorded_at());
  for (const Warning warning : in.decision.warnings) {
    Encode(warning, in.decision, out->add_warnings());
  }
  for (const DrawnSerials& serials : in.decision.serials) {
    Encode(serials, out->add_serials());
  }
  if (event.has_redeem_credits()) {
    const Uuid id = ParseUuid(event.id()).value_or(Uuid());
    out->set_redemption(id.ToString());
  }
  for (const TouchedBalance& touched : in.balances) {
    v1::BalanceChange* change = out->add_balances();
    Encode(touched.account, change->mutable_account());
    change->set_delta(touched.delta.ToString());
    change->set_balance(touched.balance.ToString());
    change->set_unit(touched.balance.unit);
  }
}

void EncodeWhole(const Outcome& in, view::Event event, v1::Outcome* out) {
  out->set_id(std::string(event.id()));
  out->set_replayed(in.repeated);
  if (in.accepted()) {
    EncodeAccepted(in, event, out->mutable_accepted());
    return;
  }
  TALLY_CHECK(in.refusal != nullptr);
  Encode(*in.refusal, out->mutable_refusal());
}

// Thousands of outcomes in an answer say no more than that the event was
// accepted, where and when. Those are written by hand, in the same bytes that
// protobuf would write: a message object each would cost as much as deciding.
bool IsPlain(const Outcome& in, view::Event event) {
  return in.accepted() && !in.repeated && in.decision.warnings.empty() &&
         in.decision.serials.empty() && in.balances.empty() &&
         !event.has_redeem_credits() && event.id().size() < 0x80;
}

constexpr int kVarintBytesMax = 10;

char* PutVarint(uint64_t value, char* at) {
  return reinterpret_cast<char*>(CodedOutputStream::WriteVarint64ToArray(
      value, reinterpret_cast<uint8_t*>(at)));
}

// The tag of a field that has bytes.
char* PutTag(int field, char* at) {
  constexpr uint64_t kBytes = 2;
  return PutVarint(static_cast<uint64_t>(field) << 3 | kBytes, at);
}

// A number that is not left out; zero is.
char* PutNumber(int field, int64_t number, char* at) {
  if (number == 0) return at;
  at = PutVarint(static_cast<uint64_t>(field) << 3, at);
  return PutVarint(static_cast<uint64_t>(number), at);
}

void AppendPlain(int field, const Outcome& in, std::string_view id,
                 std::string* out) {
  using v1::Accepted;
  // From the inside out: each length is one byte, for all are below 128.
  char time[32];
  google::protobuf::Timestamp recorded_at;
  Encode(in.recorded_at, &recorded_at);
  char* time_end = PutNumber(google::protobuf::Timestamp::kSecondsFieldNumber,
                             recorded_at.seconds(), time);
  time_end = PutNumber(google::protobuf::Timestamp::kNanosFieldNumber,
                       recorded_at.nanos(), time_end);
  char accepted[64];
  char* accepted_end =
      PutNumber(Accepted::kPositionFieldNumber, in.position, accepted);
  accepted_end = PutTag(Accepted::kRecordedAtFieldNumber, accepted_end);
  *accepted_end++ = static_cast<char>(time_end - time);
  accepted_end = std::copy(time, time_end, accepted_end);
  char whole[256];
  char* end = PutTag(v1::Outcome::kIdFieldNumber, whole);
  *end++ = static_cast<char>(id.size());
  end = std::copy(id.begin(), id.end(), end);
  end = PutTag(v1::Outcome::kAcceptedFieldNumber, end);
  *end++ = static_cast<char>(accepted_end - accepted);
  end = std::copy(accepted, accepted_end, end);
  char head[2 * kVarintBytesMax];
  char* head_end = PutTag(field, head);
  head_end = PutVarint(static_cast<uint64_t>(end - whole), head_end);
  out->append(head, head_end);
  out->append(whole, end);
}

}  // namespace

void Encode(const Refusal& in, v1::Refusal* out) {
  out->set_code(static_cast<v1::RefusalCode>(in.code));
  out->set_rule(in.rule);
  out->set_citation(in.citation);
  out->set_message(in.message);
  out->set_remedy(RemedyOf(in));
  for (const Figure& figure : in.figures) {
    v1::Figure* written = out->add_figures();
    written->set_key(figure.name);
    written->set_value(figure.value);
    written->set_unit(figure.unit);
  }
  for (const Violation& violation : in.violations) {
    v1::FieldViolation* written = out->add_field_violations();
    written->set_field(violation.field);
    written->set_value(violation.value);
    written->set_limit(violation.limit);
  }
}

void Encode(Warning in, const Decision& decision, v1::Warning* out) {
  out->set_code(static_cast<v1::WarningCode>(in));
  out->set_message(std::string(Sentence(in)));
  for (const WarningFigure& one : decision.figures) {
    if (one.warning != in) continue;
    v1::Figure* written = out->add_figures();
    written->set_key(one.figure.name);
    written->set_value(one.figure.value);
    written->set_unit(one.figure.unit);
  }
}

void Encode(const NamedAccount& in, v1::Account* out) {
  out->set_kind(static_cast<v1::AccountKind>(in.term));
  out->set_party(in.party);
  out->set_site(in.site);
  out->set_scope(in.scope);
  out->set_product(in.product);
  out->set_group(in.group);
  for (const NamedClaim& claim : in.claims) {
    Write(ClaimName{.scheme = claim.scheme, .model = claim.model},
          out->add_claims());
  }
  out->set_lot(in.lot);
  out->set_block(in.block);
  out->set_origin_country(in.origin_country);
}

void Encode(const DrawnSerials& in, v1::SerialRange* out) {
  out->set_block(in.block);
  out->set_from(in.from);
  out->set_to(in.to);
}

void AppendOutcome(int field, const Outcome& in, view::Event event,
                   std::string* out) {
  if (IsPlain(in, event)) return AppendPlain(field, in, event.id(), out);
  v1::Outcome outcome;
  EncodeWhole(in, event, &outcome);
  char head[2 * kVarintBytesMax];
  char* end = PutTag(field, head);
  end = PutVarint(outcome.ByteSizeLong(), end);
  out->append(head, end);
  outcome.AppendToString(out);
}

}  // namespace tally::wire

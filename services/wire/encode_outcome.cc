#include "services/wire/encode_outcome.h"

#include <string>

#include "engine/base/check.h"
#include "services/wire/encode.h"

namespace tally::wire {
namespace {

namespace v1 = tallystick::v1;

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

void EncodeAccepted(const Outcome& in, v1::Accepted* out) {
  out->set_position(in.position);
  Encode(in.recorded_at, out->mutable_recorded_at());
  for (const Warning warning : in.decision.warnings) {
    Encode(warning, out->add_warnings());
  }
  for (const DrawnSerials& serials : in.decision.serials) {
    v1::SerialRange* range = out->add_serials();
    range->set_block(serials.block);
    range->set_from(serials.from);
    range->set_to(serials.to);
  }
}

}  // namespace

void Encode(const Refusal& in, v1::Refusal* out) {
  out->set_code(static_cast<v1::RefusalCode>(in.code));
  out->set_rule(in.rule);
  out->set_citation(in.citation);
  out->set_message(in.message);
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

void Encode(Warning in, v1::Warning* out) {
  out->set_code(static_cast<v1::WarningCode>(in));
  out->set_message(std::string(Sentence(in)));
}

void Encode(const Outcome& in, std::string_view id, v1::Outcome* out) {
  out->set_id(std::string(id));
  out->set_replayed(in.repeated);
  if (in.accepted()) {
    EncodeAccepted(in, out->mutable_accepted());
    return;
  }
  TALLY_CHECK(in.refusal != nullptr);
  Encode(*in.refusal, out->mutable_refusal());
}

}  // namespace tally::wire

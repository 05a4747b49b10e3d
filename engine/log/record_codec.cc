#include "engine/log/record_codec.h"

#include <array>
#include <cstring>
#include <type_traits>
#include <utility>
#include <variant>

#include "engine/base/check.h"
#include "engine/log/field_decoder.h"
#include "engine/log/field_encoder.h"
#include "engine/log/wire_writer.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Fields of a record.
constexpr int kPositionField = 1;
constexpr int kRecordedAtField = 2;
constexpr int kEventField = 3;
constexpr int kDecisionField = 4;
constexpr int kSaltField = 5;
constexpr int kPrincipalField = 6;
constexpr int kAdministratorField = 7;

// Fields of an event; the bodies follow from kBodyFieldBase + 1.
constexpr int kIdField = 1;
constexpr int kOccurredAtField = 2;
constexpr int kDocumentField = 3;
constexpr int kActorField = 4;

// Fields of a decision, and of the serials in it.
constexpr int kWarningsField = 1;
constexpr int kSerialsField = 2;
constexpr int kInputsField = 3;
constexpr int kFiguresField = 4;
constexpr int kFigureWarningField = 1;
constexpr int kFigureNameField = 2;
constexpr int kFigureValueField = 3;
constexpr int kFigureUnitField = 4;
constexpr int kBlockField = 1;
constexpr int kFromField = 2;
constexpr int kToField = 3;

// The longest that an event or a record usually is: what its length prefix
// is given room for.
constexpr int kUsualLengthBytes = 2;

void PutInstant(int field, Instant instant, WireWriter* writer) {
  if (instant != Instant()) writer->Varint(field, ZigZag(instant.micros()));
}

void PutText(int field, std::string_view text, WireWriter* writer) {
  if (!text.empty()) writer->Bytes(field, text);
}

void PutNumber(int field, int64_t number, WireWriter* writer) {
  if (number != 0) writer->Varint(field, static_cast<uint64_t>(number));
}

void PutFigures(const Decision& decision, WireWriter* writer) {
  TALLY_CHECK(decision.figures.size() <= kDecisionEntriesMax);
  for (const WarningFigure& figure : decision.figures) {
    TALLY_CHECK(IsListed(figure.warning));
    const WireWriter::Mark body = writer->Open(kFiguresField);
    PutNumber(kFigureWarningField, static_cast<int64_t>(figure.warning),
              writer);
    PutText(kFigureNameField, figure.figure.name, writer);
    PutText(kFigureValueField, figure.figure.value, writer);
    PutText(kFigureUnitField, figure.figure.unit, writer);
    writer->Close(body);
  }
}

void PutDecision(const Decision& decision, WireWriter* writer) {
  TALLY_CHECK(decision.warnings.size() <= kDecisionEntriesMax);
  TALLY_CHECK(decision.serials.size() <= kDecisionEntriesMax);
  TALLY_CHECK(decision.inputs.size() <= kDecisionEntriesMax);
  if (!decision.warnings.empty()) {
    const WireWriter::Mark packed = writer->Open(kWarningsField);
    for (const Warning warning : decision.warnings) {
      TALLY_CHECK(IsListed(warning));
      writer->Packed(static_cast<uint64_t>(warning));
    }
    writer->Close(packed);
  }
  for (const DrawnSerials& serials : decision.serials) {
    const WireWriter::Mark body = writer->Open(kSerialsField);
    PutText(kBlockField, serials.block, writer);
    PutNumber(kFromField, serials.from, writer);
    PutNumber(kToField, serials.to, writer);
    writer->Close(body);
  }
  if (!decision.inputs.empty()) {
    const WireWriter::Mark packed = writer->Open(kInputsField);
    for (const Quantity input : decision.inputs) {
      writer->Packed(static_cast<uint64_t>(input.units()));
    }
    writer->Close(packed);
  }
  PutFigures(decision, writer);
}

// Reads the serials of a decision through the visitor of the model's structs.
struct SerialsVisit {
  std::string_view block;
  int64_t from = 0;
  int64_t to = 0;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(kBlockField, "block", self.block);
    visit(kFromField, "from", self.from);
    visit(kToField, "to", self.to);
  }
};

struct FigureVisit {
  int32_t warning = 0;
  std::string_view name;
  std::string_view value;
  std::string_view unit;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(kFigureWarningField, "warning", self.warning);
    visit(kFigureNameField, "name", self.name);
    visit(kFigureValueField, "value", self.value);
    visit(kFigureUnitField, "unit", self.unit);
  }
};

struct DecisionVisit {
  Decision decision;

  static void Visit(DecisionVisit& self, FieldDecoder& visit) {
    VisitWarnings(&self.decision, visit);
    VisitSerials(&self.decision, visit);
    VisitInputs(&self.decision, visit);
    VisitFigures(&self.decision, visit);
  }

  static void VisitFigures(Decision* decision, FieldDecoder& visit) {
    while (visit.next_field() == kFiguresField) {
      FigureVisit read;
      visit.Inside(kFiguresField, "figures", read);
      if (!visit.ok()) return;
      const auto warning = static_cast<Warning>(read.warning);
      if (read.warning <= 0 || read.warning > 0xFF || !IsListed(warning) ||
          decision->figures.size() == kDecisionEntriesMax) {
        return visit.Refuse("figures", "has an unknown warning");
      }
      decision->figures.push_back(
          {warning,
           {std::string(read.name), std::string(read.value),
            std::string(read.unit)}});
    }
  }

  static void VisitWarnings(Decision* decision, FieldDecoder& visit) {
    std::string_view packed;
    if (!visit.TakePacked(kWarningsField, "warnings", &packed)) return;
    uint64_t number = 0;
    while (visit.NextPacked("warnings", &packed, &number)) {
      const auto warning = static_cast<Warning>(number);
      if (number > 0xFF || !IsListed(warning) ||
          decision->warnings.size() == kDecisionEntriesMax) {
        return visit.Refuse("warnings", "has an unknown number");
      }
      decision->warnings.push_back(warning);
    }
  }

  static void VisitSerials(Decision* decision, FieldDecoder& visit) {
    while (visit.next_field() == kSerialsField) {
      SerialsVisit serials;
      visit.Inside(kSerialsField, "serials", serials);
      if (!visit.ok()) return;
      if (decision->serials.size() == kDecisionEntriesMax) {
        return visit.Refuse("serials", "has too many elements");
      }
      decision->serials.push_back({.block = std::string(serials.block),
                                   .from = serials.from,
                                   .to = serials.to});
    }
  }

  static void VisitInputs(Decision* decision, FieldDecoder& visit) {
    std::string_view packed;
    if (!visit.TakePacked(kInputsField, "inputs", &packed)) return;
    uint64_t number = 0;
    while (visit.NextPacked("inputs", &packed, &number)) {
      if (number == uint64_t{1} << 63 ||
          decision->inputs.size() == kDecisionEntriesMax) {
        return visit.Refuse("inputs", "is no list of quantities");
      }
      decision->inputs.push_back(Quantity(static_cast<int64_t>(number)));
    }
  }
};

// Reads the body of the kind that the next field says.
using BodyReader = void (*)(FieldDecoder&, Arena*, Body*);

template <size_t kind>
void ReadBody(FieldDecoder& visit, Arena* arena, Body* body) {
  using Pointer = std::variant_alternative_t<kind, Body>;
  using Struct = std::remove_const_t<std::remove_pointer_t<Pointer>>;
  auto* read = arena->New<Struct>({});
  visit.Inside(kBodyFieldBase + static_cast<int>(kind),
               KindName(static_cast<int>(kind)).data(), *read);
  *body = static_cast<Pointer>(read);
}

template <size_t... kinds>
constexpr auto MakeBodyReaders(std::index_sequence<kinds...>) {
  return std::array<BodyReader, sizeof...(kinds)>{&ReadBody<kinds + 1>...};
}
constexpr auto kBodyReaders =
    MakeBodyReaders(std::make_index_sequence<kKindCount - 1>());

struct EventVisit {
  Event event;
  Arena* arena = nullptr;

  static void Visit(EventVisit& self, FieldDecoder& visit) {
    visit(kIdField, "id", self.event.id);
    visit(kOccurredAtField, "occurred_at", self.event.occurred_at);
    visit(kDocumentField, "document", self.event.document);
    visit(kActorField, "actor", self.event.actor);
    const int kind = visit.next_field() - kBodyFieldBase;
    if (kind < 1 || kind >= kKindCount) {
      return visit.Refuse("body", "is not what comes next");
    }
    kBodyReaders[static_cast<size_t>(kind - 1)](visit, self.arena,
                                                &self.event.body);
  }
};

struct RecordVisit {
  Record record;
  DecisionVisit decision;
  EventVisit event;

  static void Visit(RecordVisit& self, FieldDecoder& visit) {
    Record& record = self.record;
    record.position = 0;
    visit(kPositionField, "position", record.position);
    if (record.position < 0) visit.Refuse("position", "is negative");
    visit(kRecordedAtField, "recorded_at", record.recorded_at);
    if (visit.next_field() != kEventField) {
      return visit.Refuse("event", "is missing");
    }
    record.event_bytes = visit.PeekBytes();
    visit.Inside(kEventField, "event", self.event);
    if (visit.next_field() == kDecisionField && visit.PeekBytes().empty()) {
      return visit.Refuse("decision", "is written although it is empty");
    }
    visit.Inside(kDecisionField, "decision", self.decision);
    visit(kSaltField, "salt", record.salt);
    if (!record.salt.empty() && (record.salt.size() < kSaltBytesMin ||
                                 record.salt.size() > kSaltBytesMax)) {
      visit.Refuse("salt", "is of no length that a salt has");
    }
    VisitPoster(self, visit);
  }

  static void VisitPoster(RecordVisit& self, FieldDecoder& visit) {
    Poster& poster = self.event.event.poster;
    visit(kPrincipalField, "principal", poster.principal);
    if (poster.principal.size() > kPrincipalBytesMax) {
      visit.Refuse("principal", "is too long");
    }
    visit(kAdministratorField, "administrator", poster.administrator);
    if (poster.administrator && !poster.authenticated()) {
      visit.Refuse("administrator", "has no name");
    }
  }
};

// Decodes a copy of `bytes`, made so that views of it live with the arena.
template <typename Visited>
absl::Status Decode(std::string_view bytes, Arena* arena, const char* what,
                    Visited* visited) {
  const std::string_view copy = arena->Copy(bytes);
  DecodeError error;
  FieldDecoder decoder(copy, arena, &error);
  Visited::Visit(*visited, decoder);
  if (decoder.Finish()) return absl::OkStatus();
  return absl::DataLossError(fmt::format("{} of {} bytes: {} {}, at byte {}",
                                         what, bytes.size(), error.path,
                                         error.what, error.at - copy.data()));
}

}  // namespace

absl::Status EncodeEvent(const Event& event, std::string* out) {
  const size_t start = out->size();
  WireWriter writer(out);
  FieldEncoder encoder(&writer);
  encoder(kIdField, "id", event.id);
  PutInstant(kOccurredAtField, event.occurred_at, &writer);
  PutText(kDocumentField, event.document, &writer);
  PutText(kActorField, event.actor, &writer);
  const int kind = event.kind();
  std::visit(
      [&](const auto& body) {
        using Pointer = std::decay_t<decltype(body)>;
        if constexpr (std::is_pointer_v<Pointer>) {
          using Struct = std::remove_const_t<std::remove_pointer_t<Pointer>>;
          const WireWriter::Mark mark =
              writer.Open(kBodyFieldBase + kind, kUsualLengthBytes);
          Struct::Visit(*body, encoder);
          writer.Close(mark);
        }
      },
      event.body);
  writer.Finish();
  if (kind != 0 && encoder.bad_field().empty()) return absl::OkStatus();
  out->resize(start);
  if (kind == 0) return absl::InvalidArgumentError("the event has no kind");
  return absl::InvalidArgumentError(fmt::format(
      "{}: {} cannot be stored", KindName(kind), encoder.bad_field()));
}

Sha256Digest ContentDigest(std::string_view event) { return Sha256(event); }

uint64_t ContentFingerprint(std::string_view event) {
  const Sha256Digest digest = Sha256(event);
  uint64_t fingerprint = 0;
  for (int i = 0; i < 8; ++i) fingerprint = fingerprint << 8 | digest[i];
  return fingerprint;
}

void EncodeRecord(const RecordParts& record, std::string* out) {
  TALLY_CHECK(record.position >= 0);
  TALLY_CHECK(!record.event.empty());
  TALLY_CHECK(record.salt.empty() || record.salt.size() >= kSaltBytesMin);
  TALLY_CHECK(record.salt.size() <= kSaltBytesMax);
  TALLY_CHECK(record.poster.principal.size() <= kPrincipalBytesMax);
  WireWriter writer(out);
  PutNumber(kPositionField, record.position, &writer);
  PutInstant(kRecordedAtField, record.recorded_at, &writer);
  writer.Bytes(kEventField, record.event);
  if (record.decision != nullptr) {
    const WireWriter::Mark body = writer.Open(kDecisionField);
    PutDecision(*record.decision, &writer);
    writer.CloseUnlessEmpty(body);
  }
  PutText(kSaltField, record.salt, &writer);
  PutText(kPrincipalField, record.poster.principal, &writer);
  if (record.poster.administrator) writer.Varint(kAdministratorField, 1);
}

absl::StatusOr<Record> DecodeRecord(std::string_view bytes, Arena* arena) {
  RecordVisit visited;
  visited.event.arena = arena;
  const absl::Status status = Decode(bytes, arena, "record", &visited);
  if (!status.ok()) return status;
  visited.record.event = visited.event.event;
  visited.record.decision = std::move(visited.decision.decision);
  return std::move(visited.record);
}

absl::StatusOr<Event> DecodeEvent(std::string_view bytes, Arena* arena) {
  EventVisit visited;
  visited.arena = arena;
  const absl::Status status = Decode(bytes, arena, "event", &visited);
  if (!status.ok()) return status;
  return visited.event;
}

}  // namespace tally

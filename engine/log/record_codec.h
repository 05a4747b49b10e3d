// A record: an accepted event with its place, its time and what the ledger
// decided, as the bytes that are stored and hashed.
//
// The bytes are protobuf's wire format, written by hand from the Visit()
// functions of the model: fields in ascending order, nothing that is empty,
// shortest varints. So every record has exactly one encoding, any language
// with protobuf reads it (proto/tallystick/storage/v1/record.proto), and
// nothing depends on how a protobuf library happens to serialize. Bytes once
// stored are never written anew. docs/log_format.md tells it byte by byte.
//
// An event is encoded by itself, before anything is decided, by whatever
// thread has it; the record is put around those bytes. Decoding takes
// canonical bytes only and is safe on any input.
//
//   std::string words;
//   RETURN_IF_ERROR(EncodeEvent(event, &words));
//   EncodeRecord({.position = 17, .recorded_at = now, .event = words,
//                 .decision = &decision}, &bytes);

#ifndef TALLY_ENGINE_LOG_RECORD_CODEC_H_
#define TALLY_ENGINE_LOG_RECORD_CODEC_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/arena.h"
#include "engine/base/date.h"
#include "engine/base/sha256.h"
#include "engine/model/event.h"
#include "engine/model/indices.h"
#include "engine/model/outcome.h"

namespace tally {

// Elements of one repeated field of an event, and the serial ranges and
// inputs that one decision may name.
inline constexpr int kRepeatedMax = 1'000;
inline constexpr int kDecisionEntriesMax = 100'000;

// Random bytes that keep a leaf hash from being guessed. None, or so many.
inline constexpr int kSaltBytesMin = 16;
inline constexpr int kSaltBytesMax = 32;

// Bytes of a principal's name.
inline constexpr int kPrincipalBytesMax = 512;

// The place of a body among an event's fields: its kind plus this.
inline constexpr int kBodyFieldBase = 20;

// Appends the event's own words: id, time, document, actor and body.
// INVALID_ARGUMENT names what cannot be stored: no kind, an enumeration's
// unknown number, a quantity that no text gives, too many elements.
// An event is the same as another exactly when these bytes are.
absl::Status EncodeEvent(const Event& event, std::string* out);

// The SHA-256 of an event's words, and its first 64 bits.
Sha256Digest ContentDigest(std::string_view event);
uint64_t ContentFingerprint(std::string_view event);

struct RecordParts {
  Position position = -1;
  Instant recorded_at;
  std::string_view event;  // as EncodeEvent() gave it
  const Decision* decision = nullptr;
  std::string_view salt;  // shown only with the record
  Poster poster = {};
};

void EncodeRecord(const RecordParts& record, std::string* out);

struct Record {
  Position position = -1;
  Instant recorded_at;
  Event event;
  std::string_view event_bytes;
  Decision decision;
  std::string_view salt;
};

// Reads one whole record. Its views point into `arena`, which must outlive
// it. DATA_LOSS names the field and the offset at which the bytes are not a
// canonical record.
absl::StatusOr<Record> DecodeRecord(std::string_view bytes, Arena* arena);

// Reads what EncodeEvent() wrote, in the same way.
absl::StatusOr<Event> DecodeEvent(std::string_view bytes, Arena* arena);

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_RECORD_CODEC_H_

// What is stored, from any bytes: records, events' words and chunks. What is
// read was canonical, so it is written again to the very same bytes; all else
// is told as damage. A chunk's checksum is put right first, so that what lies
// behind it is tried too.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "engine/base/arena.h"
#include "engine/base/check.h"
#include "engine/log/chunk.h"
#include "engine/log/record_codec.h"
#include "engine/storage/crc32c.h"
#include "engine/storage/fixed_bytes.h"
#include "tests/fuzz/portions.h"

namespace tally {
namespace {

void Events(std::string_view bytes) {
  Arena arena;
  const absl::StatusOr<Event> event = DecodeEvent(bytes, &arena);
  if (!event.ok()) {
    TALLY_CHECK(absl::IsDataLoss(event.status()));
    return;
  }
  std::string again;
  TALLY_CHECK(EncodeEvent(*event, &again).ok());
  TALLY_CHECK(again == bytes);
}

void Records(std::string_view bytes) {
  Arena arena;
  const absl::StatusOr<Record> record = DecodeRecord(bytes, &arena);
  if (!record.ok()) {
    TALLY_CHECK(absl::IsDataLoss(record.status()));
    return;
  }
  std::string again;
  EncodeRecord({.position = record->position,
                .recorded_at = record->recorded_at,
                .event = record->event_bytes,
                .decision = &record->decision,
                .salt = record->salt,
                .poster = record->event.poster},
               &again);
  TALLY_CHECK(again == bytes);
}

void Chunks(std::string bytes) {
  TALLY_CHECK(bytes.size() < kChunkHeaderBytes || !Chunk::Decode(bytes).ok() ||
              !bytes.empty());
  if (bytes.size() >= 8) {
    // Bytes 4 to 7 hold the checksum of all others.
    std::string checksum;
    AppendLittle32(Crc32c(std::string_view(bytes).substr(8),
                          Crc32c(std::string_view(bytes).substr(0, 4))),
                   &checksum);
    bytes.replace(4, 4, checksum);
  }
  const absl::StatusOr<Chunk> chunk = Chunk::Decode(bytes);
  if (!chunk.ok()) {
    TALLY_CHECK(absl::IsDataLoss(chunk.status()));
    return;
  }
  TALLY_CHECK(chunk->first() >= chunk->group().first);
  TALLY_CHECK(chunk->end() <= chunk->group().end());
  size_t left = bytes.size();
  for (int64_t i = 0; i < chunk->count(); ++i) {
    TALLY_CHECK(chunk->record(i).size() <= left);
    left -= chunk->record(i).size();
    Records(chunk->record(i));
  }
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  tally::fuzz::Portions input(bytes, size);
  switch (input.Byte() % 3) {
    case 0:
      tally::Events(input.Rest());
      break;
    case 1:
      tally::Records(input.Rest());
      break;
    default:
      tally::Chunks(std::string(input.Rest()));
      break;
  }
  return 0;
}

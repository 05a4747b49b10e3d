#include "engine/ledger/prepared_batch.h"

#include <utility>

#include "engine/base/strings.h"
#include "engine/log/record_codec.h"
#include "engine/rules/shape.h"

namespace tally {
namespace {

// What has a good shape can be stored; should the two ever differ, the event
// is malformed rather than lost.
std::unique_ptr<Refusal> EncodeWords(const Event& event, std::string* words) {
  const absl::Status encoded = EncodeEvent(event, words);
  if (encoded.ok()) return nullptr;
  return std::make_unique<Refusal>(
      Refuse(Code::kInvalidArgument, std::string(MessageOf(encoded))));
}

// Lapses are the ledger's own.
std::unique_ptr<Refusal> RefuseLapse(const Event& event) {
  if (!std::holds_alternative<const Lapse*>(event.body)) return nullptr;
  return std::make_unique<Refusal>(Refuse(
      Code::kInvalidArgument, "lapse: only the ledger itself records one"));
}

PreparedEvent PrepareEvent(const Event& event, std::string* words) {
  PreparedEvent prepared{.words_begin = words->size()};
  prepared.malformed = CheckShape(event);
  if (prepared.malformed == nullptr) prepared.malformed = RefuseLapse(event);
  if (prepared.malformed == nullptr) {
    prepared.malformed = EncodeWords(event, words);
  }
  if (prepared.malformed != nullptr) words->resize(prepared.words_begin);
  prepared.words_end = words->size();
  if (prepared.malformed == nullptr) {
    prepared.fingerprint = ContentFingerprint(
        std::string_view(*words).substr(prepared.words_begin));
  }
  return prepared;
}

}  // namespace

std::unique_ptr<PreparedBatch> Prepare(std::unique_ptr<Batch> batch,
                                       BatchDone done) {
  // Most events' words are shorter than this; one that is not costs a copy.
  constexpr size_t kUsualWordsBytes = 160;
  auto prepared = std::make_unique<PreparedBatch>();
  prepared->events.reserve(batch->events.size());
  prepared->words.reserve(batch->events.size() * kUsualWordsBytes);
  for (const Event& event : batch->events) {
    prepared->events.push_back(PrepareEvent(event, &prepared->words));
  }
  prepared->batch = std::move(batch);
  prepared->done = std::move(done);
  return prepared;
}

}  // namespace tally

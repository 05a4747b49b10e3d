// A batch as the commit pipeline takes it: every event's shape checked and
// its words encoded, on the thread that submits, so that the one thread that
// decides has only decisions to make.

#ifndef TALLY_ENGINE_LEDGER_PREPARED_BATCH_H_
#define TALLY_ENGINE_LEDGER_PREPARED_BATCH_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ledger/batch.h"
#include "engine/model/refusal.h"

namespace tally {

struct PreparedEvent {
  // Not nullptr: the event is malformed, and has no words.
  std::unique_ptr<Refusal> malformed;
  // Where its words are in PreparedBatch::words.
  size_t words_begin = 0;
  size_t words_end = 0;
  uint64_t fingerprint = 0;  // of the words
};

struct PreparedBatch {
  // Without events: a tick.
  std::unique_ptr<Batch> batch;
  BatchDone done;
  std::vector<PreparedEvent> events;  // as batch->events
  std::string words;                  // as EncodeEvent() gives them

  std::string_view WordsOf(size_t event) const {
    const PreparedEvent& prepared = events[event];
    return std::string_view(words).substr(
        prepared.words_begin, prepared.words_end - prepared.words_begin);
  }
  // Who posts it: that of all its events; "" where nobody was asked.
  std::string_view principal() const {
    return batch->events.empty() ? std::string_view()
                                 : batch->events.front().poster.principal;
  }
  int64_t event_count() const { return static_cast<int64_t>(events.size()); }
  int64_t bytes() const { return static_cast<int64_t>(words.size()); }
};

std::unique_ptr<PreparedBatch> Prepare(std::unique_ptr<Batch> batch,
                                       BatchDone done);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_PREPARED_BATCH_H_

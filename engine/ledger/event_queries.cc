#include "engine/ledger/event_queries.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/ledger/event_subjects.h"
#include "engine/ledger/find_names.h"
#include "engine/ledger/page.h"
#include "engine/ledger/reader.h"
#include "engine/ledger/status_facts.h"
#include "engine/log/record_codec.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Events that one page looks at, however few of them match.
constexpr Position kScannedMax = 20'000;

RecordedEvent ToRecorded(Record record) {
  return {.position = record.position,
          .recorded_at = record.recorded_at,
          .event = record.event,
          .decision = std::move(record.decision)};
}

absl::StatusOr<RecordedEvent> ReadEvent(const Reader& reader, Position position,
                                        Arena* arena) {
  ASSIGN_OR_RETURN(const std::string bytes,
                   reader.journal().ReadRecord(position));
  ASSIGN_OR_RETURN(Record record, DecodeRecord(bytes, arena));
  return ToRecorded(std::move(record));
}

bool Has(const EventSubjects::Names& names, std::string_view wanted) {
  return wanted.empty() ||
         std::find(names.begin(), names.end(), wanted) != names.end();
}

// What can be told without the state.
bool MatchesAlone(const Event& event, const EventSubjects& subjects,
                  const EventListQuestion& question) {
  const std::vector<int>& kinds = question.kinds;
  if (!kinds.empty() &&
      std::find(kinds.begin(), kinds.end(), event.kind()) == kinds.end()) {
    return false;
  }
  return question.occurred_from.value_or(Date::Min()) <= event.date() &&
         event.date() <= question.occurred_to.value_or(Date::Max()) &&
         Has(subjects.sites, question.site) &&
         Has(subjects.products, question.product);
}

bool Matches(const Reader& reader, const Event& event,
             const EventListQuestion& question) {
  const EventSubjects subjects = SubjectsOf(event);
  if (!MatchesAlone(event, subjects, question)) return false;
  if (question.party.empty()) return true;
  bool concerns = false;
  reader.Read([&](const View& view) {
    const PartyIndex party =
        view.state.registry().party_names.Find(question.party);
    concerns = Concerns(view.state, event, subjects, party);
  });
  return concerns;
}

}  // namespace

absl::StatusOr<EventAnswer> GetEvent(const Ledger& ledger, const Uuid& id) {
  const Uuid ids[] = {id};
  ASSIGN_OR_RETURN(const auto rows, ledger.reader().tables().FindEvents(ids));
  if (!rows.front().has_value()) {
    return NotThere("event", "id", id.ToString());
  }
  absl::StatusOr<EventAnswer> answer =
      GetEventAt(ledger, rows.front()->position);
  // The tables may be a moment ahead of what is shown.
  if (absl::IsNotFound(answer.status())) {
    return NotThere("event", "id", id.ToString());
  }
  return answer;
}

absl::StatusOr<EventAnswer> GetEventAt(const Ledger& ledger,
                                       Position position) {
  EventAnswer answer{.standing = ledger.standing(),
                     .arena = std::make_unique<Arena>()};
  if (position < 0 || position > answer.standing.as_of) {
    return WithFacts(
        absl::NotFoundError(fmt::format("no event at position {}", position)),
        {{"field", "position"},
         {"value", std::to_string(position)},
         {"limit", fmt::format("0 to {}", answer.standing.as_of)}});
  }
  ASSIGN_OR_RETURN(answer.event,
                   ReadEvent(ledger.reader(), position, answer.arena.get()));
  return answer;
}

absl::StatusOr<EventListAnswer> ListEvents(const Ledger& ledger,
                                           const EventListQuestion& question) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(question.size));
  EventListAnswer answer{.standing = ledger.standing(),
                         .arena = std::make_unique<Arena>(),
                         .next = std::max(question.from, Position{0})};
  Position end = answer.standing.as_of + 1;
  if (question.to.has_value()) end = std::min(end, *question.to + 1);
  const Position scan_end =
      answer.next < end ? std::min(end, answer.next + kScannedMax) : end;
  if (answer.next < scan_end) {
    ASSIGN_OR_RETURN(const std::unique_ptr<JournalReader> log,
                     ledger.reader().journal().Read(answer.next));
    while (answer.next < scan_end && answer.events.size() < size) {
      ASSIGN_OR_RETURN(const bool more, log->Next());
      if (!more) break;
      answer.next = log->position() + 1;
      Arena scratch;
      ASSIGN_OR_RETURN(const Record record,
                       DecodeRecord(log->record(), &scratch));
      if (!Matches(ledger.reader(), record.event, question)) continue;
      Arena* arena = answer.arena.get();
      ASSIGN_OR_RETURN(Record kept, DecodeRecord(log->record(), arena));
      answer.events.push_back(ToRecorded(std::move(kept)));
    }
  }
  answer.at_end = answer.next >= end;
  return answer;
}

}  // namespace tally

#include "engine/ledger/statement_queries.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/base/arena.h"
#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/account_names.h"
#include "engine/ledger/ask.h"
#include "engine/ledger/event_subjects.h"
#include "engine/ledger/holdings_of.h"
#include "engine/ledger/page.h"
#include "engine/ledger/status_facts.h"
#include "engine/log/journal.h"
#include "engine/log/record_codec.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Accounts that one statement may put together: the lots of a holding.
constexpr size_t kAccountsMax = 1'000;

// Where the page before ended, and up to where the first page knew the log.
struct Cursor {
  Position known_end = 0;
  Date date;
  Position position = -1;
  int32_t ordinal = -1;

  bool IsPast(const EntryRow& row) const {
    return std::tie(row.date, row.position, row.ordinal) <=
           std::tie(date, position, ordinal);
  }
};

std::string WriteCursor(const Cursor& cursor) {
  return fmt::format("{} {} {} {}", cursor.known_end, cursor.date.days(),
                     cursor.position, cursor.ordinal);
}

template <typename Number>
bool TakeNumber(std::string_view* text, Number* number) {
  const char* end = text->data() + text->size();
  const auto parsed = std::from_chars(text->data(), end, *number);
  if (parsed.ec != std::errc()) return false;
  const bool space = parsed.ptr != end && *parsed.ptr == ' ';
  text->remove_prefix(static_cast<size_t>(parsed.ptr - text->data()) +
                      (space ? 1 : 0));
  return true;
}

absl::StatusOr<Cursor> ReadCursor(std::string_view after) {
  Cursor cursor;
  std::string_view text = after;
  int32_t days = 0;
  if (TakeNumber(&text, &cursor.known_end) && TakeNumber(&text, &days) &&
      TakeNumber(&text, &cursor.position) &&
      TakeNumber(&text, &cursor.ordinal) && text.empty()) {
    cursor.date = Date(days);
    return cursor;
  }
  return NotAPageToken(after);
}

struct Asked {
  Standing standing;
  HoldingsOf holdings;
  Amount zero;  // of the product
  Date from;
  Date to;
  Date latest;  // business date posted
  Cursor cursor;
};

absl::StatusOr<Asked> AskHoldings(const View& view,
                                  const StatementQuestion& question) {
  Asked asked{.standing = view.standing,
              .from = question.from.value_or(Date::Min()),
              .to = question.to.value_or(view.latest_date),
              .latest = view.latest_date};
  BalanceQuestion account = question.account;
  account.as_at = question.to;
  ASSIGN_OR_RETURN(asked.holdings, FindHoldings(view, account));
  if (asked.holdings.accounts.size() > kAccountsMax) {
    const std::string count = std::to_string(asked.holdings.accounts.size());
    return WithFacts(
        absl::FailedPreconditionError(fmt::format(
            "lot: the stock is in {} holdings, a statement takes {}; name one "
            "lot",
            count, kAccountsMax)),
        {{"field", "lot"},
         {"holdings", count},
         {"limit", std::to_string(kAccountsMax)}});
  }
  asked.zero = AmountOf(view.state, asked.holdings.product, Quantity());
  ASSIGN_OR_RETURN(asked.cursor.known_end,
                   KnownEnd(view, question.account.as_known_at));
  // Before all entries of the first day.
  asked.cursor.date = asked.from;
  return asked;
}

// Reads the entries of several accounts as one statement.
class Merge {
 public:
  Merge(const Ledger* ledger, const Asked* asked, size_t size)
      : ledger_(ledger), asked_(asked), size_(size) {}

  absl::Status Run() {
    for (const AccountIndex account : asked_->holdings.accounts) {
      RETURN_IF_ERROR(Read(account));
    }
    std::sort(rows_.begin(), rows_.end(),
              [](const EntryRow& a, const EntryRow& b) {
                return std::tie(a.date, a.position, a.ordinal) <
                       std::tie(b.date, b.position, b.ordinal);
              });
    more_ = more_ || rows_.size() > size_;
    if (rows_.size() > size_) rows_.resize(size_);
    return absl::OkStatus();
  }

  const std::vector<EntryRow>& rows() const { return rows_; }
  bool more() const { return more_; }
  // The balance before the first row.
  Quantity opening() const { return opening_; }

 private:
  // The first rows after the cursor, as many as a page takes.
  absl::Status Read(AccountIndex account) {
    const Cursor& cursor = asked_->cursor;
    StatementQuery query{.account = account,
                         .dates = {.first = cursor.date, .last = asked_->to},
                         .known_end = cursor.known_end,
                         .page_size = static_cast<int32_t>(size_)};
    size_t kept = 0;
    bool first = true;
    do {
      ASSIGN_OR_RETURN(StatementPage page,
                       ledger_->reader().tables().ReadStatement(query));
      if (std::exchange(first, false)) {
        RETURN_IF_ERROR(AddToOpening(page.opening));
      }
      for (const EntryRow& row : page.entries) {
        if (cursor.IsPast(row)) {
          RETURN_IF_ERROR(AddToOpening(row.delta));
        } else {
          rows_.push_back(row);
          ++kept;
        }
      }
      query.page_token = std::move(page.next_page_token);
    } while (!query.page_token.empty() && kept < size_);
    more_ = more_ || !query.page_token.empty();
    return absl::OkStatus();
  }

  absl::Status AddToOpening(Quantity delta) {
    if (opening_.Add(delta)) return absl::OkStatus();
    return absl::OutOfRangeError("the lots together pass 2^63 - 1 units");
  }

  const Ledger* const ledger_;
  const Asked* const asked_;
  const size_t size_;
  std::vector<EntryRow> rows_;
  Quantity opening_;
  bool more_ = false;
};

// Reads records of the log at positions that mostly ascend. Those that are
// near each other are read in one go: an account that is busy has many entries
// in each piece of the log.
class Records {
 public:
  explicit Records(const Ledger* ledger) : ledger_(ledger) {}

  // Valid until the next one is asked for.
  absl::StatusOr<std::string_view> At(Position position) {
    if (reader_ == nullptr || position < reader_->position() ||
        position - reader_->position() > kStepsMax) {
      ASSIGN_OR_RETURN(reader_, ledger_->reader().journal().Read(position));
      RETURN_IF_ERROR(Step());
    }
    while (reader_->position() < position) RETURN_IF_ERROR(Step());
    return reader_->record();
  }

 private:
  // To step over so many records costs less than to look for the next one.
  static constexpr Position kStepsMax = 256;

  absl::Status Step() {
    ASSIGN_OR_RETURN(const bool found, reader_->Next());
    TALLY_CHECK(found);
    return absl::OkStatus();
  }

  const Ledger* const ledger_;
  std::unique_ptr<JournalReader> reader_;
};

// What an entry says of its event.
absl::Status Describe(Records& records, const EntryRow& row,
                      StatementEntry* entry) {
  ASSIGN_OR_RETURN(const std::string_view bytes, records.At(row.position));
  Arena arena;
  ASSIGN_OR_RETURN(const Record record, DecodeRecord(bytes, &arena));
  entry->event = record.event.id;
  entry->kind = record.event.kind();
  entry->recorded_at = record.recorded_at;
  entry->document = record.event.document;
  const EventSubjects subjects = SubjectsOf(record.event);
  if (!subjects.shipments.empty()) {
    entry->shipment = subjects.shipments.front();
  }
  return absl::OkStatus();
}

absl::Status AddEntries(const Ledger& ledger, const Asked& asked,
                        const Merge& merge, StatementAnswer* answer) {
  Quantity balance = merge.opening();
  Records records(&ledger);
  for (const EntryRow& row : merge.rows()) {
    if (!balance.Add(row.delta)) {
      return absl::OutOfRangeError("the lots together pass 2^63 - 1 units");
    }
    StatementEntry entry{.position = row.position,
                         .date = row.date,
                         .delta = asked.zero,
                         .balance = asked.zero};
    entry.delta.quantity = row.delta;
    entry.balance.quantity = balance;
    RETURN_IF_ERROR(Describe(records, row, &entry));
    answer->page.items.push_back(std::move(entry));
  }
  return absl::OkStatus();
}

// The lots that moved, in one look at the state.
void NameLots(const Ledger& ledger, const std::vector<EntryRow>& rows,
              StatementAnswer* answer) {
  ledger.reader().Read([&](const View& view) {
    for (size_t i = 0; i < rows.size(); ++i) {
      const LotIndex lot = view.state.accounts().at(rows[i].account).key.lot();
      if (!lot.valid()) continue;
      answer->page.items[i].lot = view.state.lots().NameOf(lot);
    }
  });
}

absl::StatusOr<Balance> BalanceOf(const Ledger& ledger, const Asked& asked,
                                  Date date) {
  Balance balance{.account = asked.holdings.account,
                  .amount = asked.zero,
                  .as_at = std::min(date, asked.latest)};
  ASSIGN_OR_RETURN(
      balance.amount.quantity,
      SumKnown(ledger, asked.holdings.accounts, date, asked.cursor.known_end));
  return balance;
}

}  // namespace

absl::StatusOr<StatementAnswer> GetStatement(
    const Ledger& ledger, const StatementQuestion& question) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(question.page.size));
  ASSIGN_OR_RETURN(Asked asked, Ask<Asked>(ledger, [&](const View& view) {
                     return AskHoldings(view, question);
                   }));
  if (!question.page.after.empty()) {
    const Cursor newest = asked.cursor;
    ASSIGN_OR_RETURN(asked.cursor, ReadCursor(question.page.after));
    asked.cursor.known_end =
        std::clamp(asked.cursor.known_end, Position{0}, newest.known_end);
    asked.cursor.date = std::max(asked.cursor.date, newest.date);
  }
  Merge merge(&ledger, &asked, size);
  RETURN_IF_ERROR(merge.Run());
  StatementAnswer answer;
  answer.page.standing = asked.standing;
  ASSIGN_OR_RETURN(
      answer.opening,
      BalanceOf(ledger, asked,
                std::max(asked.from, Date::Min().AddDays(1)).AddDays(-1)));
  ASSIGN_OR_RETURN(answer.closing, BalanceOf(ledger, asked, asked.to));
  RETURN_IF_ERROR(AddEntries(ledger, asked, merge, &answer));
  NameLots(ledger, merge.rows(), &answer);
  if (merge.more()) {
    const EntryRow& last = merge.rows().back();
    answer.page.next = WriteCursor({.known_end = asked.cursor.known_end,
                                    .date = last.date,
                                    .position = last.position,
                                    .ordinal = last.ordinal});
  }
  return answer;
}

}  // namespace tally

#include "tools/tally/csv_reader.h"

#include <utility>

#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace tally::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

class CsvReader {
 public:
  CsvReader(std::string_view text, char separator)
      : text_(text), separator_(separator) {}

  absl::StatusOr<std::vector<CsvRow>> Read();

 private:
  absl::Status ReadRow(CsvRow* row);
  absl::Status ReadQuoted(std::string* cell);
  void ReadPlain(std::string* cell);
  absl::Status Wrong(std::string_view what) const {
    return absl::InvalidArgumentError(fmt::format("line {}: {}", line_, what));
  }
  bool AtEnd() const { return at_ == text_.size(); }
  bool AtLineEnd() const {
    return AtEnd() || text_[at_] == '\n' || text_.substr(at_, 2) == "\r\n";
  }

  std::string_view text_;
  const char separator_;
  size_t at_ = 0;
  int line_ = 1;
};

absl::StatusOr<std::vector<CsvRow>> CsvReader::Read() {
  if (text_.starts_with(kByteOrderMark)) {
    text_.remove_prefix(kByteOrderMark.size());
  }
  std::vector<CsvRow> rows;
  while (!AtEnd()) {
    CsvRow row;
    row.line = line_;
    RETURN_IF_ERROR(ReadRow(&row));
    bool has_text = false;
    for (const std::string& cell : row.cells) {
      has_text = has_text || !cell.empty();
    }
    if (has_text) rows.push_back(std::move(row));
  }
  return rows;
}

absl::Status CsvReader::ReadRow(CsvRow* row) {
  while (true) {
    if (row->cells.size() == kCsvColumnsMax) {
      return Wrong(fmt::format("more than {} columns", kCsvColumnsMax));
    }
    std::string& cell = row->cells.emplace_back();
    if (!AtEnd() && text_[at_] == '"') {
      RETURN_IF_ERROR(ReadQuoted(&cell));
    } else {
      ReadPlain(&cell);
    }
    if (AtLineEnd()) break;
    ++at_;  // the separator
  }
  if (!AtEnd()) {
    at_ += text_[at_] == '\n' ? 1 : 2;
    ++line_;
  }
  return absl::OkStatus();
}

absl::Status CsvReader::ReadQuoted(std::string* cell) {
  const int first_line = line_;
  ++at_;
  while (!AtEnd()) {
    const char c = text_[at_++];
    if (c == '\n') ++line_;
    if (c != '"') {
      *cell += c;
      continue;
    }
    if (!AtEnd() && text_[at_] == '"') {
      *cell += '"';
      ++at_;
      continue;
    }
    if (AtLineEnd() || text_[at_] == separator_) return absl::OkStatus();
    return Wrong("text after a closing quote");
  }
  line_ = first_line;
  return Wrong("a quote that is not closed");
}

void CsvReader::ReadPlain(std::string* cell) {
  while (!AtLineEnd() && text_[at_] != separator_) *cell += text_[at_++];
}

}  // namespace

absl::StatusOr<std::vector<CsvRow>> ReadCsv(std::string_view text,
                                            char separator) {
  return CsvReader(text, separator).Read();
}

}  // namespace tally::cli

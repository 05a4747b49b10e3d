#include "tools/tally/event_file.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/base/sha256.h"
#include "engine/base/strings.h"
#include "fmt/format.h"
#include "services/authoring/derived_id.h"
#include "services/authoring/json_text.h"
#include "services/authoring/read.h"
#include "tools/tally/csv_reader.h"

namespace tally::cli {
namespace {

using nlohmann::json;

std::string Hex(const Sha256Digest& digest) {
  std::string hex;
  for (const uint8_t byte : digest) hex += fmt::format("{:02x}", byte);
  return hex;
}

class FileReader {
 public:
  explicit FileReader(std::string_view text)
      : text_(text), hash_(Hex(Sha256(text))) {}

  EventFile ReadJson();
  EventFile ReadCsvRows(const CsvMapping& mapping);

 private:
  void ReadLines();
  void AddEvent(const std::string& place, const json& in);
  void AddProblem(std::string problem);
  // The column of each mapped one in the file's first row.
  std::vector<size_t> FindColumns(const CsvMapping& mapping,
                                  const CsvRow& header);
  void AddRow(const CsvMapping& mapping, const std::vector<size_t>& columns,
              const CsvRow& row);

  const std::string_view text_;
  const std::string hash_;
  EventFile file_;
};

EventFile FileReader::ReadJson() {
  const size_t first = text_.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) {
    AddProblem("the file is empty");
    return std::move(file_);
  }
  const absl::StatusOr<json> whole = authoring::ParseJson(text_);
  if (whole.ok() && whole->is_array()) {
    for (size_t i = 0; i < whole->size(); ++i) {
      AddEvent(fmt::format("event {}", i + 1), (*whole)[i]);
    }
  } else if (whole.ok()) {
    AddEvent("event 1", *whole);
  } else if (text_[first] == '{' &&
             text_.find('\n', first) != std::string_view::npos) {
    ReadLines();
    // One object over many lines that is no JSON is none line by line either.
    if (file_.events.empty()) {
      file_.problems = {std::string(MessageOf(whole.status()))};
    }
  } else {
    AddProblem(std::string(MessageOf(whole.status())));
  }
  return std::move(file_);
}

void FileReader::ReadLines() {
  size_t from = 0;
  for (int number = 1; from < text_.size(); ++number) {
    const size_t end = std::min(text_.find('\n', from), text_.size());
    const std::string_view line = text_.substr(from, end - from);
    from = end + 1;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string place = fmt::format("line {}", number);
    const absl::StatusOr<json> event = authoring::ParseJson(line);
    if (!event.ok()) {
      AddProblem(fmt::format("{}: {}", place, MessageOf(event.status())));
      continue;
    }
    AddEvent(place, *event);
  }
}

EventFile FileReader::ReadCsvRows(const CsvMapping& mapping) {
  const auto rows = ReadCsv(text_, mapping.separator);
  if (!rows.ok()) {
    AddProblem(std::string(MessageOf(rows.status())));
    return std::move(file_);
  }
  if (rows->empty()) {
    AddProblem("the file is empty");
    return std::move(file_);
  }
  const std::vector<size_t> columns = FindColumns(mapping, rows->front());
  if (!file_.problems.empty()) return std::move(file_);
  for (size_t i = 1; i < rows->size(); ++i)
    AddRow(mapping, columns, (*rows)[i]);
  return std::move(file_);
}

std::vector<size_t> FileReader::FindColumns(const CsvMapping& mapping,
                                            const CsvRow& header) {
  std::vector<size_t> columns;
  for (const MappedColumn& column : mapping.columns) {
    const auto found =
        std::find(header.cells.begin(), header.cells.end(), column.header);
    if (found == header.cells.end()) {
      AddProblem(
          fmt::format("row {}: no column `{}`", header.line, column.header));
    }
    columns.push_back(
        static_cast<size_t>(std::distance(header.cells.begin(), found)));
  }
  return columns;
}

void FileReader::AddRow(const CsvMapping& mapping,
                        const std::vector<size_t>& columns, const CsvRow& row) {
  const std::string place = fmt::format("row {}", row.line);
  json event = json::object();
  bool is_readable = true;
  const auto set = [&](const std::string& field, json value) {
    if (SetField(field, std::move(value), &event)) return;
    AddProblem(
        fmt::format("{}: {}: must be a field of an event", place, field));
    is_readable = false;
  };
  for (const auto& [field, value] : mapping.constants) set(field, value);
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] >= row.cells.size()) continue;  // a short row
    const MappedColumn& column = mapping.columns[i];
    const std::string& cell = row.cells[columns[i]];
    absl::StatusOr<json> value = ReadCell(mapping, column, cell);
    if (!value.ok()) {
      AddProblem(fmt::format(
          "{}: {}: got {}, must be {}", place, column.header,
          json(cell).dump(-1, ' ', false, json::error_handler_t::replace),
          MessageOf(value.status())));
      is_readable = false;
    } else if (!value->is_null()) {
      set(column.field, *std::move(value));
    }
  }
  if (is_readable) AddEvent(place, event);
}

void FileReader::AddEvent(const std::string& place, const json& in) {
  PlacedEvent placed;
  placed.place = place;
  const auto problems = authoring::Read(in, &placed.event);
  for (const authoring::Problem& problem : problems) {
    AddProblem(fmt::format("{}: {}", place, problem.ToString()));
  }
  authoring::EnsureId(fmt::format("file {}, {}", hash_, place), &placed.event);
  file_.events.push_back(std::move(placed));
}

void FileReader::AddProblem(std::string problem) {
  if (file_.problems.size() < kFileProblemsMax) {
    file_.problems.push_back(std::move(problem));
  }
}

}  // namespace

EventFile ReadJsonEvents(std::string_view text) {
  return FileReader(text).ReadJson();
}

EventFile ReadCsvEvents(std::string_view text, const CsvMapping& mapping) {
  return FileReader(text).ReadCsvRows(mapping);
}

}  // namespace tally::cli

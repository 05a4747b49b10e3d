#include "tools/tally/query.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <ostream>
#include <utility>

#include "engine/base/check.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "services/authoring/read.h"
#include "services/authoring/write.h"
#include "tools/tally/access.h"

namespace tally::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr int kPageSizeMax = 1'000;
constexpr const char* kNextPageToken = "next_page_token";

const MethodDescriptor& MethodOf(const std::string& name) {
  std::string full = "tallystick.v1." + name;
  std::replace(full.begin(), full.end(), '/', '.');
  const MethodDescriptor* method =
      DescriptorPool::generated_pool()->FindMethodByName(full);
  TALLY_CHECK(method != nullptr);
  return *method;
}

std::unique_ptr<Message> New(const Descriptor& type) {
  return std::unique_ptr<Message>(
      MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

// Text as it was given, or a number where the field is one.
json ValueOf(const FieldDescriptor& field, const std::string& text) {
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) return text == "true";
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_INT32 &&
      field.cpp_type() != FieldDescriptor::CPPTYPE_INT64) {
    return text;
  }
  int64_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return text;
  return number;
}

// Every field that an option of the same name gives.
json RequestOf(const Query& query, const Descriptor& type,
               const Arguments& arguments) {
  json request = query.fixed;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    std::string option = field.name();
    std::replace(option.begin(), option.end(), '_', '-');
    if (!arguments.Has(option)) continue;
    if (!field.is_repeated()) {
      request[field.name()] = ValueOf(field, arguments.Get(option));
      continue;
    }
    for (const std::string& value : arguments.All(option)) {
      request[field.name()].push_back(ValueOf(field, value));
    }
  }
  return request;
}

std::optional<int> LimitOf(const Arguments& arguments) {
  if (!arguments.Has("limit")) return kRowsDefault;
  const std::string text = arguments.Get("limit");
  int limit = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc() || end != text.data() + text.size() || limit < 1 ||
      limit > kRowsMax) {
    return std::nullopt;
  }
  return limit;
}

// Sets `name` of a message that has it.
void SetInt(const std::string& name, int value, Message* message) {
  message->GetReflection()->SetInt32(
      message, message->GetDescriptor()->FindFieldByName(name), value);
}

std::string TokenOf(const Message& page) {
  return page.GetReflection()->GetString(
      page, page.GetDescriptor()->FindFieldByName(kNextPageToken));
}

// Moves the rows of a later page to the end of those of the first.
void Append(const std::string& rows, Message* page, Message* first) {
  const FieldDescriptor* field = page->GetDescriptor()->FindFieldByName(rows);
  const auto* reflection = page->GetReflection();
  const int count = reflection->FieldSize(*page, field);
  for (int i = 0; i < count; ++i) {
    reflection->AddMessage(first, field)
        ->CopyFrom(reflection->GetRepeatedMessage(*page, field, i));
  }
}

grpc::Status AskPages(const Query& query, int limit,
                      const Connection& connection, Message* request,
                      Message* first, bool* has_more) {
  const auto* field = first->GetDescriptor()->FindFieldByName(query.rows);
  const auto* token = request->GetDescriptor()->FindFieldByName("page_token");
  SetInt("page_size", std::min(limit, kPageSizeMax), request);
  grpc::Status status = connection.Call(query.method, *request, first);
  std::string next = status.ok() ? TokenOf(*first) : "";
  const auto* reflection = first->GetReflection();
  while (status.ok() && !next.empty() &&
         reflection->FieldSize(*first, field) < limit) {
    request->GetReflection()->SetString(request, token, next);
    const int left = limit - reflection->FieldSize(*first, field);
    SetInt("page_size", std::min(left, kPageSizeMax), request);
    const std::unique_ptr<Message> page = New(*first->GetDescriptor());
    status = connection.Call(query.method, *request, page.get());
    if (!status.ok()) break;
    Append(query.rows, page.get(), first);
    next = TokenOf(*page);
  }
  reflection->ClearField(
      first, first->GetDescriptor()->FindFieldByName(kNextPageToken));
  *has_more = !next.empty();
  return status;
}

}  // namespace

Reply AskQuery(const Query& query, const Arguments& arguments,
               const Connection& connection) {
  Reply reply;
  const MethodDescriptor& method = MethodOf(query.method);
  const std::unique_ptr<Message> request = New(*method.input_type());
  const std::unique_ptr<Message> response = New(*method.output_type());
  for (const authoring::Problem& problem : authoring::Read(
           RequestOf(query, *method.input_type(), arguments), request.get())) {
    reply.problems.push_back(problem.ToString());
  }
  const std::optional<int> limit = LimitOf(arguments);
  if (!limit.has_value()) {
    reply.problems.push_back(
        fmt::format("limit: must be a whole number from 1 to {}", kRowsMax));
  }
  if (!reply.problems.empty()) return reply;
  if (method.output_type()->FindFieldByName(kNextPageToken) != nullptr) {
    reply.status = AskPages(query, *limit, connection, request.get(),
                            response.get(), &reply.has_more);
  } else {
    reply.status = connection.Call(query.method, *request, response.get());
  }
  if (reply.status.ok()) reply.whole = authoring::Write(*response);
  return reply;
}

std::optional<ExitCode> Failed(const Reply& reply, const Terminal& terminal) {
  for (const std::string& problem : reply.problems) {
    terminal.err << "tally: " << problem << '\n';
  }
  if (!reply.problems.empty()) return ExitCode::kUsage;
  if (!reply.status.ok()) return Fail(reply.status, terminal);
  return std::nullopt;
}

void SayMore(const Reply& reply, const Arguments& arguments,
             const Terminal& terminal) {
  if (!reply.has_more) return;
  terminal.err << fmt::format("tally: there are more than {}; raise --limit\n",
                              arguments.Get("limit"));
}

ExitCode RunQuery(const Query& query, const Arguments& arguments,
                  const Terminal& terminal) {
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  if (!connection.has_value()) return ExitCode::kUsage;
  const Reply reply = AskQuery(query, arguments, *connection);
  if (const auto failed = Failed(reply, terminal)) return *failed;
  std::vector<ordered_json> rows;
  const ordered_json* found = At(reply.whole, query.rows);
  if (found != nullptr && found->is_array()) {
    rows.assign(found->begin(), found->end());
  } else if (found != nullptr) {
    rows.push_back(*found);
  }
  PrintRows(query.columns, rows, reply.whole, arguments, terminal);
  SayMore(reply, arguments, terminal);
  return ExitCode::kDone;
}

void PrintRows(const std::vector<Column>& columns,
               const std::vector<ordered_json>& rows, const ordered_json& whole,
               const Arguments& arguments, const Terminal& terminal) {
  const std::string format = arguments.Get("output");
  if (format == "json") {
    terminal.out << whole.dump(2) << '\n';
  } else if (format == "csv") {
    PrintCsv(TableOf(columns, rows), terminal.out);
  } else {
    PrintTable(TableOf(columns, rows), terminal.has_colour, terminal.out);
  }
}

Command QueryCommand(std::string name, std::string summary,
                     std::string examples, std::vector<Option> options,
                     Query query) {
  Command command;
  command.name = std::move(name);
  command.summary = std::move(summary);
  command.examples = std::move(examples);
  command.options = std::move(options);
  if (MethodOf(query.method).input_type()->FindFieldByName("page_size") !=
      nullptr) {
    command.options.push_back(LimitOption());
  }
  command.run = [query = std::move(query)](const Arguments& arguments,
                                           const Terminal& terminal) {
    return RunQuery(query, arguments, terminal);
  };
  return command;
}

Option LimitOption() {
  return {.name = "limit",
          .value = "ROWS",
          .help = "the most rows to answer",
          .fallback = std::to_string(kRowsDefault)};
}

}  // namespace tally::cli

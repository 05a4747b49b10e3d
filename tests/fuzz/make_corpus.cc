// Writes what fuzz targets begin with: the files that a ledger makes of a
// random stream of good events, and questions to a small server.
//
//   make_corpus FOLDER

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/date.h"
#include "engine/ledger/audit_export.h"
#include "engine/ledger/checkpoints.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/proof_queries.h"
#include "engine/ledger/receipt.h"
#include "engine/log/chunk.h"
#include "engine/log/record_codec.h"
#include "fmt/format.h"
#include "services/authoring/read.h"
#include "services/page_token.h"
#include "services/wire/decode.h"
#include "tallystick/v1/ledger_service.pb.h"
#include "tests/compare/engine_side.h"
#include "tests/compare/generator.h"
#include "tests/compare/small_world.h"
#include "tests/fuzz/small_server.h"

namespace tally::fuzz {
namespace {

namespace fs = std::filesystem;
namespace v1 = tallystick::v1;

// Of a sort of input, so many.
constexpr size_t kKept = 24;
constexpr int kSteps = 60;

std::string Read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Corpora {
 public:
  explicit Corpora(fs::path folder) : folder_(std::move(folder)) {}

  void Add(const std::string& target, const std::string& name,
           std::string_view bytes) {
    fs::create_directories(folder_ / target);
    std::ofstream(folder_ / target / name, std::ios::binary) << bytes;
  }

 private:
  const fs::path folder_;
};

std::string After(uint8_t choice, std::string_view bytes) {
  std::string input(1, static_cast<char>(choice));
  return input.append(bytes);
}

// An event, and when it is recorded.
struct Dated {
  Instant recorded_at;
  v1::Event event;
};

void AddStep(const compare::Step& step, std::vector<Dated>* events) {
  for (const auto& json : step.events) {
    Dated dated{.recorded_at = *ParseInstant(step.recorded_at), .event = {}};
    if (authoring::Read(json, &dated.event).empty()) {
      events->push_back(std::move(dated));
    }
  }
}

std::vector<Dated> MakeEvents() {
  std::vector<Dated> events;
  compare::EngineSide engine(/*traces=*/1'000, /*reloads=*/0);
  for (const compare::Step& step : compare::MakeSmallWorld(0).setup) {
    engine.Post(step);
    AddStep(step, &events);
  }
  compare::Generator generator(5);
  for (int i = 0; i < kSteps; ++i) {
    const compare::Step step = generator.Next();
    std::vector<std::string> codes;
    for (const compare::Said& said : engine.Post(step)) {
      codes.push_back(said.code);
    }
    generator.Learn(codes);
    AddStep(step, &events);
  }
  return events;
}

void AddRequests(const std::vector<Dated>& events, Corpora* out) {
  for (size_t i = 0; i + 3 < events.size() && i / 4 < kKept; i += 4) {
    v1::PostEventsRequest request;
    for (size_t j = i; j < i + 3; ++j) *request.add_events() = events[j].event;
    out->Add("request_fuzz", fmt::format("{:02}", i),
             After(7, request.SerializeAsString()));
  }
}

std::unique_ptr<Ledger> Post(const std::string& folder, ManualClock* clock,
                             const std::vector<Dated>& events) {
  auto ledger = Ledger::Open(
      {.directory = folder,
       .clock = clock,
       .signing = {.new_key = Ed25519Seed{3}, .origin = "example.org/ledger"},
       .salt_seed = Sha256Digest{5}});
  TALLY_CHECK(ledger.ok());
  for (const Dated& dated : events) {
    clock->Set(dated.recorded_at);
    auto batch = std::make_unique<Batch>();
    batch->events.push_back(wire::Decode(dated.event, &batch->arena));
    TALLY_CHECK((*ledger)->Post(std::move(batch)).status.ok());
  }
  TALLY_CHECK((*ledger)->checkpoints().Make().ok());
  TALLY_CHECK((*ledger)->MakeSnapshot().ok());
  return *std::move(ledger);
}

void AddRecords(const Ledger& ledger, Corpora* out) {
  Group group(0);
  for (Position at = 0; at < ledger.standing().tree_size(); ++at) {
    const auto receipt = GetReceipt(ledger, at);
    TALLY_CHECK(receipt.ok());
    Arena arena;
    const auto record = DecodeRecord(receipt->record, &arena);
    TALLY_CHECK(record.ok());
    if (at % 4 == 0 && at / 4 < static_cast<Position>(kKept)) {
      out->Add("record_fuzz", fmt::format("event-{:02}", at),
               After(0, record->event_bytes));
      out->Add("record_fuzz", fmt::format("record-{:02}", at),
               After(1, receipt->record));
    }
    if (at < 3) {
      const std::string text = FormatReceipt(*receipt);
      out->Add("note_fuzz", fmt::format("receipt-{}", at), text);
      group.AddStored(record->recorded_at, receipt->record);
    }
    if (at == 0) {
      out->Add("note_fuzz", "checkpoint", receipt->checkpoint.note);
      out->Add("note_fuzz", "tree", FormatTreeNote(receipt->checkpoint.tree));
      out->Add("note_fuzz", "verifier-key", receipt->verifier_key);
    }
  }
  std::string chunk;
  EncodeChunk({.count = group.count()}, group, {0, group.count()}, &chunk);
  out->Add("record_fuzz", "chunk", After(2, chunk));
}

void AddFiles(const std::string& folder, Corpora* out) {
  for (const auto& [first, last] :
       {std::pair<Position, Position>{0, 9}, {4, 6}}) {
    const std::string path = folder + "/bundle";
    TALLY_CHECK(ExportAudit(folder, {first, last}, path).ok());
    out->Add("audit_fuzz", fmt::format("bundle-{}-{}", first, last),
             After(1, Read(path)));
  }
  for (const auto& entry : fs::directory_iterator(folder + "/snapshots")) {
    out->Add("snapshot_fuzz", "file", After(0, Read(entry.path())));
  }
}

void AddCalls(Corpora* out) {
  SmallServer& server = TheServer();
  uint8_t list = 0;
  for (size_t i = 0; i < server.methods().size(); ++i) {
    const MethodDescriptor& method = *server.methods()[i];
    const auto question = server.Question(method);
    out->Add("call_fuzz", method.name(),
             After(static_cast<uint8_t>(i), question->SerializeAsString()));
    const auto* const type = method.input_type();
    const auto* const size = type->FindFieldByName("page_size");
    const auto* const token = type->FindFieldByName("page_token");
    if (token == nullptr) continue;
    const auto choice = static_cast<uint8_t>(2 * list++);
    question->GetReflection()->SetInt32(question.get(), size, 1);
    std::string answer;
    const auto status =
        server.Call(method, question->SerializeAsString(), &answer);
    TALLY_CHECK(IsAnswer(status));
    const std::unique_ptr<Message> response(
        google::protobuf::MessageFactory::generated_factory()
            ->GetPrototype(method.output_type())
            ->New());
    TALLY_CHECK(response->ParseFromString(answer));
    const std::string next = response->GetReflection()->GetString(
        *response,
        response->GetDescriptor()->FindFieldByName("next_page_token"));
    services::SetPageKey(server.PageKey(), question.get());
    question->GetReflection()->SetString(question.get(), token, next);
    const auto place = services::OpenPageToken(*question);
    TALLY_CHECK(place.ok());
    out->Add("page_token_fuzz", method.name() + "-place",
             After(choice + 1, place->empty() ? "0" : *place));
    if (list < 3) {
      out->Add("page_token_fuzz", method.name() + "-token",
               After(choice, next + "A"));
    }
  }
}

void AddSequences(Corpora* out) {
  std::mt19937_64 random(11);
  for (const int size : {300, 700, 1'000, 1'500}) {
    std::string bytes;
    for (int i = 0; i < size; ++i) {
      bytes.push_back(static_cast<char>(random()));
    }
    out->Add("sequence_fuzz", std::to_string(size), bytes);
  }
}

void Make(const std::string& folder) {
  Corpora out(folder);
  const std::vector<Dated> events = MakeEvents();
  AddRequests(events, &out);
  const std::string ledger_folder = folder + "/ledger";
  fs::remove_all(ledger_folder);
  ManualClock clock;
  {
    const auto ledger = Post(ledger_folder, &clock, events);
    AddRecords(*ledger, &out);
    ledger->Close();
  }
  AddFiles(ledger_folder, &out);
  fs::remove_all(ledger_folder);
  AddCalls(&out);
  AddSequences(&out);
}

}  // namespace
}  // namespace tally::fuzz

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: make_corpus FOLDER\n";
    return 2;
  }
  tally::fuzz::Make(argv[1]);
  return 0;
}

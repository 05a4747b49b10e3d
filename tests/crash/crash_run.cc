#include "tests/crash/crash_run.h"

#include <signal.h>

#include <thread>
#include <utility>

#include "engine/base/arena.h"
#include "engine/base/strings.h"
#include "engine/base/uuid.h"
#include "engine/log/merkle.h"
#include "engine/log/merkle_proof.h"
#include "engine/log/record_codec.h"
#include "engine/log/rocks_journal.h"
#include "fmt/format.h"
#include "grpcpp/grpcpp.h"
#include "tests/crash/crash_world.h"

namespace tally::crash {
namespace {

namespace v1 = tallystick::v1;

// Acknowledged events before the kill, and turns given up after them.
constexpr uint64_t kEventsMax = 1'500;
constexpr uint64_t kTurnsMax = 2'000;

std::string IdOf(int client, int64_t number) {
  return UuidOfName(fmt::format("crash {} {}", client, number)).ToString();
}

}  // namespace

CrashRun::CrashRun(uint64_t seed, int clients) : random_(seed) {
  for (int i = 0; i < clients; ++i) {
    clients_.push_back(std::make_unique<CrashClient>(i, random_()));
  }
}

bool CrashRun::Wrong(std::string what) {
  wrong_ = fmt::format("cycle {}: {}", figures_.cycles, what);
  return false;
}

bool CrashRun::Cycle() {
  services::TallydProcess process(
      folder_, {"--data", folder_.At("ledger"), "--listen", "127.0.0.1:0"});
  const auto channel = process.Connect();
  if (channel == nullptr) {
    return Wrong("the server does not start: " + process.Wait().err);
  }
  if (!Ask(channel)) return false;
  PostUntilKilled(channel, &process);
  ++figures_.cycles;
  if (!ReadLog()) return false;
  for (const auto& client : clients_) {
    if (!CompareClient(*client)) return false;
  }
  return true;
}

bool CrashRun::Ask(const std::shared_ptr<grpc::Channel>& channel) {
  const auto stub = v1::LedgerService::NewStub(channel);
  grpc::ClientContext context;
  v1::PostEventsResponse response;
  const auto request = MakeWorld(static_cast<int>(clients_.size()));
  const grpc::Status posted = stub->PostEvents(&context, request, &response);
  if (!posted.ok()) return Wrong(posted.error_message());
  for (const v1::Outcome& outcome : response.outcomes()) {
    if (!outcome.has_accepted()) return Wrong(outcome.ShortDebugString());
  }
  // Before the retries add to it.
  if (!AskBalances(channel)) return false;
  for (const auto& client : clients_) {
    if (!client->Retry(channel, in_log_) || !client->Repeat(channel)) {
      return Wrong(client->wrong());
    }
  }
  return true;
}

bool CrashRun::AskBalances(const std::shared_ptr<grpc::Channel>& channel) {
  for (const auto& client : clients_) {
    Deltas expected;
    for (int64_t i = 0; i < client->next(); ++i) {
      if (!in_log_.contains(IdOf(client->number(), i))) continue;
      const Deltas deltas = DeltasOf(i);
      expected.segregated += deltas.segregated;
      expected.entitled += deltas.entitled;
    }
    v1::GetBalanceRequest request;
    request.set_site(SiteOf(client->number()));
    request.set_product("cpo");
    request.set_scheme("seg");
    request.set_model(v1::MODEL_SEGREGATED);
    if (!AskBalance(channel, request, expected.segregated)) return false;
    request.set_scheme("fix");
    request.set_model(v1::MODEL_MASS_BALANCE);
    if (!AskBalance(channel, request, expected.entitled)) return false;
  }
  return true;
}

bool CrashRun::AskBalance(const std::shared_ptr<grpc::Channel>& channel,
                          const v1::GetBalanceRequest& request,
                          int64_t expected) {
  const auto stub = v1::BalanceService::NewStub(channel);
  grpc::ClientContext context;
  v1::GetBalanceResponse response;
  const grpc::Status status = stub->GetBalance(&context, request, &response);
  if (!status.ok()) return Wrong(status.error_message());
  const std::string& held = response.balance().quantity();
  if (std::stod(held) == static_cast<double>(expected)) return true;
  return Wrong(fmt::format("{} holds {} under {} instead of {}", request.site(),
                           held, request.scheme(), expected));
}

void CrashRun::PostUntilKilled(const std::shared_ptr<grpc::Channel>& channel,
                               services::TallydProcess* process) {
  Progress progress;
  std::vector<std::thread> posting;
  for (const auto& client : clients_) {
    posting.emplace_back([&channel, &progress, c = client.get()] {
      c->Run(channel, &progress);
    });
  }
  // The moment of the kill is random: so many events are acknowledged by then,
  // and the server has gone on for a while after that.
  progress.WaitFor(static_cast<int64_t>(random_() % kEventsMax));
  for (uint64_t turn = random_() % kTurnsMax; turn > 0; --turn) {
    std::this_thread::yield();
  }
  process->Signal(SIGKILL);
  for (std::thread& thread : posting) thread.join();
  process->Wait();
  figures_.acknowledged += progress.acknowledged();
  figures_.receipts = 0;
  for (const auto& client : clients_) {
    figures_.receipts += client->receipts_checked();
  }
}

bool CrashRun::ReadLog() {
  const auto journal = RocksJournal::Open(folder_.At("ledger") + "/log",
                                          {.mode = OpenMode::kReadOnly});
  if (!journal.ok()) return Wrong(journal.status().ToString());
  in_log_.clear();
  MerkleFrontier tree;
  auto reader = (*journal)->Read(0);
  if (!reader.ok()) return Wrong(reader.status().ToString());
  while (true) {
    const auto more = (*reader)->Next();
    if (!more.ok()) return Wrong(more.status().ToString());
    if (!*more) break;
    Arena arena;
    const auto record = DecodeRecord((*reader)->record(), &arena);
    if (!record.ok()) return Wrong(record.status().ToString());
    tree.Append(LeafHash((*reader)->record()));
    const std::string id = record->event.id.ToString();
    if (!in_log_.emplace(id, (*reader)->position()).second) {
      return Wrong("event " + id + " is in the log twice");
    }
  }
  const TreeHead head = (*journal)->head();
  if (head.root != tree.Root()) return Wrong("the tree has another root");
  for (const auto& [size, root] : root_of_) {
    const auto now = RootAt((*journal)->tree(), size);
    if (!now.ok() || *now != root) {
      return Wrong(fmt::format("the tree of {} has another root", size));
    }
  }
  root_of_[head.size] = head.root;
  return true;
}

bool CrashRun::CompareClient(const CrashClient& client) {
  if (!client.wrong().empty()) return Wrong(client.wrong());
  for (const auto& [number, position] : client.acknowledged()) {
    const auto found = in_log_.find(IdOf(client.number(), number));
    if (found == in_log_.end()) {
      ++figures_.lost;
      Wrong(fmt::format("event {} of client {}, acknowledged at {}, is lost",
                        number, client.number(), position));
    } else if (found->second != position) {
      return Wrong(fmt::format("event {} of client {} is at {} instead of {}",
                               number, client.number(), found->second,
                               position));
    }
  }
  if (figures_.lost > 0) return false;
  int64_t there = 0;
  int64_t absent = 0;
  for (int64_t number = 0; number < client.next(); ++number) {
    const bool is_there = in_log_.contains(IdOf(client.number(), number));
    const bool refused = IsRefused(number);
    if (refused && is_there) return Wrong("a refused event is in the log");
    if (refused || client.acknowledged().contains(number)) continue;
    ++(is_there ? there : absent);
  }
  if (there > 0 && absent > 0) return Wrong("half of a batch is in the log");
  figures_.unanswered_there += there > 0 ? 1 : 0;
  figures_.unanswered_absent += absent > 0 ? 1 : 0;
  return true;
}

}  // namespace tally::crash

#include "tests/simulation/simulation.h"

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "engine/ledger/ledger.h"
#include "fmt/format.h"
#include "tests/compare/dice.h"
#include "tests/engine/ledger/ledger_fixture.h"
#include "tests/simulation/kept_snapshots.h"
#include "tests/simulation/requests.h"
#include "tests/simulation/simulated_disk.h"
#include "tests/simulation/witness.h"

namespace tally::simulation {
namespace {

constexpr int kClients = 4;
// Small, so that queue and group are full now and then.
constexpr int64_t kQueuedMax = 24;
constexpr int64_t kGroupMax = 8;
constexpr int64_t kMicrosPerDay = int64_t{86'400} * 1'000'000;

// What may happen next, and how often of a hundred times it does.
enum class Action : uint8_t {
  kAsk,      // a client sends its request, for the first time or again
  kDeliver,  // a message reaches the ledger, whichever was sent first
  kLoseMessage,
  kAnswer,  // an answer reaches its client
  kLoseAnswer,
  kDecide,
  kHandOver,
  kWrite,
  kRead,
  kTime,
  kTick,
  kCrash,
  kStore,     // the derived tables store some of what they have in memory
  kSnapshot,  // is made
  kStop,      // in good order
};
constexpr std::array<int, 15> kWeights = {15, 18, 2, 18, 2, 13, 11, 13,
                                          1,  2,  1, 1,  1, 1,  1};
// What goes on while a snapshot is made: the first eight.
constexpr int kActionsMeanwhile = 8;
// Operations on files that making a snapshot takes, about.
constexpr int64_t kFileOperations = 14;

struct Client {
  Request request;
  int number = -1;  // of its request; it has one when it waits
  bool waits = false;
};

// A request on its way, or an answer.
struct Message {
  int client = 0;
  int number = 0;
  bool answered = false;  // an answer that is more than an error
};

class Simulation {
 public:
  explicit Simulation(const Options& options)
      : options_(options),
        dice_(options.seed),
        witness_(&disk_),
        snapshots_(&disk_) {
    disk_.files().OnOperation([this] { Meanwhile(); });
  }

  Report Run() {
    clock_.Set(Instant(Day("2025-02-01")));
    Open();
    if (Right()) PostTheWorld();
    for (int i = 0; i < options_.steps && Right(); ++i) Step();
    if (Right()) Finish();
    Trace("end");
    for (const uint8_t byte : disk_.journal().head().root) {
      trace_ += fmt::format("{:02x}", byte);
    }
    report_.trace = Sha256(trace_);
    report_.wrong = wrong_.empty() ? witness_.wrong() : wrong_;
    report_.acknowledged = witness_.acknowledged();
    report_.lost = witness_.lost();
    report_.records = disk_.journal().head().size;
    ledger_.reset();
    return report_;
  }

 private:
  bool Right() const { return wrong_.empty() && witness_.wrong().empty(); }
  void Trace(std::string_view what, int64_t of = 0) {
    trace_ += fmt::format("{} {} {}\n", what, of, disk_.journal().head().size);
  }

  void Open() {
    wrong_ = snapshots_.Look();
    if (!wrong_.empty()) return;
    auto ledger =
        Ledger::OpenOn(disk_.Open(), {.clock = &clock_,
                                      .threading = Threading::kCallerRuns,
                                      .queued_events_max = kQueuedMax,
                                      .group_events_max = kGroupMax});
    if (!ledger.ok()) {
      wrong_ = "the ledger does not open: " + ledger.status().ToString();
      return;
    }
    ledger_ = *std::move(ledger);
    witness_.Opened(*ledger_);
    const Position start = ledger_->opening().snapshot_end;
    report_.from_snapshots += start > 0 ? 1 : 0;
    Trace("opened", start);
    if (start == snapshots_.start()) return;
    wrong_ = fmt::format("it was opened from the snapshot of {}, not of {}",
                         start, snapshots_.start());
  }

  // The process is no more; what the disk keeps is chance.
  void Reopen() {
    disk_.Kill();
    ledger_.reset();
    stopped_ = false;
    to_ledger_.clear();
    Restart();
    if (dice_.Percent(10)) DieWhileOpening();
    Open();
  }
  void Restart() {
    disk_.Restart({.batches = static_cast<size_t>(
                       dice_.Number(0, static_cast<int64_t>(disk_.batches()))),
                   .no_tables = dice_.Percent(5),
                   .power_cut = dice_.Percent(50),
                   .keep_half = dice_.Percent(50)});
    if (dice_.Percent(10)) {
      snapshots_.Damage(static_cast<uint64_t>(dice_.Number(0, INT64_MAX - 1)));
    }
  }

  // The disk fails the tables while they catch up with the log.
  void DieWhileOpening() {
    disk_.SetFate(Fate::kTablesFail);
    auto ledger = Ledger::OpenOn(
        disk_.Open(), {.clock = &clock_, .threading = Threading::kCallerRuns});
    Trace(ledger.ok() ? "opened at once" : "died while opening");
    ++report_.crashes;
    disk_.Kill();
    if (ledger.ok()) ledger->reset();
    Restart();
  }

  void PostTheWorld() {
    const BatchResult result = ledger_->Post(WorldBatch());
    if (!result.status.ok()) wrong_ = result.status.ToString();
    for (const Outcome& outcome : result.outcomes) {
      if (!outcome.accepted()) wrong_ = outcome.refusal->message;
    }
    witness_.Ask(*ledger_, Day("2025-01-15"));
  }

  void Step() {
    ++report_.steps;
    // Most of what is chosen is not to be done at the time.
    while (!Do(Choose())) {
    }
    if (disk_.dead()) {
      ++report_.crashes;
      Trace("died");
      Reopen();
    } else if (stopped_) {
      Trace("stopped");
      Reopen();
    } else if (!ledger_->health().writes.ok() && dice_.Percent(20)) {
      ++report_.failures;
      Trace("restarted");
      Reopen();
    }
    if (Right()) AskWitness();
  }

  // What is, and what was on some day.
  void AskWitness() {
    const Date day =
        Day("2025-01-01").AddDays(static_cast<int>(dice_.Number(0, 90)));
    witness_.Ask(*ledger_, day);
  }

  Action Choose() {
    int64_t at = dice_.Number(0, 99);
    size_t action = 0;
    while (at >= kWeights[action]) at -= kWeights[action++];
    return static_cast<Action>(action);
  }

  // False: there was nothing to do.
  bool Do(Action action) {
    switch (action) {
      case Action::kAsk:
        return Ask(static_cast<int>(dice_.Number(0, kClients - 1)));
      case Action::kDeliver:
        return Deliver();
      case Action::kLoseMessage:
        return TakeOne(&to_ledger_).number >= 0;
      case Action::kAnswer:
        return Answer();
      case Action::kLoseAnswer:
        return TakeOne(&to_clients_).number >= 0;
      case Action::kDecide:
        return ledger_->RunStep(PipelineStep::kDecide);
      case Action::kHandOver:
        return ledger_->RunStep(PipelineStep::kHandOver);
      case Action::kWrite:
        return Write();
      case Action::kRead:
        witness_.AskAll(*ledger_);
        return true;
      case Action::kTime:
        return PassTime();
      case Action::kTick:
        return ledger_->Tick({}).ok();
      case Action::kCrash:
        if (!dice_.Percent(30)) return false;
        disk_.Kill();
        return true;
      case Action::kStore:
        disk_.StoreBatches(static_cast<size_t>(
            dice_.Number(0, static_cast<int64_t>(disk_.batches()))));
        return true;
      case Action::kSnapshot:
        return MakeSnapshot();
      case Action::kStop:
        return Stop();
    }
    return false;
  }

  // Now and then an operation on its file fails, or the process dies there.
  void SetFateOfFiles() {
    if (dice_.Percent(30)) {
      disk_.files().FailAfter(dice_.Number(0, kFileOperations));
    }
    die_after_ = dice_.Percent(30) ? dice_.Number(0, kFileOperations) : -1;
  }

  bool MakeSnapshot() {
    SetFateOfFiles();
    meanwhile_ = true;
    const absl::Status made = ledger_->MakeSnapshot();
    meanwhile_ = false;
    NoteSnapshot("snapshot", made);
    return true;
  }

  // Finishes what it has, and makes a last snapshot.
  bool Stop() {
    if (!ledger_->health().writes.ok()) return false;
    SetFateOfFiles();
    ledger_->Close();
    NoteSnapshot("last snapshot", ledger_->health().snapshots.latest);
    stopped_ = true;
    return true;
  }

  void NoteSnapshot(std::string_view what, const absl::Status& made) {
    die_after_ = -1;
    disk_.files().FailAfter(-1);
    const SnapshotFigures figures = ledger_->health().snapshots;
    Trace(what, made.ok() ? figures.newest_end : -1);
    report_.snapshot_crashes += disk_.dead() ? 1 : 0;
    report_.snapshots += made.ok() ? 1 : 0;
  }

  // Between two operations on a snapshot's file the ledger goes on.
  void Meanwhile() {
    if (die_after_ >= 0 && die_after_-- == 0) disk_.Kill();
    if (!meanwhile_ || disk_.dead() || !dice_.Percent(30)) return;
    meanwhile_ = false;
    Do(static_cast<Action>(dice_.Number(0, kActionsMeanwhile - 1)));
    meanwhile_ = true;
  }

  // A client that waits already loses patience now and then: the same again.
  bool Ask(int client) {
    Client& asking = clients_[static_cast<size_t>(client)];
    if (asking.waits && !dice_.Percent(10)) return false;
    if (!asking.waits) {
      asking.waits = true;
      ++asking.number;
      asking.request = requests_.Make(client, asking.number, &dice_);
    }
    const int copies = dice_.Percent(10) ? 2 : 1;
    for (int i = 0; i < copies; ++i) {
      to_ledger_.push_back({.client = client, .number = asking.number});
    }
    return true;
  }

  bool Deliver() {
    const Message message = TakeOne(&to_ledger_);
    const Client& client = clients_[static_cast<size_t>(message.client)];
    // One that was overtaken by its own answer is of no use to make again.
    if (message.number < 0 || message.number != client.number) return false;
    const absl::Status submitted = ledger_->Submit(
        BatchOfRequest(client.request),
        [this, message, request = client.request](const BatchResult& result) {
          Left(message, request, result);
        });
    Trace("submitted", submitted.raw_code());
    return true;
  }

  // An answer leaves the ledger, if that lives.
  void Left(Message message, const Request& request,
            const BatchResult& result) {
    if (disk_.dead()) return;
    if (disk_.fate() == Fate::kCrashAnswering && dice_.Percent(50)) {
      return disk_.Kill();
    }
    witness_.Answered(request, result);
    for (const Outcome& outcome : result.outcomes) {
      Trace(CodeName(outcome.code), outcome.position);
    }
    message.answered = result.status.ok();
    to_clients_.push_back(message);
  }

  bool Answer() {
    const Message message = TakeOne(&to_clients_);
    if (message.number < 0 || !message.answered) return false;
    Client& client = clients_[static_cast<size_t>(message.client)];
    if (message.number == client.number) client.waits = false;
    return true;
  }

  // A disk that has become slow takes nothing for a while.
  bool Write() {
    if (slow_writes_ > 0) {
      --slow_writes_;
      return false;
    }
    if (dice_.Percent(5)) slow_writes_ = dice_.Number(1, 6);
    if (dice_.Percent(15)) {
      disk_.SetFate(static_cast<Fate>(dice_.Number(1, kFateCount - 1)));
    }
    if (options_.lose_an_append && report_.steps > options_.steps / 2) {
      disk_.LoseNextAppend();
    }
    const bool wrote = ledger_->RunStep(PipelineStep::kWrite);
    disk_.SetFate(Fate::kWell);
    Trace("write", wrote ? 1 : 0);
    return wrote;
  }

  bool PassTime() {
    const int64_t days = dice_.Percent(20) ? -1 : dice_.Number(0, 20);
    clock_.Set(Instant(clock_.Now().micros() + days * kMicrosPerDay +
                       dice_.Number(0, 1'000'000)));
    return true;
  }

  // Any of them; one with number -1 where there is none.
  Message TakeOne(std::vector<Message>* messages) {
    if (messages->empty()) return {.number = -1};
    const auto place = static_cast<size_t>(
        dice_.Number(0, static_cast<int64_t>(messages->size()) - 1));
    const Message taken = (*messages)[place];
    messages->erase(messages->begin() + static_cast<std::ptrdiff_t>(place));
    return taken;
  }

  // Nothing fails any more, and every client gets its answer.
  void Finish() {
    Reopen();
    for (int client = 0; client < kClients && Right(); ++client) {
      if (!clients_[static_cast<size_t>(client)].waits) continue;
      to_ledger_.clear();
      to_ledger_.push_back(
          {.client = client,
           .number = clients_[static_cast<size_t>(client)].number});
      to_clients_.clear();
      Deliver();
      ledger_->RunUntilIdle();
      if (to_clients_.size() != 1 || !to_clients_.front().answered) {
        wrong_ = "a retry without faults is not answered";
      }
    }
    AskWitness();
    witness_.AskAll(*ledger_);
  }

  const Options options_;
  compare::Dice dice_;
  ManualClock clock_;
  SimulatedDisk disk_;
  Witness witness_;
  KeptSnapshots snapshots_;
  Requests requests_;
  std::array<Client, kClients> clients_;
  int64_t slow_writes_ = 0;
  int64_t die_after_ = -1;  // operations on files; -1: it does not
  bool meanwhile_ = false;
  bool stopped_ = false;
  std::vector<Message> to_ledger_;
  std::vector<Message> to_clients_;
  std::unique_ptr<Ledger> ledger_;
  std::string trace_;
  std::string wrong_;
  Report report_;
};

}  // namespace

Report Simulate(const Options& options) { return Simulation(options).Run(); }

}  // namespace tally::simulation

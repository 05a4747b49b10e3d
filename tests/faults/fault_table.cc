#include "tests/faults/fault_table.h"

#include <numeric>
#include <utility>

#include "fmt/format.h"
#include "tests/faults/trial_process.h"

namespace tally::faults {
namespace {

template <typename Row>
int64_t SumOf(const Row& row) {
  return std::accumulate(row.begin(), row.end(), int64_t{0});
}

}  // namespace

void FaultTable::Add(const FaultPlan& plan, const TrialReport& report) {
  ++trials;
  acknowledged += report.acknowledged;
  const auto operation = static_cast<size_t>(plan.operation);
  ++reactions[operation][static_cast<size_t>(report.reaction)];
  if (report.reaction != Reaction::kNotReached) {
    ++faults[operation][static_cast<size_t>(plan.fault)];
  }
  if (report.reaction == Reaction::kAborted) {
    aborts.push_back(fmt::format("{} {}, {}: {}", NameOf(plan.operation),
                                 plan.skip, NameOf(plan.fault),
                                 report.message));
  }
  if (report.wrong.empty()) return;
  wrong.push_back(fmt::format(
      "{} {}, {} of {} ({}): {}", NameOf(plan.operation), plan.skip,
      NameOf(plan.fault), report.file, report.message, report.wrong));
}

std::string FaultTable::ToString() const {
  std::string out = fmt::format("{:<12}", "operation");
  for (int fault = 0; fault < kFaultCount; ++fault) {
    out += fmt::format("{:>16}", NameOf(static_cast<Fault>(fault)));
  }
  out +=
      fmt::format("{:>8}{:>12}{:>12}{:>12}{:>10}{:>9}\n", "all", "not opened",
                  "not taken", "stopped", "no harm", "aborted");
  int64_t all = 0;
  for (size_t i = 0; i < faults.size(); ++i) {
    out += fmt::format("{:<12}", NameOf(static_cast<DiskOperation>(i)));
    for (const int64_t count : faults[i]) out += fmt::format("{:>16}", count);
    const auto took = [&](Reaction reaction) {
      return reactions[i][static_cast<size_t>(reaction)];
    };
    out += fmt::format("{:>8}{:>12}{:>12}{:>12}{:>10}{:>9}\n", SumOf(faults[i]),
                       took(Reaction::kNotOpened), took(Reaction::kNotTaken),
                       took(Reaction::kStopped), took(Reaction::kNone),
                       took(Reaction::kAborted));
    all += SumOf(faults[i]);
  }
  out += fmt::format("trials {}, faults {}, acknowledged {}, wrong {}\n",
                     trials, all, acknowledged, wrong.size());
  for (const std::string& what : aborts) out += what + "\n";
  for (const std::string& what : wrong) out += what + "\n";
  return out;
}

FaultTable RunTrials(const std::string& folder, const TrialChoice& choice) {
  const Expected expected = TellInMemory();
  const std::vector<FaultPlan> plans = AllPlans(CountApart(folder));
  FaultTable table;
  for (auto i = static_cast<size_t>(choice.first); i < plans.size();
       i += static_cast<size_t>(choice.every)) {
    if (choice.verbose) {
      fmt::print(stderr, "{} of {}: {} {}, {}\n", i, plans.size(),
                 NameOf(plans[i].operation), plans[i].skip,
                 NameOf(plans[i].fault));
    }
    table.Add(plans[i], RunApart(folder, plans[i], expected));
  }
  return table;
}

}  // namespace tally::faults

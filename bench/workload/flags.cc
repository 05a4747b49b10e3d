#include "bench/workload/flags.h"

#include "engine/base/status_macros.h"

namespace tally::bench {

void WorkloadFlags::AddTo(CLI::App* app) {
  app->add_option("--run", options.run,
                  "tells the ids of this run from those of others on the same "
                  "ledger")
      ->check(CLI::Range(0, 999))
      ->capture_default_str();
  app->add_option("--accounts", options.accounts,
                  "holdings to post to, over all models")
      ->check(CLI::Range(2, 10'000'000))
      ->capture_default_str();
  app->add_option("--zipf", options.zipf,
                  "exponent of the law by which accounts are drawn; 0: all "
                  "alike")
      ->check(CLI::Range(0.0, 4.0))
      ->capture_default_str();
  app->add_option("--mix", mix,
                  "sales, chain, or weights of receive, ship, accept, process, "
                  "downgrade, issue, transfer, redeem")
      ->capture_default_str();
  app->add_option("--models", models,
                  "weights of mass_balance, segregated, identity_preserved")
      ->capture_default_str();
  app->add_option("--refused", options.refused_per_mille,
                  "of a thousand events, how many ask for more than there is")
      ->check(CLI::Range(0, 1'000))
      ->capture_default_str();
  app->add_option("--replayed", options.replayed_per_mille,
                  "of a thousand events, how many repeat an earlier one")
      ->check(CLI::Range(0, 1'000))
      ->capture_default_str();
  app->add_option("--seed", options.seed, "of the random choices")
      ->capture_default_str();
}

absl::Status WorkloadFlags::Finish() {
  ASSIGN_OR_RETURN(options.mix, ParseMix(mix));
  ASSIGN_OR_RETURN(options.models, ParseModels(models));
  if (options.mix.Has(Kind::kIssue) &&
      !options.models.Has(Custody::kMassBalance) &&
      !options.models.Has(Custody::kSegregated)) {
    return absl::InvalidArgumentError(
        "--mix has issue, which books stock of mass_balance or segregated, but "
        "--models has neither");
  }
  return absl::OkStatus();
}

}  // namespace tally::bench

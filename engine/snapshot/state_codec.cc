#include "engine/snapshot/state_codec.h"

#include <memory>
#include <tuple>

#include "engine/base/status_macros.h"
#include "engine/snapshot/table_fields.h"
#include "engine/snapshot/tables.h"

namespace tally {
namespace {

template <typename Codec>
void CodeCounts(Codec& codec, As<Codec, StateCounts> counts) {
  auto& [schemes, products, parties, sites, pools, scopes, claim_sets, lots,
         accounts, shipments, blocks, certificates] = counts;
  codec(schemes, products, parties, sites, pools, scopes, claim_sets, lots,
        accounts, shipments, blocks, certificates);
}

bool AreCounts(const StateCounts& counts) {
  // So many that their indices, and those of claims, are numbers of 31 bits.
  constexpr int32_t kMax = INT32_MAX / (2 * kModelCount);
  const auto& [schemes, products, parties, sites, pools, scopes, claim_sets,
               lots, accounts, shipments, blocks, certificates] = counts;
  for (const int32_t count : {schemes, claim_sets}) {
    if (count < 0 || count > kMax) return false;
  }
  for (const int32_t count : {products, parties, sites, pools, scopes, lots,
                              accounts, shipments, blocks, certificates}) {
    if (count < 0) return false;
  }
  return true;
}

StateCounts CountsOf(const State& state) {
  const Registry& registry = state.registry();
  return {.schemes = state.schemes().size(),
          .products = registry.product_names.size(),
          .parties = registry.party_names.size(),
          .sites = registry.site_names.size(),
          .pools = registry.pool_names.size(),
          .scopes = registry.scope_names.size(),
          .claim_sets =
              state.claim_sets().Next().value() - SnapshotAccess::SeveralBase(),
          .lots = state.lots().size(),
          .accounts = state.accounts().size(),
          .shipments = state.shipments().size(),
          .blocks = state.credits().size(),
          .certificates = state.certificates().size()};
}

}  // namespace

void WriteState(const State& state, StateWriter& out) {
  out.Enter("counts");
  CodeCounts(out, CountsOf(state));
  std::apply([&out](const auto&... tables) { (Write(tables, out), ...); },
             SnapshotAccess::Of(state));
}

absl::Status ReadState(StateReader& in, State* state) {
  in.Enter("counts");
  CodeCounts(in, in.counts);
  if (!AreCounts(in.counts)) in.Fail("a number too large");
  std::apply([&in](auto&... tables) { (Read(in, &tables), ...); },
             SnapshotAccess::Of(*state));
  return in.status();
}

void Clear(State* state) {
  // Its tables cannot be assigned: there is to be one of each.
  std::destroy_at(state);
  std::construct_at(state);
}

absl::StatusOr<std::string> EncodeState(const State& state) {
  std::string bytes;
  const auto put = [&bytes](std::string_view chunk) {
    bytes.append(chunk);
    return absl::OkStatus();
  };
  StateWriter out(put);
  WriteState(state, out);
  RETURN_IF_ERROR(out.Finish());
  return bytes;
}

absl::Status DecodeState(std::string_view bytes, State* state) {
  bool taken = false;
  const auto take = [&](std::string* chunk) -> absl::StatusOr<bool> {
    if (taken) return false;
    taken = true;
    chunk->append(bytes);
    return true;
  };
  StateReader in(take);
  RETURN_IF_ERROR(ReadState(in, state));
  return in.Finish();
}

}  // namespace tally

// PostgreSQL with the rules of schema.sql, posted to by the same acts as the
// ledger. A connection for each client; statements are prepared once.

#ifndef TALLY_BENCH_PEERS_POSTGRES_PEER_H_
#define TALLY_BENCH_PEERS_POSTGRES_PEER_H_

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bench/client/answer.h"
#include "bench/workload/workload.h"

namespace tally::bench {

// How many events one statement has.
enum class Way {
  kOne,        // one, in a transaction of its own
  kProcedure,  // many, one after the other in a stored procedure
  kSet,        // many, in a few statements over sets
};

class PostgresClient {
 public:
  // `where` is a connection string of libpq; the world must outlive it.
  static absl::StatusOr<std::unique_ptr<PostgresClient>> Connect(
      const World* world, const std::string& where, Way way);

  // Posts acts of receipt and of shipment; what the outcomes were, once they
  // are durable.
  absl::StatusOr<Counts> Post(const std::vector<Act>& acts);
  // Sites, and accounts with their opening stock.
  absl::Status FillWorld();
  // DATA_LOSS where the table of events or a watched account does not hold what
  // was answered.
  absl::Status Check(int64_t accepted, const Workload::Watched& brought);

 private:
  struct Closer {
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Result = std::unique_ptr<PGresult, Closer>;

  PostgresClient(const World* world, Way way, PGconn* connection)
      : world_(world), way_(way), connection_(connection) {}

  absl::Status Prepare();
  absl::Status Command(const std::string& sql);
  absl::Status CopyIn(const std::string& sql, const std::string& rows);
  absl::StatusOr<int64_t> Number(const std::string& sql);
  absl::StatusOr<Counts> CountsOf(const PGresult* result);
  absl::Status Failed() const;
  void AddParameters(const Act& act);

  const World* const world_;
  const Way way_;
  const std::unique_ptr<PGconn, Closer> connection_;
  // Of a statement: its nine parameters; of many events each is an array.
  std::vector<std::string> parameters_;
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_PEERS_POSTGRES_PEER_H_

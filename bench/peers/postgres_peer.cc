#include "bench/peers/postgres_peer.h"

#include <array>
#include <string_view>

#include "bench/workload/wire_event.h"
#include "engine/base/date.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace tally::bench {
namespace {

constexpr size_t kParameters = 9;
constexpr char kStatement[] = "post";
constexpr int kRowsPerCopy = 100'000;

// The parameters in the order of AddParameters.
constexpr char kPostOne[] =
    "SELECT post_event($1::uuid, $2::smallint, $3, '04099990000017', 4::int2, "
    "$4::bigint, $5::timestamptz, $6, $7, nullif($8, ''), nullif($9, ''))";
constexpr char kPostMany[] =
    "SELECT {}($1::uuid[], $2::smallint[], $3::text[], '04099990000017', "
    "4::int2, $4::bigint[], $5::timestamptz[], $6::text[], $7::text[], "
    "$8::text[], $9::text[])";

std::string DateOf(const Act& act) {
  return Date::FromCivil(2010, 1, 1).AddDays(act.day).ToString();
}

}  // namespace

absl::StatusOr<std::unique_ptr<PostgresClient>> PostgresClient::Connect(
    const World* world, const std::string& where, Way way) {
  std::unique_ptr<PostgresClient> client(
      new PostgresClient(world, way, PQconnectdb(where.c_str())));
  if (PQstatus(client->connection_.get()) != CONNECTION_OK) {
    return client->Failed();
  }
  return client;
}

absl::Status PostgresClient::Failed() const {
  return absl::UnavailableError(PQerrorMessage(connection_.get()));
}

absl::Status PostgresClient::Prepare() {
  std::string sql = kPostOne;
  if (way_ == Way::kProcedure) sql = fmt::format(kPostMany, "post_events");
  if (way_ == Way::kSet) sql = fmt::format(kPostMany, "post_event_set");
  const Result result(PQprepare(connection_.get(), kStatement, sql.c_str(),
                                kParameters, nullptr));
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) return Failed();
  return absl::OkStatus();
}

// Ids and papers hold nothing that an array would have to quote but blanks and
// points, so texts are quoted as they are.
void PostgresClient::AddParameters(const Act& act) {
  std::array<char, 32> paper;
  const bool ship = act.kind == Kind::kShip;
  const std::array<std::string, kParameters> values = {
      EventId(act).str(),
      ship ? "1" : "0",
      world_->site(act.site).str(),
      fmt::format("{}", act.quantity),
      DateOf(act),
      std::string(DocumentOf(act, &paper)),
      ship ? fmt::format("Refinery Antwerp B.V. {:04}", act.key % 997)
           : fmt::format("Koperasi Sawit Makmur {:04}", act.key % 9'973),
      ship ? std::string() : fmt::format("RSPO-1106{:05}", act.key % 9'973 * 7),
      ship ? ThingId(act.key, act.day).str() : std::string()};
  for (size_t i = 0; i < kParameters; ++i) {
    std::string& parameter = parameters_[i];
    if (way_ == Way::kOne) {
      parameter = values[i];
      continue;
    }
    parameter += parameter.empty() ? '{' : ',';
    if (values[i].empty()) {
      parameter += "NULL";
    } else {
      parameter.append(1, '"').append(values[i]).append(1, '"');
    }
  }
}

absl::StatusOr<Counts> PostgresClient::Post(const std::vector<Act>& acts) {
  if (parameters_.empty()) RETURN_IF_ERROR(Prepare());
  parameters_.assign(kParameters, {});
  for (const Act& act : acts) AddParameters(act);
  std::array<const char*, kParameters> values;
  for (size_t i = 0; i < kParameters; ++i) {
    if (way_ != Way::kOne) parameters_[i] += '}';
    values[i] = parameters_[i].c_str();
  }
  const Result result(PQexecPrepared(connection_.get(), kStatement, kParameters,
                                     values.data(), nullptr, nullptr, 0));
  return CountsOf(result.get());
}

absl::StatusOr<Counts> PostgresClient::CountsOf(const PGresult* result) {
  if (PQresultStatus(result) != PGRES_TUPLES_OK) return Failed();
  Counts counts;
  for (const char outcome : std::string_view(PQgetvalue(result, 0, 0))) {
    if (outcome == 'A') ++counts.accepted;
    if (outcome == 'R' || outcome == 'X') ++counts.refused;
    if (outcome == 'P') ++counts.replayed;
  }
  return counts;
}

absl::Status PostgresClient::Command(const std::string& sql) {
  const Result result(PQexec(connection_.get(), sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return Failed();
  return absl::OkStatus();
}

absl::Status PostgresClient::CopyIn(const std::string& sql,
                                    const std::string& rows) {
  PGconn* const connection = connection_.get();
  const Result begun(PQexec(connection, sql.c_str()));
  if (PQresultStatus(begun.get()) != PGRES_COPY_IN) return Failed();
  if (PQputCopyData(connection, rows.data(), static_cast<int>(rows.size())) !=
          1 ||
      PQputCopyEnd(connection, nullptr) != 1) {
    return Failed();
  }
  const Result ended(PQgetResult(connection));
  if (PQresultStatus(ended.get()) != PGRES_COMMAND_OK) return Failed();
  while (PGresult* const more = PQgetResult(connection)) PQclear(more);
  return absl::OkStatus();
}

absl::Status PostgresClient::FillWorld() {
  for (int64_t next = 0; next < world_->sites();) {
    const int64_t end = std::min(world_->sites(), next + kRowsPerCopy);
    std::string sites;
    std::string accounts;
    for (; next < end; ++next) {
      const std::string site = world_->site(next).str();
      sites += fmt::format("{}\t{}\n", site,
                           world_->party(world_->owner_of(next)).view());
      accounts += fmt::format("{}\t{}\t4\t{}\n", site, kProduct, kOpeningStock);
    }
    RETURN_IF_ERROR(CopyIn("COPY site FROM STDIN", sites));
    RETURN_IF_ERROR(CopyIn(
        "COPY account (site, product, model, balance) FROM STDIN", accounts));
  }
  return Command("ANALYZE");
}

absl::StatusOr<int64_t> PostgresClient::Number(const std::string& sql) {
  const Result result(PQexec(connection_.get(), sql.c_str()));
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) return Failed();
  return std::stoll(PQgetvalue(result.get(), 0, 0));
}

absl::Status PostgresClient::Check(int64_t accepted,
                                   const Workload::Watched& brought) {
  ASSIGN_OR_RETURN(const int64_t events, Number("SELECT count(*) FROM event"));
  if (events != accepted) {
    return absl::DataLossError(
        fmt::format("{} events were answered as accepted, but there are {}",
                    accepted, events));
  }
  for (int64_t i = 0; i < world_->watched_count(); ++i) {
    const std::string site = world_->site(i * world_->watch_every()).str();
    ASSIGN_OR_RETURN(
        const int64_t balance,
        Number(fmt::format("SELECT balance FROM account WHERE site = '{}'",
                           site)));
    const int64_t wanted = kOpeningStock + brought[static_cast<size_t>(i)][0];
    if (balance != wanted) {
      return absl::DataLossError(
          fmt::format("site {} holds {}, not {}", site, balance, wanted));
    }
  }
  return absl::OkStatus();
}

}  // namespace tally::bench

#include "engine/ledger/audit_head.h"

#include <cstring>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/log/wire_reader.h"
#include "engine/log/wire_writer.h"
#include "fmt/format.h"

namespace tally {
namespace {

// The fields of tallystick.v1.AuditHead.
enum Field : int {
  kLedger = 1,
  kFirst = 2,
  kEnd = 3,
  kLeft = 4,
  kCheckpoint = 5,
  kPath = 6,
  kCheckpoints = 7,
  kKeys = 8,
  kOthers = 9
};
// Of its LogKey.
constexpr int kVerifierKey = 1;
constexpr int kFromSize = 2;
// Of its AuditRecord.
constexpr int kPosition = 1;
constexpr int kRecord = 2;
constexpr int kRecordPath = 3;

std::string_view BytesOf(const Sha256Digest& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

void WriteHashes(int field, const std::vector<Sha256Digest>& hashes,
                 WireWriter* writer) {
  for (const Sha256Digest& hash : hashes) writer->Bytes(field, BytesOf(hash));
}

void WriteNumber(int field, int64_t number, WireWriter* writer) {
  if (number != 0) writer->Varint(field, static_cast<uint64_t>(number));
}

int64_t ReadNumber(int field, WireReader* reader) {
  if (reader->field() != field) return 0;
  const auto number = static_cast<int64_t>(reader->Varint());
  if (number <= 0) reader->Fail("is no size of a log");
  return number;
}

std::vector<Sha256Digest> ReadHashes(int field, WireReader* reader) {
  std::vector<Sha256Digest> hashes;
  while (reader->field() == field) {
    const std::string_view bytes = reader->Bytes();
    Sha256Digest hash;
    if (bytes.size() != hash.size() || hashes.size() > kTreeHeightMax) {
      reader->Fail("is no hash, or one too many");
      break;
    }
    std::memcpy(hash.data(), bytes.data(), hash.size());
    hashes.push_back(hash);
  }
  return hashes;
}

absl::Status NoHead(std::string_view what) {
  return absl::DataLossError(fmt::format("the bundle's head {}", what));
}

absl::StatusOr<LogKey> ReadKey(std::string_view bytes) {
  WireReader reader(bytes);
  LogKey key;
  const std::string_view text =
      reader.field() == kVerifierKey ? reader.Bytes() : "";
  key.from_size = ReadNumber(kFromSize, &reader);
  auto parsed = VerifierKey::Parse(text);
  if (!reader.AtEnd() || !parsed.ok()) return NoHead("has a key that is none");
  key.key = *std::move(parsed);
  return key;
}

absl::StatusOr<AuditRecord> ReadOther(std::string_view bytes) {
  WireReader reader(bytes);
  AuditRecord other;
  other.position = ReadNumber(kPosition, &reader);
  if (reader.field() == kRecord) other.record = reader.Bytes();
  other.path = ReadHashes(kRecordPath, &reader);
  if (!reader.AtEnd()) return NoHead("has a record that is none");
  return other;
}

absl::StatusOr<std::vector<Sha256Digest>> LeftOf(Position first,
                                                 const TileTree& tree) {
  std::vector<Sha256Digest> left;
  Position at = 0;
  for (int height = kTreeHeightMax - 1; height >= 0; --height) {
    if ((first >> height & 1) == 0) continue;
    ASSIGN_OR_RETURN(
        const Sha256Digest root,
        tree.Read(TreeNode{.height = height, .index = at >> height}));
    left.push_back(root);
    at += Position{1} << height;
  }
  return left;
}

}  // namespace

absl::StatusOr<AuditHead> MakeAuditHead(const Journal& journal,
                                        const CheckpointTable& checkpoints,
                                        const SignedCheckpoint& covering,
                                        Position first, Position end,
                                        std::span<const Position> others) {
  const int64_t size = covering.tree.head.size;
  if (first < 0 || first >= end || end > size) {
    return absl::OutOfRangeError(fmt::format(
        "positions {} to {} are not all in the log, of which {} are signed",
        first, end - 1, size));
  }
  const TileTree& tree = journal.tree();
  AuditHead head{.ledger = journal.ledger(), .first = first, .end = end};
  ASSIGN_OR_RETURN(head.left, LeftOf(first, tree));
  head.checkpoint = covering.WithCosignatures();
  ASSIGN_OR_RETURN(head.path, ConsistencyProof(tree, end, size));
  ASSIGN_OR_RETURN(head.keys, checkpoints.Keys());
  int64_t next = first + 1;
  while (true) {
    ASSIGN_OR_RETURN(const auto signed_within, checkpoints.AtOrAbove(next));
    if (!signed_within.has_value()) break;
    const int64_t within = signed_within->tree.head.size;
    if (within > end || within == size) break;
    head.checkpoints.push_back(signed_within->WithCosignatures());
    next = within + 1;
  }
  for (const Position position : others) {
    AuditRecord other{.position = position};
    ASSIGN_OR_RETURN(other.record, journal.ReadRecord(position));
    ASSIGN_OR_RETURN(other.path, InclusionProof(tree, position, size));
    head.others.push_back(std::move(other));
  }
  return head;
}

std::string EncodeAuditHead(const AuditHead& head) {
  std::string bytes;
  WireWriter writer(&bytes);
  writer.Bytes(kLedger, head.ledger.AsBytes());
  WriteNumber(kFirst, head.first, &writer);
  WriteNumber(kEnd, head.end, &writer);
  WriteHashes(kLeft, head.left, &writer);
  writer.Bytes(kCheckpoint, head.checkpoint);
  WriteHashes(kPath, head.path, &writer);
  for (const std::string& note : head.checkpoints) {
    writer.Bytes(kCheckpoints, note);
  }
  for (const LogKey& key : head.keys) {
    const WireWriter::Mark mark = writer.Open(kKeys, 2);
    writer.Bytes(kVerifierKey, key.key.ToString());
    WriteNumber(kFromSize, key.from_size, &writer);
    writer.Close(mark);
  }
  for (const AuditRecord& other : head.others) {
    const WireWriter::Mark mark = writer.Open(kOthers, 3);
    WriteNumber(kPosition, other.position, &writer);
    writer.Bytes(kRecord, other.record);
    WriteHashes(kRecordPath, other.path, &writer);
    writer.Close(mark);
  }
  writer.Finish();
  return bytes;
}

absl::StatusOr<AuditHead> DecodeAuditHead(std::string_view bytes) {
  WireReader reader(bytes);
  AuditHead head;
  const std::string_view ledger =
      reader.field() == kLedger ? reader.Bytes() : "";
  if (ledger.size() != head.ledger.bytes.size()) {
    return NoHead("does not say of which ledger it is");
  }
  std::memcpy(head.ledger.bytes.data(), ledger.data(), ledger.size());
  head.first = ReadNumber(kFirst, &reader);
  head.end = ReadNumber(kEnd, &reader);
  head.left = ReadHashes(kLeft, &reader);
  if (reader.field() == kCheckpoint) head.checkpoint = reader.Bytes();
  head.path = ReadHashes(kPath, &reader);
  while (reader.field() == kCheckpoints) {
    head.checkpoints.emplace_back(reader.Bytes());
  }
  while (reader.field() == kKeys) {
    ASSIGN_OR_RETURN(LogKey key, ReadKey(reader.Bytes()));
    head.keys.push_back(std::move(key));
  }
  while (reader.field() == kOthers && head.others.size() < kAuditOthersMax) {
    ASSIGN_OR_RETURN(AuditRecord other, ReadOther(reader.Bytes()));
    head.others.push_back(std::move(other));
  }
  if (!reader.AtEnd()) return NoHead("cannot be read to its end");
  if (head.first >= head.end) return NoHead("names no records");
  return head;
}

}  // namespace tally

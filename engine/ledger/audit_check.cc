#include "engine/ledger/audit_check.h"

#include <bit>
#include <map>
#include <utility>

#include "engine/base/arena.h"
#include "engine/base/date.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/ledger/audit_file.h"
#include "engine/ledger/audit_head.h"
#include "engine/ledger/audit_journal.h"
#include "engine/log/note.h"
#include "engine/log/record_codec.h"
#include "fmt/format.h"

namespace tally {
namespace {

absl::Status DoesNotHold(std::string_view what) {
  return absl::DataLossError(ToAbsl(what));
}

// Checks one bundle. A method that returns DATA_LOSS has met something after
// which the rest means nothing.
class AuditChecker {
 public:
  AuditChecker(const std::string& path, VerifyOptions options)
      : path_(path), options_(std::move(options)) {}

  absl::StatusOr<AuditReport> Run(std::string_view trusted_key);

 private:
  void Find(std::string_view where, std::string what) {
    if (report_.findings.size() < kVerifyFindingsMax) {
      report_.findings.push_back(
          {.where = std::string(where), .what = std::move(what)});
    }
  }

  absl::Status Check(std::string_view trusted_key);
  absl::StatusOr<TreeNote> ReadCheckpoint(const std::string& note) const;
  absl::Status CheckCovering(std::string_view trusted_key);
  absl::Status ReadWithin();
  absl::Status AddLeft(MerkleFrontier* tree) const;
  absl::Status CheckRecords(AuditFileReader* file);
  absl::Status CheckRecord(std::string_view bytes, Position position);
  void CompareWithin(const MerkleFrontier& tree);
  absl::Status CheckOther(const AuditRecord& other) const;
  absl::Status Replay();

  const std::string path_;
  VerifyOptions options_;
  AuditReport report_;
  AuditHead head_;
  std::map<int64_t, Sha256Digest> within_;  // signed roots, by size
  Instant recorded_at_{INT64_MIN};
  TreeHead known_;  // what is replayed
};

absl::StatusOr<AuditReport> AuditChecker::Run(std::string_view trusted_key) {
  const absl::Status checked = Check(trusted_key);
  if (absl::IsDataLoss(checked)) {
    Find("bundle", std::string(MessageOf(checked)));
    return std::move(report_);
  }
  RETURN_IF_ERROR(checked);
  return std::move(report_);
}

absl::Status AuditChecker::Check(std::string_view trusted_key) {
  ASSIGN_OR_RETURN(AuditFileReader file, AuditFileReader::Open(path_));
  ASSIGN_OR_RETURN(head_, DecodeAuditHead(file.head()));
  report_.ledger = head_.ledger;
  report_.first = head_.first;
  report_.end = head_.end;
  if (options_.known_at.has_value() && *options_.known_at >= head_.end) {
    return absl::OutOfRangeError(
        fmt::format("the bundle ends before position {}: its last one is {}",
                    *options_.known_at, head_.end - 1));
  }
  RETURN_IF_ERROR(CheckCovering(trusted_key));
  RETURN_IF_ERROR(ReadWithin());
  RETURN_IF_ERROR(CheckRecords(&file));
  for (const AuditRecord& other : head_.others) {
    RETURN_IF_ERROR(CheckOther(other));
    ++report_.profiles;
  }
  return head_.first == 0 ? Replay() : absl::OkStatus();
}

absl::StatusOr<TreeNote> AuditChecker::ReadCheckpoint(
    const std::string& text) const {
  ASSIGN_OR_RETURN(const Note note, ParseNote(text));
  return ParseTreeNote(note.text);
}

// The one that all hangs on: under the key that the auditor trusts.
absl::Status AuditChecker::CheckCovering(std::string_view trusted_key) {
  const auto note = ParseNote(head_.checkpoint);
  const auto tree = ReadCheckpoint(head_.checkpoint);
  if (!note.ok() || !tree.ok()) {
    return DoesNotHold("its checkpoint is none");
  }
  report_.tree = *tree;
  if (!trusted_key.empty()) {
    ASSIGN_OR_RETURN(const VerifierKey key, VerifierKey::Parse(trusted_key));
    const absl::Status is_signed = VerifyNote(*note, key);
    if (!is_signed.ok() || tree->origin != key.name()) {
      return DoesNotHold(
          fmt::format("its checkpoint of the log {} is not signed with {}",
                      tree->origin, key.ToString()));
    }
    report_.key = key.ToString();
    return absl::OkStatus();
  }
  for (const LogKey& key : head_.keys) {
    if (key.key.name() != tree->origin || !VerifyNote(*note, key.key).ok()) {
      continue;
    }
    report_.key = key.key.ToString();
    return absl::OkStatus();
  }
  return DoesNotHold("its checkpoint is signed with none of its keys");
}

absl::Status AuditChecker::ReadWithin() {
  for (const std::string& text : head_.checkpoints) {
    const auto tree = ReadCheckpoint(text);
    if (!tree.ok() || tree->head.size <= head_.first ||
        tree->head.size > head_.end) {
      return DoesNotHold("a checkpoint of it is none within the range");
    }
    const absl::Status is_signed = CheckSigned(
        {.tree = *tree, .note = text, .cosignatures = {}}, head_.keys);
    if (!is_signed.ok()) {
      Find("checkpoints", std::string(MessageOf(is_signed)));
      continue;
    }
    within_.emplace(tree->head.size, tree->head.root);
  }
  return absl::OkStatus();
}

absl::Status AuditChecker::AddLeft(MerkleFrontier* tree) const {
  if (head_.left.size() !=
      static_cast<size_t>(std::popcount(static_cast<uint64_t>(head_.first)))) {
    return DoesNotHold(
        "it has another number of roots before its first record "
        "than that has subtrees");
  }
  size_t next = 0;
  for (int height = kTreeHeightMax - 1; height >= 0; --height) {
    if ((head_.first >> height & 1) == 0) continue;
    tree->AddSubtree(height, head_.left[next++]);
  }
  return absl::OkStatus();
}

absl::Status AuditChecker::CheckRecords(AuditFileReader* file) {
  MerkleFrontier tree;
  RETURN_IF_ERROR(AddLeft(&tree));
  const Position known_end =
      options_.known_at.has_value() ? *options_.known_at + 1 : head_.end;
  for (Position at = head_.first; at < head_.end; ++at) {
    const auto record = file->Next();
    if (!record.ok()) {
      return DoesNotHold(
          fmt::format("at position {}: {}", at, MessageOf(record.status())));
    }
    RETURN_IF_ERROR(CheckRecord(*record, at));
    tree.Append(LeafHash(*record));
    CompareWithin(tree);
    if (tree.size() == known_end) {
      known_ = {.size = tree.size(), .root = tree.Root()};
    }
  }
  if (!file->AtEnd()) {
    return DoesNotHold("something follows its last record");
  }
  const TreeHead end{.size = tree.size(), .root = tree.Root()};
  const TreeHead& covering = report_.tree.head;
  const bool holds = covering.size == end.size
                         ? covering == end && head_.path.empty()
                         : VerifyConsistency(end, covering, head_.path);
  if (!holds) {
    return DoesNotHold(fmt::format(
        "its records {} to {} are not the ones that were signed for",
        head_.first, head_.end - 1));
  }
  report_.records = head_.end - head_.first;
  return absl::OkStatus();
}

absl::Status AuditChecker::CheckRecord(std::string_view bytes,
                                       Position position) {
  Arena arena;
  const auto record = DecodeRecord(bytes, &arena);
  if (!record.ok()) {
    return DoesNotHold(fmt::format("the record at position {}: {}", position,
                                   MessageOf(record.status())));
  }
  if (record->position != position) {
    return DoesNotHold(fmt::format("the record at position {} says it is at {}",
                                   position, record->position));
  }
  if (record->recorded_at <= recorded_at_) {
    Find("log", fmt::format("the event at position {} was recorded before the "
                            "one before it",
                            position));
  }
  recorded_at_ = record->recorded_at;
  return absl::OkStatus();
}

void AuditChecker::CompareWithin(const MerkleFrontier& tree) {
  const auto found = within_.find(tree.size());
  if (found == within_.end()) return;
  if (found->second == tree.Root()) {
    ++report_.checkpoints;
    return;
  }
  Find("checkpoints",
       fmt::format("the checkpoint of size {} has another root than the "
                   "records",
                   tree.size()));
}

absl::Status AuditChecker::CheckOther(const AuditRecord& other) const {
  Arena arena;
  const auto record = DecodeRecord(other.record, &arena);
  if (record.ok() && record->position == other.position &&
      other.position < head_.first &&
      VerifyInclusion(LeafHash(other.record), other.position, other.path,
                      report_.tree.head)) {
    return absl::OkStatus();
  }
  return DoesNotHold(fmt::format(
      "the record that it has besides, of position {}, is not in the log",
      other.position));
}

absl::Status AuditChecker::Replay() {
  const AuditJournal journal(path_, head_.ledger, known_);
  VerifyOptions options{.clock = options_.clock,
                        .known_at = {},
                        .on_progress = std::move(options_.on_progress)};
  ASSIGN_OR_RETURN(report_.replay, VerifyByReplay(journal, std::move(options)));
  for (const VerifyFinding& finding : report_.replay->findings) {
    Find(finding.where, finding.what);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<AuditReport> CheckAudit(const std::string& path,
                                       std::string_view trusted_key,
                                       VerifyOptions options) {
  return AuditChecker(path, std::move(options)).Run(trusted_key);
}

}  // namespace tally

// `tally proof` and `tally checkpoint`.

#include <algorithm>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>

#include "engine/base/strings.h"
#include "engine/ledger/receipt.h"
#include "fmt/format.h"
#include "services/authoring/write.h"
#include "services/encode_views.h"
#include "tools/tally/access.h"
#include "tools/tally/command.h"
#include "tools/tally/event_rows.h"
#include "tools/tally/files.h"
#include "tools/tally/options.h"
#include "tools/tally/query.h"
#include "tools/tally/tile_export.h"
#include "tools/tally/verifier_key.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

// Asks, and prints the text in `field` of the answer, or with -o json all of
// it.
ExitCode PrintText(const Query& query, const std::string& field,
                   const Arguments& arguments, const Terminal& terminal) {
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  if (!connection.has_value()) return ExitCode::kUsage;
  const Reply reply = AskQuery(query, arguments, *connection);
  if (const auto failed = Failed(reply, terminal)) return *failed;
  if (arguments.Get("output") == "json") {
    terminal.out << reply.whole.dump(2) << '\n';
    return ExitCode::kDone;
  }
  const ordered_json* text = At(reply.whole, field);
  if (text == nullptr || !text->is_string()) {
    terminal.err << "tally: the server answered no " << field << '\n';
    return ExitCode::kUnavailable;
  }
  terminal.out << text->get<std::string>();
  if (const ordered_json* lines =
          At(reply.whole, "checkpoint.witness_signatures");
      lines != nullptr && query.rows == "checkpoint") {
    for (const ordered_json& line : *lines) {
      terminal.out << line.get<std::string>();
    }
  }
  return ExitCode::kDone;
}

// What a program reads: JSON, whatever the format.
ExitCode PrintJson(const std::string& method, const Arguments& arguments,
                   const Terminal& terminal) {
  Arguments as_json = arguments;
  as_json.Add("output", "json");
  return PrintText({.method = method}, "", as_json, terminal);
}

Command JsonCommand(std::string name, std::string summary, std::string examples,
                    std::vector<Option> options, std::string method) {
  Command command;
  command.name = std::move(name);
  command.summary = std::move(summary);
  command.examples = std::move(examples);
  command.options = std::move(options);
  command.run = [method = std::move(method)](const Arguments& arguments,
                                             const Terminal& terminal) {
    return PrintJson(method, arguments, terminal);
  };
  return command;
}

// By its position, if it is a number, else by its id.
ExitCode ProveEvent(const Arguments& arguments, const Terminal& terminal) {
  const std::string key = arguments.Get("event");
  const bool is_position =
      !key.empty() && std::all_of(key.begin(), key.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
  Arguments named = arguments;
  named.Add(is_position ? "position" : "id", key);
  return PrintText({.method = "ProofService/GetReceipt"}, "file", named,
                   terminal);
}

ExitCode ShowCheckpoint(const Arguments& arguments, const Terminal& terminal) {
  return PrintText(
      {.method = "ProofService/GetCheckpoint", .rows = "checkpoint"},
      "checkpoint.note", arguments, terminal);
}

ordered_json Describe(const CheckedReceipt& checked) {
  tallystick::v1::RecordedEvent recorded;
  services::Encode(checked.event, &recorded);
  ordered_json whole;
  whole["origin"] = checked.tree.origin;
  whole["tree_size"] = checked.tree.head.size;
  whole["verifier_key"] = checked.verifier_key;
  if (!checked.cosigners.empty()) whole["cosigners"] = checked.cosigners;
  whole["event"] = authoring::Write(recorded);
  return whole;
}

ExitCode CheckProof(const Arguments& arguments, const Terminal& terminal) {
  const absl::StatusOr<std::string> text =
      ReadWhole(arguments.Get("file"), terminal.in);
  if (!text.ok()) {
    terminal.err << "tally: " << MessageOf(text.status()) << '\n';
    return absl::IsNotFound(text.status()) ? ExitCode::kNotFound
                                           : ExitCode::kUsage;
  }
  const auto key = VerifierKeyOf(arguments, terminal);
  if (!key.has_value()) return ExitCode::kUsage;
  const absl::StatusOr<Receipt> receipt = ParseReceipt(*text);
  if (!receipt.ok()) {
    terminal.err << "tally: " << MessageOf(receipt.status()) << '\n';
    return ExitCode::kIntegrity;
  }
  const absl::StatusOr<CheckedReceipt> checked = CheckReceipt(*receipt, *key);
  if (!checked.ok()) {
    terminal.err << "tally: " << MessageOf(checked.status()) << '\n';
    return absl::IsInvalidArgument(checked.status()) ? ExitCode::kUsage
                                                     : ExitCode::kIntegrity;
  }
  const ordered_json whole = Describe(*checked);
  PrintRows(EventColumns(), {EventRow(whole["event"])}, whole, arguments,
            terminal);
  terminal.err << fmt::format(
      "tally: the event at {} is in the log {}, of which the first {} were "
      "signed with\n  {}\n",
      checked->event.position, checked->tree.origin, checked->tree.head.size,
      checked->verifier_key);
  if (key->empty()) {
    terminal.err << "  The key came with the proof: compare it with the one "
                    "that the operator publishes, or give that with --key.\n";
  }
  return ExitCode::kDone;
}

Command InclusionCommand() {
  return JsonCommand(
      "inclusion", "Proves that a position is in a tree, as JSON.",
      "tally proof inclusion --position 41 --tree-size 4096",
      {ValueOption("position", "POSITION", "the event's place in the log"),
       ValueOption("tree-size", "LEAVES", "of which tree; all by default")},
      "ProofService/GetInclusionProof");
}

Command ConsistencyCommand() {
  return JsonCommand(
      "consistency", "Proves that a tree continues another, as JSON.",
      "tally proof consistency --old-tree-size 41 --new-tree-size 4096",
      {ValueOption("old-tree-size", "LEAVES", "the smaller tree"),
       ValueOption("new-tree-size", "LEAVES", "the larger; all by default")},
      "ProofService/GetConsistencyProof");
}

// A witness signs what the log signed, so it comes after it.
Command CosignCommand() {
  return JsonCommand(
      "cosign", "Adds the signature of a witness to a checkpoint.",
      "tally proof cosign --checkpoint-tree-size 4096 --signature "
      "'\xE2\x80\x94 witness.example jWbPPwAA...'",
      {ValueOption("checkpoint-tree-size", "LEAVES", "of which checkpoint"),
       ValueOption("signature", "LINE", "the witness's signature line")},
      "ProofService/AddWitnessSignature");
}

}  // namespace

Command ProofCommand() {
  Command command;
  command.name = "proof";
  command.summary = "Proves that an event is in the log, and checks proofs.";
  command.examples =
      "tally proof event 41 > 41.tlog-proof\n"
      "tally proof check 41.tlog-proof --key published.vkey";
  Command event;
  event.name = "event";
  event.summary = "Writes the receipt of an event: a C2SP tlog-proof.";
  event.examples = "tally proof event 41 > 41.tlog-proof";
  event.options = {IdOption("event", "its id, a UUID, or its position")};
  event.run = ProveEvent;
  Command check;
  check.name = "check";
  check.summary = "Checks a receipt. It needs no server.";
  check.examples = "tally proof check 41.tlog-proof --key published.vkey";
  check.options = {IdOption("file", "the receipt; - for standard input"),
                   VerifierKeyOption()};
  check.run = CheckProof;
  command.subcommands = {std::move(event),   std::move(check),
                         InclusionCommand(), ConsistencyCommand(),
                         CosignCommand(),    TilesCommand()};
  return command;
}

Command CheckpointCommand() {
  Command command;
  command.name = "checkpoint";
  command.summary = "Shows the signed head of the log's tree.";
  command.examples =
      "tally checkpoint\n"
      "tally checkpoint --tree-size 4096 -o json";
  command.options = {ValueOption("tree-size", "LEAVES",
                                 "one that was signed before, of this size")};
  command.run = ShowCheckpoint;
  return command;
}

}  // namespace tally::cli

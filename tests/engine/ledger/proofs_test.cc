// Checkpoints, receipts and proofs of a ledger.

#include <string>
#include <utility>
#include <vector>

#include "engine/ledger/checkpoints.h"
#include "engine/ledger/memory_tables.h"
#include "engine/ledger/proof_queries.h"
#include "engine/ledger/receipt.h"
#include "engine/log/memory_journal.h"
#include "engine/log/note.h"
#include "tests/engine/ledger/ledger_fixture.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

class ProofsTest : public LedgerFixture {
 protected:
  LedgerOptions Signed() {
    return {.directory = directory_.path(),
            .signing = {.key_file = directory_ / "log.key",
                        .new_key = Ed25519Seed{5},
                        .origin = "example.org/log",
                        .witnesses = {witness_.verifier().ToString()}},
            .salt_seed = Sha256Digest{6}};
  }

  Receipt ReceiptAt(Position position) {
    auto receipt = GetReceipt(*ledger_, position);
    EXPECT_TRUE(receipt.ok()) << receipt.status();
    return receipt.ok() ? *std::move(receipt) : Receipt();
  }

  std::string Key() const {
    return ledger_->checkpoints().notice().verifier_key;
  }

  TemporaryDirectory directory_;
  const SigningKey witness_{"witness.example", NoteKeyKind::kCosignature,
                            Ed25519Seed{8}};
};

TEST_F(ProofsTest, AReceiptIsPinnedToTheFirstCheckpoint) {
  Open(Signed());
  AddWorld({"mill"});
  PostOne("r1", OilIn("mill", "1"));
  const Position position = ledger_->standing().as_of;
  const std::string first = FormatReceipt(ReceiptAt(position));
  for (int i = 0; i < 300; ++i) {
    PostOne("more " + std::to_string(i), OilIn("mill", "1"));
  }
  ASSERT_TRUE(ledger_->checkpoints().Make().ok());
  EXPECT_EQ(FormatReceipt(ReceiptAt(position)), first);

  Open(Signed());
  EXPECT_EQ(FormatReceipt(ReceiptAt(position)), first);
  const auto parsed = ParseReceipt(first);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  const auto checked = CheckReceipt(*parsed, Key());
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->event.position, position);
  EXPECT_EQ(checked->event.event.id, UuidOfName("r1"));
}

TEST_F(ProofsTest, EveryByteOfAReceiptCounts) {
  Open(Signed());
  AddWorld({"mill"});
  const std::string whole = FormatReceipt(ReceiptAt(2));
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const auto receipt = ParseReceipt(changed);
    if (!receipt.ok()) continue;
    EXPECT_FALSE(CheckReceipt(*receipt, Key()).ok()) << "byte " << i;
  }
}

TEST_F(ProofsTest, NothingNewIsSignedOnce) {
  Open(Signed());
  AddWorld({"mill"});
  const auto first = ledger_->checkpoints().Make();
  const auto second = ledger_->checkpoints().Make();
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(first->note, second->note);
  EXPECT_EQ(first->tree.head.size, ledger_->standing().tree_size());
  EXPECT_TRUE(absl::IsNotFound(ledger_->checkpoints().OfSize(1).status()));
}

TEST_F(ProofsTest, ALedgerWithoutAKeySignsNothing) {
  Open();
  AddWorld({"mill"});
  EXPECT_TRUE(
      absl::IsFailedPrecondition(ledger_->checkpoints().Make().status()));
  // Its tree is there to be proven all the same.
  EXPECT_TRUE(GetInclusionProof(*ledger_, 0, std::nullopt).ok());
}

TEST_F(ProofsTest, ALogThatEndsBeforeItsCheckpointIsNotOpened) {
  auto notes = std::make_unique<MemoryNoteTable>();
  const SigningKey key("example.org/log", NoteKeyKind::kEd25519,
                       Ed25519Seed{5});
  CheckpointTable table(notes.get());
  ASSERT_TRUE(table.PutKey({.key = key.verifier()}).ok());
  const TreeNote tree{.origin = "example.org/log", .head = {.size = 3}};
  const std::string text = FormatTreeNote(tree);
  ASSERT_TRUE(
      table
          .Put(tree, FormatNote({.text = text, .signatures = {key.Sign(text)}}))
          .ok());
  auto storage = std::make_unique<Storage>();
  storage->journal = std::make_unique<MemoryJournal>();
  storage->tables = std::make_unique<MemoryTables>();
  storage->notes = std::move(notes);
  const auto opened = Ledger::OpenOn(std::move(storage), {.clock = &clock_});
  EXPECT_TRUE(absl::IsDataLoss(opened.status())) << opened.status();
}

TEST_F(ProofsTest, WitnessesThatAreKnownMaySign) {
  Open(Signed());
  AddWorld({"mill"});
  Checkpoints& checkpoints = ledger_->checkpoints();
  const auto made = checkpoints.Make();
  ASSERT_TRUE(made.ok());
  const int64_t size = made->tree.head.size;
  const std::string text = FormatTreeNote(made->tree);
  const std::string line = SignatureLine(witness_.Sign(text, 1'700'000'000));
  const auto signed_too = checkpoints.AddCosignature(size, line);
  ASSERT_TRUE(signed_too.ok()) << signed_too.status();
  EXPECT_EQ(signed_too->note, made->note);
  EXPECT_EQ(signed_too->cosignatures, std::vector<std::string>{line});

  const SigningKey stranger("stranger", NoteKeyKind::kCosignature,
                            Ed25519Seed{1});
  EXPECT_TRUE(absl::IsInvalidArgument(
      checkpoints.AddCosignature(size, SignatureLine(stranger.Sign(text, 1)))
          .status()));
  EXPECT_TRUE(absl::IsInvalidArgument(
      checkpoints
          .AddCosignature(size, SignatureLine(witness_.Sign("other\n", 1)))
          .status()));
  EXPECT_TRUE(
      absl::IsNotFound(checkpoints.AddCosignature(size - 1, line).status()));
  // The receipt goes on to hold with it.
  const Receipt receipt = ReceiptAt(0);
  const auto parsed = ParseReceipt(FormatReceipt(receipt));
  ASSERT_TRUE(parsed.ok());
  const auto checked = CheckReceipt(*parsed, Key());
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->cosigners, std::vector<std::string>{"witness.example"});
}

TEST_F(ProofsTest, TilesHaveThePathsOfTlogTiles) {
  EXPECT_EQ(TilePath({.level = 0, .index = 0}, 256), "tile/0/000");
  EXPECT_EQ(TilePath({.level = 0, .index = 1'067}, 8), "tile/0/x001/067.p/8");
  EXPECT_EQ(TilePath({.level = 3, .index = 1'234'067}, 256),
            "tile/3/x001/x234/067");
}

TEST_F(ProofsTest, ATileBeyondTheTreeIsOutOfRange) {
  Open(Signed());
  AddWorld({"mill"});
  const auto tile = GetTile(*ledger_, {.level = 0, .index = 0}, 0);
  ASSERT_TRUE(tile.ok()) << tile.status();
  EXPECT_EQ(tile->width, ledger_->standing().tree_size());
  EXPECT_TRUE(absl::IsOutOfRange(
      GetTile(*ledger_, {.level = 0, .index = 1}, 0).status()));
  EXPECT_TRUE(absl::IsOutOfRange(
      GetTile(*ledger_, {.level = 0, .index = INT64_MAX}, 1).status()));
  EXPECT_TRUE(absl::IsOutOfRange(
      GetTile(*ledger_, {.level = 0, .index = 0}, 256).status()));
}

}  // namespace
}  // namespace tally

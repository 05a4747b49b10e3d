// The same events as in vectors/make_vectors.py, which knows only the
// documentation: what the engine writes is what the documentation says.

#include <map>
#include <string>
#include <vector>

#include "engine/log/chunk.h"
#include "engine/log/merkle.h"
#include "engine/log/record_codec.h"
#include "gtest/gtest.h"
#include "tests/engine/log/same_event.h"
#include "tests/engine/log/test_vectors.h"

namespace tally {
namespace {

constexpr int64_t kFirstMicros = 1'740'787'200'000'000;

// The events, in the order of their positions.
class VectorEvents {
 public:
  VectorEvents() {
    receive_.site = "mill-1";
    receive_.product = "ffb";
    receive_.quantity = {.mantissa = 4150, .scale = 2};
    receive_.claim = {.scheme = "rspo-2020", .model = Model::kMassBalance};
    receive_.supplier = "grove";
    receive_.attributes.origin_country = "MY";
    receive_.attributes.ghg = Decimal{.mantissa = 0, .scale = 1};
    events_.push_back({.id = *ParseUuid("0123abcd-0000-4000-8000-00000000beef"),
                       .occurred_at = Instant(Date::FromCivil(2025, 3, 1)),
                       .document = "BL-77",
                       .body = static_cast<const Receive*>(&receive_)});

    lines_[0].product = "cpo";
    lines_[0].quantity = {.mantissa = 10};
    lines_[0].claim = {.scheme = "rspo-2020", .model = Model::kSegregated};
    lines_[0].as_model = Model::kConventional;
    lines_[0].claims_share = Decimal{};
    lines_[0].serials = serials_;
    lines_[1].product = "pk";
    lines_[1].quantity = {.mantissa = 3, .scale = 1};
    ship_.shipment = "S1";
    ship_.from_site = "mill-1";
    ship_.to_site = "refinery";
    ship_.lines = lines_;
    events_.push_back({.id = *ParseUuid("ffffffff-ffff-4fff-bfff-ffffffffffff"),
                       .occurred_at = Instant(-1),
                       .actor = "trader",
                       .body = static_cast<const Ship*>(&ship_)});

    certificate_.certificate = "C-1";
    certificate_.scheme = "rspo-2020";
    certificate_.holder = "mill";
    certificate_.body = "body";
    certificate_.sites = sites_;
    certificate_.products = products_;
    certificate_.models = models_;
    certificate_.from = Date::FromCivil(2024, 1, 1);
    certificate_.to = Date(-365);
    certificate_.caps = caps_;
    certificate_.non_claiming = true;
    events_.push_back(
        {.id = *ParseUuid("00000000-0000-4000-8000-000000000001"),
         .body = static_cast<const GrantCertificate*>(&certificate_)});

    shipment_ = "S";
    for (int i = 0; i < 40; ++i) shipment_ += "0123456789";
    lapse_.shipment = shipment_;
    events_.push_back({.body = static_cast<const Lapse*>(&lapse_)});

    decision_.warnings = {Warning::kShortInPeriod, Warning::kExpiring};
    decision_.serials = {{.block = "B1", .from = 1, .to = 60},
                         {.block = "B2", .from = 5, .to = 5}};
    decision_.inputs = {Quantity(100), Quantity(0), Quantity(-7)};
    for (int i = 0; i < 32; ++i) salt_.push_back(static_cast<char>(i));
  }

  const std::vector<Event>& events() const { return events_; }
  Decision decision(size_t i) const { return i == 1 ? decision_ : Decision(); }
  std::string salt(size_t i) const { return i == 3 ? salt_ : ""; }

 private:
  Receive receive_;
  const SerialRange serials_[1] = {{.block = "B1", .from = 1, .to = 100}};
  ShipLine lines_[2];
  Ship ship_;
  const std::string_view sites_[2] = {"mill-1", "mill-2"};
  const std::string_view products_[1] = {"*"};
  const Model models_[2] = {Model::kSegregated, Model::kMassBalance};
  const Cap caps_[1] = {{.product = "cpo", .quantity = {.mantissa = 5000}}};
  GrantCertificate certificate_;
  std::string shipment_;
  Lapse lapse_;
  Decision decision_;
  std::string salt_;
  std::vector<Event> events_;
};

class RecordVectorsTest : public ::testing::Test {
 protected:
  // The value of the i-th line of that word.
  static std::string Expected(const std::string& word, size_t i) {
    return ReadVectors("records.txt", word).at(i).at(2);
  }

  std::string EncodedEvent(size_t i) const {
    std::string bytes;
    EXPECT_TRUE(EncodeEvent(vectors_.events()[i], &bytes).ok());
    return bytes;
  }

  VectorEvents vectors_;
};

TEST_F(RecordVectorsTest, EventsAndTheirDigests) {
  for (size_t i = 0; i < vectors_.events().size(); ++i) {
    const std::string bytes = EncodedEvent(i);
    EXPECT_EQ(ToHex(bytes), Expected("event", i));
    EXPECT_EQ(ToHex(ContentDigest(bytes)), Expected("digest", i));
    Arena arena;
    const auto decoded = DecodeEvent(FromHex(Expected("event", i)), &arena);
    ASSERT_TRUE(decoded.ok()) << decoded.status().ToString();
    EXPECT_EQ(PrintEvent(*decoded), PrintEvent(vectors_.events()[i]));
  }
}

TEST_F(RecordVectorsTest, RecordsAndTheirLeaves) {
  for (size_t i = 0; i < vectors_.events().size(); ++i) {
    const std::string event = EncodedEvent(i);
    const Decision decision = vectors_.decision(i);
    const std::string salt = vectors_.salt(i);
    std::string bytes;
    EncodeRecord(
        {.position = static_cast<Position>(i),
         .recorded_at = Instant(kFirstMicros + 1 + static_cast<int64_t>(i)),
         .event = event,
         .decision = &decision,
         .salt = salt},
        &bytes);
    EXPECT_EQ(ToHex(bytes), Expected("record", i));
    EXPECT_EQ(ToHex(LeafHash(bytes)), Expected("leaf", i));
  }
}

TEST_F(RecordVectorsTest, TheChunkOfAllOfThem) {
  Group group(0);
  MerkleFrontier tree;
  for (size_t i = 0; i < vectors_.events().size(); ++i) {
    group.Add(Instant(kFirstMicros + 1 + static_cast<int64_t>(i)),
              EncodedEvent(i), vectors_.decision(i), vectors_.salt(i));
    tree.Append(LeafHash(group.record(static_cast<int64_t>(i))));
  }
  const GroupHeader header{.writer_epoch = 9,
                           .first = 0,
                           .count = group.count(),
                           .stable_end = 0,
                           .rules_version = 3,
                           .recorded_at = group.recorded_at(3),
                           .previous_root = EmptyRoot(),
                           .root = tree.Root()};
  std::string bytes;
  EncodeChunk(header, group, {.begin = 0, .end = group.count()}, &bytes);
  EXPECT_EQ(ToHex(bytes), Expected("chunk", 0));

  const auto chunk = Chunk::Decode(bytes);
  ASSERT_TRUE(chunk.ok()) << chunk.status().ToString();
  EXPECT_EQ(chunk->group(), header);

  // As a program of the format before wrote it, and as a later one may.
  for (const size_t other : {1, 2}) {
    const std::string stored = FromHex(Expected("chunk", other));
    ASSERT_NE(stored, bytes);
    const auto read = Chunk::Decode(stored);
    ASSERT_TRUE(read.ok()) << read.status().ToString();
    EXPECT_EQ(read->group(), header);
    ASSERT_EQ(read->count(), group.count());
    for (int64_t i = 0; i < group.count(); ++i) {
      EXPECT_EQ(read->record(i), group.record(i));
    }
  }
}

TEST_F(RecordVectorsTest, AChunkOfANewerFormatIsRefused) {
  const auto newer = Chunk::Decode(FromHex(Expected("chunk", 3)));
  ASSERT_FALSE(newer.ok());
  EXPECT_NE(newer.status().message().find("chunk format 3 is not known"),
            std::string::npos)
      << newer.status().ToString();
}

}  // namespace
}  // namespace tally

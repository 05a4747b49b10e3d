#include "engine/log/record_codec.h"

#include <random>
#include <string>
#include <vector>

#include "engine/base/strings.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/log/random_event.h"
#include "tests/engine/log/same_event.h"

namespace tally {
namespace {

using ::testing::HasSubstr;

std::string Encode(const Event& event) {
  std::string bytes;
  const absl::Status status = EncodeEvent(event, &bytes);
  EXPECT_TRUE(status.ok()) << status.ToString();
  return bytes;
}

std::string EncodeWhole(Position position, Instant recorded_at,
                        const Event& event, const Decision& decision,
                        std::string_view salt = {}) {
  std::string bytes;
  const std::string words = Encode(event);
  EncodeRecord({.position = position,
                .recorded_at = recorded_at,
                .event = words,
                .decision = &decision,
                .salt = salt,
                .poster = event.poster},
               &bytes);
  return bytes;
}

// An event with a bit of everything that this test takes apart.
struct Sample {
  Sample() {
    receive.site = "mill-1";
    receive.product = "cpo";
    receive.quantity = {.mantissa = 4150, .scale = 2};
    receive.claim = {.scheme = "rspo-2020", .model = Model::kMassBalance};
    receive.supplier = "grove";
    event.id = *ParseUuid("0123abcd-0000-4000-8000-00000000beef");
    event.occurred_at = Instant(Date::FromCivil(2025, 3, 1));
    event.document = "BL-77";
    event.body = static_cast<const Receive*>(&receive);
  }
  Receive receive;
  Event event;
};

TEST(RecordCodecTest, EveryKindComesBackAsItWas) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  Arena arena;
  RandomFiller random(seed, &arena);
  for (int round = 0; round < 60; ++round) {
    for (int kind = 1; kind < kKindCount; ++kind) {
      const Event event = random.MakeEvent(kind);
      const Decision decision = random.MakeDecision();
      const Position position = random.Number();
      const Instant recorded_at(random.Number());
      const std::string salt(random.Chance(2) ? 0 : 16 + random.Below(17), 's');
      const std::string bytes =
          EncodeWhole(position, recorded_at, event, decision, salt);

      Arena decoded_arena;
      const auto record = DecodeRecord(bytes, &decoded_arena);
      ASSERT_TRUE(record.ok()) << record.status().ToString();
      EXPECT_EQ(record->position, position);
      EXPECT_EQ(record->recorded_at, recorded_at);
      EXPECT_EQ(record->salt, salt);
      EXPECT_EQ(record->decision, decision);
      ASSERT_EQ(PrintEvent(record->event), PrintEvent(event));
      EXPECT_EQ(record->event_bytes, Encode(event));
      EXPECT_EQ(EncodeWhole(position, recorded_at, record->event,
                            record->decision, record->salt),
                bytes);
    }
  }
}

TEST(RecordCodecTest, KeepsWhoPosted) {
  const UnbundleCredits unbundle{.block = "B1"};
  Event event{.body = &unbundle};
  event.poster = {.principal = "spiffe://ledger/admin", .administrator = true};
  Arena arena;
  const std::string bytes = EncodeWhole(3, Instant(1), event, {});
  const auto record = DecodeRecord(bytes, &arena);
  ASSERT_TRUE(record.ok()) << record.status().ToString();
  EXPECT_EQ(record->event.poster.principal, "spiffe://ledger/admin");
  EXPECT_TRUE(record->event.poster.administrator);
  // It is not part of what the event says.
  EXPECT_EQ(record->event_bytes, Encode(Event{.body = &unbundle}));
}

TEST(RecordCodecTest, GivenAndZeroAreNotTheSame) {
  ShipLine line;
  line.as_model = Model::kConventional;
  line.claims_share = Decimal{};
  Ship ship;
  const ShipLine lines[] = {line};
  ship.lines = lines;
  Event event;
  event.body = static_cast<const Ship*>(&ship);

  Arena arena;
  const auto decoded = DecodeEvent(Encode(event), &arena);

  ASSERT_TRUE(decoded.ok()) << decoded.status().ToString();
  const Ship& read = *std::get<const Ship*>(decoded->body);
  EXPECT_EQ(read.lines[0].as_model, Model::kConventional);
  EXPECT_EQ(read.lines[0].claims_share, Decimal{});
  EXPECT_FALSE(read.ghg.has_value());
}

TEST(RecordCodecTest, QuantitiesKeepTheDecimalsTheyWereWrittenWith) {
  Sample short_form, long_form;
  short_form.receive.quantity = {.mantissa = 15, .scale = 1};
  long_form.receive.quantity = {.mantissa = 150, .scale = 2};

  EXPECT_NE(Encode(short_form.event), Encode(long_form.event));
}

TEST(RecordCodecTest, FingerprintIsTheBeginningOfTheDigest) {
  const std::string words = Encode(Sample().event);
  const Sha256Digest digest = ContentDigest(words);

  uint64_t first = 0;
  for (int i = 0; i < 8; ++i) first = first << 8 | digest[i];

  EXPECT_EQ(ContentFingerprint(words), first);
}

TEST(RecordCodecTest, WhatCannotBeReadIsNotWritten) {
  Sample sample;
  std::string bytes = "before";

  sample.receive.claim.model = static_cast<Model>(77);
  EXPECT_EQ(EncodeEvent(sample.event, &bytes).message(),
            "receive: model cannot be stored");
  sample.receive.claim.model = Model::kSegregated;

  sample.receive.quantity.mantissa = -1;
  EXPECT_EQ(EncodeEvent(sample.event, &bytes).message(),
            "receive: quantity cannot be stored");
  sample.receive.quantity = {.mantissa = 1, .scale = 19};
  EXPECT_EQ(EncodeEvent(sample.event, &bytes).message(),
            "receive: quantity cannot be stored");
  sample.receive.quantity = {.mantissa = 1};

  const std::vector<ClaimName> many(kRepeatedMax + 1);
  sample.receive.also = many;
  EXPECT_EQ(EncodeEvent(sample.event, &bytes).message(),
            "receive: also cannot be stored");
  sample.receive.also = sample.receive.also.first(kRepeatedMax);
  EXPECT_TRUE(EncodeEvent(sample.event, &bytes).ok());

  OpenPeriod period;
  Event dated;
  dated.body = static_cast<const OpenPeriod*>(&period);
  for (const Date date : {Date::Min().AddDays(-1), Date::Max().AddDays(1)}) {
    period.to = date;
    EXPECT_EQ(EncodeEvent(dated, &bytes).message(),
              "open_period: to cannot be stored");
  }
  for (const Date date : {Date::Min(), Date::Max()}) {
    period.to = date;
    EXPECT_TRUE(EncodeEvent(dated, &bytes).ok());
  }

  std::string none = "before";
  EXPECT_EQ(EncodeEvent(Event(), &none).message(), "the event has no kind");
  EXPECT_EQ(none, "before");
}

// A record is taken apart: each of its prefixes, and each change of one byte,
// is refused or is another record's only encoding.
TEST(RecordCodecTest, NoTwoEncodingsOfOneRecord) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  Arena arena;
  RandomFiller random(seed, &arena);
  for (int kind = 1; kind < kKindCount; ++kind) {
    const Event event = random.MakeEvent(kind);
    const std::string bytes =
        EncodeWhole(17, Instant(1), event, random.MakeDecision());
    for (size_t i = 0; i < bytes.size(); i += 1 + bytes.size() / 400) {
      Arena scratch;
      const auto prefix = DecodeRecord(bytes.substr(0, i), &scratch);
      if (prefix.ok()) {
        // Only where the end of a decision or a salt is missing.
        EXPECT_EQ(EncodeWhole(prefix->position, prefix->recorded_at,
                              prefix->event, prefix->decision, prefix->salt),
                  bytes.substr(0, i));
      }
      std::string changed = bytes;
      changed[i] = static_cast<char>(random.Below(256));
      const auto record = DecodeRecord(changed, &scratch);
      if (!record.ok()) {
        EXPECT_EQ(record.status().code(), absl::StatusCode::kDataLoss);
        continue;
      }
      ASSERT_EQ(EncodeWhole(record->position, record->recorded_at,
                            record->event, record->decision, record->salt),
                changed)
          << KindName(kind);
    }
  }
}

TEST(RecordCodecTest, RandomBytesAreRefusedOrCanonical) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes(random() % 40, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() % 64);
    Arena arena;
    const auto event = DecodeEvent(bytes, &arena);
    if (event.ok()) {
      EXPECT_EQ(Encode(*event), bytes);
    }
  }
}

struct BadBytes {
  const char* name;
  std::string bytes;
  const char* message;
};

class BadRecordTest : public ::testing::TestWithParam<BadBytes> {};

// An event of only a kind: unbundle_credits, field 39, without a block.
constexpr std::string_view kBody("\xBA\x02\x00", 3);

std::string EventOf(std::string_view fields) {
  return std::string(fields) + std::string(kBody);
}
std::string Inside(int field, std::string_view bytes) {
  return std::string{static_cast<char>(field << 3 | 2),
                     static_cast<char>(bytes.size())} +
         std::string(bytes);
}

TEST_P(BadRecordTest, IsRefusedWithItsPlace) {
  Arena arena;
  const auto record = DecodeRecord(GetParam().bytes, &arena);
  ASSERT_FALSE(record.ok());
  EXPECT_EQ(record.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(MessageOf(record.status())),
              HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    RecordCodecTest, BadRecordTest,
    ::testing::Values(
        BadBytes{"empty", "", "event is missing, at byte 0"},
        BadBytes{"no_event", "\x08\x01", "event is missing, at byte 2"},
        BadBytes{"no_body", Inside(3, "\x1A\x01x"),
                 "event.body is not what comes next"},
        BadBytes{"position_zero", std::string("\x08\x00", 2),
                 "position is written although it is empty"},
        BadBytes{"long_varint", std::string("\x08\x81\x00", 3),
                 "position is no canonical varint"},
        BadBytes{
            "negative_position",
            "\x08\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01" + Inside(3, kBody),
            "position is negative"},
        BadBytes{"wrong_type", "\x0A\x01x", "position has the wrong wire type"},
        BadBytes{"fixed_type", std::string("\x09\0\0\0\0\0\0\0\0", 9),
                 "no wire type, at byte 0"},
        BadBytes{"out_of_order", Inside(3, EventOf("\x22\x01y\x1A\x01x")),
                 "event.body is not what comes next"},
        BadBytes{"repeated", Inside(3, EventOf("\x1A\x01x\x1A\x01x")),
                 "event.body is not what comes next"},
        BadBytes{"short_id", Inside(3, EventOf("\x0A\x01x")),
                 "event.id is no UUID of 16 bytes"},
        BadBytes{"two_bodies",
                 Inside(3, std::string(kBody) + std::string("\xC2\x02\x00", 3)),
                 "unknown, repeated or misplaced field"},
        BadBytes{"too_long", "\x1A\x7F", "event is longer than what holds it"},
        BadBytes{"empty_decision", Inside(3, kBody) + Inside(4, ""),
                 "decision is written although it is empty"},
        BadBytes{"short_salt", Inside(3, kBody) + Inside(5, "salt"),
                 "salt is of no length that a salt has"},
        BadBytes{"nameless_administrator",
                 Inside(3, kBody) + std::string("\x38\x01", 2),
                 "administrator has no name"},
        BadBytes{"unknown_field", Inside(3, kBody) + Inside(8, "x"),
                 "unknown, repeated or misplaced field"},
        BadBytes{"unknown_warning",
                 Inside(3, kBody) + Inside(4, Inside(1, "\x63")),
                 "decision.warnings has an unknown number"},
        BadBytes{"nested",
                 Inside(3, "\xBA\x01\x05" + Inside(5, Inside(2, "x"))),
                 "event.ship.lines[0].quantity"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace tally

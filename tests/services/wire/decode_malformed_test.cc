// What Decode() finds wrong, by field.

#include <string>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "services/wire/decode.h"
#include "services/wire/fields.h"

namespace tally::wire {
namespace {

using google::protobuf::TextFormat;
using tallystick::v1::Event;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> MalformedIn(const Event& event) {
  Arena arena;
  const tally::Event decoded = Decode(event, &arena);
  std::vector<std::string> found;
  for (const Malformed& malformed : decoded.malformed) {
    EXPECT_FALSE(malformed.limit.empty()) << malformed.field;
    found.push_back(fmt::format("{} {} '{}'", CodeName(malformed.code),
                                malformed.field, malformed.value));
  }
  return found;
}

// An event of `kind` in text format, all else being in order.
std::vector<std::string> MalformedIn(std::string_view kind) {
  Event event;
  EXPECT_TRUE(TextFormat::ParseFromString(
      fmt::format("id: '00000000-0000-8000-8000-000000000001' "
                  "occurred_at {{}} {}",
                  kind),
      &event))
      << kind;
  return MalformedIn(event);
}

TEST(DecodeMalformedTest, NamesWhatIsMissingFromAnEmptyEvent) {
  EXPECT_THAT(
      MalformedIn(Event()),
      ElementsAre("INVALID_ARGUMENT id ''", "INVALID_ARGUMENT occurred_at ''",
                  "INVALID_ARGUMENT kind ''"));
}

TEST(DecodeMalformedTest, RefusesALapseThatIsPosted) {
  EXPECT_THAT(MalformedIn("lapse { shipment: 'S1' }"),
              ElementsAre("INVALID_ARGUMENT lapse ''"));
}

TEST(DecodeMalformedTest, RefusesIdsThatAreNoUuid) {
  for (const char* id : {"1", "00000000-0000-0000-0000-000000000000",
                         "00000000x0000-8000-8000-000000000001",
                         "{00000000-0000-8000-8000-000000000001}",
                         "g0000000-0000-8000-8000-000000000001"}) {
    Event event;
    event.set_id(id);
    event.mutable_occurred_at();
    event.mutable_unbundle_credits()->set_block("B1");
    EXPECT_THAT(MalformedIn(event),
                ElementsAre(fmt::format("INVALID_ARGUMENT id '{}'", id)));
  }
}

TEST(DecodeMalformedTest, RefusesTimesOutsideTheYearsTaken) {
  const auto malformed = [](int64_t seconds, int32_t nanos) {
    Event event;
    event.set_id("00000000-0000-8000-8000-000000000001");
    event.mutable_occurred_at()->set_seconds(seconds);
    event.mutable_occurred_at()->set_nanos(nanos);
    event.mutable_unbundle_credits()->set_block("B1");
    return MalformedIn(event);
  };
  constexpr int64_t k1900 = -2'208'988'800;
  constexpr int64_t k2200 = 7'258'118'400;
  EXPECT_THAT(malformed(k1900, 0), IsEmpty());
  EXPECT_THAT(malformed(k2200 - 1, 999'999'999), IsEmpty());
  EXPECT_THAT(malformed(k1900 - 1, 999'999'999),
              ElementsAre("INVALID_ARGUMENT occurred_at "
                          "'seconds -2208988801, nanos 999999999'"));
  for (const auto& [seconds, nanos] :
       std::vector<std::pair<int64_t, int32_t>>{{k2200, 0},
                                                {INT64_MAX, 0},
                                                {INT64_MIN, 0},
                                                {0, -1},
                                                {0, 1'000'000'000}}) {
    EXPECT_EQ(malformed(seconds, nanos).size(), 1) << seconds << " " << nanos;
  }
}

TEST(DecodeMalformedTest, RefusesQuantitiesThatAreNone) {
  for (const char* quantity :
       {"0", "0.00", "-1", "+1", "1e3", "1,5", " 1", "1 ", "01", ".5", "1.",
        "NaN", "Infinity", "inf", "0x10", "1_000", "9223372036854775808",
        "1.0000000000000000000", "1٠"}) {
    Event event;
    event.set_id("00000000-0000-8000-8000-000000000001");
    event.mutable_occurred_at();
    auto* body = event.mutable_extend_volume();
    body->set_certificate("C1");
    body->set_product("cpo");
    body->set_quantity(quantity);
    const auto malformed = MalformedIn(event);
    ASSERT_EQ(malformed.size(), 1) << quantity;
    EXPECT_TRUE(
        malformed[0].starts_with("INVALID_QUANTITY extend_volume.quantity '"))
        << malformed[0];
  }
  EXPECT_THAT(MalformedIn("extend_volume { certificate: 'C1' product: 'p' "
                          "quantity: '9223372036854775807' }"),
              IsEmpty());
}

TEST(DecodeMalformedTest, CountsMayBeZero) {
  EXPECT_THAT(MalformedIn("count_stock { site: 's' product: 'p' "
                          "physical_quantity: '0' }"),
              IsEmpty());
  EXPECT_THAT(
      MalformedIn("count_stock { site: 's' product: 'p' "
                  "physical_quantity: '-1' }"),
      ElementsAre("INVALID_QUANTITY count_stock.physical_quantity '-1'"));
  EXPECT_THAT(MalformedIn("count_stock { site: 's' product: 'p' }"),
              ElementsAre("INVALID_ARGUMENT count_stock.physical_quantity ''"));
}

// One thing wrong in an event of each kind, or a field or two missing.
struct Case {
  std::string_view kind;
  std::vector<std::string> malformed;
};

class DecodeMalformedCaseTest : public testing::TestWithParam<Case> {};

TEST_P(DecodeMalformedCaseTest, IsNoted) {
  EXPECT_EQ(MalformedIn(GetParam().kind), GetParam().malformed);
}

INSTANTIATE_TEST_SUITE_P(
    Required, DecodeMalformedCaseTest,
    testing::ValuesIn(std::vector<Case>{
        {"originate {}",
         {"INVALID_ARGUMENT originate.site ''",
          "INVALID_ARGUMENT originate.product ''",
          "INVALID_ARGUMENT originate.quantity ''",
          "INVALID_ARGUMENT originate.claim ''"}},
        {"receive {}",
         {"INVALID_ARGUMENT receive.site ''",
          "INVALID_ARGUMENT receive.product ''",
          "INVALID_ARGUMENT receive.quantity ''",
          "INVALID_ARGUMENT receive.supplier ''"}},
        {"ship {}",
         {"INVALID_ARGUMENT ship.shipment ''",
          "INVALID_ARGUMENT ship.from_site ''",
          "INVALID_ARGUMENT ship.to_site ''",
          "INVALID_ARGUMENT ship.lines ''"}},
        {"accept {}", {"INVALID_ARGUMENT accept.shipment ''"}},
        {"reject {}",
         {"INVALID_ARGUMENT reject.shipment ''",
          "INVALID_ARGUMENT reject.reason ''"}},
        {"recall {}",
         {"INVALID_ARGUMENT recall.shipment ''",
          "INVALID_ARGUMENT recall.reason ''"}},
        {"process {}",
         {"INVALID_ARGUMENT process.site ''",
          "INVALID_ARGUMENT process.process ''",
          "INVALID_ARGUMENT process.inputs ''",
          "INVALID_ARGUMENT process.outputs ''"}},
        {"downgrade {}",
         {"INVALID_ARGUMENT downgrade.site ''",
          "INVALID_ARGUMENT downgrade.product ''",
          "INVALID_ARGUMENT downgrade.quantity ''",
          "INVALID_ARGUMENT downgrade.claim ''",
          "INVALID_ARGUMENT downgrade.to_model ''"}},
        {"adjust {}",
         {"INVALID_ARGUMENT adjust.site ''",
          "INVALID_ARGUMENT adjust.product ''",
          "INVALID_ARGUMENT adjust.quantity ''",
          "INVALID_ARGUMENT adjust.reason ''"}},
        {"consume {}",
         {"INVALID_ARGUMENT consume.site ''",
          "INVALID_ARGUMENT consume.product ''",
          "INVALID_ARGUMENT consume.quantity ''",
          "INVALID_ARGUMENT consume.claim ''",
          "INVALID_ARGUMENT consume.beneficiary ''"}},
        {"open_period {}",
         {"INVALID_ARGUMENT open_period.account ''",
          "INVALID_ARGUMENT open_period.from ''",
          "INVALID_ARGUMENT open_period.to ''"}},
        {"close_period { account {} from: '2025-01-01' to: '2025-01-01' }",
         {"INVALID_ARGUMENT close_period.account.site ''",
          "INVALID_ARGUMENT close_period.account.product ''",
          "INVALID_ARGUMENT close_period.account.scheme ''"}},
        {"transfer_entitlement {}",
         {"INVALID_ARGUMENT transfer_entitlement.from_site ''",
          "INVALID_ARGUMENT transfer_entitlement.to_site ''",
          "INVALID_ARGUMENT transfer_entitlement.product ''",
          "INVALID_ARGUMENT transfer_entitlement.scheme ''",
          "INVALID_ARGUMENT transfer_entitlement.quantity ''"}},
        {"issue_credits {}",
         {"INVALID_ARGUMENT issue_credits.site ''",
          "INVALID_ARGUMENT issue_credits.product ''",
          "INVALID_ARGUMENT issue_credits.scheme ''",
          "INVALID_ARGUMENT issue_credits.quantity ''",
          "INVALID_ARGUMENT issue_credits.vintage ''",
          "INVALID_ARGUMENT issue_credits.block ''"}},
        {"transfer_credits {}",
         {"INVALID_ARGUMENT transfer_credits.quantity ''",
          "INVALID_ARGUMENT transfer_credits.from_party ''",
          "INVALID_ARGUMENT transfer_credits.to_party ''",
          "INVALID_ARGUMENT transfer_credits.scheme ''",
          "INVALID_ARGUMENT transfer_credits.product ''"}},
        {"redeem_credits { quantity: '1' }",
         {"INVALID_ARGUMENT redeem_credits.holder ''",
          "INVALID_ARGUMENT redeem_credits.scheme ''",
          "INVALID_ARGUMENT redeem_credits.product ''",
          "INVALID_ARGUMENT redeem_credits.beneficiary ''",
          "INVALID_ARGUMENT redeem_credits.claim_period ''",
          "INVALID_ARGUMENT redeem_credits.purpose ''"}},
        {"withdraw_credits {}", {"INVALID_ARGUMENT withdraw_credits.block ''"}},
        {"unbundle_credits {}", {"INVALID_ARGUMENT unbundle_credits.block ''"}},
        {"declare_claims {}",
         {"INVALID_ARGUMENT declare_claims.party ''",
          "INVALID_ARGUMENT declare_claims.scheme ''",
          "INVALID_ARGUMENT declare_claims.product ''",
          "INVALID_ARGUMENT declare_claims.quantity ''",
          "INVALID_ARGUMENT declare_claims.claim_period ''"}},
        {"hold {}",
         {"INVALID_ARGUMENT hold ''", "INVALID_ARGUMENT hold.reason ''"}},
        {"release { site: 's' reason: 'r' }",
         {"INVALID_ARGUMENT release.product ''"}},
        {"release { product: 'p' reason: 'r' }",
         {"INVALID_ARGUMENT release.site ''"}},
        {"void {}",
         {"INVALID_ARGUMENT void.event ''", "INVALID_ARGUMENT void.reason ''"}},
        {"set_source_status {}",
         {"INVALID_ARGUMENT set_source_status.status ''",
          "INVALID_ARGUMENT set_source_status.source ''",
          "INVALID_ARGUMENT set_source_status.from ''"}},
        {"define_scheme {}", {"INVALID_ARGUMENT define_scheme.profile ''"}},
        {"define_product {}",
         {"INVALID_ARGUMENT define_product.decimals ''",
          "INVALID_ARGUMENT define_product.product ''",
          "INVALID_ARGUMENT define_product.unit ''"}},
        {"register_party {}",
         {"INVALID_ARGUMENT register_party.party ''",
          "INVALID_ARGUMENT register_party.roles ''"}},
        {"register_site {}",
         {"INVALID_ARGUMENT register_site.site ''",
          "INVALID_ARGUMENT register_site.party ''"}},
        {"grant_certificate {}",
         {"INVALID_ARGUMENT grant_certificate.sites ''",
          "INVALID_ARGUMENT grant_certificate.certificate ''",
          "INVALID_ARGUMENT grant_certificate.scheme ''",
          "INVALID_ARGUMENT grant_certificate.holder ''",
          "INVALID_ARGUMENT grant_certificate.body ''",
          "INVALID_ARGUMENT grant_certificate.products ''",
          "INVALID_ARGUMENT grant_certificate.models ''",
          "INVALID_ARGUMENT grant_certificate.from ''",
          "INVALID_ARGUMENT grant_certificate.to ''"}},
        {"amend_certificate {}",
         {"INVALID_ARGUMENT amend_certificate.certificate ''",
          "INVALID_ARGUMENT amend_certificate.effective_from ''"}},
        {"extend_volume {}",
         {"INVALID_ARGUMENT extend_volume.certificate ''",
          "INVALID_ARGUMENT extend_volume.product ''",
          "INVALID_ARGUMENT extend_volume.quantity ''"}},
        {"set_certificate_status {}",
         {"INVALID_ARGUMENT set_certificate_status.certificate ''",
          "INVALID_ARGUMENT set_certificate_status.status ''",
          "INVALID_ARGUMENT set_certificate_status.effective_from ''"}},
        {"add_group_member {}",
         {"INVALID_ARGUMENT add_group_member.certificate ''",
          "INVALID_ARGUMENT add_group_member.member ''"}},
        {"record_assessment {}",
         {"INVALID_ARGUMENT record_assessment.certificate ''",
          "INVALID_ARGUMENT record_assessment.level ''",
          "INVALID_ARGUMENT record_assessment.effective_from ''"}},
    }));

INSTANTIATE_TEST_SUITE_P(
    Forms, DecodeMalformedCaseTest,
    testing::ValuesIn(std::vector<Case>{
        {"unbundle_credits { block: 'a b' }",
         {"INVALID_ARGUMENT unbundle_credits.block 'a b'"}},
        {"actor: 'ä' unbundle_credits { block: 'B' }",
         {"INVALID_ARGUMENT actor '\\xc3\\xa4'"}},
        {"document: 'a\\nb' unbundle_credits { block: 'B' }",
         {"INVALID_ARGUMENT document 'a\\x0ab'"}},
        {"reject { shipment: 'S' reason: '\\001' }",
         {"INVALID_ARGUMENT reject.reason '\\x01'"}},
        {"void { event: 'e1' reason: 'r' }",
         {"INVALID_ARGUMENT void.event 'e1'"}},
        {"originate { site: 's' product: 'p' quantity: '1' claim {} }",
         {"INVALID_ARGUMENT originate.claim.scheme ''",
          "INVALID_ARGUMENT originate.claim.model ''"}},
        {"originate { site: 's' product: 'p' quantity: '1' "
         "claim { scheme: 'x' model: MODEL_CONVENTIONAL } "
         "also { scheme: 'x y' model: MODEL_SEGREGATED } }",
         {"INVALID_ARGUMENT originate.claim.model 'MODEL_CONVENTIONAL'",
          "INVALID_ARGUMENT originate.also[0].scheme 'x y'"}},
        {"receive { site: 's' product: 'p' quantity: '1' supplier: 'u' "
         "claims_share: '100.1' attributes { origin_country: 'Brazil' "
         "ghg: '-1' } }",
         {"INVALID_ARGUMENT receive.attributes.origin_country 'Brazil'",
          "INVALID_ARGUMENT receive.attributes.ghg '-1'",
          "INVALID_ARGUMENT receive.claims_share '100.1'"}},
        {"receive { site: 's' product: 'p' quantity: '1' supplier: 'u' "
         "claims_share: '0' }",
         {"INVALID_ARGUMENT receive.claims_share '0'"}},
        {"receive { site: 's' product: 'p' quantity: '1' supplier: 'u' "
         "claims_share: '100.000000000000000' }",
         {}},
        {"ship { shipment: 'S' from_site: 'a' to_site: 'b' to_external: 'c' "
         "lines { product: 'p' quantity: '1' } }",
         {"INVALID_ARGUMENT ship.to_site 'both'"}},
        {"ship { shipment: 'S' from_site: 'a' to_site: 'b' ghg: 'low' "
         "lines { product: 'p' quantity: '1' } "
         "lines { quantity: 'x' serials { block: 'B' from: 0 to: -1 } } }",
         {"INVALID_ARGUMENT ship.lines[1].product ''",
          "INVALID_QUANTITY ship.lines[1].quantity 'x'",
          "INVALID_ARGUMENT ship.lines[1].serials[0].from '0'",
          "INVALID_ARGUMENT ship.lines[1].serials[0].to '-1'",
          "INVALID_ARGUMENT ship.ghg 'low'"}},
        {"process { site: 's' process: 'milling' inputs { product: 'p' "
         "quantity: '0' } outputs { product: 'q' quantity: '1' tags: '' } }",
         {"INVALID_QUANTITY process.inputs[0].quantity '0'",
          "INVALID_ARGUMENT process.outputs[0].tags[0] ''"}},
        {"open_period { account { site: 's' scope: 'g' product: 'p' "
         "scheme: 'x' } from: '2025-02-01' to: '2025-01-31' }",
         {"INVALID_ARGUMENT open_period.account.site 'both'",
          "INVALID_ARGUMENT open_period.to '2025-01-31'"}},
        {"open_period { account { site: 's' product: 'p' scheme: 'x' } "
         "from: '2025-02-30' to: '2201-01-01' }",
         {"INVALID_ARGUMENT open_period.from '2025-02-30'",
          "INVALID_ARGUMENT open_period.to '2201-01-01'"}},
        {"issue_credits { site: 's' product: 'p' scheme: 'x' quantity: '1' "
         "vintage: '2025-13' block: 'B' }",
         {"INVALID_ARGUMENT issue_credits.vintage '2025-13'"}},
        {"declare_claims { party: 'a' scheme: 'x' product: 'p' quantity: '1' "
         "claim_period: '2024-06-30/2024-01-01' }",
         {"INVALID_ARGUMENT declare_claims.claim_period "
          "'2024-06-30/2024-01-01'"}},
        {"transfer_credits { from_party: 'a' to_party: 'b' scheme: 'x' "
         "product: 'p' quantity: '1' serials { block: 'B' from: 1 to: 1 } }",
         {"INVALID_ARGUMENT transfer_credits.quantity 'both'"}},
        {"hold { lot: 'L' block: 'B' reason: 'r' }",
         {"INVALID_ARGUMENT hold 'several'"}},
        {"define_product { product: 'p' unit: 'tonne' decimals: 7 }",
         {"INVALID_ARGUMENT define_product.decimals '7'",
          "INVALID_ARGUMENT define_product.unit 'tonne'"}},
        {"define_product { product: 'p' unit: 'TNE' decimals: -1 }",
         {"INVALID_ARGUMENT define_product.decimals '-1'"}},
        {"register_party { party: 'a' roles: PARTY_ROLE_BRAND country: 'my' "
         "lei: '1' gln: '2' }",
         {"INVALID_ARGUMENT register_party.country 'my'",
          "INVALID_ARGUMENT register_party.lei '1'",
          "INVALID_ARGUMENT register_party.gln '2'"}},
        {"register_site { site: 's' party: 'a' kinds: 'MILL' kinds: 'Mill' }",
         {"INVALID_ARGUMENT register_site.kinds[1] 'Mill'"}},
        {"add_group_member { certificate: 'C' member: 'm' "
         "caps { key: 'p' value: '0' } }",
         {"INVALID_QUANTITY add_group_member.caps.p '0'"}},
        {"add_group_member { certificate: 'C' member: 'm' "
         "caps { key: 'p q' value: '1' } }",
         {"INVALID_ARGUMENT add_group_member.caps 'p q'"}},
        {"amend_certificate { certificate: 'C' effective_from: '2025-01-01' "
         "products: '*' products: 'p' models: MODEL_UNSPECIFIED }",
         {"INVALID_ARGUMENT amend_certificate.products[0] '*'",
          "INVALID_ARGUMENT amend_certificate.models[0] ''"}},
    }));

// Values that a newer client may send.
INSTANTIATE_TEST_SUITE_P(
    Enums, DecodeMalformedCaseTest,
    testing::ValuesIn(std::vector<Case>{
        {"downgrade { site: 's' product: 'p' quantity: '1' "
         "claim { scheme: 'x' model: 98 } to_model: 99 }",
         {"INVALID_ARGUMENT downgrade.claim.model '98'",
          "INVALID_ARGUMENT downgrade.to_model '99'"}},
        {"ship { shipment: 'S' from_site: 'a' to_site: 'b' lines { "
         "product: 'p' quantity: '1' as_model: 99 "
         "attributes { source_status: 99 } } }",
         {"INVALID_ARGUMENT ship.lines[0].as_model '99'",
          "INVALID_ARGUMENT ship.lines[0].attributes.source_status '99'"}},
        {"adjust { site: 's' product: 'p' quantity: '1' reason: -1 }",
         {"INVALID_ARGUMENT adjust.reason '-1'"}},
        {"redeem_credits { holder: 'h' scheme: 'x' product: 'p' quantity: '1' "
         "beneficiary: 'b' claim_period: '2024' purpose: 99 }",
         {"INVALID_ARGUMENT redeem_credits.purpose '99'"}},
        {"set_source_status { source: 's' status: 99 from: '2025-01-01' }",
         {"INVALID_ARGUMENT set_source_status.status '99'"}},
        {"define_product { product: 'p' unit: 'TNE' decimals: 0 category: 99 }",
         {"INVALID_ARGUMENT define_product.category '99'"}},
        {"register_party { party: 'a' roles: PARTY_ROLE_OPERATOR roles: 99 "
         "roles: 0 }",
         {"INVALID_ARGUMENT register_party.roles[1] '99'",
          "INVALID_ARGUMENT register_party.roles[2] '0'"}},
        {"set_certificate_status { certificate: 'C' status: 99 "
         "effective_from: '2025-01-01' }",
         {"INVALID_ARGUMENT set_certificate_status.status '99'"}},
    }));

// Each limit, at it and one past it.
TEST(DecodeMalformedTest, KeepsTheLimits) {
  const auto event = [] {
    Event made;
    made.set_id("00000000-0000-8000-8000-000000000001");
    made.mutable_occurred_at();
    return made;
  };
  Event reject = event();
  reject.mutable_reject()->set_shipment(std::string(64, 's'));
  reject.mutable_reject()->set_reason(std::string(1'000, 'r'));
  reject.set_document(std::string(200, 'd'));
  EXPECT_THAT(MalformedIn(reject), IsEmpty());
  reject.mutable_reject()->set_shipment(std::string(65, 's'));
  reject.mutable_reject()->set_reason(std::string(1'001, 'r'));
  reject.set_document(std::string(201, 'd'));
  EXPECT_EQ(MalformedIn(reject).size(), 3);

  Event ship = event();
  ship.mutable_ship()->set_shipment("S");
  ship.mutable_ship()->set_from_site("a");
  ship.mutable_ship()->set_to_site("b");
  for (int i = 0; i < 1'000; ++i) {
    auto* line = ship.mutable_ship()->add_lines();
    line->set_product("p");
    line->set_quantity("1");
  }
  EXPECT_THAT(MalformedIn(ship), IsEmpty());
  ship.mutable_ship()->add_lines();
  EXPECT_THAT(MalformedIn(ship),
              ElementsAre("INVALID_ARGUMENT ship.lines '1001 elements'"));

  Event profile = event();
  profile.mutable_define_scheme()->set_profile(std::string(1 << 20, ' '));
  EXPECT_THAT(MalformedIn(profile), IsEmpty());
  profile.mutable_define_scheme()->set_profile(std::string((1 << 20) + 1, ' '));
  EXPECT_EQ(MalformedIn(profile).size(), 1);
}

TEST(DecodeMalformedTest, KeepsTheLimitsOfLists) {
  Event event;
  event.set_id("00000000-0000-8000-8000-000000000001");
  event.mutable_occurred_at();
  auto* body = event.mutable_originate();
  body->set_site("s");
  body->set_product("p");
  body->set_quantity("1");
  body->mutable_claim()->set_scheme("x");
  body->mutable_claim()->set_model(tallystick::v1::MODEL_SEGREGATED);
  for (int i = 0; i < 8; ++i) *body->add_also() = body->claim();
  for (int i = 0; i < 100; ++i) body->add_tags("t");
  EXPECT_THAT(MalformedIn(event), IsEmpty());
  body->add_tags("t");
  *body->add_also() = body->claim();
  EXPECT_THAT(MalformedIn(event),
              ElementsAre("INVALID_ARGUMENT originate.also '9 elements'",
                          "INVALID_ARGUMENT originate.tags '101 elements'"));
}

// From the wire it does not come so far: what is not UTF-8 is no message.
TEST(DecodeMalformedTest, RefusesAMessageWhoseTextIsNotUtf8) {
  const google::protobuf::LogSilencer silence;
  Event event;
  event.set_id("00000000-0000-8000-8000-000000000001");
  event.mutable_occurred_at();
  event.set_document("\xff");
  EXPECT_THAT(MalformedIn(event), ElementsAre("INVALID_ARGUMENT event ''"));
}

TEST(DecodeMalformedTest, NotesSoManyAndQuotesSoMuch) {
  Event event;
  event.set_id(std::string(10'000, 'x'));
  event.mutable_occurred_at();
  for (int i = 0; i < 100; ++i) event.mutable_ship()->add_lines();
  const auto malformed = MalformedIn(event);
  EXPECT_EQ(malformed.size(), kNotesMax);
  EXPECT_THAT(malformed,
              Contains("INVALID_ARGUMENT id '" + std::string(128, 'x') + "'"));
}

}  // namespace
}  // namespace tally::wire

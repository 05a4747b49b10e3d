#include "tests/engine/rules/random_events.h"

#include <algorithm>
#include <string>

#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kSchemeA =
    R"({"scheme": "a", "owner": "owner", "name": "first",
        "models": {"IDENTITY_PRESERVED": {}, "SEGREGATED": {},
                   "MASS_BALANCE": {"scope": "PARTY"},
                   "BOOK_AND_CLAIM": {"unit": "1"}},
        "confirm_within_days": 20,
        "conversions": [{"process": "press", "input": "product-0",
                         "outputs": [{"product": "product-1",
                                      "factor": "0.4"}]}]})";
constexpr std::string_view kSchemeB =
    R"({"scheme": "b", "certificate": {"required": false},
        "models": {"SEGREGATED": {}, "MASS_BALANCE": {"method": "PERCENTAGE"}},
        "recognises": [{"scheme": "a", "products": ["*"],
                        "models": ["SEGREGATED"]}]})";
const Date kFirst = Date::FromCivil(2025, 1, 1);
constexpr int kDays = 60;

}  // namespace

template <typename T>
std::span<const T> RandomEvents::List(std::initializer_list<T> elements) {
  const std::span<T> kept = arena_.NewArray<T>(elements.size());
  std::copy(elements.begin(), elements.end(), kept.begin());
  return kept;
}

template <typename Kind>
Event RandomEvents::EventOf(Instant occurred_at, const Kind& kind) {
  return {.id = UuidOfName(fmt::format("event {}", events_++)),
          .occurred_at = occurred_at,
          .document = "D",
          .body = arena_.New(kind)};
}

int RandomEvents::Pick(int count) {
  return static_cast<int>(random_() % static_cast<uint32_t>(count));
}

std::string_view RandomEvents::PickName(std::string_view prefix, int count) {
  return Copy(fmt::format("{}{}", prefix, Pick(count)));
}

Date RandomEvents::RandomDate() { return kFirst.AddDays(Pick(kDays)); }

// Now and then one that is taken.
std::string_view RandomEvents::NewLot() {
  if (!OneIn(20)) ++lots_;
  return Copy(fmt::format("lot-{}", lots_));
}

std::string_view RandomEvents::OldLot() {
  return Copy(fmt::format("lot-{}", Pick(lots_ + 1)));
}

ClaimName RandomEvents::Claim() {
  constexpr Model kModels[] = {Model::kIdentityPreserved, Model::kSegregated,
                               Model::kSegregated, Model::kMassBalance};
  return {.scheme = OneIn(3) ? "b" : "a", .model = kModels[Pick(4)]};
}

Decimal RandomEvents::RandomQuantity() {
  return {.mantissa = 1 + Pick(40), .scale = OneIn(30) ? 1 : 0};
}

std::vector<Event> RandomEvents::World() {
  const Instant then(Date::FromCivil(2010, 1, 1));
  std::vector<Event> world;
  const auto add = [&](const auto& kind) {
    world.push_back(EventOf(then, kind));
  };
  add(DefineScheme{.profile = kSchemeA});
  add(DefineScheme{.profile = kSchemeB});
  add(RegisterParty{.party = "party-0", .roles = List({Role::kOperator})});
  add(RegisterParty{.party = "party-1", .roles = List({Role::kOperator})});
  add(RegisterParty{.party = "body",
                    .roles = List({Role::kCertificationBody})});
  for (int i = 0; i < 3; ++i) {
    add(RegisterSite{.site = Copy(fmt::format("site-{}", i)),
                     .party = i < 2 ? "party-0" : "party-1"});
  }
  for (int i = 0; i < 2; ++i) {
    add(DefineProduct{.product = Copy(fmt::format("product-{}", i)),
                      .unit = "TNE"});
  }
  const auto models = List({Model::kIdentityPreserved, Model::kSegregated,
                            Model::kMassBalance, Model::kBookAndClaim});
  add(GrantCertificate{
      .certificate = "certificate-0",
      .scheme = "a",
      .holder = "party-0",
      .body = "body",
      .sites = List<std::string_view>({"site-0", "site-1"}),
      .products = List<std::string_view>({"*"}),
      .models = models,
      .from = Date::FromCivil(2024, 1, 15),
      .to = Date::FromCivil(2026, 12, 31),
      .caps = List({Cap{.product = "product-0", .quantity = {2000, 0}}})});
  add(GrantCertificate{.certificate = "certificate-1",
                       .scheme = "a",
                       .holder = "party-1",
                       .body = "body",
                       .sites = List<std::string_view>({"site-2"}),
                       .products = List<std::string_view>({"*"}),
                       .models = models,
                       .from = Date::FromCivil(2024, 1, 1),
                       .to = Date::FromCivil(2026, 12, 31)});
  return world;
}

Event RandomEvents::Next() {
  // Of any event before it, those that were refused included.
  if (OneIn(8)) {
    return Now(
        tally::Void{.event = UuidOfName(fmt::format("event {}", Pick(events_))),
                    .reason = "doubt"});
  }
  switch (Pick(16)) {
    case 0:
    case 1:
    case 2:
      return Originate();
    case 3:
    case 4:
      return Receive();
    case 5:
    case 6:
    case 7:
      return Ship();
    case 8:
    case 9:
      return EndShipment();
    case 10:
    case 11:
      return Process();
    case 12:
      return Stock();
    case 13:
      return Credits();
    case 14:
      return Oversight();
    default:
      return Registry();
  }
}

Event RandomEvents::Originate() {
  tally::Originate originate{.site = Site(),
                             .product = Product(),
                             .quantity = RandomQuantity(),
                             .claim = Claim()};
  if (originate.claim.model == Model::kIdentityPreserved ||
      (originate.claim.model == Model::kSegregated && OneIn(2))) {
    originate.lot = NewLot();
  }
  if (originate.claim.model == Model::kSegregated && OneIn(4)) {
    originate.also =
        List({ClaimName{.scheme = originate.claim.scheme == "a" ? "b" : "a",
                        .model = Model::kSegregated}});
  }
  return Now(originate);
}

Event RandomEvents::Receive() {
  tally::Receive receive{.site = Site(),
                         .product = Product(),
                         .quantity = RandomQuantity(),
                         .supplier = "elsewhere",
                         .supplier_certificate = "X-1"};
  if (OneIn(2)) receive.claim = Claim();
  if (receive.claim.model == Model::kIdentityPreserved || OneIn(3)) {
    receive.lot = NewLot();
  }
  return Now(receive);
}

ShipLine RandomEvents::Line() {
  ShipLine line{.product = Product(), .quantity = RandomQuantity()};
  if (!OneIn(4)) line.claim = Claim();
  if (line.claim.model == Model::kIdentityPreserved ||
      (line.claim.model == Model::kSegregated && OneIn(2))) {
    line.lot = OldLot();
  }
  if (line.claim.model == Model::kSegregated && OneIn(3)) {
    line.as_model = Model::kMassBalance;
  }
  return line;
}

Event RandomEvents::Ship() {
  if (!OneIn(20)) ++shipments_;
  tally::Ship ship{.shipment = Copy(fmt::format("shipment-{}", shipments_)),
                   .from_site = Site()};
  if (OneIn(4)) {
    ship.to_external = "elsewhere";
  } else {
    ship.to_site = Site();
  }
  ship.lines = OneIn(3) ? List({Line(), Line()}) : List({Line()});
  return Now(ship);
}

Event RandomEvents::EndShipment() {
  const std::string_view shipment =
      Copy(fmt::format("shipment-{}", Pick(shipments_ + 1)));
  switch (Pick(5)) {
    case 0:
      return Now(Reject{.shipment = shipment, .reason = "wet"});
    case 1:
      return Now(Recall{.shipment = shipment, .reason = "wrong"});
    case 2:
      return Now(Lapse{.shipment = shipment});
    case 3:
      return Now(Accept{.shipment = shipment, .lot = NewLot()});
    default:
      return Now(Accept{.shipment = shipment});
  }
}

Event RandomEvents::Process() {
  if (OneIn(2)) {
    return Now(tally::Process{
        .site = Site(),
        .process = "press",
        .inputs = List({ProcessInput{
            .product = "product-0",
            .claim = {.scheme = "a", .model = Model::kMassBalance}}}),
        .outputs = List({ProcessOutput{
            .product = "product-1",
            .quantity = RandomQuantity(),
            .claim = {.scheme = "a", .model = Model::kMassBalance}}})});
  }
  const std::string_view product = Product();
  const Decimal quantity = RandomQuantity();
  const ClaimName claim{.scheme = "a", .model = Model::kSegregated};
  return Now(tally::Process{.site = Site(),
                            .process = "mix",
                            .inputs = List({ProcessInput{.product = product,
                                                         .quantity = quantity,
                                                         .claim = claim,
                                                         .lot = OldLot()}}),
                            .outputs = List({ProcessOutput{.product = product,
                                                           .quantity = quantity,
                                                           .claim = claim,
                                                           .lot = NewLot()}})});
}

Event RandomEvents::Stock() {
  const ClaimName claim{.scheme = "a", .model = Model::kSegregated};
  switch (Pick(3)) {
    case 0:
      return Now(Downgrade{.site = Site(),
                           .product = Product(),
                           .quantity = RandomQuantity(),
                           .claim = claim,
                           .to_model = Model::kMassBalance});
    case 1:
      return Now(Adjust{.site = Site(),
                        .product = Product(),
                        .quantity = RandomQuantity(),
                        .claim = claim,
                        .reason = AdjustReason::kLoss,
                        .add = OneIn(3)});
    default:
      return Now(Consume{.site = Site(),
                         .product = Product(),
                         .quantity = RandomQuantity(),
                         .claim = claim,
                         .beneficiary = "someone"});
  }
}

Event RandomEvents::Credits() {
  const std::string_view block =
      Copy(fmt::format("block-{}", Pick(blocks_ + 1)));
  switch (Pick(5)) {
    case 0:
      return Now(TransferCredits{.from_party = PickName("party-", 2),
                                 .to_party = PickName("party-", 2),
                                 .scheme = "a",
                                 .product = Product(),
                                 .quantity = RandomQuantity()});
    case 1:
      return Now(RedeemCredits{.holder = PickName("party-", 2),
                               .scheme = "a",
                               .product = Product(),
                               .quantity = RandomQuantity(),
                               .beneficiary = "someone",
                               .claim_period = "2024",
                               .purpose = Purpose::kVoluntary});
    case 2:
      return Now(
          WithdrawCredits{.serials = List({SerialRange{block, 1, 1 + Pick(5)}}),
                          .reason = "wrong"});
    default:
      return Now(
          IssueCredits{.site = Site(),
                       .product = Product(),
                       .scheme = "a",
                       .quantity = RandomQuantity(),
                       .vintage = "2025",
                       .block = Copy(fmt::format("block-{}", ++blocks_))});
  }
}

Event RandomEvents::Oversight() {
  const bool hold = OneIn(3);
  const auto either = [&](const Hold& held) {
    if (hold) return Now(held);
    return Now(Release{.lot = held.lot,
                       .shipment = held.shipment,
                       .block = held.block,
                       .site = held.site,
                       .product = held.product,
                       .reason = held.reason});
  };
  switch (Pick(5)) {
    case 0:
      return either({.lot = OldLot(), .reason = "doubt"});
    case 1:
      return either(
          {.shipment = Copy(fmt::format("shipment-{}", Pick(shipments_ + 1))),
           .reason = "doubt"});
    case 2:
      return either({.block = Copy(fmt::format("block-{}", Pick(blocks_ + 1))),
                     .reason = "doubt"});
    case 3:
      return either({.site = Site(), .product = Product(), .reason = "doubt"});
    default:
      return Now(SetSourceStatus{
          .source = Site(),
          .status = OneIn(8) ? SourceStatus::kRed : SourceStatus::kGreen,
          .from = RandomDate()});
  }
}

Event RandomEvents::Registry() {
  const std::string_view certificate = PickName("certificate-", 2);
  const std::string_view name = Copy(fmt::format("thing-{}", ++things_));
  switch (Pick(7)) {
    case 0:
      return Now(AmendCertificate{
          .certificate = certificate,
          .effective_from = RandomDate(),
          .sites = List<std::string_view>({Site(), "site-0"}).first(1)});
    case 1:
      return Now(SetCertificateStatus{
          .certificate = certificate,
          .status = OneIn(4) ? CertificateStatus::kSuspended
                             : CertificateStatus::kValid,
          .effective_from = RandomDate()});
    case 2:
      return Now(ExtendVolume{.certificate = certificate,
                              .product = "product-0",
                              .quantity = RandomQuantity()});
    case 3:
      return Now(AddGroupMember{.certificate = certificate, .member = name});
    case 4:
      return Now(RegisterSite{.site = name,
                              .party = "party-0",
                              .scope_group = OneIn(2) ? "group" : ""});
    case 5:
      return Now(DefineProduct{
          .product = name, .unit = "TNE", .group = OneIn(2) ? "group" : ""});
    default:
      return Now(DefineScheme{
          .profile = Copy(fmt::format(
              R"({{"scheme": "b", "name": "{}", "effective_from": "{}",
                   "certificate": {{"required": false}},
                   "models": {{"SEGREGATED": {{}}, "MASS_BALANCE": {{}}}}}})",
              name, RandomDate().ToString()))});
  }
}

}  // namespace tally

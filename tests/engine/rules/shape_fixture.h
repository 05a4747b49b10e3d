// Tries the shape of events: what is wrong, as text, and a good event of
// several kinds that a field is then made wrong in.

#ifndef TALLY_TESTS_ENGINE_RULES_SHAPE_FIXTURE_H_
#define TALLY_TESTS_ENGINE_RULES_SHAPE_FIXTURE_H_

#include <memory>
#include <string>

#include "engine/rules/shape.h"
#include "tests/engine/rules/rules_fixture.h"

namespace tally {

class ShapeTest : public RulesFixture {
 protected:
  template <typename Kind>
  std::unique_ptr<Refusal> RefusalOf(const Kind& body) {
    return CheckShape(NewEvent("2025-01-01", &body));
  }

  // The paths of all that is wrong, behind the code: "INVALID_QUANTITY a b".
  template <typename Kind>
  std::string WrongIn(const Kind& body) {
    return InWords(RefusalOf(body));
  }
  static std::string InWords(const std::unique_ptr<Refusal>& refusal) {
    if (refusal == nullptr) return "";
    std::string words(CodeName(refusal->code));
    for (const Violation& violation : refusal->violations) {
      words += " " + violation.field;
    }
    return words;
  }

  static ClaimName Ip() { return Claim("s", Model::kIdentityPreserved); }
  static ClaimName Sg() { return Claim("s", Model::kSegregated); }
  static ClaimName Mb() { return Claim("s", Model::kMassBalance); }

  static Originate GoodOriginate() {
    return {
        .site = "mill", .product = "cpo", .quantity = Dec("10"), .claim = Sg()};
  }
  static Receive GoodReceive() {
    return {.site = "mill",
            .product = "cpo",
            .quantity = Dec("10"),
            .supplier = "Öl & Söhne"};
  }
  Ship GoodShip() {
    return {.shipment = "S1",
            .from_site = "mill",
            .to_site = "depot",
            .lines = List({GoodLine()})};
  }
  static ShipLine GoodLine() {
    return {.product = "cpo", .quantity = Dec("1"), .claim = Sg()};
  }
  Ship ShipOf(const ShipLine& line) {
    Ship ship = GoodShip();
    ship.lines = List({line});
    return ship;
  }
  Process GoodProcess() {
    return {.site = "mill",
            .process = "milling",
            .inputs = List({ProcessInput{.product = "ffb", .claim = Sg()}}),
            .outputs = List({GoodOutput()})};
  }
  static ProcessOutput GoodOutput() {
    return {.product = "cpo", .quantity = Dec("1"), .claim = Sg()};
  }
  GrantCertificate GoodGrant() {
    return {.certificate = "C1",
            .scheme = "s",
            .holder = "miller",
            .body = "cb",
            .sites = Names({"mill"}),
            .products = Names({"*"}),
            .models = List({Model::kSegregated}),
            .from = Day("2025-01-01"),
            .to = Day("2025-12-31")};
  }
  RedeemCredits GoodRedeem() {
    return {.holder = "brand",
            .scheme = "s",
            .product = "cpo",
            .quantity = Dec("5"),
            .beneficiary = "Brand",
            .claim_period = "2024",
            .purpose = Purpose::kVoluntary};
  }
};

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_RULES_SHAPE_FIXTURE_H_

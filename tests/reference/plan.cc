#include "tests/reference/plan.h"

namespace tally::reference {

std::string Plan::Text(const char* key, const std::string& otherwise) const {
  return reference::Text(body, key, otherwise);
}

void Plan::Post(const Holding& holding, Units quantity, Cause cause,
                const Claim& drawn_as, const std::string& shipment) {
  if (quantity == 0) return;
  postings.push_back({.position = position,
                      .date = date,
                      .boundary = "",
                      .holding = holding,
                      .quantity = quantity,
                      .cause = cause,
                      .drawn_as = drawn_as,
                      .shipment = shipment});
}

void Plan::PostBoundary(const std::string& boundary, const std::string& site,
                        const std::string& product, Units quantity,
                        Cause cause) {
  Post({.site = site, .product = product}, quantity, cause);
  if (quantity != 0) postings.back().boundary = boundary;
}

std::string Text(const Json& object, const char* key,
                 const std::string& otherwise) {
  const auto found = object.find(key);
  return found == object.end() ? otherwise : found->get<std::string>();
}

std::optional<Claim> ReadClaim(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return std::nullopt;
  return Claim{(*found)["scheme"], (*found)["model"]};
}

ClaimSet ReadClaims(const Json& object) {
  ClaimSet claims;
  if (const auto claim = ReadClaim(object)) claims.insert(*claim);
  const auto also = object.find("also");
  if (also == object.end()) return claims;
  for (const Json& claim : *also) {
    claims.insert({claim["scheme"], claim["model"]});
  }
  return claims;
}

Traits ReadTraits(const Json& object) {
  Traits traits;
  const auto found = object.find("attributes");
  if (found == object.end()) return traits;
  const Json& json = *found;
  if (json.contains("origin_country")) {
    traits.origin_country = json["origin_country"];
  }
  if (json.contains("ghg")) {
    traits.ghg = Rational::Parse(json["ghg"].get<std::string>());
  }
  if (json.contains("level")) traits.level = json["level"];
  if (json.contains("source_status")) {
    traits.source_status = json["source_status"];
  }
  return traits;
}

std::optional<Rational> ReadShare(const Json& object) {
  const auto found = object.find("claims_share");
  if (found == object.end()) return std::nullopt;
  return Rational::Parse(found->get<std::string>());
}

Units ReadUnits(const World& world, const std::string& text,
                const std::string& product) {
  const int decimals = world.ProductOf(product).decimals;
  const Rational value =
      *Rational::Parse(text) * Rational(Whole::PowerOfTen(decimals), 1);
  return *value.Floor().ToUnits();
}

Units ReadQuantity(const World& world, const Json& object) {
  return ReadUnits(world, object["quantity"], object["product"]);
}

std::vector<SerialRange> ReadRanges(const Json& list) {
  std::vector<SerialRange> ranges;
  for (const Json& range : list) {
    ranges.push_back({range["block"], range["from"], range["to"]});
  }
  return ranges;
}

Json WriteRanges(const std::vector<SerialRange>& ranges) {
  Json list = Json::array();
  for (const SerialRange& range : ranges) {
    list.push_back(
        {{"block", range.block}, {"from", range.from}, {"to", range.to}});
  }
  return list;
}

}  // namespace tally::reference

#include "tests/compare/small_world.h"

#include <set>

#include "tests/compare/worlds.h"

namespace tally::compare {
namespace {

constexpr char kRegistry[] = R"json([
{"define_product": {"product": "ffb", "unit": "TNE", "decimals": 0}},
{"define_product": {"product": "cpo", "unit": "TNE", "decimals": 3,
  "group": "oils"}},
{"define_product": {"product": "pk", "unit": "TNE", "decimals": 3}},
{"define_product": {"product": "mill", "unit": "TNE", "decimals": 1}},
{"define_product": {"product": "oil", "unit": "TNE", "decimals": 3,
  "group": "oils"}},
{"define_product": {"product": "fat", "unit": "TNE", "decimals": 3,
  "group": "oils", "category": "WASTE"}},
{"define_product": {"product": "ore", "unit": "KGM", "decimals": 2}},
{"define_product": {"product": "water", "unit": "TNE", "decimals": 1,
  "category": "NEUTRAL"}},
{"register_party": {"party": "grower", "roles": ["OPERATOR"]}},
{"register_party": {"party": "miller", "roles": ["OPERATOR"]}},
{"register_party": {"party": "trader", "roles": ["OPERATOR"]}},
{"register_party": {"party": "brand", "roles": ["BRAND"]}},
{"register_party": {"party": "body", "roles": ["CERTIFICATION_BODY"]}},
{"register_party": {"party": "body2", "roles": ["CERTIFICATION_BODY"]}},
{"register_party": {"party": "owner", "roles": ["SCHEME_OWNER"]}},
{"register_party": {"party": "registrar", "roles": ["REGISTRAR"]}},
{"register_site": {"site": "farm", "party": "grower", "country": "MY",
  "kinds": ["FARM_GROUP"]}},
{"register_site": {"site": "mill1", "party": "miller", "country": "MY",
  "kinds": ["MILL"], "scope_group": "inland"}},
{"register_site": {"site": "mill2", "party": "miller", "country": "ID",
  "kinds": ["MILL", "CRUSHER"], "scope_group": "inland"}},
{"register_site": {"site": "port", "party": "trader", "country": "NL",
  "kinds": ["REFINERY"]}},
{"register_site": {"site": "yard", "party": "trader", "country": "NL",
  "kinds": ["WAREHOUSE"], "scope_group": "yards"}}
])json";

Step SetupStep(Json event, size_t place) {
  char id[64];
  std::snprintf(id, sizeof id, "00000000-0000-4000-8000-%012zu", place);
  event["id"] = id;
  event["occurred_at"] = "2024-01-01";
  return {.recorded_at = "2024-01-01T00:00:00Z", .events = {std::move(event)}};
}

// Fills what the generator draws from, out of the same texts.
void Describe(const Json& event, SmallWorld* world) {
  if (event.contains("define_product")) {
    const Json& body = event["define_product"];
    world->products.push_back(body["product"]);
    world->decimals[body["product"]] = body["decimals"];
  }
  if (event.contains("register_site")) {
    const Json& body = event["register_site"];
    world->sites.push_back(body["site"]);
    world->owner_of[body["site"]] = body["party"];
  }
  if (event.contains("grant_certificate")) {
    world->certificates.push_back(event["grant_certificate"]["certificate"]);
  }
}

// The products of the conversions that are not there yet.
std::vector<Json> ProductsOf(const Json& profile, const SmallWorld& world) {
  std::set<std::string> names;
  for (const Json& conversion : profile.value("conversions", Json::array())) {
    names.insert(conversion["input"]);
    for (const Json& output : conversion["outputs"]) {
      names.insert(output["product"]);
    }
  }
  std::vector<Json> events;
  for (const std::string& name : names) {
    if (world.decimals.contains(name)) continue;
    events.push_back({{"define_product",
                       {{"product", name}, {"unit", "TNE"}, {"decimals", 3}}}});
  }
  return events;
}

void DescribeProfile(const Json& profile, SmallWorld* world) {
  const std::string scheme = profile["scheme"];
  world->schemes.push_back(scheme);
  for (const auto& [model, terms] : profile["models"].items()) {
    world->models[scheme].push_back(model);
  }
  const Json balance = profile["models"].value("MASS_BALANCE", Json::object());
  if (balance.value("accounting", "") == "FIXED_PERIOD") {
    world->period_months[scheme] = balance.value("period_months", 3);
  }
  if (balance.contains("entitlement_transfer")) {
    world->with_transfers.push_back(scheme);
  }
  for (const Json& level : profile.value("levels", Json::array())) {
    world->levels[scheme].push_back(level);
  }
  for (const Json& json : profile.value("conversions", Json::array())) {
    Recipe recipe{
        .scheme = scheme, .process = json["process"], .input = json["input"]};
    for (const Json& output : json["outputs"]) {
      const auto factor = std::stod(output["factor"].get<std::string>());
      const auto uses = std::stod(output.value("uses", "1"));
      recipe.outputs.emplace_back(output["product"],
                                  static_cast<int>(factor / uses * 1000));
    }
    world->recipes.push_back(recipe);
  }
}

}  // namespace

SmallWorld MakeSmallWorld(uint64_t seed) {
  SmallWorld world;
  const std::vector<Json> profiles = ProfilesOf(seed);
  const auto add = [&world](const Json& event) {
    Describe(event, &world);
    world.setup.push_back(SetupStep(event, world.setup.size()));
  };
  for (const Json& profile : profiles) {
    DescribeProfile(profile, &world);
    add({{"define_scheme", {{"profile", profile}}}});
  }
  for (const Json& event : Json::parse(kRegistry)) add(event);
  for (const Json& profile : profiles) {
    for (const Json& event : ProductsOf(profile, world)) add(event);
  }
  for (const Json& event : CertificatesFor(profiles)) add(event);
  world.several_claims = world.period_months.empty();
  world.parties = {"grower", "miller", "trader", "brand"};
  return world;
}

}  // namespace tally::compare

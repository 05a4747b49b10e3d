// Every reference in every kind of event, one at a time, made that of another
// operator: whoever posts it learns nothing, and nothing changes.

#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tallystick/v1/proof_service.pb.h"
#include "tests/services/authorization_test_base.h"
#include "tests/services/every_kind.h"
#include "tests/services/world.h"

namespace tally::services {
namespace {

using Json = nlohmann::json;
using Path = Json::json_pointer;

// By the name of a field: what is the attacker's, another's, and nobody's.
struct Things {
  const char* own;
  const char* theirs;
  const char* nobodys;
};
const std::map<std::string, Things>& ThingsByField() {
  static const Things kSite = {"depot", "mill", "none"};
  static const Things kParty = {"trade-co", "mill-co", "none-co"};
  static const std::map<std::string, Things> kThings = {
      {"site", kSite},
      {"sites", kSite},
      {"from_site", kSite},
      {"to_site", kSite},
      {"source", kSite},
      {"party", kParty},
      {"holder", kParty},
      {"body", kParty},
      {"from_party", kParty},
      {"to_party", kParty},
      {"actor", kParty},
      {"scope", kParty},
      {"lot", {"LOT-T", "LOT-1", "LOT-N"}},
      {"shipment", {"ST", "S2", "SN"}},
      {"block", {"BT", "B1", "BN"}},
      {"certificate", {"CT", "C1", "CN"}},
      {"certificates", {"CT", "C1", "CN"}},
      {"contract", {"KT", "K1", "KN"}}};
  return kThings;
}

// Whom one deals with is another by its nature, and a principal may be named
// whatever it is: these fields say nothing about what is named.
const std::set<std::string> kDealtWith = {"/ship/to_site",
                                          "/transfer_credits/to_party",
                                          "/transfer_entitlement/to_site"};
// A new thing's id: one that is taken is refused.
const std::set<std::string> kNew = {
    "/ship/shipment",      "/originate/lot",          "/receive/lot",
    "/accept/lot",         "/process/outputs/0/lot",  "/issue_credits/block",
    "/register_site/site", "/agree_contract/contract"};
// Free text and what the scheme's rules say of it.
const std::set<std::string> kNotAReference = {"/originate/certificate"};

std::string FieldOf(const Path& path) {
  for (Path at = path; !at.empty(); at = at.parent_pointer()) {
    const std::string& name = at.back();
    if (name.find_first_not_of("0123456789") != std::string::npos) return name;
  }
  return "";
}

// The references of an event, and the event with all of them the attacker's
// own and all else of the one scheme and product that there are.
std::vector<Path> MakeOwn(Json* event) {
  std::vector<Path> references;
  const Json flat = event->flatten();
  for (const auto& [text, value] : flat.items()) {
    const Path path(text);
    const std::string field = FieldOf(path);
    Json& place = (*event)[path];
    const auto found = ThingsByField().find(field);
    if (found != ThingsByField().end()) {
      place = found->second.own;
      references.push_back(path);
    } else if (field == "scheme" || field == "as_scheme") {
      place = "seg";
    } else if (field == "product") {
      place = "cpo";
    } else if (field == "quantity") {
      place = "1";
    }
  }
  return references;
}

class ForeignThingsTest : public AuthorizationTest {
 protected:
  void SetUp() override {
    AuthorizationTest::SetUp();
    for (const auto& [client, body] :
         std::vector<std::pair<const char*, const char*>>{
             {"mill", R"("issue_credits": {"site": "mill", "product": "cpo",
                 "scheme": "seg", "quantity": "3", "vintage": "2025-01",
                 "block": "B1", "lot": "LOT-1"})"},
             {"mill", R"("ship": {"shipment": "S2", "from_site": "mill",
                 "to_site": "press", "lines": [{"product": "cpo",
                 "quantity": "1", "lot": "LOT-1",
                 "claim": {"scheme": "seg", "model": "SEGREGATED"}}]})"},
             {"mill", R"("agree_contract": {"contract": "K1", "site": "mill",
                 "sale": false, "product": "cpo", "quantity": "5",
                 "claim": {"scheme": "seg", "model": "MASS_BALANCE"},
                 "counterparty": "x", "deliver_by": "2025-03-01"})"},
             {"trade", R"("agree_contract": {"contract": "KT",
                 "site": "depot", "sale": false, "product": "cpo",
                 "quantity": "5",
                 "claim": {"scheme": "seg", "model": "MASS_BALANCE"},
                 "counterparty": "x", "deliver_by": "2025-03-01"})"},
             {"trade", R"("receive": {"site": "depot", "product": "cpo",
                 "quantity": "50", "supplier": "x"})"}}) {
      ASSERT_EQ(
          Post(client, body,
               fmt::format(R"({{"occurred_at": "2025-01-01", {}}})", body)),
          "ACCEPTED")
          << why_;
    }
  }

  // The number of records and the root over them.
  std::string Head() {
    return Ask("regulator", "GetInclusionProof", R"({"position": 0})");
  }

  v1::Event ToEvent(Json json) {
    json.erase("id");
    json["occurred_at"] = "2025-02-01";
    return MakeEvent(fmt::format("foreign {}", count_++), json.dump());
  }

  v1::PostEventsResponse PostAll(const std::string& client,
                                 const v1::PostEventsRequest& request) {
    v1::PostEventsResponse response;
    const grpc::Status status = CallMessage(
        Connect(client), "LedgerService/PostEvents", request, &response);
    EXPECT_TRUE(status.ok()) << Show(status);
    return response;
  }

  int count_ = 0;
};

std::string CodeOf(const v1::Outcome& outcome) {
  if (outcome.has_accepted()) return "ACCEPTED";
  return v1::RefusalCode_Name(outcome.refusal().code())
      .substr(std::string_view("REFUSAL_CODE_").size());
}

// A refusal without the name that the event itself said.
std::string Without(std::string text, const std::string& name) {
  const std::string quoted = "\"" + name + "\"";
  for (size_t at = text.find(quoted); at != std::string::npos;
       at = text.find(quoted)) {
    text.replace(at, quoted.size(), "…");
  }
  return text;
}

struct Tried {
  std::string path;
  Things things;
};

// A kind with the places of lists left out of the path: `void`'s event and
// what a registry event is about have tests of their own.
TEST_F(ForeignThingsTest, NoFieldOfNoKindLetsOneIn) {
  std::vector<Tried> cases;
  v1::PostEventsRequest request;
  for (Json event : EveryKind()) {
    const std::vector<Path> references = MakeOwn(&event);
    for (const Path& path : references) {
      const std::string text = path.to_string();
      if (kDealtWith.contains(text) || kNotAReference.contains(text)) continue;
      const Things& things = ThingsByField().at(FieldOf(path));
      cases.push_back({.path = text, .things = things});
      // What is new is there for the events after it: it has a name that none
      // of them says.
      const bool is_new = kNew.contains(text);
      for (const char* name :
           {things.theirs, is_new ? "a-new-one" : things.nobodys}) {
        Json changed = event;
        changed[path] = name;
        *request.add_events() = ToEvent(std::move(changed));
      }
    }
  }
  EXPECT_GT(cases.size(), 70u);
  // What is new and not taken would be accepted; so nothing is written here.
  request.set_validate_only(true);
  const std::string before = Head();
  const v1::PostEventsResponse answers = PostAll("trade", request);
  ASSERT_EQ(answers.outcomes_size(), 2 * static_cast<int>(cases.size()));
  for (size_t i = 0; i < cases.size(); ++i) {
    const Tried& tried = cases[i];
    SCOPED_TRACE(tried.path);
    const v1::Outcome& theirs = answers.outcomes(2 * static_cast<int>(i));
    const v1::Outcome& nobodys = answers.outcomes(2 * static_cast<int>(i) + 1);
    EXPECT_FALSE(theirs.has_accepted());
    if (kNew.contains(tried.path)) continue;
    EXPECT_EQ(CodeOf(theirs), CodeOf(nobodys))
        << theirs.refusal().message() << '\n'
        << nobodys.refusal().message();
    EXPECT_EQ(Without(theirs.refusal().message(), tried.things.theirs),
              Without(nobodys.refusal().message(), tried.things.nobodys));
  }
  EXPECT_EQ(Head(), before);
}

// Posted in earnest: what names another's thing changes nothing.
TEST_F(ForeignThingsTest, NothingIsWritten) {
  v1::PostEventsRequest request;
  for (Json event : EveryKind()) {
    for (const Path& path : MakeOwn(&event)) {
      const std::string text = path.to_string();
      if (kDealtWith.contains(text) || kNotAReference.contains(text)) continue;
      Json changed = event;
      changed[path] = ThingsByField().at(FieldOf(path)).theirs;
      *request.add_events() = ToEvent(std::move(changed));
    }
  }
  const std::string before = Head();
  const std::string balances = Ask("regulator", "ListBalances", "{}");
  for (const char* client : {"trade", "stranger"}) {
    const v1::PostEventsResponse answers = PostAll(client, request);
    for (int i = 0; i < answers.outcomes_size(); ++i) {
      EXPECT_FALSE(answers.outcomes(i).has_accepted())
          << client << ' ' << request.events(i).ShortDebugString();
    }
  }
  EXPECT_EQ(Head(), before);
  EXPECT_EQ(Ask("regulator", "ListBalances", "{}"), balances);
}

}  // namespace
}  // namespace tally::services

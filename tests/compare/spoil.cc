// Events that cannot be read, or name what is not there.

#include <string>
#include <utility>
#include <vector>

#include "tests/compare/generator.h"

namespace tally::compare {
namespace {

// Every member of an object, however deep, with the object that has it.
using Member = std::pair<Json*, std::string>;

void Collect(Json* value, std::vector<Member>* members) {
  if (value->is_object()) {
    for (auto& [key, member] : value->items()) {
      members->emplace_back(value, key);
      Collect(&member, members);
    }
  } else if (value->is_array()) {
    for (Json& element : *value) Collect(&element, members);
  }
}

bool IsReference(const std::string& key) {
  for (const char* known :
       {"site", "product", "scheme", "from_site", "to_site", "shipment", "lot",
        "block", "certificate", "holder", "from_party", "to_party", "party",
        "as_scheme", "actor", "model", "as_model"}) {
    if (key == known) return true;
  }
  return false;
}

}  // namespace

void Generator::Spoil(Json* event) {
  std::vector<Member> members;
  Collect(event, &members);
  const auto& [object, key] = dice_.Of(members);
  if (key == "id") return;
  switch (dice_.Number(0, 4)) {
    case 0:
      object->erase(key);
      return;
    case 1:
      (*object)["no_such_key"] = "1";
      return;
    default:
      break;
  }
  Json& value = (*object)[key];
  const bool was_text = value.is_string();
  if (key.find("quantity") != std::string::npos) {
    value = dice_.Of({"0", "1.2345678", "-1", "abc", "", "01", "1.", "1e3"});
  } else if (key == "occurred_at" || key == "from" || key == "to" ||
             key == "effective_from" || key == "vintage" ||
             key == "claim_period") {
    value = dice_.Of({"2024-02-30", "yesterday", "2024-13", "24-01-01",
                      "2024-06-30/2024-01-01"});
  } else if (IsReference(key) && dice_.Percent(70)) {
    value = dice_.Of({"nowhere", "cpo", "mill1", "beta", "MASS_BALANCE"});
  } else {
    static const std::vector<Json> kWrong = {
        "",     "a b",          "\xC3\xA9",    7,
        true,   Json::object(), Json::array(), std::string(65, 'x'),
        nullptr};
    // The wire tells an empty text from none only where it expects another
    // thing, and there the reference is not told it.
    do {
      value = dice_.Of(kWrong);
    } while (value == "" && !was_text);
  }
}

}  // namespace tally::compare

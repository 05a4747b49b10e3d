#include "tests/reference/shape.h"

#include <algorithm>
#include <string_view>

#include "tests/reference/event_shapes.h"

namespace tally::reference {

namespace {

const Json& EventShapes() {
  static const Json shapes = Json::parse(kEventShapes);
  return shapes;
}

const Json& NamedShapes() {
  static const Json shapes = Json::parse(kNamedShapes);
  return shapes;
}

bool IsId(const std::string& text) {
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-";
  return !text.empty() && text.size() <= 64 &&
         text.find_first_not_of(kAllowed) == std::string::npos;
}

bool IsUuid(const std::string& text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::isxdigit(text[i]) == 0) return false;
  }
  return true;
}

bool IsDigest(const std::string& text) {
  return text.size() == 64 &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool IsMonthDay(const std::string& text) {
  return text.size() == 5 && ParseDate("2024-" + text).has_value();
}

bool IsShare(const std::string& text) {
  const auto value = Rational::Parse(text);
  return value && *value > Rational(0) && *value <= Rational(100);
}

// Whether `text` has the form that the simple type `type` asks for.
bool HasForm(const std::string& type, const std::string& text) {
  if (type == "id") return IsId(text);
  if (type == "uuid" || type == "@event") return IsUuid(text);
  if (type == "digest") return IsDigest(text);
  if (type == "text") return !text.empty();
  if (type == "date") return ParseDate(text).has_value();
  if (type == "instant") return ParseInstant(text).has_value();
  if (type == "span") return ParseSpan(text).has_value();
  if (type == "decimal") return Rational::Parse(text).has_value();
  if (type == "share") return IsShare(text);
  if (type == "month_day") return IsMonthDay(text);
  if (type == "products") return text == "*" || IsId(text);
  if (type == "country") {
    return text.size() == 2 && std::isupper(text[0]) && std::isupper(text[1]);
  }
  if (type.starts_with("@")) return IsId(text);
  return false;
}

bool IsKnown(const World& world, const std::string& type,
             const std::string& id) {
  if (type == "@scheme") return world.schemes.contains(id);
  if (type == "@product") return world.products.contains(id);
  if (type == "products") return id == "*" || world.products.contains(id);
  if (type == "@party") return world.parties.contains(id);
  if (type == "@site") return world.sites.contains(id);
  if (type == "@certificate") return world.FindCertificate(id) != nullptr;
  if (type == "@lot") return world.lots.contains(id);
  if (type == "@shipment") return world.shipments.contains(id);
  if (type == "@block") return world.FindBlock(id) != nullptr;
  if (type == "@event") return world.FindEvent(id) != nullptr;
  return true;
}

std::string UnknownCode(const std::string& type) {
  std::string noun = type == "products" ? "product" : type.substr(1);
  std::transform(noun.begin(), noun.end(), noun.begin(), ::toupper);
  return "UNKNOWN_" + noun;
}

class ShapeCheck {
 public:
  ShapeCheck(const World& world, Findings* findings)
      : world_(world), findings_(findings) {}

  void Check(const Json& value, const Json& shape, const std::string& path) {
    if (shape.is_object() && shape.contains("one_of")) {
      const Json& choices = shape["one_of"];
      if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
        Malformed(path);
      }
      return;
    }
    if (shape.is_object()) return CheckObject(value, shape, path);
    if (shape.is_array()) return CheckList(value, shape[0], path);
    CheckTyped(value, shape.get<std::string>(), path);
  }

 private:
  void Malformed(const std::string& path) {
    findings_->Add("INVALID_ARGUMENT", path);
  }

  void CheckObject(const Json& value, const Json& shape,
                   const std::string& path) {
    if (!value.is_object()) return Malformed(path);
    for (const auto& [key, member] : shape.items()) {
      if (key == "*" || key.back() == '?') continue;
      if (!value.contains(key)) Malformed(path + "." + key);
    }
    for (const auto& [key, member] : value.items()) {
      const std::string member_path = path + "." + key;
      if (shape.contains(key)) {
        Check(member, shape[key], member_path);
      } else if (shape.contains(key + "?")) {
        Check(member, shape[key + "?"], member_path);
      } else if (shape.contains("*")) {
        Check(member, shape["*"], member_path);
      } else {
        Malformed(member_path);
      }
    }
    CheckQuantity(value, "quantity", path);
    CheckQuantity(value, "physical_quantity", path);
  }

  void CheckList(const Json& value, const Json& shape,
                 const std::string& path) {
    if (!value.is_array()) return Malformed(path);
    for (size_t i = 0; i < value.size(); ++i) {
      Check(value[i], shape, path + "[" + std::to_string(i) + "]");
    }
  }

  void CheckTyped(const Json& value, const std::string& type,
                  const std::string& path) {
    if (NamedShapes().contains(type)) {
      Check(value, NamedShapes()[type], path);
      if (type == "claim") CheckModel(value, path);
      return;
    }
    if (type == "caps") return CheckCaps(value, path);
    if (type == "bool") {
      if (!value.is_boolean()) Malformed(path);
      return;
    }
    if (type.starts_with("int:")) return CheckInteger(value, type, path);
    if (type == "quantity") {
      if (!value.is_string()) Malformed(path);
      return;  // the rest needs the product beside it
    }
    if (!value.is_string()) return Malformed(path);
    const std::string text = value.get<std::string>();
    if (type.starts_with("enum:")) {
      const std::string choices = "|" + type.substr(5) + "|";
      if (text.find('|') != std::string::npos ||
          choices.find("|" + text + "|") == std::string::npos) {
        Malformed(path);
      }
      return;
    }
    if (!HasForm(type, text)) return Malformed(path);
    if (!IsKnown(world_, type, text)) {
      findings_->Add(UnknownCode(type), path + " " + text);
    }
  }

  void CheckInteger(const Json& value, const std::string& type,
                    const std::string& path) {
    const size_t colon = type.find(':', 4);
    const int64_t low = std::stoll(type.substr(4, colon - 4));
    const int64_t high = std::stoll(type.substr(colon + 1));
    if (!value.is_number_integer()) return Malformed(path);
    if (value.is_number_unsigned() &&
        value.get<uint64_t>() > static_cast<uint64_t>(high)) {
      return Malformed(path);
    }
    const auto number = value.get<int64_t>();
    if (number < low || number > high) Malformed(path);
  }

  void CheckModel(const Json& claim, const std::string& path) {
    if (!claim.is_object() || !claim.contains("scheme") ||
        !claim["scheme"].is_string() || !claim.contains("model") ||
        !claim["model"].is_string()) {
      return;
    }
    const auto scheme = world_.schemes.find(claim["scheme"]);
    if (scheme == world_.schemes.end()) return;
    if (!scheme->second.HasModel(claim["model"].get<std::string>())) {
      findings_->Add("UNKNOWN_MODEL", path);
    }
  }

  void CheckCaps(const Json& value, const std::string& path) {
    if (!value.is_object()) return Malformed(path);
    for (const auto& [product, cap] : value.items()) {
      CheckTyped(product, "@product", path);
      if (!cap.is_string()) {
        Malformed(path + "." + product);
        continue;
      }
      CheckAmount(cap.get<std::string>(), product, path + "." + product);
    }
  }

  // A quantity is counted in the units of the product named beside it.
  void CheckQuantity(const Json& object, const char* key,
                     const std::string& path) {
    if (!object.contains(key) || !object[key].is_string()) return;
    if (!object.contains("product") || !object["product"].is_string()) return;
    const std::string text = object[key];
    // Nothing may have been found where stock was counted.
    const auto value = Rational::Parse(text);
    const bool counted = key == std::string_view("physical_quantity");
    if (counted && value && value->IsZero()) return;
    CheckAmount(text, object["product"], path + "." + key);
  }

  void CheckAmount(const std::string& text, const std::string& product,
                   const std::string& path) {
    const auto value = Rational::Parse(text);
    const size_t point = text.find('.');
    const int shown = point == std::string::npos
                          ? 0
                          : static_cast<int>(text.size() - point - 1);
    const auto known = world_.products.find(product);
    const int decimals =
        known == world_.products.end() ? shown : known->second.decimals;
    const bool good = value && !value->IsZero() && shown <= decimals &&
                      (known == world_.products.end() ||
                       *value * Rational(Whole::PowerOfTen(decimals), 1) <=
                           Rational(kUnitsMax));
    if (!good) findings_->Add("INVALID_QUANTITY", path + " " + text);
  }

  const World& world_;
  Findings* const findings_;
};

}  // namespace

const Json& EventShape(const std::string& kind) {
  static const Json kNull;
  return EventShapes().contains(kind) ? EventShapes()[kind] : kNull;
}

void CheckEventShape(const World& world, const Json& event, std::string* kind,
                     Findings* findings) {
  if (!event.is_object()) {
    findings->Add("INVALID_ARGUMENT", "an event is an object");
    return;
  }
  Json envelope = Json::object();
  Json bodies = Json::object();
  for (const auto& [key, value] : event.items()) {
    (EventShapes().contains(key) ? bodies : envelope)[key] = value;
  }
  ShapeCheck check(world, findings);
  check.Check(envelope, NamedShapes()["event"], "event");
  if (bodies.size() != 1) {
    findings->Add("INVALID_ARGUMENT", "an event has exactly one kind");
    return;
  }
  *kind = bodies.begin().key();
  check.Check(bodies.begin().value(), EventShapes()[*kind], *kind);
}

Json WithoutNulls(const Json& value) {
  if (value.is_array()) {
    Json list = Json::array();
    for (const Json& element : value) list.push_back(WithoutNulls(element));
    return list;
  }
  if (!value.is_object()) return value;
  Json object = Json::object();
  for (const auto& [key, member] : value.items()) {
    if (!member.is_null()) object[key] = WithoutNulls(member);
  }
  return object;
}

}  // namespace tally::reference

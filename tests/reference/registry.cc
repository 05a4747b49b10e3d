// Registry events: what is defined, registered, granted and changed.

#include <set>
#include <string>

#include "tests/reference/certificates.h"
#include "tests/reference/planners.h"

namespace tally::reference {

namespace {

std::set<std::string> Strings(const Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end()) return {};
  return found->get<std::set<std::string>>();
}

std::map<std::string, Units> Caps(const World& world, const Json& body) {
  std::map<std::string, Units> caps;
  const auto found = body.find("caps");
  if (found == body.end()) return caps;
  for (const auto& [product, quantity] : found->items()) {
    caps[product] = ReadUnits(world, quantity, product);
  }
  return caps;
}

Certificate ReadCertificate(const World& world, const Json& body) {
  Certificate certificate;
  certificate.id = Text(body, "certificate");
  certificate.scheme = Text(body, "scheme");
  certificate.holder = Text(body, "holder");
  certificate.body = Text(body, "body");
  certificate.sites = Strings(body, "sites");
  certificate.products = Strings(body, "products");
  certificate.models = Strings(body, "models");
  certificate.from = *ParseDate(Text(body, "from"));
  certificate.to = *ParseDate(Text(body, "to"));
  certificate.level = Text(body, "level");
  certificate.non_claiming = body.value("non_claiming", false);
  certificate.caps = Caps(world, body);
  return certificate;
}

Amendment ReadAmendment(const Json& body) {
  Amendment amendment;
  amendment.effective_from = *ParseDate(Text(body, "effective_from"));
  if (body.contains("sites")) amendment.sites = Strings(body, "sites");
  if (body.contains("products")) amendment.products = Strings(body, "products");
  if (body.contains("models")) amendment.models = Strings(body, "models");
  if (body.contains("to")) amendment.to = *ParseDate(Text(body, "to"));
  if (body.contains("level")) amendment.level = Text(body, "level");
  return amendment;
}

// A status that bites in the past undoes nothing; what was made since shows.
void FlagLots(const std::string& id, Date since, World* world) {
  const Certificate& certificate = *world->FindCertificate(id);
  const CertificateState state = StateOn(certificate, since);
  for (auto& [lot_id, lot] : world->lots) {
    if (lot.date < since || !state.sites.contains(lot.site)) continue;
    for (const Claim& claim : lot.claims) {
      if (claim.scheme == certificate.scheme) {
        lot.flags.insert("CERT_SUSPENDED");
      }
    }
  }
}

// One audit: a level for each certificate that it names, or what a member of
// the first one's group does.
void Assess(const Json& body, World* world) {
  const Date from = *ParseDate(Text(body, "effective_from"));
  const auto level = [&](const Json& one) {
    if (!one.contains("level")) return;
    Amendment amendment;
    amendment.effective_from = from;
    amendment.level = Text(one, "level");
    world->FindCertificate(Text(one, "certificate"))
        ->amendments.push_back(amendment);
  };
  level(body);
  if (body.contains("also")) {
    for (const Json& one : body["also"]) level(one);
  }
  if (!body.contains("member")) return;
  world->FindCertificate(Text(body, "certificate"))
      ->member_results.push_back(
          {Text(body, "member"), from, !body.value("non_compliant", false)});
}

void ChangeCertificate(const std::string& kind, const Json& body, Date date,
                       World* world) {
  Certificate& certificate = *world->FindCertificate(Text(body, "certificate"));
  if (kind == "record_assessment") {
    Assess(body, world);
  } else if (kind == "amend_certificate") {
    certificate.amendments.push_back(ReadAmendment(body));
  } else if (kind == "extend_volume") {
    certificate.extensions.push_back(
        {date, Text(body, "product"), ReadQuantity(*world, body)});
  } else if (kind == "add_group_member") {
    certificate.member_caps[Text(body, "member")] = Caps(*world, body);
    certificate.member_since[Text(body, "member")] = date;
  } else if (kind == "set_certificate_status") {
    const Date from = *ParseDate(Text(body, "effective_from"));
    const std::string status = Text(body, "status");
    certificate.statuses.push_back({from, status});
    if (status != "VALID") FlagLots(certificate.id, from, world);
  }
}

void Register(const std::string& kind, const Json& body, World* world) {
  if (kind == "define_scheme") {
    std::string problem;
    const auto profile = ReadProfile(body["profile"], &problem);
    world->schemes[profile->scheme] = *profile;
  } else if (kind == "define_product") {
    const std::string id = Text(body, "product");
    world->products[id] = {.id = id,
                           .unit = Text(body, "unit"),
                           .decimals = body["decimals"],
                           .group = Text(body, "group"),
                           .category = Text(body, "category", "REGULAR")};
  } else if (kind == "register_party") {
    const std::string id = Text(body, "party");
    world->parties[id] = {id, Strings(body, "roles")};
  } else if (kind == "register_site") {
    const std::string id = Text(body, "site");
    world->sites[id] = {.id = id,
                        .party = Text(body, "party"),
                        .country = Text(body, "country"),
                        .kinds = Strings(body, "kinds"),
                        .scope_group = Text(body, "scope_group")};
  } else if (kind == "grant_certificate") {
    world->certificates.push_back(ReadCertificate(*world, body));
  } else if (kind == "bind_principal") {
    world->bindings.insert({Text(body, "principal"), Text(body, "party")});
  } else if (kind == "unbind_principal") {
    world->bindings.erase({Text(body, "principal"), Text(body, "party")});
  }
}

}  // namespace

void PlanRegistry(const World&, Plan* plan) {
  plan->Then(
      [kind = plan->kind, body = plan->body, date = plan->date](World& world) {
        Register(kind, body, &world);
        if (body.contains("certificate") && kind != "grant_certificate") {
          ChangeCertificate(kind, body, date, &world);
        }
      });
}

}  // namespace tally::reference

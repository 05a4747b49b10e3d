// The generator's events of oversight and of the registry.

#include <string>

#include "tests/compare/generator.h"

namespace tally::compare {

Json Generator::HoldOrRelease() {
  Json body = {{"reason", "an inspection"}};
  const int64_t sort = dice_.Number(0, 3);
  if (sort == 0 && !lots_.empty()) {
    body["lot"] = dice_.Of(lots_);
  } else if (sort == 1 && !moving_.empty()) {
    body["shipment"] = dice_.Of(moving_).shipment;
  } else if (sort == 2 && !blocks_.empty()) {
    body["block"] = dice_.Of(blocks_).block;
  } else {
    body["site"] = dice_.Of(world_.sites);
    body["product"] = dice_.Of(world_.products);
  }
  Json event = {{"hold", body}};
  if (dice_.Percent(50)) event["actor"] = dice_.Of({"body", "body2"});
  planned_.push_back({{"release", body}});
  return event;
}

Json Generator::SourceStatus() {
  Json body = {
      {"source", dice_.Percent(70) ? "farm" : dice_.Of(world_.sites)},
      {"status", dice_.Of({"GREEN", "BLUE", "YELLOW", "RED", "GREEN"})},
      {"from",
       date_.AddDays(static_cast<int32_t>(dice_.Number(-20, 5))).ToString()}};
  if (dice_.Percent(60)) {
    body["to"] =
        date_.AddDays(static_cast<int32_t>(dice_.Number(6, 40))).ToString();
  }
  return {{"set_source_status", body}};
}

Json Generator::CertificateStatus() {
  Json body = {
      {"certificate", dice_.Of(certificates_)},
      {"status", dice_.Percent(85) ? "SUSPENDED"
                                   : dice_.Of({"WITHDRAWN", "TERMINATED",
                                               "EXPIRED", "VALID"})},
      {"effective_from",
       date_.AddDays(static_cast<int32_t>(dice_.Number(-10, 5))).ToString()}};
  // Withdrawn is for good, so only of certificates that were granted here.
  if (body["status"] != "SUSPENDED" && dice_.Percent(80)) {
    body["certificate"] = certificates_.back();
  }
  if (body["status"] == "SUSPENDED") {
    Json valid = body;
    valid["status"] = "VALID";
    valid["effective_from"] = date_.AddDays(6).ToString();
    planned_.push_back({{"set_certificate_status", valid}});
  }
  return {{"set_certificate_status", body}};
}

Json Generator::CertificateChange() {
  const std::string certificate = dice_.Of(certificates_);
  const std::string product = dice_.Of({"ffb", "cpo", "pk"});
  switch (dice_.Number(0, 3)) {
    case 0:
      return {{"extend_volume",
               {{"certificate", certificate},
                {"product", product},
                {"quantity", Quantity(product, Amount(product))}}}};
    case 1:
      return {{"add_group_member",
               {{"certificate", certificate},
                {"member", "M" + std::to_string(dice_.Number(1, 5))},
                {"caps", {{"ffb", "100"}}}}}};
    case 2: {
      Json body = {{"certificate", certificate},
                   {"effective_from",
                    date_.AddDays(static_cast<int32_t>(dice_.Number(-9, 9)))
                        .ToString()}};
      if (dice_.Percent(40)) body["sites"] = Json::array({"mill1", "farm"});
      if (dice_.Percent(40)) body["products"] = Json::array({"*"});
      if (dice_.Percent(30)) {
        body["to"] = date_.AddMonths(14).ToString();
      }
      if (dice_.Percent(30)) body["level"] = dice_.Of({"G1", "LOW", "MID"});
      return {{"amend_certificate", body}};
    }
    default:
      return {{"record_assessment",
               {{"certificate", certificate},
                {"level", dice_.Of({"G1", "G2", "G3", "LOW", "HIGH"})},
                {"effective_from", date_.ToString()}}}};
  }
}

Json Generator::Access() {
  const std::string principal =
      "spiffe://ledger/" + std::to_string(dice_.Number(1, 4));
  const std::string party = dice_.Of(world_.parties);
  const std::string site = dice_.Of(world_.sites);
  switch (dice_.Number(0, 3)) {
    case 0:
      return {
          {"unbind_principal", {{"principal", principal}, {"party", party}}}};
    case 1:
      return {{"approve",
               {{"event", dice_.Uuid()},
                {"content", std::string(64, dice_.Percent(90) ? 'a' : 'A')}}}};
    default: {
      Json body = {
          {"principal", principal},
          {"party", dice_.Percent(90) ? world_.owner_of.at(site) : party},
          {"roles", Json::array({"OPERATOR"})}};
      if (dice_.Percent(20)) body["roles"].push_back("AUDITOR");
      if (dice_.Percent(50)) body["sites"] = Json::array({site});
      if (dice_.Percent(10)) {
        body = {{"principal", principal},
                {"party", "body"},
                {"roles", Json::array({"CERTIFICATION_BODY"})},
                {"certificates", Json::array({dice_.Of(certificates_)})}};
      }
      Json event = {{"bind_principal", body}};
      if (dice_.Percent(30)) event["actor"] = dice_.Of({"registrar", "owner"});
      return event;
    }
  }
}

Json Generator::NewThing() {
  const std::string name = std::to_string(++made_);
  switch (dice_.Number(0, 5)) {
    case 5:
      return Access();
    case 0:
      return {{"define_product",
               {{"product", dice_.Percent(20) ? "cpo" : "P" + name},
                {"unit", "TNE"},
                {"decimals", dice_.Number(0, 6)}}}};
    case 1: {
      Json body = {{"product", "P" + name},
                   {"unit", dice_.Of({"TNE", "KGM"})},
                   {"decimals", dice_.Number(2, 3)},
                   {"group", "oils"}};
      return {{"define_product", body}};
    }
    case 2:
      return {{"register_party",
               {{"party", dice_.Percent(20) ? "trader" : "party" + name},
                {"roles", Json::array({"OPERATOR", "BRAND"})}}}};
    case 3:
      return {{"register_site",
               {{"site", dice_.Percent(20) ? "port" : "site" + name},
                {"party", dice_.Of(world_.parties)},
                {"country", "NL"},
                {"scope_group", "inland"}}}};
    default: {
      const std::string certificate =
          dice_.Percent(20) ? dice_.Of(certificates_) : "C" + name;
      const std::string scheme = dice_.Of(world_.schemes);
      const std::string site = dice_.Of(world_.sites);
      Json body = {
          {"certificate", certificate},
          {"scheme", scheme},
          {"holder", world_.owner_of.at(site)},
          {"body", dice_.Of({"body", "body2"})},
          {"sites", Json::array({site})},
          {"products", Json::array({dice_.Of({"*", "cpo", "ffb"})})},
          {"models", world_.models.at(scheme)},
          {"from", date_.ToString()},
          {"to",
           date_.AddMonths(static_cast<int>(dice_.Number(1, 20))).ToString()}};
      if (dice_.Percent(50)) body["caps"] = {{"cpo", "200"}};
      lessons_.back().push_back(
          [this, certificate] { certificates_.push_back(certificate); });
      return {{"grant_certificate", body}};
    }
  }
}

}  // namespace tally::compare

// What an event's fields must be to each other, before anything is decided.

#include <algorithm>
#include <string>

#include "tests/reference/conversion.h"
#include "tests/reference/periods.h"
#include "tests/reference/planners.h"
#include "tests/reference/stock.h"
#include "tests/reference/traits.h"

namespace tally::reference {

namespace {

constexpr const char* kAmendable[] = {"sites", "products", "models", "to",
                                      "level"};

class ArgumentCheck {
 public:
  ArgumentCheck(const World& world, Plan* plan)
      : world_(world), plan_(plan), body_(plan->body) {}

  void Run() {
    const std::string& kind = plan_->kind;
    if (kind == "originate" || kind == "receive") CheckEntry();
    if (kind == "ship") CheckShip();
    if (kind == "process") CheckProcess();
    if (kind == "downgrade") CheckDowngrade();
    if (kind == "adjust" || kind == "consume") CheckNamed(body_);
    if (kind == "open_period" || kind == "close_period") CheckPeriod();
    if (kind == "transfer_entitlement") NeedsModel(kMassBalance);
    if (kind == "issue_credits" || kind == "transfer_credits" ||
        kind == "redeem_credits") {
      CheckCredits(kind != "issue_credits");
    }
    if (kind == "declare_claims") NeedsModel(kBookAndClaim);
    if (kind == "withdraw_credits") CheckWithdrawal();
    if (kind == "hold" || kind == "release") CheckHold();
    if (kind == "define_product") CheckProductGroup();
    if (kind == "define_scheme") CheckProfile();
    if (kind == "grant_certificate") CheckGrant();
    if (kind == "amend_certificate") CheckAmendment();
    if (kind == "record_assessment") CheckAssessment();
    if (kind == "agree_contract") CheckContract();
    if (kind == "consume" && body_.contains("attribute")) CheckAttribute();
    if (kind == "set_source_status") InOrder("from", "to");
    if (kind == "bind_principal") CheckBinding();
    if (kind == "unbind_principal") CheckUnbinding();
  }

 private:
  void Malformed(const std::string& field) {
    plan_->Refuse("INVALID_ARGUMENT", field);
  }

  const Profile* FindScheme(const std::string& id) const {
    const auto found = world_.schemes.find(id);
    return found == world_.schemes.end() ? nullptr : &found->second;
  }

  void NotEmpty(const char* key) {
    if (body_.contains(key) && body_[key].empty()) Malformed(key);
  }

  void InOrder(const char* first, const char* last) {
    if (body_.contains(first) && body_.contains(last) &&
        *ParseDate(Text(body_, last)) < *ParseDate(Text(body_, first))) {
      Malformed(last);
    }
  }

  void ExactlyOne(const char* one, const char* other) {
    if (body_.contains(one) == body_.contains(other)) {
      Malformed(std::string(one) + " or " + other);
    }
  }

  void NeedsModel(std::string_view model) {
    const Profile* profile = FindScheme(Text(body_, "scheme"));
    if (profile != nullptr && !profile->HasModel(model)) {
      plan_->Refuse("UNKNOWN_MODEL", std::string(model));
    }
  }

  // The origin that all inputs of a process have.
  std::optional<std::string> OriginOfInputs() const {
    std::vector<Traits> inputs;
    for (const Json& input : body_["inputs"]) {
      const auto product = world_.products.find(Text(input, "product"));
      if (product != world_.products.end() &&
          product->second.category == "NEUTRAL") {
        continue;
      }
      const auto lot = world_.lots.find(Text(input, "lot"));
      inputs.push_back(lot == world_.lots.end() ? Traits()
                                                : lot->second.traits);
    }
    return Inherit(inputs, nullptr).origin_country;
  }

  // Entitlement that is matched by origin needs one; of what is sold from a
  // lot, its own will do, and of what is made that of all that went in.
  void CheckOrigin(const Json& line, bool of_lot) {
    ClaimSet claims = ReadClaims(line);
    const auto claim = ReadClaim(line);
    if (claim && line.contains("as_model")) {
      claims.insert({claim->scheme, Text(line, "as_model")});
    }
    const bool matched =
        std::any_of(claims.begin(), claims.end(), [this](const Claim& one) {
          const Profile* profile = FindScheme(one.scheme);
          return one.model == kMassBalance && profile != nullptr &&
                 profile->origin_match;
        });
    if (!matched || ReadTraits(line).origin_country) return;
    if (body_.contains("inputs") && OriginOfInputs()) return;
    if (of_lot && line.contains("lot")) {
      const auto lot = world_.lots.find(Text(line, "lot"));
      if (lot == world_.lots.end() || lot->second.traits.origin_country) return;
    }
    Malformed("attributes.origin_country");
  }

  // A line, input or body that names a claim and perhaps a lot.
  void CheckNamed(const Json& line) {
    CheckLotForm(world_, ReadClaims(line), line.contains("lot"), plan_);
    const auto claim = ReadClaim(line);
    if (!claim && line.contains("also")) Malformed("also without claim");
    if (!claim && line.contains("claims_share")) {
      Malformed("claims_share without claim");
    }
    if (!claim && line.contains("as_model")) {
      Malformed("as_model without claim");
    }
    if (claim) CheckAlso(line, *claim);
    const Profile* profile = claim ? FindScheme(claim->scheme) : nullptr;
    if (profile == nullptr) return;
    if (line.contains("as_model") &&
        !profile->HasModel(Text(line, "as_model"))) {
      plan_->Refuse("UNKNOWN_MODEL", Text(line, "as_model"));
    }
    const Traits traits = ReadTraits(line);
    if (traits.level && !profile->levels.empty() &&
        profile->LevelRank(*traits.level) < 0) {
      Malformed("attributes.level");
    }
  }

  // Roles, sites and certificates are those of the party.
  void CheckBinding() {
    NotEmpty("roles");
    const auto party = world_.parties.find(Text(body_, "party"));
    if (party == world_.parties.end()) return;
    for (const Json& role : body_["roles"]) {
      if (!party->second.roles.contains(role)) Malformed("roles");
    }
    for (const Json& id : body_.value("sites", Json::array())) {
      const auto site = world_.sites.find(id);
      if (site != world_.sites.end() && site->second.party != party->first) {
        Malformed("sites");
      }
    }
    for (const Json& id : body_.value("certificates", Json::array())) {
      const Certificate* found = world_.FindCertificate(id);
      if (found != nullptr && found->body != party->first) {
        Malformed("certificates");
      }
    }
  }

  void CheckUnbinding() {
    const std::string party = Text(body_, "party");
    if (world_.parties.contains(party) &&
        !world_.bindings.contains({Text(body_, "principal"), party})) {
      Malformed("principal");
    }
  }

  // One quantity has one claim under a scheme.
  void CheckAlso(const Json& line, const Claim& claim) {
    std::set<std::string> schemes = {claim.scheme};
    for (const Json& also : line.value("also", Json::array())) {
      if (!schemes.insert(Text(also, "scheme")).second) Malformed("also");
    }
  }

  void CheckEntry() {
    CheckNamed(body_);
    CheckOrigin(body_, false);
  }

  void CheckShip() {
    ExactlyOne("to_site", "to_external");
    NotEmpty("lines");
    for (const Json& line : body_["lines"]) {
      CheckNamed(line);
      CheckOrigin(line, true);
    }
  }

  void CheckProcess() {
    NotEmpty("inputs");
    NotEmpty("outputs");
    for (const Json& output : body_["outputs"]) {
      CheckNamed(output);
      CheckOrigin(output, false);
      const auto claim = ReadClaim(output);
      if (claim && claim->model == kControlledBlending &&
          !output.contains("claims_share")) {
        Malformed("outputs.claims_share");
      }
    }
    for (const Json& input : body_["inputs"]) {
      CheckNamed(input);
      if (!input.contains("quantity") && !HasOutputOf(ReadClaim(input))) {
        Malformed("inputs.quantity");
      }
    }
    if (plan_->findings.empty()) {
      CheckProcessKnown(world_, ReadProcess(world_, *plan_), plan_);
    }
  }

  bool HasOutputOf(const std::optional<Claim>& input) const {
    return input &&
           std::any_of(body_["outputs"].begin(), body_["outputs"].end(),
                       [&](const Json& output) {
                         const auto claim = ReadClaim(output);
                         return claim && claim->scheme == input->scheme;
                       });
  }

  void CheckDowngrade() {
    CheckNamed(body_);
    const std::string model = Text(body_, "to_model");
    const Profile* profile = FindScheme(ReadClaim(body_)->scheme);
    if (profile != nullptr && model != kConventional &&
        !profile->HasModel(model)) {
      plan_->Refuse("UNKNOWN_MODEL", model);
    }
  }

  void CheckPeriod() {
    InOrder("from", "to");
    const Json& account = body_["account"];
    if (account.contains("site") == account.contains("scope")) {
      Malformed("account.site or account.scope");
    }
    if (account.contains("product") == account.contains("group")) {
      Malformed("account.product or account.group");
    }
  }

  void CheckCredits(bool either) {
    if (either) ExactlyOne("quantity", "serials");
    NotEmpty("serials");
    NeedsModel(kBookAndClaim);
    CheckRanges();
    const Profile* profile = FindScheme(Text(body_, "scheme"));
    // What a credit stands for is told in the product's units.
    const bool known = profile != nullptr && profile->HasModel(kBookAndClaim) &&
                       world_.products.contains(Text(body_, "product"));
    if (!known || !body_.contains("quantity")) return;
    const auto value = Rational::Parse(Text(body_, "quantity"));
    if (value && !(*value / profile->credits.unit).IsWhole()) {
      plan_->Refuse("INVALID_QUANTITY", "not a multiple of the credit unit");
    }
  }

  void CheckRanges() {
    if (!body_.contains("serials")) return;
    for (const SerialRange& range : ReadRanges(body_["serials"])) {
      if (range.to < range.from) Malformed("serials.to");
    }
  }

  void CheckWithdrawal() {
    ExactlyOne("block", "serials");
    NotEmpty("serials");
    CheckRanges();
  }

  void CheckHold() {
    int named = 0;
    for (const char* key : {"lot", "shipment", "block", "site"}) {
      if (body_.contains(key)) ++named;
    }
    if (named != 1 || body_.contains("site") != body_.contains("product")) {
      Malformed("lot, shipment, block, or site and product");
    }
  }

  void CheckProductGroup() {
    const std::string group = Text(body_, "group");
    if (group.empty()) return;
    for (const auto& [id, product] : world_.products) {
      if (product.group == group &&
          (product.unit != Text(body_, "unit") ||
           product.decimals != body_["decimals"].get<int>())) {
        Malformed("unit and decimals of group " + group);
      }
    }
  }

  void CheckProfile() {
    std::string problem;
    const auto profile = ReadProfile(body_["profile"], &problem);
    if (!profile) return Malformed(problem);
    for (const Recognition& recognition : profile->recognises) {
      if (LeadsBack(*profile, recognition.scheme, recognition.from,
                    recognition.to, 0)) {
        Malformed("recognises");
      }
    }
  }

  // Whether a scheme recognises the new one, at once or by way of others, on
  // a day of these. No way that returns is longer than there are schemes.
  bool LeadsBack(const Profile& added, const std::string& scheme, Date from,
                 Date to, size_t steps) const {
    if (from > to || steps > world_.schemes.size()) return false;
    if (scheme == added.scheme) return true;
    const Profile* other = FindScheme(scheme);
    if (other == nullptr) return false;
    return std::any_of(other->recognises.begin(), other->recognises.end(),
                       [&](const Recognition& next) {
                         return LeadsBack(added, next.scheme,
                                          std::max(from, next.from),
                                          std::min(to, next.to), steps + 1);
                       });
  }

  // The level of a certificate is one that its scheme lists, if it lists any.
  void CheckLevel() {
    std::string scheme = Text(body_, "scheme");
    const Certificate* certificate =
        world_.FindCertificate(Text(body_, "certificate"));
    if (scheme.empty() && certificate != nullptr) scheme = certificate->scheme;
    const Profile* profile = FindScheme(scheme);
    if (profile == nullptr || !body_.contains("level")) return;
    if (!profile->levels.empty() &&
        profile->LevelRank(Text(body_, "level")) < 0) {
      Malformed("level");
    }
  }

  void CheckAssessment() {
    if (body_.contains("member")) {
      const Certificate* certificate =
          world_.FindCertificate(Text(body_, "certificate"));
      if (certificate != nullptr &&
          !certificate->member_since.contains(Text(body_, "member"))) {
        Malformed("member");
      }
    } else if (!body_.contains("level") || body_.contains("non_compliant")) {
      Malformed("member");
    }
    CheckLevel();
    if (!body_.contains("also")) return;
    for (const Json& one : body_["also"]) {
      const Certificate* certificate =
          world_.FindCertificate(Text(one, "certificate"));
      if (certificate == nullptr) continue;
      const Profile* profile = FindScheme(certificate->scheme);
      if (!profile->levels.empty() &&
          profile->LevelRank(Text(one, "level")) < 0) {
        Malformed("also");
      }
    }
  }

  void CheckContract() {
    if (Text(body_["claim"], "model") != kMassBalance) Malformed("claim");
    if (*ParseDate(Text(body_, "deliver_by")) < plan_->date) {
      Malformed("deliver_by");
    }
  }

  void CheckAttribute() {
    const Profile* profile = FindScheme(Text(body_["claim"], "scheme"));
    if (!body_.contains("lot") ||
        (profile != nullptr &&
         !profile->single_use.contains(Text(body_, "attribute")))) {
      Malformed("attribute");
    }
  }

  void CheckAmendment() {
    NotEmpty("sites");
    const bool changes =
        std::any_of(std::begin(kAmendable), std::end(kAmendable),
                    [this](const char* key) { return body_.contains(key); });
    if (!changes) Malformed("sites, products, models, to or level");
    CheckLevel();
  }

  void CheckGrant() {
    InOrder("from", "to");
    NotEmpty("sites");
    NotEmpty("products");
    NotEmpty("models");
    CheckLevel();
    const Profile* profile = FindScheme(Text(body_, "scheme"));
    if (profile == nullptr) return;
    for (const Json& model : body_["models"]) {
      if (!profile->HasModel(model.get<std::string>())) {
        plan_->Refuse("UNKNOWN_MODEL", model);
      }
    }
  }

  const World& world_;
  Plan* const plan_;
  const Json& body_;
};

bool TakenLot(const World& world, const Json& object,
              std::set<std::string>* fresh) {
  if (!object.contains("lot")) return false;
  const std::string lot = Text(object, "lot");
  return world.lots.contains(lot) || !fresh->insert(lot).second;
}

bool IsTaken(const World& world, const Plan& plan) {
  const std::string& kind = plan.kind;
  if (kind == "define_scheme") {
    return world.schemes.contains(Text(plan.body["profile"], "scheme"));
  }
  if (kind == "define_product") {
    return world.products.contains(plan.Text("product"));
  }
  if (kind == "register_party") {
    return world.parties.contains(plan.Text("party"));
  }
  if (kind == "bind_principal") {
    return world.bindings.contains(
        {plan.Text("principal"), plan.Text("party")});
  }
  if (kind == "register_site") return world.sites.contains(plan.Text("site"));
  if (kind == "grant_certificate") {
    return world.FindCertificate(plan.Text("certificate")) != nullptr;
  }
  if (kind == "add_group_member") {
    return world.FindCertificate(plan.Text("certificate"))
        ->member_caps.contains(plan.Text("member"));
  }
  if (kind == "agree_contract") {
    return std::any_of(
        world.contracts.begin(), world.contracts.end(),
        [&](const auto& one) { return one.id == plan.Text("contract"); });
  }
  if (kind == "ship") return world.shipments.contains(plan.Text("shipment"));
  std::set<std::string> fresh;
  if (kind == "process") {
    return std::any_of(
        plan.body["outputs"].begin(), plan.body["outputs"].end(),
        [&](const Json& output) { return TakenLot(world, output, &fresh); });
  }
  if (kind == "originate" || kind == "receive" || kind == "accept") {
    return TakenLot(world, plan.body, &fresh);
  }
  return false;
}

}  // namespace

void CheckArguments(const World& world, Plan* plan) {
  ArgumentCheck(world, plan).Run();
}

void CheckNewIds(const World& world, Plan* plan) {
  if (IsTaken(world, *plan)) plan->Refuse("ALREADY_EXISTS", plan->kind);
}

}  // namespace tally::reference

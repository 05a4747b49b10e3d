// Who may post what: default deny. Without an actor nothing is checked here,
// the event then stands for the party concerned.

#include <algorithm>
#include <string>
#include <vector>

#include "tests/reference/certificates.h"
#include "tests/reference/periods.h"
#include "tests/reference/planners.h"
#include "tests/reference/serials.h"

namespace tally::reference {

namespace {

class RightsCheck {
 public:
  RightsCheck(const World& world, Plan* plan)
      : world_(world),
        plan_(plan),
        actor_(world.parties.at(Text(plan->event, "actor"))) {}

  void Run() {
    if (IsForBodies()) {
      if (!Has("CERTIFICATION_BODY")) return plan_->Refuse("ROLE", actor_.id);
      if (!BodyMay()) plan_->Refuse("NOT_AUTHORIZED", actor_.id);
      return;
    }
    if (!MayPost()) plan_->Refuse("NOT_AUTHORIZED", actor_.id);
  }

 private:
  bool Has(const char* role) const { return actor_.roles.contains(role); }

  bool IsForBodies() const {
    static const std::set<std::string> kKinds = {"hold",
                                                 "release",
                                                 "void",
                                                 "set_source_status",
                                                 "grant_certificate",
                                                 "amend_certificate",
                                                 "extend_volume",
                                                 "set_certificate_status",
                                                 "add_group_member",
                                                 "record_assessment"};
    return kKinds.contains(plan_->kind) ||
           (plan_->kind == "adjust" && plan_->Flag("add"));
  }

  // Whether the actor issued a certificate that concerns the site.
  bool Certifies(const std::string& site) const {
    return std::any_of(world_.certificates.begin(), world_.certificates.end(),
                       [&](const Certificate& certificate) {
                         return certificate.body == actor_.id &&
                                Concerns(world_, certificate, site);
                       });
  }

  bool IsCertified(const std::string& site) const {
    return std::any_of(world_.certificates.begin(), world_.certificates.end(),
                       [&](const Certificate& certificate) {
                         return Concerns(world_, certificate, site);
                       });
  }

  bool CertifiesAny(const std::set<std::string>& sites) const {
    return std::any_of(
        sites.begin(), sites.end(),
        [this](const std::string& site) { return Certifies(site); });
  }

  // Sites where a lot was made or has been.
  std::set<std::string> SitesOfLot(const std::string& lot) const {
    std::set<std::string> sites = {world_.lots.at(lot).site};
    View(world_).EachPosted("", "", [&](const Posting& posting) {
      if (posting.holding.lot == lot) sites.insert(posting.holding.site);
    });
    return sites;
  }

  std::set<std::string> SitesOfEvent(const EventRecord& record) const {
    std::set<std::string> sites;
    for (const auto& [place, postings] : world_.postings) {
      for (const Posting& posting : postings) {
        if (posting.position == record.position && !place.first.empty()) {
          sites.insert(place.first);
        }
      }
    }
    return sites;
  }

  bool BodyMay() const {
    const Json& body = plan_->body;
    const std::string& kind = plan_->kind;
    if (kind == "set_source_status") {
      // A source need not be a site of this ledger, nor certified yet.
      const std::string source = Text(body, "source");
      return !world_.sites.contains(source) || Certifies(source) ||
             !IsCertified(source);
    }
    if (kind == "grant_certificate") return Text(body, "body") == actor_.id;
    if (body.contains("certificate")) {
      const auto granted = [this](const Json& one) {
        return world_.FindCertificate(Text(one, "certificate"))->body ==
               actor_.id;
      };
      const Json& also = body.contains("also") ? body["also"] : Json::array();
      return granted(body) && std::all_of(also.begin(), also.end(), granted);
    }
    if (kind == "void") {
      return CertifiesAny(SitesOfEvent(*world_.FindEvent(Text(body, "event"))));
    }
    if (body.contains("site")) return Certifies(Text(body, "site"));
    if (body.contains("lot")) {
      return CertifiesAny(SitesOfLot(Text(body, "lot")));
    }
    if (body.contains("shipment")) {
      const Shipment& shipment = world_.shipments.at(Text(body, "shipment"));
      return Certifies(shipment.from_site) ||
             (!shipment.to_site.empty() && Certifies(shipment.to_site));
    }
    if (body.contains("block")) {
      return Certifies(world_.FindBlock(Text(body, "block"))->site);
    }
    return false;
  }

  bool Owns(const std::string& site) const {
    return Has("OPERATOR") && world_.sites.at(site).party == actor_.id;
  }

  bool Holds(const std::string& party) const {
    return (Has("OPERATOR") || Has("BRAND")) && party == actor_.id;
  }

  bool OwnsPeriodAccount() const {
    const auto account =
        ReadPeriodAccount(world_, plan_->body["account"], actor_.id);
    const Profile& profile = world_.schemes.at(account->scheme);
    return std::any_of(
        world_.sites.begin(), world_.sites.end(), [&](const auto& site) {
          return ScopeOf(world_, profile, site.first) == account->scope &&
                 Owns(site.first);
        });
  }

  // Roles that give rights over others' stock come from a scheme owner.
  bool MayRegister() const {
    if (Has("SCHEME_OWNER") || Has("REGISTRAR")) return true;
    for (const Json& role : plan_->body["roles"]) {
      if (role != "OPERATOR" && role != "BRAND") return false;
    }
    return Has("CERTIFICATION_BODY");
  }

  // To join the sites of another party's group is to share its account.
  bool MayAddSite() const {
    if (!Holds(Text(plan_->body, "party"))) return false;
    const std::string group = Text(plan_->body, "scope_group");
    if (group.empty()) return true;
    return std::none_of(world_.sites.begin(), world_.sites.end(),
                        [&](const auto& site) {
                          return site.second.scope_group == group &&
                                 site.second.party != actor_.id;
                        });
  }

  bool Issued(const std::string& block) const {
    return Holds(world_.FindBlock(block)->issuer);
  }

  bool MayWithdraw() const {
    const Json& body = plan_->body;
    if (body.contains("block")) return Issued(Text(body, "block"));
    const auto ranges = ReadRanges(body["serials"]);
    return std::all_of(
        ranges.begin(), ranges.end(),
        [this](const SerialRange& range) { return Issued(range.block); });
  }

  // All of it or some.
  bool HoldsBlock(const std::string& name) const {
    const Block* block = world_.FindBlock(name);
    if (block == nullptr) return false;
    const std::vector<SerialState> serials = SerialsOf(world_, *block);
    return std::any_of(
        serials.begin(), serials.end(),
        [this](const SerialState& run) { return Holds(run.holder); });
  }

  bool MayPost() const {
    const Json& body = plan_->body;
    const std::string& kind = plan_->kind;
    if (kind == "ship" || kind == "transfer_entitlement") {
      return Owns(Text(body, "from_site"));
    }
    if (kind == "accept" || kind == "reject" || kind == "recall") {
      const Shipment& shipment = world_.shipments.at(Text(body, "shipment"));
      if (kind == "recall") return Owns(shipment.from_site);
      return !shipment.to_site.empty() && Owns(shipment.to_site);
    }
    if (kind == "open_period" || kind == "close_period") {
      return OwnsPeriodAccount();
    }
    if (kind == "transfer_credits") return Holds(Text(body, "from_party"));
    if (kind == "redeem_credits") return Holds(Text(body, "holder"));
    if (kind == "withdraw_credits") return MayWithdraw();
    if (kind == "unbundle_credits") return HoldsBlock(Text(body, "block"));
    if (kind == "declare_claims") return Holds(Text(body, "party"));
    if (kind == "define_scheme") {
      const std::string owner = Text(body["profile"], "owner", actor_.id);
      return Has("SCHEME_OWNER") && owner == actor_.id;
    }
    if (kind == "register_party") return MayRegister();
    if (kind == "register_site") {
      return Has("CERTIFICATION_BODY") || Has("REGISTRAR") || MayAddSite();
    }
    if (kind == "define_product") {
      return Has("OPERATOR") || Has("SCHEME_OWNER") ||
             Has("CERTIFICATION_BODY") || Has("REGISTRAR");
    }
    if (kind == "bind_principal" || kind == "unbind_principal") {
      return Has("REGISTRAR");
    }
    if (kind == "approve") return true;
    return Owns(Text(body, "site"));
  }

  const World& world_;
  Plan* const plan_;
  const Party& actor_;
};

}  // namespace

void CheckRights(const World& world, Plan* plan) {
  if (!plan->event.contains("actor")) return;
  RightsCheck(world, plan).Run();
}

}  // namespace tally::reference

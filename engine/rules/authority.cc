// Who may post what. Everything is refused that is not said here; the table
// in docs/rules.md says the same in words.
//
// ROLE for what only a certification body may post, NOT_AUTHORIZED for all
// other lack of right. Where nobody is asked to prove who he is, an event
// without actor is the operator's of the server itself, who may post
// everything. An authenticated principal acts for a party that it is bound to,
// in the binding's roles and scope; what it has no right to is refused before
// anything is looked up, so that the answer is the same whether or not there
// is such a thing.

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "engine/base/check.h"
#include "engine/rules/column.h"
#include "engine/rules/lookup.h"
#include "engine/rules/rights.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr Right kAllowed;
constexpr Right kBodiesOnly = {Code::kRole, "a certification body"};
constexpr Right kBodyOfSite = {Code::kNotAuthorized,
                               "a certification body of the site concerned"};

// Says who may where it is not the actor.
Right OnlyIf(bool allowed, std::string_view only) {
  return allowed ? kAllowed : Right{Code::kNotAuthorized, only};
}

using Sites = std::vector<SiteIndex>;
using Parties = std::vector<PartyIndex>;

// The party that posts, and what is its own.
class Actor {
 public:
  // `binding` is that of the principal who acts for it; nullptr: nobody was
  // asked for one.
  Actor(const Case& c, PartyIndex party, const Binding* binding)
      : case_(c),
        registry_(c.state.registry()),
        party_(party),
        binding_(binding) {}

  const Case& c() const { return case_; }
  const Registry& registry() const { return registry_; }

  bool bound() const { return binding_ != nullptr; }
  bool Has(Role role) const {
    return registry_.at(party_).Has(role) &&
           (binding_ == nullptr || binding_->Has(role));
  }
  bool Is(PartyIndex party) const { return party == party_; }
  bool Is(std::string_view party) const {
    return registry_.party_names.NameOf(party_) == party;
  }
  // Of credits and claims: operators and brands have their own.
  bool Holds(PartyIndex party) const {
    return Is(party) && (Has(Role::kOperator) || Has(Role::kBrand));
  }
  bool Holds(std::string_view party) const {
    return Holds(registry_.party_names.Find(party));
  }
  bool Owns(SiteIndex site) const {
    return site.valid() && Has(Role::kOperator) &&
           registry_.at(site).party == party_ &&
           (binding_ == nullptr || binding_->Covers(site));
  }
  bool Owns(std::string_view site) const {
    return Owns(registry_.site_names.Find(site));
  }

  bool Granted(CertificateIndex certificate) const {
    return Is(case_.state.certificates().at(certificate).body) &&
           (binding_ == nullptr || binding_->Covers(certificate));
  }

  // Of the certificates that ever covered one of the sites or that its party
  // or one of the parties holds, whether the actor issued one.
  bool CertifiesAny(const Sites& sites, Parties parties = {}) const {
    const Certificates& certificates = case_.state.certificates();
    for (const SiteIndex site : sites) {
      if (site.valid()) parties.push_back(registry_.at(site).party);
    }
    for (int32_t i = 0; i < case_.state.schemes().size(); ++i) {
      const SchemeIndex scheme(i);
      for (const SiteIndex site : sites) {
        if (!site.valid()) continue;
        if (IssuedAny(certificates.Of(scheme, site))) return true;
      }
      for (const PartyIndex party : parties) {
        if (IssuedAny(certificates.HeldBy(scheme, party))) return true;
      }
    }
    return false;
  }

  // Whether a certificate ever covered one of the sites, or its party holds
  // one.
  bool IsCertified(const Sites& sites) const {
    const Certificates& certificates = case_.state.certificates();
    for (const SiteIndex site : sites) {
      if (!site.valid()) continue;
      for (int32_t i = 0; i < case_.state.schemes().size(); ++i) {
        const SchemeIndex scheme(i);
        if (!certificates.Of(scheme, site).empty() ||
            !certificates.HeldBy(scheme, registry_.at(site).party).empty()) {
          return true;
        }
      }
    }
    return false;
  }

 private:
  bool IssuedAny(std::span<const CertificateIndex> certificates) const {
    for (const CertificateIndex index : certificates) {
      if (Granted(index)) return true;
    }
    return false;
  }

  const Case& case_;
  const Registry& registry_;
  const PartyIndex party_;
  const Binding* const binding_;
};

Right SiteParty(const Actor& actor, std::string_view site) {
  return OnlyIf(actor.Owns(site), "the party whose site it is");
}

Right BodyOf(const Actor& actor, const Sites& sites) {
  if (!actor.Has(Role::kCertificationBody)) return kBodiesOnly;
  return actor.CertifiesAny(sites) ? kAllowed : kBodyOfSite;
}

// Custody.
Right RightTo(const Actor& actor, const Originate& originate) {
  return SiteParty(actor, originate.site);
}
Right RightTo(const Actor& actor, const Receive& receive) {
  return SiteParty(actor, receive.site);
}
Right RightTo(const Actor& actor, const Ship& ship) {
  return SiteParty(actor, ship.from_site);
}
Right RightTo(const Actor& actor, const Process& process) {
  return SiteParty(actor, process.site);
}
Right RightTo(const Actor& actor, const Downgrade& downgrade) {
  return SiteParty(actor, downgrade.site);
}
Right RightTo(const Actor& actor, const CountStock& count) {
  return SiteParty(actor, count.site);
}
Right RightTo(const Actor& actor, const Consume& consume) {
  return SiteParty(actor, consume.site);
}

// Stock may be added by a certification body alone.
Right RightTo(const Actor& actor, const Adjust& adjust) {
  if (!adjust.add) return SiteParty(actor, adjust.site);
  return BodyOf(actor, {actor.registry().site_names.Find(adjust.site)});
}

Right Receiver(const Actor& actor, std::string_view name) {
  const Shipments& shipments = actor.c().state.shipments();
  const ShipmentIndex shipment = shipments.Find(name);
  return OnlyIf(shipment.valid() && actor.Owns(shipments.at(shipment).to),
                "the party that it was sent to");
}
Right RightTo(const Actor& actor, const Accept& accept) {
  return Receiver(actor, accept.shipment);
}
Right RightTo(const Actor& actor, const Reject& reject) {
  return Receiver(actor, reject.shipment);
}
Right RightTo(const Actor& actor, const Recall& recall) {
  const Shipments& shipments = actor.c().state.shipments();
  const ShipmentIndex shipment = shipments.Find(recall.shipment);
  return OnlyIf(shipment.valid() && actor.Owns(shipments.at(shipment).from),
                "the party that sent it");
}
// The ledger's own.
Right RightTo(const Actor&, const Lapse&) { return kAllowed; }

// Whether one of the actor's sites belongs to what a scope is named by.
bool OwnsSiteOf(const Actor& actor, std::string_view scope, AccountScope sort) {
  const auto& sites = actor.registry().sites;
  for (size_t i = 0; i < sites.size(); ++i) {
    const std::string& name = sort == AccountScope::kCountry
                                  ? sites[i].country
                                  : sites[i].scope_group;
    if (name != scope) continue;
    if (actor.Owns(SiteIndex(static_cast<int32_t>(i)))) return true;
  }
  return false;
}

Right RightTo(const Actor& actor, const AgreeContract& agree) {
  return SiteParty(actor, agree.site);
}

// Accounting. What a scope's name means is for the scheme to say: a group of
// sites may be called as a party or a country is.
Right AccountHolder(const Actor& actor, const PeriodAccount& account,
                    Date date) {
  constexpr std::string_view kHolder = "a party whose account it is";
  if (!account.site.empty()) return SiteParty(actor, account.site);
  const Schemes& schemes = actor.c().state.schemes();
  const AccountScope sort =
      schemes.At(schemes.Find(account.scheme), date).mass_balance.scope;
  switch (sort) {
    case AccountScope::kSite:
      return OnlyIf(actor.Owns(account.scope), kHolder);
    case AccountScope::kParty:
      return OnlyIf(actor.Is(account.scope) && actor.Has(Role::kOperator),
                    kHolder);
    case AccountScope::kScopeGroup:
    case AccountScope::kCountry:
      return OnlyIf(OwnsSiteOf(actor, account.scope, sort), kHolder);
  }
  TALLY_CHECK(false);
}
Right RightTo(const Actor& actor, const OpenPeriod& open) {
  return AccountHolder(actor, open.account, open.from);
}
Right RightTo(const Actor& actor, const ClosePeriod& close) {
  return AccountHolder(actor, close.account, close.from);
}
Right RightTo(const Actor& actor, const TransferEntitlement& transfer) {
  return SiteParty(actor, transfer.from_site);
}

// Book and claim.
Right Issuer(const Actor& actor, std::string_view name) {
  const Credits& credits = actor.c().state.credits();
  const BlockIndex block = credits.Find(name);
  return OnlyIf(block.valid() && actor.Holds(credits.at(block).issuer),
                "the party that issued the credits");
}
Right RightTo(const Actor& actor, const IssueCredits& issue) {
  return SiteParty(actor, issue.site);
}
Right RightTo(const Actor& actor, const TransferCredits& transfer) {
  return OnlyIf(actor.Holds(transfer.from_party),
                "the party that holds the credits");
}
Right RightTo(const Actor& actor, const RedeemCredits& redeem) {
  return OnlyIf(actor.Holds(redeem.holder), "the party that holds the credits");
}
Right RightTo(const Actor& actor, const WithdrawCredits& withdraw) {
  if (!withdraw.block.empty()) return Issuer(actor, withdraw.block);
  for (const SerialRange& serials : withdraw.serials) {
    const Right right = Issuer(actor, serials.block);
    if (right.code != Code::kAccepted) return right;
  }
  return kAllowed;
}
Right RightTo(const Actor& actor, const UnbundleCredits& unbundle) {
  const Credits& credits = actor.c().state.credits();
  constexpr std::string_view kHolder =
      "a party that holds credits of the block";
  const BlockIndex block = credits.Find(unbundle.block);
  if (!block.valid()) return OnlyIf(!actor.bound(), kHolder);
  const auto& runs = credits.at(block).runs;
  // Whether it is the whole block, the rules on serials tell.
  const bool holds_some = std::any_of(
      runs.begin(), runs.end(),
      [&](const auto& run) { return actor.Holds(run.second.status.holder); });
  return OnlyIf(holds_some, kHolder);
}
Right RightTo(const Actor& actor, const DeclareClaims& declare) {
  return OnlyIf(actor.Holds(declare.party), "the party that claims");
}

// Oversight.
Sites SitesOf(const Case& c, LotIndex lot) {
  Sites sites = {c.state.lots().at(lot).made_at};
  for (const AccountIndex account : c.state.accounts().OfLot(lot)) {
    const ScopeIndex scope = c.state.accounts().at(account).key.scope;
    sites.push_back(c.state.registry().at(scope).site);
  }
  return sites;
}

// None where there is no such thing.
template <typename Kind>
std::optional<Sites> SitesOfTarget(const Case& c, const Kind& kind) {
  if (!kind.lot.empty()) {
    const LotIndex lot = c.state.lots().Find(kind.lot);
    if (!lot.valid()) return std::nullopt;
    return SitesOf(c, lot);
  }
  if (!kind.shipment.empty()) {
    const ShipmentIndex index = c.state.shipments().Find(kind.shipment);
    if (!index.valid()) return std::nullopt;
    const Shipment& shipment = c.state.shipments().at(index);
    return Sites{shipment.from, shipment.to};
  }
  if (!kind.block.empty()) {
    const BlockIndex block = c.state.credits().Find(kind.block);
    if (!block.valid()) return std::nullopt;
    return Sites{c.state.credits().at(block).site};
  }
  const SiteIndex site = c.state.registry().site_names.Find(kind.site);
  if (!site.valid()) return std::nullopt;
  return Sites{site};
}

template <typename Kind>
Right BodyOfTarget(const Actor& actor, const Kind& kind) {
  const std::optional<Sites> sites = SitesOfTarget(actor.c(), kind);
  if (sites.has_value()) return BodyOf(actor, *sites);
  if (!actor.Has(Role::kCertificationBody)) return kBodiesOnly;
  return actor.bound() ? kBodyOfSite : kAllowed;
}

Right RightTo(const Actor& actor, const Hold& hold) {
  return BodyOfTarget(actor, hold);
}
Right RightTo(const Actor& actor, const Release& release) {
  return BodyOfTarget(actor, release);
}

// Where the event posted; of credits, whose they are.
Right RightTo(const Actor& actor, const Void&) {
  if (!actor.Has(Role::kCertificationBody)) return kBodiesOnly;
  const Case& c = actor.c();
  if (c.void_target == nullptr) return kAllowed;  // UNKNOWN_EVENT
  Sites sites;
  Parties parties;
  for (const Posting& posting : c.void_target->effects.postings) {
    if (!posting.account.valid()) continue;
    const AccountKey& key = c.state.accounts().at(posting.account).key;
    const Scope& scope = c.state.registry().at(key.scope);
    if (posting.site.valid()) sites.push_back(posting.site);
    if (scope.site.valid()) sites.push_back(scope.site);
    if (scope.party.valid()) parties.push_back(scope.party);
    if (key.block().valid()) {
      sites.push_back(c.state.credits().at(key.block()).site);
    }
  }
  return actor.CertifiesAny(sites, parties) ? kAllowed : kBodyOfSite;
}
// A source need not be a site of this ledger, nor certified yet.
Right RightTo(const Actor& actor, const SetSourceStatus& set) {
  if (!actor.Has(Role::kCertificationBody)) return kBodiesOnly;
  const Sites sites = {actor.registry().site_names.Find(set.source)};
  return actor.CertifiesAny(sites) || !actor.IsCertified(sites) ? kAllowed
                                                                : kBodyOfSite;
}

// Registry.
Right RightTo(const Actor& actor, const DefineScheme&) {
  constexpr std::string_view kOwner = "the scheme's owner";
  if (!actor.Has(Role::kSchemeOwner)) return OnlyIf(false, kOwner);
  const auto* planned = std::get_if<NewScheme>(&actor.c().plan.registry_change);
  if (planned == nullptr) return kAllowed;
  const Schemes& schemes = actor.c().state.schemes();
  const SchemeIndex known = schemes.Find(planned->profile->scheme);
  // Who owns it now may define it further, and hand it on in doing so.
  const std::string_view owner = known.valid()
                                     ? schemes.Versions(known).back()->owner
                                     : planned->profile->owner;
  return OnlyIf(owner.empty() || actor.Is(owner), kOwner);
}

Right RightTo(const Actor& actor, const DefineProduct&) {
  return OnlyIf(
      actor.Has(Role::kOperator) || actor.Has(Role::kCertificationBody) ||
          actor.Has(Role::kSchemeOwner) || actor.Has(Role::kRegistrar),
      "an operator, a certification body or a scheme owner");
}

// Roles that give rights over others' stock come from a scheme owner.
Right RightTo(const Actor& actor, const RegisterParty& party) {
  if (actor.Has(Role::kSchemeOwner) || actor.Has(Role::kRegistrar)) {
    return kAllowed;
  }
  const bool plain =
      std::all_of(party.roles.begin(), party.roles.end(), [](Role role) {
        return role == Role::kOperator || role == Role::kBrand;
      });
  if (!plain) return OnlyIf(false, "a scheme owner");
  return OnlyIf(actor.Has(Role::kCertificationBody),
                "a certification body or a scheme owner");
}

// To join the sites of another party's group is to share its account.
Right RightTo(const Actor& actor, const RegisterSite& site) {
  if (actor.Has(Role::kCertificationBody) || actor.Has(Role::kRegistrar)) {
    return kAllowed;
  }
  if (!actor.Holds(site.party)) {
    return OnlyIf(false, "the site's party or a certification body");
  }
  if (site.scope_group.empty()) return kAllowed;
  const ScopeIndex group = actor.registry().FindScopeGroup(site.scope_group);
  return OnlyIf(
      !group.valid() || actor.Is(actor.registry().at(group).founder),
      "the party that founded the scope group, or a certification body,");
}

Right BodyOfCertificate(const Actor& actor, std::string_view name) {
  if (!actor.Has(Role::kCertificationBody)) return kBodiesOnly;
  const Certificates& certificates = actor.c().state.certificates();
  const CertificateIndex certificate = certificates.Find(name);
  return OnlyIf(certificate.valid() && actor.Granted(certificate),
                "the certification body that granted the certificate");
}
Right RightTo(const Actor& actor, const GrantCertificate& grant) {
  if (!actor.Has(Role::kCertificationBody)) return kBodiesOnly;
  return OnlyIf(actor.Is(grant.body), "the certification body that it names");
}
Right RightTo(const Actor& actor, const AmendCertificate& amend) {
  return BodyOfCertificate(actor, amend.certificate);
}
Right RightTo(const Actor& actor, const ExtendVolume& extend) {
  return BodyOfCertificate(actor, extend.certificate);
}
Right RightTo(const Actor& actor, const SetCertificateStatus& set) {
  return BodyOfCertificate(actor, set.certificate);
}
Right RightTo(const Actor& actor, const AddGroupMember& add) {
  return BodyOfCertificate(actor, add.certificate);
}
// One audit may serve certificates of several schemes, all of the same body.
Right RightTo(const Actor& actor, const RecordAssessment& record) {
  Right right = BodyOfCertificate(actor, record.certificate);
  for (const AssessedCertificate& also : record.also) {
    if (right.code != Code::kAccepted) break;
    right = BodyOfCertificate(actor, also.certificate);
  }
  return right;
}

// Access. Nobody binds himself to more than another gave him.
Right Binder(const Actor& actor, std::string_view principal) {
  return OnlyIf(actor.Has(Role::kRegistrar) &&
                    actor.c().event.poster.principal != principal,
                "another registrar, or the administrator,");
}
Right RightTo(const Actor& actor, const BindPrincipal& bind) {
  return Binder(actor, bind.principal);
}
Right RightTo(const Actor& actor, const UnbindPrincipal& unbind) {
  return Binder(actor, unbind.principal);
}
Right RightTo(const Actor&, const Approve&) { return kAllowed; }

Right RightOf(const Actor& actor, const Event& event) {
  return std::visit(
      [&actor](const auto& body) {
        if constexpr (std::is_pointer_v<std::decay_t<decltype(body)>>) {
          return RightTo(actor, *body);
        } else {
          return kAllowed;
        }
      },
      event.body);
}

}  // namespace

Right RightOf(const Case& c, PartyIndex party, const Binding* binding) {
  return RightOf(Actor(c, party, binding), c.event);
}

void CheckActor(Case& c) {
  if (!c.event.actor.empty()) FindParty(c, "actor", c.event.actor);
}

void CheckAuthority(Case& c) {
  const PartyIndex party = ActingParty(c.state, c.event);
  if (!party.valid()) return;
  const int32_t binding =
      c.event.poster.authenticated()
          ? c.state.bindings().Find(c.event.poster.principal, party)
          : -1;
  const Right right = RightOf(
      c, party, binding < 0 ? nullptr : &c.state.bindings().at(binding));
  if (right.code == Code::kAccepted) return;
  c.verdict.Refuse(Refuse(
      right.code, fmt::format("party \"{}\" may not post this {}: only "
                              "{} may",
                              c.state.registry().party_names.NameOf(party),
                              KindName(c.event.kind()), right.only)));
}

}  // namespace tally

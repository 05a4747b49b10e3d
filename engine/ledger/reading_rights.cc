#include "engine/ledger/reading_rights.h"

#include <algorithm>

#include "engine/ledger/event_subjects.h"
#include "engine/ledger/reader.h"
#include "engine/state/state.h"

namespace tally {

ReadingRights::ReadingRights(const State& state, std::string_view principal)
    : state_(state) {
  for (const int32_t index : state.bindings().Of(principal)) {
    const Binding& binding = state.bindings().at(index);
    if (binding.holds()) bindings_.push_back(&binding);
  }
}

ReadingRights ReadingRights::Own() const {
  ReadingRights own(state_);
  own.bindings_ = bindings_;
  own.oversight_ = false;
  return own;
}

bool ReadingRights::Has(const Binding& binding, Role role) const {
  const bool own = role == Role::kOperator || role == Role::kBrand;
  return (own || oversight_) && binding.Has(role) &&
         state_.registry().at(binding.party).Has(role);
}

bool ReadingRights::Any(Role role) const {
  return std::any_of(
      bindings_.begin(), bindings_.end(),
      [&](const Binding* binding) { return Has(*binding, role); });
}

bool ReadingRights::Owns(const Binding& binding, SiteIndex site) const {
  return site.valid() && Has(binding, Role::kOperator) &&
         state_.registry().at(site).party == binding.party &&
         binding.Covers(site);
}

bool ReadingRights::Certifies(const Binding& binding, SchemeIndex scheme,
                              SiteIndex site) const {
  if (!site.valid() || !Has(binding, Role::kCertificationBody)) return false;
  const Certificates& certificates = state_.certificates();
  const auto granted = [&](SchemeIndex of) {
    const auto list = certificates.Of(of, site);
    return std::any_of(list.begin(), list.end(), [&](CertificateIndex index) {
      return certificates.at(index).body == binding.party &&
             binding.Covers(index);
    });
  };
  if (scheme.valid()) return granted(scheme);
  for (int32_t i = 0; i < state_.schemes().size(); ++i) {
    if (granted(SchemeIndex(i))) return true;
  }
  return false;
}

bool ReadingRights::OwnsScheme(const Binding& binding,
                               SchemeIndex scheme) const {
  return scheme.valid() && Has(binding, Role::kSchemeOwner) &&
         state_.schemes().Versions(scheme).back()->owner ==
             state_.registry().party_names.NameOf(binding.party);
}

bool ReadingRights::SeesRegistry() const {
  return whole() || Any(Role::kRegistrar) || Any(Role::kCertificationBody) ||
         Any(Role::kSchemeOwner);
}

bool ReadingRights::SeesParty(std::string_view party) const {
  if (whole()) return true;
  const PartyIndex index = state_.registry().party_names.Find(party);
  return std::any_of(bindings_.begin(), bindings_.end(),
                     [&](const Binding* binding) {
                       return binding->party == index && binding->sites.empty();
                     });
}

bool ReadingRights::OwnsSite(std::string_view site) const {
  const SiteIndex index = state_.registry().site_names.Find(site);
  return std::any_of(
      bindings_.begin(), bindings_.end(),
      [&](const Binding* binding) { return Owns(*binding, index); });
}

bool ReadingRights::SeesStock(std::string_view site,
                              std::string_view scheme) const {
  if (whole() || OwnsSite(site)) return true;
  const SiteIndex place = state_.registry().site_names.Find(site);
  const SchemeIndex under = state_.schemes().Find(scheme);
  if (!place.valid() || !under.valid()) return false;
  return std::any_of(
      bindings_.begin(), bindings_.end(), [&](const Binding* binding) {
        return Certifies(*binding, under, place) || OwnsScheme(*binding, under);
      });
}

bool ReadingRights::Sees(SiteIndex site) const {
  return std::any_of(
      bindings_.begin(), bindings_.end(), [&](const Binding* binding) {
        return Owns(*binding, site) || Certifies(*binding, SchemeIndex(), site);
      });
}

bool ReadingRights::SeesSite(std::string_view site) const {
  return whole() || Sees(state_.registry().site_names.Find(site));
}

bool ReadingRights::SeesScheme(std::string_view scheme) const {
  if (whole()) return true;
  const SchemeIndex index = state_.schemes().Find(scheme);
  return std::any_of(
      bindings_.begin(), bindings_.end(),
      [&](const Binding* binding) { return OwnsScheme(*binding, index); });
}

bool ReadingRights::SeesCertificate(std::string_view certificate) const {
  if (whole()) return true;
  const CertificateIndex index = state_.certificates().Find(certificate);
  if (!index.valid()) return false;
  const Certificate& found = state_.certificates().at(index);
  return std::any_of(
      bindings_.begin(), bindings_.end(), [&](const Binding* binding) {
        const bool granted = found.body == binding->party &&
                             Has(*binding, Role::kCertificationBody) &&
                             binding->Covers(index);
        return granted || OwnsScheme(*binding, found.scheme) ||
               (found.holder == binding->party && binding->sites.empty());
      });
}

bool ReadingRights::SeesLot(std::string_view lot) const {
  if (whole()) return true;
  const LotIndex index = state_.lots().Find(lot);
  if (!index.valid()) return false;
  if (Sees(state_.lots().at(index).made_at)) return true;
  for (const AccountIndex account : state_.accounts().OfLot(index)) {
    const ScopeIndex scope = state_.accounts().at(account).key.scope;
    if (Sees(state_.registry().at(scope).site)) return true;
  }
  return false;
}

bool ReadingRights::SeesShipment(std::string_view shipment) const {
  if (whole()) return true;
  const ShipmentIndex index = state_.shipments().Find(shipment);
  if (!index.valid()) return false;
  const Shipment& found = state_.shipments().at(index);
  return Sees(found.from) || Sees(found.to);
}

bool ReadingRights::SeesBlock(std::string_view block) const {
  if (whole()) return true;
  const BlockIndex index = state_.credits().Find(block);
  if (!index.valid()) return false;
  const Block& found = state_.credits().at(index);
  return std::any_of(
      bindings_.begin(), bindings_.end(), [&](const Binding* binding) {
        if (found.issuer == binding->party && binding->sites.empty()) {
          return true;
        }
        if (OwnsScheme(*binding, found.scheme) ||
            Certifies(*binding, found.scheme, found.site)) {
          return true;
        }
        return std::any_of(found.runs.begin(), found.runs.end(),
                           [&](const auto& run) {
                             return run.second.status.holder == binding->party;
                           });
      });
}

// Of an event that names schemes, one of them must be that of a certificate
// for the site.
bool ReadingRights::CertifiesOneOf(const Binding& binding,
                                   const EventSubjects& subjects,
                                   const std::vector<SiteIndex>& sites) const {
  return std::any_of(sites.begin(), sites.end(), [&](SiteIndex site) {
    if (subjects.schemes.empty()) {
      return Certifies(binding, SchemeIndex(), site);
    }
    return std::any_of(subjects.schemes.begin(), subjects.schemes.end(),
                       [&](std::string_view name) {
                         const SchemeIndex scheme = state_.schemes().Find(name);
                         return scheme.valid() &&
                                Certifies(binding, scheme, site);
                       });
  });
}

bool ReadingRights::CertifiesEvent(const Event& event) const {
  if (whole()) return true;
  const EventSubjects subjects = SubjectsOf(event);
  std::vector<SiteIndex> sites;
  for (const std::string_view name : subjects.sites) {
    sites.push_back(state_.registry().site_names.Find(name));
  }
  for (const std::string_view name : subjects.shipments) {
    const ShipmentIndex index = state_.shipments().Find(name);
    if (!index.valid()) continue;
    sites.push_back(state_.shipments().at(index).from);
    sites.push_back(state_.shipments().at(index).to);
  }
  return std::any_of(bindings_.begin(), bindings_.end(),
                     [&](const Binding* binding) {
                       return CertifiesOneOf(*binding, subjects, sites);
                     });
}

bool ReadingRights::SeesEventAs(const Binding& binding,
                                const Event& event) const {
  const EventSubjects subjects = SubjectsOf(event);
  const auto site_of = [&](std::string_view name) {
    return state_.registry().site_names.Find(name);
  };
  const auto any = [](const EventSubjects::Names& names, const auto& matches) {
    return std::any_of(names.begin(), names.end(), matches);
  };
  const auto certified = [&](std::string_view site) {
    return CertifiesOneOf(binding, subjects, {site_of(site)});
  };
  if (any(subjects.sites, certified) ||
      any(subjects.schemes, [&](std::string_view name) {
        return OwnsScheme(binding, state_.schemes().Find(name));
      })) {
    return true;
  }
  if (binding.sites.empty()) {
    return Concerns(state_, event, subjects, binding.party);
  }
  return any(subjects.sites, [&](std::string_view name) {
    return Owns(binding, site_of(name));
  });
}

bool ReadingRights::SeesEvent(const Event& event) const {
  return whole() || std::any_of(bindings_.begin(), bindings_.end(),
                                [&](const Binding* binding) {
                                  return SeesEventAs(*binding, event);
                                });
}

// Of what ends a shipment, the side that ended it.
bool ReadingRights::EndedBy(const Event& event,
                            std::string_view shipment) const {
  const ShipmentIndex index = state_.shipments().Find(shipment);
  if (!index.valid()) return false;
  const Shipment& found = state_.shipments().at(index);
  const bool sender = std::holds_alternative<const Recall*>(event.body) ||
                      std::holds_alternative<const Lapse*>(event.body);
  return Sees(sender ? found.from : found.to);
}

bool ReadingRights::OwnsEvent(const Event& event) const {
  if (whole()) return true;
  const EventSubjects subjects = SubjectsOf(event);
  if (!event.actor.empty()) {
    if (SeesParty(event.actor)) return true;
    // A certification body sees all of what it certified.
    return !subjects.sites.empty() && !OwnsSite(subjects.sites.front()) &&
           SeesSite(subjects.sites.front());
  }
  if (!subjects.sites.empty()) return SeesSite(subjects.sites.front());
  if (!subjects.shipments.empty()) {
    return EndedBy(event, subjects.shipments.front());
  }
  return !subjects.parties.empty() && SeesParty(subjects.parties.front());
}

void WithRights(const Ledger& ledger, std::string_view principal,
                absl::FunctionRef<void(const ReadingRights&)> read) {
  ledger.reader().Read(
      [&](const View& view) { read(ReadingRights(view.state, principal)); });
}

}  // namespace tally

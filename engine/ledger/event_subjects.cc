#include "engine/ledger/event_subjects.h"

#include <algorithm>
#include <span>
#include <type_traits>
#include <variant>

namespace tally {
namespace {

// Visits the fields of a body and of the structs in it, and keeps the names.
class Collector {
 public:
  explicit Collector(EventSubjects* subjects) : subjects_(subjects) {}

  void operator()(int, std::string_view field, std::string_view name) {
    EventSubjects::Names* names = ListOf(field);
    if (names != nullptr && !name.empty()) names->push_back(name);
  }
  void operator()(int number, std::string_view field,
                  std::span<const std::string_view> names) {
    for (const std::string_view name : names) (*this)(number, field, name);
  }
  template <typename T>
  void operator()(int, std::string_view, std::span<const T> things) {
    for (const T& thing : things) Enter(thing);
  }
  template <typename T>
  void operator()(int, std::string_view, const T& thing) {
    Enter(thing);
  }

 private:
  template <typename T>
  void Enter(const T& thing) {
    if constexpr (requires { &T::template Visit<const T, Collector>; }) {
      T::Visit(thing, *this);
    }
  }

  EventSubjects::Names* ListOf(std::string_view field) {
    if (field == "site" || field == "from_site" || field == "to_site" ||
        field == "sites") {
      return &subjects_->sites;
    }
    if (field == "product" || field == "products" || field == "to_product") {
      return &subjects_->products;
    }
    if (field == "party" || field == "holder" || field == "body" ||
        field == "from_party" || field == "to_party") {
      return &subjects_->parties;
    }
    if (field == "certificate") return &subjects_->certificates;
    if (field == "shipment") return &subjects_->shipments;
    if (field == "scheme") return &subjects_->schemes;
    return nullptr;
  }

  EventSubjects* subjects_;
};

PartyIndex OwnerOf(const State& state, SiteIndex site) {
  return site.valid() ? state.registry().at(site).party : PartyIndex();
}

bool OwnsSite(const State& state, std::string_view site, PartyIndex party) {
  return OwnerOf(state, state.registry().site_names.Find(site)) == party;
}

bool HoldsCertificate(const State& state, std::string_view name,
                      PartyIndex party) {
  const CertificateIndex index = state.certificates().Find(name);
  if (!index.valid()) return false;
  const Certificate& certificate = state.certificates().at(index);
  return certificate.holder == party || certificate.body == party;
}

bool SendsOrReceives(const State& state, std::string_view name,
                     PartyIndex party) {
  const ShipmentIndex index = state.shipments().Find(name);
  if (!index.valid()) return false;
  const Shipment& shipment = state.shipments().at(index);
  return OwnerOf(state, shipment.from) == party ||
         OwnerOf(state, shipment.to) == party;
}

}  // namespace

EventSubjects SubjectsOf(const Event& event) {
  EventSubjects subjects;
  Collector collector(&subjects);
  std::visit(
      [&collector](const auto& body) {
        using Alternative = std::decay_t<decltype(body)>;
        if constexpr (std::is_pointer_v<Alternative>) {
          std::remove_cvref_t<decltype(*body)>::Visit(*body, collector);
        }
      },
      event.body);
  return subjects;
}

bool Concerns(const State& state, const Event& event,
              const EventSubjects& subjects, PartyIndex party) {
  if (!party.valid()) return false;
  const std::string_view name = state.registry().party_names.NameOf(party);
  const auto any = [](const EventSubjects::Names& names, const auto& matches) {
    return std::any_of(names.begin(), names.end(), matches);
  };
  return event.actor == name ||
         any(subjects.parties,
             [&](std::string_view named) { return named == name; }) ||
         any(subjects.sites,
             [&](std::string_view site) {
               return OwnsSite(state, site, party);
             }) ||
         any(subjects.certificates,
             [&](std::string_view certificate) {
               return HoldsCertificate(state, certificate, party);
             }) ||
         any(subjects.shipments, [&](std::string_view shipment) {
           return SendsOrReceives(state, shipment, party);
         });
}

std::string_view MainParty(const State& state, const Event& event,
                           const EventSubjects& subjects) {
  if (!event.actor.empty()) return event.actor;
  if (!subjects.parties.empty()) return subjects.parties.front();
  const Registry& registry = state.registry();
  if (!subjects.sites.empty()) {
    const PartyIndex owner =
        OwnerOf(state, registry.site_names.Find(subjects.sites.front()));
    if (owner.valid()) return registry.party_names.NameOf(owner);
  }
  return {};
}

}  // namespace tally

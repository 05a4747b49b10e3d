// Parties, products, sites; schemes, certificates, sources.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/limits.h"
#include "engine/profile/parse_profile.h"
#include "engine/snapshot/named_things.h"

namespace tally {

void Write(const Registry& table, StateWriter& out) {
  const auto& [product_names, products, party_names, parties, site_names, sites,
               pool_names, pools, scope_names, scopes, scope_sites] = table;
  out.Enter("registry");
  WriteNames(product_names, out);
  out(products);
  WriteNames(party_names, out);
  out(parties);
  WriteNames(site_names, out);
  out(sites);
  WriteNames(pool_names, out);
  out(pools);
  WriteNames(scope_names, out);
  out(scopes, scope_sites);
}

void Read(StateReader& in, Registry* table) {
  in.Enter("registry");
  const auto check = [&in](int64_t names, size_t things, int64_t counted) {
    CheckCount(in, names, counted);
    CheckCount(in, static_cast<int64_t>(things), counted);
  };
  ReadNames(in, &table->product_names);
  in(table->products);
  check(table->product_names.size(), table->products.size(),
        in.counts.products);
  ReadNames(in, &table->party_names);
  in(table->parties);
  check(table->party_names.size(), table->parties.size(), in.counts.parties);
  ReadNames(in, &table->site_names);
  in(table->sites);
  check(table->site_names.size(), table->sites.size(), in.counts.sites);
  ReadNames(in, &table->pool_names);
  in(table->pools);
  check(table->pool_names.size(), table->pools.size(), in.counts.pools);
  ReadNames(in, &table->scope_names);
  in(table->scopes, table->scope_sites);
  check(table->scope_names.size(), table->scopes.size(), in.counts.scopes);
  CheckCount(in, static_cast<int64_t>(table->scope_sites.size()),
             in.counts.scopes);
  for (const Product& product : table->products) {
    if (product.decimals < 0 || product.decimals > kDecimalsMax) {
      in.Fail("a product with other decimals than there can be");
    }
  }
}

// A scheme is the text of each of its profiles, parsed as when it was new.
void Write(const Schemes& table, StateWriter& out) {
  const auto [names, all_versions, with_percentage] = SnapshotAccess::Of(table);
  out.Enter("schemes");
  out.Unsigned(all_versions.size());
  for (const auto& versions : all_versions) {
    out.Unsigned(versions.size());
    for (const std::shared_ptr<const Profile>& profile : versions) {
      out(profile->json);
    }
  }
}

namespace {

void ReadProfile(StateReader& in, SchemeIndex scheme, Schemes* table) {
  std::string json;
  in(json);
  if (!in.ok()) return;
  std::vector<Violation> violations;
  std::optional<Profile> profile = ParseProfile(json, &violations);
  if (!profile) return in.Fail("a profile that is none");
  const SchemeIndex known = table->Find(profile->scheme);
  const bool first = scheme.value() == table->size();
  if (first ? known.valid() : known != scheme) {
    return in.Fail("a profile of another scheme");
  }
  if (!first && table->Versions(scheme).back()->effective_from >=
                    profile->effective_from) {
    return in.Fail("profiles that are not in order");
  }
  table->Add(std::make_shared<const Profile>(*std::move(profile)));
}

}  // namespace

void Read(StateReader& in, Schemes* table) {
  in.Enter("schemes");
  ReadEach(in, [&] {
    const SchemeIndex scheme(table->size());
    ReadEach(in, [&] { ReadProfile(in, scheme, table); });
    if (in.ok() && table->size() == scheme.value()) {
      in.Fail("a scheme without a profile");
    }
  });
  CheckCount(in, table->size(), in.counts.schemes);
}

namespace {

auto OrderOf(const CapKey& key) {
  const auto& [product, year, use, member] = key;
  return std::tuple(product, year, use, member);
}

void Write(const Certificate& certificate, StateWriter& out) {
  const auto& [scheme, holder, body, from, calendar_years, non_claiming, caps,
               granted, amendments, statuses, extensions, members, used,
               terms] = certificate;
  out(scheme, holder, body, from, calendar_years, non_claiming, caps, granted,
      amendments, statuses, extensions, members);
  const auto entries = Sorted(
      used, [](const auto& entry) { return !entry.second.IsZero(); },
      [](const auto& entry) { return OrderOf(entry.first); });
  out.Unsigned(entries.size());
  for (const auto* entry : entries) out(*entry);
}

void Read(StateReader& in, Certificate* certificate) {
  Certificate& c = *certificate;
  in(c.scheme, c.holder, c.body, c.from, c.calendar_years, c.non_claiming,
     c.caps, c.granted, c.amendments, c.statuses, c.extensions, c.members);
  ReadEach(in, [&] {
    CapKey key;
    Quantity quantity;
    in(key, quantity);
    if (!c.used.emplace(key, quantity).second) in.Fail("a key twice");
  });
  RebuildTerms(certificate);
}

}  // namespace

// What each call of Cover() was the first to list is there to be taken back:
// of no use once it is durable.
void Write(const Certificates& table, StateWriter& out) {
  const auto [names, certificates, of_site, of_holder, newly_covered] =
      SnapshotAccess::Of(table);
  out.Enter("certificates");
  WriteNames(names, out);
  for (const Certificate& certificate : certificates) Write(certificate, out);
  const auto entries = Sorted(
      of_site, [](const auto& entry) { return !entry.second.empty(); },
      [](const auto& entry) { return entry.first; });
  out.Unsigned(entries.size());
  for (const auto* entry : entries) out(*entry);
}

void Read(StateReader& in, Certificates* table) {
  auto [names, certificates, of_site, of_holder, newly_covered] =
      SnapshotAccess::Of(*table);
  in.Enter("certificates");
  ReadNames(in, &names);
  CheckCount(in, names.size(), in.counts.certificates);
  for (int32_t i = 0; i < names.size() && in.ok(); ++i) {
    Certificate& certificate = certificates.emplace_back();
    Read(in, &certificate);
    of_holder[{certificate.scheme, certificate.holder}].push_back(
        CertificateIndex(i));
  }
  ReadEach(in, [&, &of_site = of_site] {
    std::pair<SchemeIndex, SiteIndex> key;
    std::vector<CertificateIndex> list;
    in(key, list);
    if (!of_site.emplace(key, std::move(list)).second) in.Fail("a key twice");
  });
}

void Write(const Sources& table, StateWriter& out) {
  const auto [changes] = SnapshotAccess::Of(table);
  out.Enter("sources");
  const auto entries = Sorted(
      changes,
      [](const auto& entry) -> const std::string& { return entry.first; });
  out.Unsigned(entries.size());
  for (const auto* entry : entries) out(*entry);
}

void Read(StateReader& in, Sources* table) {
  auto [changes] = SnapshotAccess::Of(*table);
  in.Enter("sources");
  ReadEach(in, [&, &changes = changes] {
    std::string source;
    std::vector<SourceChange> list;
    in(source, list);
    if (!changes.emplace(source, std::move(list)).second)
      in.Fail("a key twice");
  });
}

}  // namespace tally

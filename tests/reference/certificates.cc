#include "tests/reference/certificates.h"

#include <algorithm>

#include "tests/reference/account.h"

namespace tally::reference {

namespace {

constexpr std::string_view kRungs[] = {"CERT_INVALID", "CERT_SUSPENDED",
                                       "OUT_OF_SCOPE", "CAP_EXCEEDED"};
constexpr int kPassed = 4;

bool IsFrozen(const std::string& policy, Direction direction) {
  if (policy == "SELL_EXISTING") return direction == Direction::kIn;
  if (policy == "QUARANTINE") return direction == Direction::kOut;
  return true;
}

// The year of the cap that holds `date`.
Span CapYear(const Profile& profile, const Certificate& certificate,
             Date date) {
  if (profile.calendar_cap_year || date < certificate.from) {
    const int year = YearOf(date);
    return {MakeDate(year, 1, 1), MakeDate(year, 12, 31)};
  }
  int years = 0;
  while (AddMonths(certificate.from, 12 * (years + 1)) <= date) ++years;
  return {AddMonths(certificate.from, 12 * years),
          AddMonths(certificate.from, 12 * (years + 1)) - 1};
}

bool Contains(const Span& span, Date date) {
  return span.first <= date && date <= span.last;
}

// The cap of a year with its extensions.
Units CapOf(const Certificate& certificate, const std::string& product,
            Units cap, const Span& year) {
  for (const Extension& extension : certificate.extensions) {
    if (extension.product != product) continue;
    if (Contains(year, extension.date)) cap += extension.quantity;
  }
  return cap;
}

// What was drawn in a year; `member` narrows to one member's draws.
Units Drawn(const World& world, const Plan* plan, const CapDraw& like,
            const Span& year) {
  Units total = 0;
  const auto add = [&](const CapDraw& draw) {
    if (draw.certificate != like.certificate || draw.given_back ||
        draw.product != like.product || draw.originated != like.originated ||
        !Contains(year, draw.date)) {
      return;
    }
    if (!like.member.empty() && draw.member != like.member) return;
    total += draw.quantity;
  };
  for (const CapDraw& draw : world.cap_draws) add(draw);
  if (plan == nullptr) return total;
  for (const CapDraw& draw : plan->cap_draws) add(draw);
  return total;
}

CapDraw DrawOf(const Certificate& certificate, const CertifiedMove& move,
               const Plan& plan) {
  return {.certificate = certificate.id,
          .product = move.product,
          .member = move.member,
          .originated = move.direction == Direction::kIn,
          .date = plan.date,
          .quantity = move.quantity,
          .shipment = move.shipment,
          .position = plan.position};
}

bool WithinCaps(const World& world, const Certificate& certificate,
                const CertifiedMove& move, const Plan& plan) {
  const Profile& profile = world.schemes.at(certificate.scheme);
  if (!profile.volume_cap || !move.capped) return true;
  const Span year = CapYear(profile, certificate, plan.date);
  CapDraw draw = DrawOf(certificate, move, plan);
  draw.member.clear();
  const auto cap = certificate.caps.find(move.product);
  if (cap != certificate.caps.end() &&
      Drawn(world, &plan, draw, year) + move.quantity >
          CapOf(certificate, move.product, cap->second, year)) {
    return false;
  }
  if (move.member.empty()) return true;
  const auto member = certificate.member_caps.find(move.member);
  if (member == certificate.member_caps.end()) return true;
  const auto member_cap = member->second.find(move.product);
  if (member_cap == member->second.end()) return true;
  draw.member = move.member;
  return Drawn(world, &plan, draw, year) + move.quantity <= member_cap->second;
}

// Whether enough members of a group comply; each does when it joins.
bool IsLicensed(const Profile& profile, const Certificate& certificate,
                Date date) {
  if (!profile.min_compliant_pct) return true;
  int members = 0;
  int compliant = 0;
  for (const auto& [member, since] : certificate.member_since) {
    if (since > date) continue;
    ++members;
    Date latest = kFirstDate;
    bool complies = true;
    for (const MemberResult& result : certificate.member_results) {
      if (result.member != member || result.from > date ||
          result.from < latest) {
        continue;
      }
      latest = result.from;
      complies = result.compliant;
    }
    if (complies) ++compliant;
  }
  return Rational(compliant) * Rational(100) >=
         Rational(members) * *profile.min_compliant_pct;
}

// How far up the ladder of refusals a certificate gets.
int Climb(const World& world, const Certificate& certificate,
          const CertifiedMove& move, const Plan& plan) {
  const Profile& profile = world.schemes.at(certificate.scheme);
  const CertificateState state = StateOn(certificate, plan.date);
  if (plan.date < state.from || plan.date > state.to) return 0;
  if (state.status == "SUSPENDED") {
    if (IsFrozen(profile.suspended_stock, move.direction)) return 1;
  } else if (state.status != "VALID") {
    return 0;
  }
  if (!IsLicensed(profile, certificate, plan.date)) return 0;
  const bool product =
      state.products.contains("*") || state.products.contains(move.product);
  if (!product || certificate.scheme != move.claim.scheme ||
      !state.sites.contains(move.site) ||
      !state.models.contains(move.claim.model)) {
    return 2;
  }
  if (!move.member.empty()) {
    const auto since = certificate.member_since.find(move.member);
    if (since == certificate.member_since.end() || plan.date < since->second) {
      return 2;
    }
  }
  return WithinCaps(world, certificate, move, plan) ? kPassed : 3;
}

}  // namespace

CertificateState StateOn(const Certificate& certificate, Date date) {
  CertificateState state{.sites = certificate.sites,
                         .products = certificate.products,
                         .models = certificate.models,
                         .from = certificate.from,
                         .to = certificate.to,
                         .level = certificate.level,
                         .status = "VALID"};
  std::vector<Amendment> amendments = certificate.amendments;
  std::stable_sort(amendments.begin(), amendments.end(),
                   [](const Amendment& a, const Amendment& b) {
                     return a.effective_from < b.effective_from;
                   });
  for (const Amendment& amendment : amendments) {
    if (amendment.effective_from > date) continue;
    if (amendment.sites) state.sites = *amendment.sites;
    if (amendment.products) state.products = *amendment.products;
    if (amendment.models) state.models = *amendment.models;
    if (amendment.to) state.to = *amendment.to;
    if (amendment.level) state.level = *amendment.level;
  }
  Date since = kFirstDate;
  for (const StatusChange& change : certificate.statuses) {
    if (change.effective_from > date || change.effective_from < since) continue;
    since = change.effective_from;
    state.status = change.status;
  }
  return state;
}

bool Concerns(const World& world, const Certificate& certificate,
              const std::string& site) {
  if (certificate.holder == world.sites.at(site).party) return true;
  if (certificate.sites.contains(site)) return true;
  return std::any_of(
      certificate.amendments.begin(), certificate.amendments.end(),
      [&](const Amendment& amendment) {
        return amendment.sites && amendment.sites->contains(site);
      });
}

void CheckCertified(const World& world, const CertifiedMove& move, Plan* plan) {
  const Profile& profile = world.schemes.at(move.claim.scheme);
  if (!profile.certificate_required && move.certificate.empty()) return;
  const Certificate* best = nullptr;
  int furthest = -1;
  for (const Certificate& certificate : world.certificates) {
    if (move.certificate.empty() ? certificate.scheme != move.claim.scheme ||
                                       !Concerns(world, certificate, move.site)
                                 : certificate.id != move.certificate) {
      continue;
    }
    const int rung = Climb(world, certificate, move, *plan);
    if (rung <= furthest) continue;
    furthest = rung;
    best = &certificate;
  }
  if (best == nullptr) {
    plan->Refuse("CERT_INVALID", "no certificate for " + move.site);
    return;
  }
  if (furthest < kPassed) {
    plan->Refuse(kRungs[furthest], best->id);
  }
  if (move.capped) plan->cap_draws.push_back(DrawOf(*best, move, *plan));
}

void CheckReceiptPapers(const World& world, const ClaimSet& claims,
                        Plan* plan) {
  const bool required =
      std::any_of(claims.begin(), claims.end(), [&](const Claim& claim) {
        return world.schemes.at(claim.scheme).certificate_required;
      });
  if (!required) return;
  const std::string supplier = plan->Text("supplier_certificate");
  if (supplier.empty()) plan->Refuse("DOC_INCOMPLETE", "supplier_certificate");
  if (!plan->event.contains("document")) {
    plan->Refuse("DOC_INCOMPLETE", "document");
  }
  const Certificate* certificate = world.FindCertificate(supplier);
  if (certificate == nullptr) return;
  const CertificateState state = StateOn(*certificate, plan->date);
  const bool dated = state.from <= plan->date && plan->date <= state.to;
  if (dated && state.status == "VALID") return;
  plan->Refuse(
      dated && state.status == "SUSPENDED" ? "CERT_SUSPENDED" : "CERT_INVALID",
      supplier);
}

std::optional<Units> RemainingVolume(const World& world,
                                     const Certificate& certificate,
                                     const std::string& product, Date date) {
  const Profile& profile = world.schemes.at(certificate.scheme);
  const auto cap = certificate.caps.find(product);
  if (!profile.volume_cap || cap == certificate.caps.end()) return {};
  const Span year = CapYear(profile, certificate, date);
  CapDraw like;
  like.certificate = certificate.id;
  like.product = product;
  like.originated = true;
  const Units originated = Drawn(world, nullptr, like, year);
  like.originated = false;
  const Units delivered = Drawn(world, nullptr, like, year);
  return CapOf(certificate, product, cap->second, year) -
         std::max(originated, delivered);
}

std::vector<Date> CertificateGaps(const World& world, const Profile& profile,
                                  const std::string& scope) {
  std::set<Date> edges;
  std::vector<const Certificate*> certificates;
  for (const Certificate& certificate : world.certificates) {
    if (certificate.scheme != profile.scheme) continue;
    const bool concerned = std::any_of(
        world.sites.begin(), world.sites.end(), [&](const auto& site) {
          return ScopeOf(world, profile, site.first) == scope &&
                 Concerns(world, certificate, site.first);
        });
    if (!concerned) continue;
    certificates.push_back(&certificate);
    edges.insert(certificate.to + 1);
    for (const Amendment& amendment : certificate.amendments) {
      edges.insert(amendment.effective_from);
      if (amendment.to) edges.insert(*amendment.to + 1);
    }
    for (const StatusChange& change : certificate.statuses) {
      edges.insert(change.effective_from);
    }
  }
  std::vector<Date> gaps;
  for (const Date edge : edges) {
    const bool covered = std::any_of(
        certificates.begin(), certificates.end(),
        [&](const Certificate* certificate) {
          const CertificateState state = StateOn(*certificate, edge);
          return state.from <= edge && edge <= state.to &&
                 (state.status == "VALID" || state.status == "SUSPENDED");
        });
    if (!covered) gaps.push_back(edge);
  }
  return gaps;
}

std::string CertifiedLevel(const World& world, const std::string& scheme,
                           const std::string& site, Date date) {
  const Profile& profile = world.schemes.at(scheme);
  std::string best;
  for (const Certificate& certificate : world.certificates) {
    if (certificate.scheme != scheme) continue;
    const CertificateState state = StateOn(certificate, date);
    if (date < state.from || date > state.to || !state.sites.contains(site)) {
      continue;
    }
    if (profile.LevelRank(state.level) > profile.LevelRank(best)) {
      best = state.level;
    }
  }
  return best;
}

}  // namespace tally::reference

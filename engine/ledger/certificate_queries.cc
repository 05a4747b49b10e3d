#include "engine/ledger/certificate_queries.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/account_names.h"
#include "engine/ledger/ask.h"
#include "engine/ledger/find_names.h"
#include "engine/ledger/ordered_names.h"
#include "engine/rules/coverage.h"

namespace tally {
namespace {

DateRange YearRange(const Certificate& certificate, int32_t year) {
  if (certificate.calendar_years) {
    const int first_year = certificate.from.year() + year;
    return {.first = Date::FromCivil(first_year, 1, 1),
            .last = Date::FromCivil(first_year, 12, 31)};
  }
  return {.first = certificate.from.AddMonths(12 * year),
          .last = certificate.from.AddMonths(12 * (year + 1)).AddDays(-1)};
}

CertificateVolume ViewVolume(const State& state, const Certificate& certificate,
                             ProductIndex product, int32_t year) {
  const Quantity cap = *certificate.CapOf(product, year);
  const Quantity originated = certificate.Used(
      {.product = product, .year = year, .use = CapUse::kOriginated});
  const Quantity delivered = certificate.Used(
      {.product = product, .year = year, .use = CapUse::kDelivered});
  // A cap and what was used of it are both at or above zero.
  const std::optional<Quantity> remaining =
      Difference(cap, std::max(originated, delivered));
  TALLY_CHECK(remaining.has_value());
  return {
      .product = std::string(state.registry().product_names.NameOf(product)),
      .cap = AmountOf(state, product, cap),
      .originated = AmountOf(state, product, originated),
      .delivered = AmountOf(state, product, delivered),
      .remaining = AmountOf(state, product, *remaining)};
}

void ViewTerms(const State& state, const CertifiedScope& terms,
               CertificateView* view) {
  for (const SiteIndex site : terms.sites) {
    view->sites.emplace_back(state.registry().site_names.NameOf(site));
  }
  if (terms.products.all) view->products.emplace_back("*");
  for (const ProductIndex product : terms.products.listed) {
    view->products.emplace_back(state.registry().product_names.NameOf(product));
  }
  view->models = terms.models;
  view->to = terms.to;
  view->level = terms.level;
}

// Before its first day a certificate covers nothing yet, but it has not
// expired either: it shows what it will be.
CertificateStatus ShownStatus(const Certificate& certificate, Date date) {
  return certificate.StatusAt(std::max(date, certificate.from));
}

CertificateView ViewCertificate(const State& state, CertificateIndex index,
                                Date date) {
  const Certificate& certificate = state.certificates().at(index);
  const Registry& registry = state.registry();
  const int32_t year = certificate.YearOf(date);
  CertificateView view{
      .certificate = std::string(state.certificates().NameOf(index)),
      .scheme = std::string(state.schemes().NameOf(certificate.scheme)),
      .holder = std::string(registry.party_names.NameOf(certificate.holder)),
      .body = std::string(registry.party_names.NameOf(certificate.body)),
      .status = ShownStatus(certificate, date),
      .from = certificate.from,
      .non_claiming = certificate.non_claiming,
      .year = YearRange(certificate, year),
      .member_count = static_cast<int64_t>(certificate.members.size()),
      .compliant_count = certificate.GroupOn(date).compliant,
      .compliant_needed = LeastCompliant(state, certificate, date),
      .without_licence = !HasLicence(state, certificate, date)};
  ViewTerms(state, certificate.TermsAt(date), &view);
  for (const auto& [product, cap] : certificate.caps) {
    view.volumes.push_back(ViewVolume(state, certificate, product, year));
  }
  std::sort(view.volumes.begin(), view.volumes.end(),
            [](const CertificateVolume& a, const CertificateVolume& b) {
              return a.product < b.product;
            });
  return view;
}

// The names of a list question as indices; not valid(): not asked for.
struct Filter {
  PartyIndex holder;
  PartyIndex body;
  SchemeIndex scheme;
  SiteIndex site;
  CertificateStatus status = CertificateStatus::kUnspecified;
  Date date;

  bool Takes(const Certificate& certificate) const {
    return (!holder.valid() || certificate.holder == holder) &&
           (!body.valid() || certificate.body == body) &&
           (!scheme.valid() || certificate.scheme == scheme) &&
           (!site.valid() || certificate.TermsAt(date).CoversSite(site)) &&
           (status == CertificateStatus::kUnspecified ||
            ShownStatus(certificate, date) == status);
  }
};

absl::StatusOr<Filter> FilterOf(const View& view,
                                const CertificateListQuestion& question) {
  const State& state = view.state;
  Filter filter{.status = question.status,
                .date = question.as_at.value_or(view.latest_date)};
  if (!question.holder.empty()) {
    ASSIGN_OR_RETURN(filter.holder,
                     FindPartyOf("holder", state, question.holder));
  }
  if (!question.body.empty()) {
    ASSIGN_OR_RETURN(filter.body, FindPartyOf("body", state, question.body));
  }
  if (!question.scheme.empty()) {
    ASSIGN_OR_RETURN(filter.scheme, FindScheme(state, question.scheme));
  }
  if (!question.site.empty()) {
    ASSIGN_OR_RETURN(filter.site, FindSite(state, question.site));
  }
  return filter;
}

absl::StatusOr<Page<CertificateView>> AskPage(
    const View& view, const CertificateListQuestion& question) {
  ASSIGN_OR_RETURN(const Filter filter, FilterOf(view, question));
  const Certificates& certificates = view.state.certificates();
  ASSIGN_OR_RETURN(
      const OrderedNames ordered,
      PageByName(
          certificates.size(), question.page,
          [&](int32_t i) { return certificates.NameOf(CertificateIndex(i)); },
          [&](int32_t i) {
            return filter.Takes(certificates.at(CertificateIndex(i)));
          }));
  Page<CertificateView> page{.standing = view.standing};
  for (const int32_t i : ordered.indices) {
    page.items.push_back(
        ViewCertificate(view.state, CertificateIndex(i), filter.date));
  }
  if (ordered.more) page.next = page.items.back().certificate;
  return page;
}

GroupMemberView ViewMember(const State& state, const GroupMember& member) {
  GroupMemberView view{.member = member.member};
  for (const auto& [product, cap] : member.caps) {
    view.caps.emplace_back(state.registry().product_names.NameOf(product),
                           AmountOf(state, product, cap));
  }
  return view;
}

absl::StatusOr<Page<GroupMemberView>> AskMembers(const View& view,
                                                 std::string_view certificate,
                                                 const PageQuestion& question) {
  ASSIGN_OR_RETURN(const CertificateIndex index,
                   FindCertificate(view.state, certificate));
  const std::vector<GroupMember>& members =
      view.state.certificates().at(index).members;
  ASSIGN_OR_RETURN(const OrderedNames ordered,
                   PageByName(
                       static_cast<int32_t>(members.size()), question,
                       [&](int32_t i) -> std::string_view {
                         return members[static_cast<size_t>(i)].member;
                       },
                       [](int32_t) { return true; }));
  Page<GroupMemberView> page{.standing = view.standing};
  for (const int32_t i : ordered.indices) {
    page.items.push_back(
        ViewMember(view.state, members[static_cast<size_t>(i)]));
  }
  if (ordered.more) page.next = page.items.back().member;
  return page;
}

}  // namespace

absl::StatusOr<CertificateAnswer> GetCertificate(const Ledger& ledger,
                                                 std::string_view certificate,
                                                 std::optional<Date> as_at) {
  return Ask<CertificateAnswer>(
      ledger, [&](const View& view) -> absl::StatusOr<CertificateAnswer> {
        ASSIGN_OR_RETURN(const CertificateIndex index,
                         FindCertificate(view.state, certificate));
        return CertificateAnswer{
            .standing = view.standing,
            .certificate = ViewCertificate(view.state, index,
                                           as_at.value_or(view.latest_date))};
      });
}

absl::StatusOr<Page<CertificateView>> ListCertificates(
    const Ledger& ledger, const CertificateListQuestion& question) {
  return Ask<Page<CertificateView>>(
      ledger, [&](const View& view) { return AskPage(view, question); });
}

absl::StatusOr<Page<GroupMemberView>> ListGroupMembers(
    const Ledger& ledger, std::string_view certificate,
    const PageQuestion& page) {
  return Ask<Page<GroupMemberView>>(ledger, [&](const View& view) {
    return AskMembers(view, certificate, page);
  });
}

}  // namespace tally

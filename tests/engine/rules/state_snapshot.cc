#include "tests/engine/rules/state_snapshot.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace tally {
namespace {

// Days on which dated things are looked at, from before all of them to after.
std::vector<Date> SampleDates() {
  std::vector<Date> dates;
  for (Date date = Date::FromCivil(2009, 12, 15);
       date < Date::FromCivil(2031, 1, 1); date = date.AddDays(31)) {
    dates.push_back(date);
  }
  return dates;
}

template <typename List>
std::string Numbers(const List& list) {
  std::vector<int64_t> numbers;
  for (const auto& element : list) {
    numbers.push_back(static_cast<int64_t>(element.value()));
  }
  return fmt::format("[{}]", fmt::join(numbers, " "));
}

class Writer {
 public:
  explicit Writer(const State& state) : state_(state) {}

  std::string Write() {
    WriteRegistry();
    WriteSchemes();
    WriteCertificates();
    WriteAccounts();
    WriteScopes();
    WriteBookStock();
    WriteFlows();
    WriteLots();
    WriteShipments();
    WriteBlocks();
    WriteRedemptions();
    WriteHolders();
    WriteNeeds();
    WriteHolds();
    WritePeriods();
    WriteContracts();
    WriteVoids();
    WriteSources();
    WriteBindings();
    return std::move(text_);
  }

 private:
  template <typename... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format,
                   std::forward<Args>(args)...);
    text_ += '\n';
  }

  int32_t Products() const { return state_.registry().product_names.size(); }
  int32_t Parties() const { return state_.registry().party_names.size(); }
  int32_t Sites() const { return state_.registry().site_names.size(); }

  void WriteRegistry() {
    const Registry& registry = state_.registry();
    for (int32_t i = 0; i < Products(); ++i) {
      const ProductIndex index(i);
      const Product& product = registry.at(index);
      Line("product {} {} {} {} {} pools {} {}",
           registry.product_names.NameOf(index), product.unit, product.decimals,
           product.group, Name(product.category), product.own_pool.value(),
           product.group_pool.value());
      for (int b = 1; b < kBoundaryCount; ++b) {
        const auto boundary = static_cast<Boundary>(b);
        Line("  boundary {} {}", b,
             static_cast<int64_t>(state_.BoundaryTotal(index, boundary)));
      }
      Line("  first of its group {}",
           registry.FirstOfGroup(product.group).value());
    }
    for (int32_t i = 0; i < Parties(); ++i) {
      const Party& party = registry.at(PartyIndex(i));
      Line("party {} {} roles {} scope {}",
           registry.party_names.NameOf(PartyIndex(i)), party.country,
           party.roles.size(), party.scope.value());
    }
    for (int32_t i = 0; i < Sites(); ++i) {
      const Site& site = registry.at(SiteIndex(i));
      Line("site {} of {} scopes {} {} {} {} kinds {}",
           registry.site_names.NameOf(SiteIndex(i)), site.party.value(),
           site.own_scope.value(), site.group_scope.value(),
           site.party_scope.value(), site.country_scope.value(),
           fmt::join(site.kinds, " "));
    }
    Line("pools {} scopes {}", registry.pools.size(), registry.scopes.size());
  }

  void WriteSchemes() {
    const Schemes& schemes = state_.schemes();
    for (int32_t i = 0; i < schemes.size(); ++i) {
      const SchemeIndex index(i);
      Line("scheme {}", schemes.NameOf(index));
      for (const auto& version : schemes.Versions(index)) {
        Line("  from {} is {}", version->effective_from.ToString(),
             version->name);
      }
      for (int32_t site = 0; site < Sites(); ++site) {
        Line("  certificates of site {}: {}", site,
             Numbers(state_.certificates().Of(index, SiteIndex(site))));
      }
      for (int32_t party = 0; party < Parties(); ++party) {
        Line("  certificates held by {}: {}", party,
             Numbers(state_.certificates().HeldBy(index, PartyIndex(party))));
      }
    }
  }

  void WriteCertificates() {
    const Certificates& certificates = state_.certificates();
    for (int32_t i = 0; i < certificates.size(); ++i) {
      const CertificateIndex index(i);
      const Certificate& certificate = certificates.at(index);
      Line("certificate {} of {} by {}", certificates.NameOf(index),
           certificate.holder.value(), certificate.body.value());
      for (const CertifiedScope& terms : certificate.terms) {
        Line("  from {} to {} sites {} products {} {} level {} models {}",
             terms.effective_from.ToString(), terms.to.ToString(),
             Numbers(terms.sites), terms.products.all,
             Numbers(terms.products.listed), terms.level, terms.models.size());
      }
      for (const StatusChange& change : certificate.statuses) {
        Line("  {} from {} at {}", Name(change.status),
             change.effective_from.ToString(), change.position);
      }
      for (const GroupMember& member : certificate.members) {
        Line("  member {} since {}", member.member, member.since.ToString());
      }
      WriteCaps(certificate);
    }
  }

  void WriteBookStock() {
    for (int32_t site = 0; site < Sites(); ++site) {
      for (int32_t product = 0; product < Products(); ++product) {
        for (const Date date : SampleDates()) {
          const int128 stock = state_.book_stock().At(
              SiteIndex(site), ProductIndex(product), date);
          if (stock == 0) continue;
          Line("stock of {} at {} on {}: {}", product, site, date.ToString(),
               FormatUnits(stock, 0));
        }
      }
    }
  }

  void WriteFlows() {
    const Registry& registry = state_.registry();
    for (const SchemeIndex scheme : state_.schemes().WithPercentage()) {
      for (int32_t scope = 0; scope < registry.scope_names.size(); ++scope) {
        for (int32_t pool = 0; pool < registry.pool_names.size(); ++pool) {
          const FlowKey key = {scheme, ScopeIndex(scope), PoolIndex(pool)};
          for (const MonthFlow& flow :
               state_.flows().Months(key, {Date::Min(), Date::Max()})) {
            Line("flow {} {} {} in {}: {} of {} in, {} of {} out",
                 scheme.value(), scope, pool, flow.month.ToString(),
                 FormatUnits(flow.sums.certified_in, 0),
                 FormatUnits(flow.sums.all_in, 0),
                 FormatUnits(flow.sums.certified_out, 0),
                 FormatUnits(flow.sums.all_out, 0));
          }
        }
      }
    }
  }

  void WriteCaps(const Certificate& certificate) {
    const auto members = static_cast<int32_t>(certificate.members.size());
    for (int32_t product = 0; product < Products(); ++product) {
      for (int32_t year = -1; year < 10; ++year) {
        const auto cap = certificate.CapOf(ProductIndex(product), year);
        for (const CapUse use : {CapUse::kOriginated, CapUse::kDelivered}) {
          for (int32_t member = -1; member < members; ++member) {
            const Quantity used =
                certificate.Used({ProductIndex(product), year, use, member});
            if (used.IsZero() && !cap) continue;
            Line("  cap {} year {} use {} member {}: {} of {}", product, year,
                 static_cast<int>(use), member, used.units(),
                 cap.value_or(Quantity(-1)).units());
          }
        }
      }
    }
  }

  void WriteVintages(const Account& account) {
    if (account.vintages == nullptr) return;
    for (const VintageMove& move : account.vintages->moves()) {
      Line("  move {} {} {} at {} of {} by {} merged {}", move.date.ToString(),
           static_cast<int>(move.kind), move.quantity.units(),
           move.site.value(), move.product.value(), move.shipment.value(),
           move.merged);
    }
    for (const auto& [key, quantity] : account.vintages->schedule()) {
      Line("  ends {} {} {}", key.date.ToString(), static_cast<int>(key.why),
           quantity.units());
    }
  }

  void WriteContracts() {
    const Contracts& contracts = state_.contracts();
    for (int32_t i = 0; i < contracts.size(); ++i) {
      const ContractIndex index(i);
      const Contract& contract = contracts.at(index);
      Line("contract {} {} {} of {} by {} open {}", contracts.NameOf(index),
           contract.sale, contract.delivered.units(), contract.quantity.units(),
           contract.deliver_by.ToString(),
           static_cast<int64_t>(contracts.OpenOf(contract.key, contract.sale,
                                                 Date::Max(),
                                                 {Date::Min(), Date::Max()})));
    }
    for (int32_t i = 0; i < state_.lots().size(); ++i) {
      const LotIndex lot(i);
      const auto* spent = state_.attribute_uses().SpentOf(lot);
      if (spent == nullptr) continue;
      Line("uses of {} gone {}", i, state_.attribute_uses().Gone(lot).units());
      for (const auto& [attribute, quantity] : *spent) {
        Line("  {} {}", attribute, quantity.units());
      }
    }
  }

  void WritePeriods() {
    for (int32_t i = 0; i < state_.registry().scope_names.size(); ++i) {
      const ScopeIndex scope(i);
      Line("sites of scope {}: {}", i,
           Numbers(state_.registry().SitesOf(scope)));
      for (const PeriodKey& key : state_.periods().OfScope(scope)) {
        for (const Period& period : state_.periods().Of(key)) {
          Line("  period {} {} {} to {} state {} {} {} {} {}", key.pool.value(),
               key.scheme.value(), period.days.first.ToString(),
               period.days.last.ToString(), static_cast<int>(period.state),
               period.opening.units(), period.closing.units(),
               period.expired.units(), period.overdraw_reason);
        }
      }
    }
  }

  void WriteAccounts() {
    const Accounts& accounts = state_.accounts();
    for (int32_t i = 0; i < accounts.size(); ++i) {
      const AccountIndex index(i);
      const Account& account = accounts.at(index);
      Line("account {} kind {} scope {} pool {} claims {} item {} found {}", i,
           static_cast<int>(account.key.kind), account.key.scope.value(),
           account.key.pool.value(),
           Numbers(state_.claim_sets().Members(account.key.claims)),
           account.key.item, accounts.Find(account.key).value());
      for (const DayBalance& day : account.timeline.days()) {
        Line("  {} {}", day.date.ToString(), day.balance.units());
      }
      Line("  first {} booked {}", account.timeline.FirstDay().days(),
           account.booked.units());
      WriteVintages(account);
      for (int32_t scheme = 0; scheme < state_.schemes().size(); ++scheme) {
        const ClaimIndex claim =
            ClaimOf(SchemeIndex(scheme), Model::kSegregated);
        Line("  sold under others than {}: {}", scheme,
             accounts.SoldUnderOthers(index, claim).units());
      }
    }
    Line("next claim set {}", state_.claim_sets().Next().value());
  }

  void WriteScopes() {
    const Registry& registry = state_.registry();
    const auto scopes = static_cast<int32_t>(registry.scopes.size());
    const auto pools = static_cast<int32_t>(registry.pools.size());
    for (int32_t scope = 0; scope < scopes; ++scope) {
      Line("scope {} accounts {}", scope,
           Numbers(state_.accounts().OfScope(ScopeIndex(scope))));
      for (int32_t pool = 0; pool < pools; ++pool) {
        Line("  several claims {}: {}", pool,
             Numbers(state_.accounts().OfSeveralClaims(ScopeIndex(scope),
                                                       PoolIndex(pool))));
      }
    }
  }

  void WriteLots() {
    const Lots& lots = state_.lots();
    for (int32_t i = 0; i < lots.size(); ++i) {
      const LotIndex index(i);
      const Lot& lot = lots.at(index);
      Line(
          "lot {} product {} made {} at {} on {} by {} source {} tainted {} "
          "colour {}",
          lots.NameOf(index), lot.product.value(), lot.made.units(),
          lot.made_at.value(), lot.made_on.ToString(), lot.position, lot.source,
          lot.tainted, Name(lot.attributes.source_status));
      for (const Parent& parent : lot.parents) {
        Line("  from {} {}", parent.lot.value(), parent.quantity.units());
      }
      Line("  children {} accounts {}", Numbers(lots.ChildrenOf(index)),
           Numbers(state_.accounts().OfLot(index)));
    }
  }

  void WriteShipments() {
    const Shipments& shipments = state_.shipments();
    for (int32_t i = 0; i < shipments.size(); ++i) {
      const ShipmentIndex index(i);
      const Shipment& shipment = shipments.at(index);
      Line("shipment {} {} from {} to {} {} on {} last {}",
           shipments.NameOf(index), Name(shipment.state), shipment.from.value(),
           shipment.to.value(), shipment.to_external,
           shipment.shipped_on.ToString(), shipment.last_day.days());
      for (const ShipmentLine& line : shipment.lines) {
        Line("  {} of {}, lot {} draws {} caps {}", line.accepted.units(),
             line.quantity.units(), line.lot.value(), line.draws.size(),
             line.cap_draws.size());
      }
    }
    for (int32_t site = 0; site < Sites(); ++site) {
      Line("site {} sends {} receives {}", site,
           Numbers(shipments.From(SiteIndex(site))),
           Numbers(shipments.To(SiteIndex(site))));
    }
    for (const Date date : SampleDates()) {
      const ShipmentIndex overdue = shipments.Overdue(date);
      if (!overdue.valid()) continue;
      Line("overdue on {}: {}", date.ToString(), overdue.value());
    }
  }

  void WriteBlocks() {
    const Credits& credits = state_.credits();
    for (int32_t i = 0; i < credits.size(); ++i) {
      const BlockIndex index(i);
      const Block& block = credits.at(index);
      Line("block {} of {} serials by {} evidence {} used {}",
           credits.NameOf(index), block.count, block.issuer.value(),
           block.evidence, credits.EvidenceUsed(block.evidence));
      for (const auto& [from, run] : block.runs) {
        Line("  {}-{} with {} state {} redemption {}", from, run.to,
             run.status.holder.value(), static_cast<int>(run.status.state),
             run.status.redemption);
      }
    }
  }

  void WriteRedemptions() {
    const Redemptions& redemptions = state_.redemptions();
    for (int32_t i = 0; i < redemptions.size(); ++i) {
      const Redemption& redemption = redemptions.at(i);
      Line("redemption {} of {} for {} withdrawals {}", redemption.position,
           redemption.quantity.units(), redemption.beneficiary,
           redemption.withdrawals.size());
    }
  }

  void WriteHolders() {
    const DateRange always{Date::Min(), Date::Max()};
    for (int32_t party = 0; party < Parties(); ++party) {
      for (int32_t scheme = 0; scheme < state_.schemes().size(); ++scheme) {
        for (int32_t product = 0; product < Products(); ++product) {
          const HolderKey key{PartyIndex(party), SchemeIndex(scheme),
                              ProductIndex(product)};
          const Held* held = state_.credits().HeldBy(key);
          if (held != nullptr) {
            for (const auto& [place, to] : *held) {
              Line("held by {}: {} {}-{}", party, place.block.value(),
                   place.from, to);
            }
          }
          for (const CoverSide side :
               {CoverSide::kClaimed, CoverSide::kRetired}) {
            const int128 sum =
                state_.covers().Within(key, always, side, Date::Max());
            if (sum != 0) {
              Line("cover {} {} {} side {}: {}", party, scheme, product,
                   static_cast<int>(side), static_cast<int64_t>(sum));
            }
          }
        }
      }
    }
  }

  void WriteNeeds() {
    std::vector<std::string> lines;
    for (const auto& [key, need] : state_.needs()) {
      lines.push_back(fmt::format(
          "need {} {} {} {}: {} debited {}", key.site.value(), key.process,
          key.input.value(), key.claim.value(),
          need.need.Rounded(Rounding::kUp).value_or(Quantity()).units(),
          need.debited.units()));
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) Line("{}", line);
  }

  void WriteVoids() {
    for (int32_t i = 0; i < state_.voids().size(); ++i) {
      const VoidedEvent& voided = state_.voids().at(i);
      Line("void {} by {} on {}", voided.event, voided.by,
           voided.date.ToString());
    }
    for (int32_t i = 0; i < state_.lots().size(); ++i) {
      if (!state_.voids().Reaches(state_.lots(), LotIndex(i))) continue;
      Line("void reaches lot {}", i);
    }
    for (int32_t i = 0; i < state_.accounts().size(); ++i) {
      for (const Withholding& withholding :
           state_.withholdings().Of(AccountIndex(i))) {
        Line("withheld from {}: {} for {}", i, withholding.quantity.units(),
             withholding.owing.size());
      }
    }
  }

  void WriteHolds() {
    const Holds& holds = state_.holds();
    for (int32_t i = 0; i < state_.lots().size(); ++i) {
      if (holds.Contains(HoldTarget(LotIndex(i)))) Line("held lot {}", i);
    }
    for (int32_t i = 0; i < state_.shipments().size(); ++i) {
      if (holds.Contains(HoldTarget(ShipmentIndex(i)))) {
        Line("held shipment {}", i);
      }
    }
    for (int32_t i = 0; i < state_.credits().size(); ++i) {
      if (holds.Contains(HoldTarget(BlockIndex(i)))) Line("held block {}", i);
    }
    for (int32_t site = 0; site < Sites(); ++site) {
      for (int32_t product = 0; product < Products(); ++product) {
        if (holds.Contains(
                HoldTarget(SiteIndex(site), ProductIndex(product)))) {
          Line("held stock {} {}", site, product);
        }
      }
    }
  }

  // Sources are asked for under the names of the sites.
  void WriteSources() {
    const SourceStatusTerms terms{.green_months = 12, .blue_months = 36};
    for (int32_t site = 0; site < Sites(); ++site) {
      const std::string_view name =
          state_.registry().site_names.NameOf(SiteIndex(site));
      for (const Date date : SampleDates()) {
        const SourceStatus status = state_.sources().At(name, date, terms);
        if (status == SourceStatus::kUnspecified) continue;
        Line("source {} {} {}", name, date.ToString(), Name(status));
      }
    }
  }

  void WriteBindings() {
    for (const Binding& binding : state_.bindings().all()) {
      Line("binding {} {} {} {} {}", binding.principal, binding.party.value(),
           Numbers(binding.sites), binding.since, binding.until);
    }
  }

  const State& state_;
  std::string text_;
};

}  // namespace

std::string SnapshotOf(const State& state) { return Writer(state).Write(); }

}  // namespace tally

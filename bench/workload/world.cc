#include "bench/workload/world.h"

#include <algorithm>
#include <array>

#include "engine/base/uuid.h"
#include "fmt/format.h"
#include "tallystick/v1/event.pb.h"

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;

constexpr std::string_view kProfile = R"({
  "scheme": "bench-coc-1",
  "models": {"IDENTITY_PRESERVED": {}, "SEGREGATED": {}, "MASS_BALANCE": {},
             "BOOK_AND_CLAIM": {"unit": "1", "issue_window_months": 600}},
  "downgrades": [["IDENTITY_PRESERVED", "SEGREGATED"],
                 ["SEGREGATED", "MASS_BALANCE"]],
  "conversions": [{"process": "refining", "input": "04099990000017",
                   "outputs": [{"product": "04099990000024",
                                "factor": "0.95"}]}],
  "certificate": {"required": false}})";

constexpr int64_t kShared = 3;  // the scheme and two products

bool HasCredits(const Mix& mix) {
  return mix.Has(Kind::kIssue) || mix.Has(Kind::kTransfer) ||
         mix.Has(Kind::kRedeem);
}

// Two parties at least where credits change hands, each with all its sites.
int64_t SitesOf(const WorkloadOptions& options) {
  const auto models =
      std::count_if(options.models.of.begin(), options.models.of.end(),
                    [](int weight) { return weight > 0; });
  const int64_t sites = std::max<int64_t>(2, options.accounts / models);
  if (!HasCredits(options.mix)) return sites;
  return std::max<int64_t>(200, (sites + 99) / 100 * 100);
}

v1::Model ModelOf(Custody model) {
  switch (model) {
    case Custody::kMassBalance:
      return v1::MODEL_MASS_BALANCE;
    case Custody::kSegregated:
      return v1::MODEL_SEGREGATED;
    case Custody::kIdentityPreserved:
      return v1::MODEL_IDENTITY_PRESERVED;
  }
  return v1::MODEL_UNSPECIFIED;
}

void DefineProduct(std::string_view product, v1::Event* event) {
  v1::DefineProduct* const define = event->mutable_define_product();
  define->set_product(std::string(product));
  define->set_unit("TNE");
  define->set_decimals(3);
}

void OpeningReceipt(std::string site, Custody model, v1::Event* event) {
  std::array<char, 24> text;
  v1::Receive* const receive = event->mutable_receive();
  receive->set_site(std::move(site));
  receive->set_product(std::string(kProduct));
  receive->set_quantity(std::string(Thousandths(kOpeningStock, &text)));
  receive->mutable_claim()->set_scheme(std::string(kScheme));
  receive->mutable_claim()->set_model(ModelOf(model));
  receive->set_supplier("stock of the day before");
}

}  // namespace

World::World(const WorkloadOptions& options)
    : options_(options),
      sites_(SitesOf(options)),
      watch_every_(std::max<int64_t>(2, sites_ / kWatchedMax + 1)),
      has_credits_(HasCredits(options.mix)) {}

// Every site has stock in each pool; lots are received as they are needed.
int64_t Setup::stocks() const {
  const Models& models = world_->options().models;
  int64_t pools = 0;
  if (models.Has(Custody::kMassBalance)) ++pools;
  if (models.Has(Custody::kSegregated)) ++pools;
  return pools * world_->sites();
}

int64_t Setup::size() const {
  const int64_t credits = world_->has_credits() ? 2 * world_->parties() : 0;
  return kShared + world_->parties() + world_->sites() + stocks() + credits;
}

// The scheme and the products are the same for every run: on a ledger that
// knows them they are answered as they were the first time.
std::string Setup::Event(int64_t number) const {
  const World& world = *world_;
  v1::Event event;
  event.set_id(
      UuidOfName(fmt::format("bench|{}|{}",
                             number < kShared ? 0 : world.options().run,
                             number))
          .ToString());
  event.mutable_occurred_at()->set_seconds(kFirstDaySeconds - kDaySeconds);
  if (number == 0) {
    event.mutable_define_scheme()->set_profile(std::string(kProfile));
  } else if (number < kShared) {
    DefineProduct(number == 1 ? kProduct : kRefinedProduct, &event);
  } else if ((number -= kShared) < world.parties()) {
    v1::RegisterParty* const party = event.mutable_register_party();
    party->set_party(world.party(number).str());
    party->add_roles(v1::PARTY_ROLE_OPERATOR);
    party->add_roles(v1::PARTY_ROLE_BRAND);
  } else if ((number -= world.parties()) < world.sites()) {
    v1::RegisterSite* const site = event.mutable_register_site();
    site->set_site(world.site(number).str());
    site->set_party(world.party(world.owner_of(number)).str());
  } else if ((number -= world.sites()) < stocks()) {
    const bool first = number < world.sites();
    const bool balanced = world.options().models.Has(Custody::kMassBalance);
    OpeningReceipt(
        world.site(number % world.sites()).str(),
        first && balanced ? Custody::kMassBalance : Custody::kSegregated,
        &event);
  } else {
    number -= stocks();
    const std::string site = world.site(number / 2 * 100 + 1).str();
    if (number % 2 == 0) {
      OpeningReceipt(site, Custody::kMassBalance, &event);
    } else {
      v1::IssueCredits* const issue = event.mutable_issue_credits();
      issue->set_site(site);
      issue->set_product(std::string(kProduct));
      issue->set_scheme(std::string(kScheme));
      issue->set_quantity(fmt::format("{}", kOpeningCredits));
      issue->set_vintage("2009");
      issue->set_block(fmt::format("opening/{}/{}", world.options().run, site));
    }
  }
  return event.SerializeAsString();
}

}  // namespace tally::bench

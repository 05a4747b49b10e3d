#include "tests/simulation/requests.h"

#include <array>

#include "fmt/format.h"
#include "tests/engine/ledger/ledger_fixture.h"

namespace tally::simulation {
namespace {

using Kind = Wish::Kind;

// Of a hundred wishes.
constexpr std::array<int, kWishKinds> kShares = {28, 12, 22, 11, 6,
                                                 5,  4,  4,  5,  3};
constexpr int64_t kReceivedMax = 60;
constexpr int64_t kTakenMax = 20;

Kind DrawKind(compare::Dice* dice) {
  int64_t at = dice->Number(0, 99);
  size_t kind = 0;
  while (at >= kShares[kind]) at -= kShares[kind++];
  return static_cast<Kind>(kind);
}

Accept AcceptOf(Batch* batch, const Wish& wish) {
  Accept accept{.shipment = batch->arena.Copy(wish.about)};
  if (wish.kind == Kind::kAccept) return accept;
  const std::span<AcceptLine> lines = batch->arena.NewArray<AcceptLine>(1);
  lines.front() = {.product = "oil",
                   .quantity = Dec(std::to_string(wish.quantity))};
  accept.lines = lines;
  accept.reason = "spilt";
  return accept;
}

// Of a wish that is about another event: two that make the same event, word
// for word, are the same wish.
void ForgetUnused(Wish* wish) {
  wish->site = 0;
  wish->to = 0;
  if (wish->kind != Kind::kAcceptPart) wish->quantity = 0;
}

void Add(const Wish& wish, BatchOf* batch) {
  const std::string quantity = std::to_string(wish.quantity);
  const std::string day = fmt::format("2025-01-{:02}", wish.day);
  const char* const site = kSites[wish.site];
  Batch* const made = batch->batch();
  const std::string_view about = made->arena.Copy(wish.about);
  switch (wish.kind) {
    case Kind::kReceive:
      batch->Add(wish.id, OilIn(site, quantity), day);
      return;
    case Kind::kShip:
    case Kind::kSend: {
      Ship ship = OilOut(made, wish.id, site, quantity);
      if (wish.kind == Kind::kSend) {
        ship.to_external = {};
        ship.to_site = kSites[wish.to];
      }
      batch->Add(wish.id, ship, day);
      return;
    }
    case Kind::kAccept:
    case Kind::kAcceptPart:
      batch->Add(wish.id, AcceptOf(made, wish), day);
      return;
    case Kind::kReject:
      batch->Add(wish.id, Reject{.shipment = about, .reason = "wet"}, day);
      return;
    case Kind::kRecall:
      batch->Add(wish.id, Recall{.shipment = about, .reason = "late"}, day);
      return;
    case Kind::kDowngrade:
      batch->Add(wish.id,
                 Downgrade{.site = site,
                           .product = "oil",
                           .quantity = Dec(quantity),
                           .claim = kOilClaim,
                           .to_model = Model::kConventional},
                 day);
      return;
    case Kind::kConsume:
      batch->Add(wish.id,
                 Consume{.site = site,
                         .product = "oil",
                         .quantity = Dec(quantity),
                         .claim = kOilClaim,
                         .beneficiary = "eater"},
                 day);
      return;
    case Kind::kVoid:
      batch->Add(wish.id,
                 Void{.event = UuidOfName(wish.about), .reason = "forged"},
                 day);
      return;
  }
}

}  // namespace

std::unique_ptr<Batch> WorldBatch() {
  static constexpr Role kRoles[] = {Role::kOperator};
  static constexpr std::string_view kWhen = "2025-01-01";
  BatchOf batch;
  batch.Add("scheme", DefineScheme{.profile = R"({"scheme": "s",
                "models": {"MASS_BALANCE": {}},
                "certificate": {"required": false},
                "confirm_within_days": 30})"},
            kWhen);
  batch.Add("oil",
            DefineProduct{.product = "oil", .unit = "KGM", .decimals = 0},
            kWhen);
  for (const char* const site : kSites) {
    // A party each: goods within one are not confirmed.
    const std::string_view owner =
        batch.batch()->arena.Copy(fmt::format("{}-co", site));
    batch.Add(owner, RegisterParty{.party = owner, .roles = kRoles}, kWhen);
    batch.Add(site, RegisterSite{.site = site, .party = owner}, kWhen);
  }
  return batch.Take();
}

Wish Requests::MakeWish(compare::Dice* dice) {
  Wish wish;
  wish.kind = DrawKind(dice);
  wish.site = static_cast<int>(dice->Number(0, kSiteCount - 1));
  wish.to = (wish.site + 1) % kSiteCount;
  wish.quantity =
      dice->Number(1, wish.kind == Kind::kReceive ? kReceivedMax : kTakenMax);
  // Most comes before most goes.
  wish.day =
      static_cast<int>(dice->Number(1, wish.kind == Kind::kReceive ? 14 : 28));
  switch (wish.kind) {
    case Kind::kAccept:
    case Kind::kAcceptPart:
    case Kind::kReject:
    case Kind::kRecall:
      if (sent_.empty()) break;
      wish.about = dice->Of(sent_).id;
      wish.day = 28;
      ForgetUnused(&wish);
      return wish;
    case Kind::kVoid:
      if (received_.empty()) break;
      wish.about =
          dice->Of(dice->Percent(20) && !sent_.empty() ? sent_ : received_).id;
      ForgetUnused(&wish);
      return wish;
    case Kind::kReceive:
    case Kind::kShip:
    case Kind::kSend:
    case Kind::kDowngrade:
    case Kind::kConsume:
      return wish;
  }
  wish.kind = Kind::kReceive;
  return wish;
}

Request Requests::Make(int client, int number, compare::Dice* dice) {
  Request request;
  const int64_t count = dice->Number(1, 4);
  for (int64_t i = 0; i < count; ++i) {
    Wish wish = MakeWish(dice);
    wish.id = dice->Percent(5) && number > 0
                  ? fmt::format("{}/{}/0", client, dice->Number(0, number - 1))
                  : fmt::format("{}/{}/{}", client, number, i);
    if (wish.kind == Kind::kSend) sent_.push_back(wish);
    if (wish.kind == Kind::kReceive) received_.push_back(wish);
    request.wishes.push_back(std::move(wish));
  }
  if (dice->Percent(30)) request.mode = BatchMode::kAllOrNone;
  request.validate_only = dice->Percent(10);
  return request;
}

std::unique_ptr<Batch> BatchOfRequest(const Request& request) {
  BatchOf batch;
  if (request.mode == BatchMode::kAllOrNone) batch.AllOrNone();
  if (request.validate_only) batch.ValidateOnly();
  for (const Wish& wish : request.wishes) Add(wish, &batch);
  return batch.Take();
}

}  // namespace tally::simulation

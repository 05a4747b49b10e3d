#include "tests/reference/expiry.h"

#include <algorithm>
#include <set>
#include <utility>

#include "tests/reference/certificates.h"

namespace tally::reference {

namespace {

struct Entry {
  Date entered;
  Holding holding;
  Units left = 0;
  Date back = kFirstDate;  // when what was used last came back
};

bool IsEntry(Cause cause) {
  switch (cause) {
    case Cause::kOriginate:
    case Cause::kReceive:
    case Cause::kAccept:
    case Cause::kProcessOut:
    case Cause::kDowngrade:
    case Cause::kAdjust:
    case Cause::kTransfer:
      return true;
    case Cause::kShip:
    case Cause::kReturn:
    case Cause::kProcessIn:
    case Cause::kConsume:
    case Cause::kBook:
    case Cause::kExpiry:
    case Cause::kGap:
      return false;
  }
  return false;
}

// Plays one account through time, stock of one set of claims at a time.
class Playback {
 public:
  Playback(const Account& account, std::optional<int> months,
           std::vector<Date> gaps)
      : account_(account), months_(months), gaps_(std::move(gaps)) {}

  void Add(const Posting& posting) { days_[posting.date].push_back(posting); }

  void Run() {
    while (!days_.empty() || !gaps_.empty()) {
      const Date day = NextDay();
      ExpireBefore(day);
      if (!gaps_.empty() && gaps_.front() == day) {
        gaps_.erase(gaps_.begin());
        for (Entry& entry : entries_) Strip(&entry, day, Cause::kGap);
      }
      const auto found = days_.find(day);
      if (found == days_.end()) continue;
      const std::vector<Posting> postings = std::move(found->second);
      days_.erase(found);
      // Daily balances: what enters on a day is there for its uses.
      for (const Posting& posting : postings) {
        if (posting.quantity > 0) Enter(posting);
      }
      for (const Posting& posting : postings) {
        if (posting.quantity < 0) Use(posting);
      }
    }
    ExpireBefore(kLastDate);
  }

  const std::vector<Entry>& entries() const { return entries_; }
  const std::vector<Posting>& stripped() const { return stripped_; }

 private:
  Date NextDay() const {
    if (days_.empty()) return gaps_.front();
    if (gaps_.empty()) return days_.begin()->first;
    return std::min(gaps_.front(), days_.begin()->first);
  }

  void ExpireBefore(Date day) {
    if (!months_) return;
    for (Entry& entry : entries_) {
      const Date last = AddMonths(entry.entered, *months_);
      if (last >= day || entry.back >= day) continue;
      Strip(&entry, std::max(last, entry.back) + 1, Cause::kExpiry);
    }
  }

  void Strip(Entry* entry, Date date, Cause cause) {
    if (entry->left == 0) return;
    for (Posting& posting :
         StripClaim(account_, entry->holding, entry->left, date, cause)) {
      stripped_.push_back(std::move(posting));
    }
    entry->left = 0;
  }

  void Enter(const Posting& posting) {
    Units quantity = posting.quantity;
    auto& taken = taken_[posting.shipment];
    if (!IsEntry(posting.cause) && !posting.shipment.empty()) {
      // What comes back is as old as it was when it left.
      for (auto& [index, part] : taken) {
        const Units back = std::min(part, quantity);
        entries_[index].left += back;
        if (back > 0) entries_[index].back = posting.date;
        part -= back;
        quantity -= back;
      }
    }
    const Units repaid = std::min(deficit_, quantity);
    deficit_ -= repaid;
    quantity -= repaid;
    if (quantity == 0) return;
    entries_.push_back({posting.date, posting.holding, quantity, kFirstDate});
  }

  void Use(const Posting& posting) {
    Units wanted = -posting.quantity;
    for (size_t i = 0; i < entries_.size() && wanted > 0; ++i) {
      const Units part = std::min(entries_[i].left, wanted);
      entries_[i].left -= part;
      wanted -= part;
      if (part > 0 && !posting.shipment.empty()) {
        taken_[posting.shipment].emplace_back(i, part);
      }
    }
    deficit_ += wanted;
  }

  const Account account_;
  const std::optional<int> months_;
  std::vector<Date> gaps_;
  std::map<Date, std::vector<Posting>> days_;
  std::vector<Entry> entries_;  // in the order entered
  std::map<std::string, std::vector<std::pair<size_t, Units>>> taken_;
  Units deficit_ = 0;
  std::vector<Posting> stripped_;
};

std::vector<Playback> Play(const View& view, const Account& account,
                           const ClaimSet* only = nullptr) {
  const World& world = view.world();
  const Profile& profile = world.schemes.at(account.claim->scheme);
  std::optional<int> months;
  if (profile.mass_balance.carry_over == "MONTHS") {
    months = profile.mass_balance.carry_count;
  }
  std::vector<Date> gaps;
  if (profile.gap_voids_carry && profile.certificate_required) {
    gaps = CertificateGaps(world, profile, account.scope);
  }
  std::map<ClaimSet, Playback> by_claims;
  view.EachPosted("", "", [&](const Posting& posting) {
    if (!Counts(world, account, posting.holding)) return;
    if (only != nullptr && posting.holding.claims != *only) return;
    by_claims.try_emplace(posting.holding.claims, account, months, gaps)
        .first->second.Add(posting);
  });
  std::vector<Playback> played;
  for (auto& [claims, playback] : by_claims) {
    playback.Run();
    played.push_back(playback);
  }
  return played;
}

}  // namespace

std::vector<Remainder> Remainders(const View& view, const Account& account) {
  std::vector<Remainder> remainders;
  for (const Playback& playback : Play(view, account)) {
    for (const Entry& entry : playback.entries()) {
      if (entry.left == 0) continue;
      remainders.push_back({entry.entered, entry.holding, entry.left});
    }
  }
  std::stable_sort(remainders.begin(), remainders.end(),
                   [](const Remainder& a, const Remainder& b) {
                     return a.entered < b.entered;
                   });
  return remainders;
}

std::vector<Posting> ExpiryByDate(const View& view) {
  const World& world = view.world();
  std::set<std::string> schemes;
  for (const auto& [id, profile] : world.schemes) {
    const bool gap = profile.gap_voids_carry && profile.certificate_required;
    if (profile.mass_balance.carry_over == "MONTHS" || gap) schemes.insert(id);
  }
  if (schemes.empty()) return {};
  std::set<Account> accounts;
  view.EachPosted("", "", [&](const Posting& posting) {
    for (const Claim& claim : posting.holding.claims) {
      if (claim.model == kMassBalance && schemes.contains(claim.scheme)) {
        accounts.insert(AccountOf(world, posting.holding, claim));
      }
    }
  });
  std::vector<Posting> expired;
  for (const Account& account : accounts) {
    for (const Playback& playback : Play(view, account)) {
      expired.insert(expired.end(), playback.stripped().begin(),
                     playback.stripped().end());
    }
  }
  return expired;
}

void WarnOfExpiry(const World& world, Plan* plan) {
  constexpr int kSoonDays = 30;
  // What is held apart, alone or under several claims, is looked at apart.
  std::set<std::pair<Account, ClaimSet>> touched;
  for (const Posting& posting : plan->postings) {
    for (const Claim& claim : posting.holding.claims) {
      if (claim.model != kMassBalance) continue;
      touched.insert(
          {AccountOf(world, posting.holding, claim), posting.holding.claims});
    }
  }
  const View view(world, plan);
  for (const auto& [account, claims] : touched) {
    for (const Playback& playback : Play(view, account, &claims)) {
      for (const Posting& posting : playback.stripped()) {
        // The day after the last one.
        const bool soon = posting.date > plan->date &&
                          posting.date <= plan->date + kSoonDays + 1;
        if (posting.cause == Cause::kExpiry && soon) {
          plan->warnings.insert("EXPIRING");
        }
      }
    }
  }
}

std::vector<Posting> StripClaim(const Account& account, const Holding& holding,
                                Units quantity, Date date, Cause cause) {
  Holding bare = holding;
  bare.claims.erase(*account.claim);
  if (bare.claims.empty()) bare.origin.clear();
  Posting off;
  off.date = date;
  off.holding = holding;
  off.quantity = -quantity;
  off.cause = cause;
  off.drawn_as = *account.claim;
  Posting on = off;
  on.holding = bare;
  on.quantity = quantity;
  return {off, on};
}

}  // namespace tally::reference

// A subscription to what becomes durable. It ends when it is destroyed: a
// call of its listener that is under way is waited for, and there is none
// after it. Not to be destroyed by the listener itself.

#ifndef TALLY_ENGINE_LEDGER_SUBSCRIPTION_H_
#define TALLY_ENGINE_LEDGER_SUBSCRIPTION_H_

#include <memory>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "engine/base/mutex.h"
#include "engine/ledger/standing.h"

namespace tally {

class Subscription {
 public:
  ~Subscription();
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

 private:
  friend class Subscriptions;
  struct Listener;
  struct Board;

  Subscription(std::shared_ptr<Board> board,
               std::shared_ptr<Listener> listener);

  // Shared, so that a subscription may outlive its ledger.
  const std::shared_ptr<Board> board_;
  const std::shared_ptr<Listener> listener_;
};

// All subscriptions of one ledger. Thread-safe.
class Subscriptions {
 public:
  Subscriptions();
  ~Subscriptions();

  std::unique_ptr<Subscription> Add(
      absl::AnyInvocable<void(Standing)> listener);
  // Calls every listener. One thread.
  void Announce(Standing standing);

 private:
  const std::shared_ptr<Subscription::Board> board_;
  // Those called now; used by the announcing thread.
  std::vector<std::shared_ptr<Subscription::Listener>> calling_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_SUBSCRIPTION_H_

#include "engine/ledger/subscription.h"

#include <algorithm>
#include <utility>

namespace tally {

struct Subscription::Listener {
  explicit Listener(absl::AnyInvocable<void(Standing)> call_in)
      : call(std::move(call_in)) {}

  // Held for the length of a call, so that ending one can wait for it. It is
  // the listener's own: no other part of the ledger takes it.
  Mutex mutex;
  bool ended TALLY_GUARDED_BY(mutex) = false;
  absl::AnyInvocable<void(Standing)> call TALLY_GUARDED_BY(mutex);
};

struct Subscription::Board {
  Mutex mutex;
  std::vector<std::shared_ptr<Listener>> listeners TALLY_GUARDED_BY(mutex);
};

Subscription::Subscription(std::shared_ptr<Board> board,
                           std::shared_ptr<Listener> listener)
    : board_(std::move(board)), listener_(std::move(listener)) {}

Subscription::~Subscription() {
  {
    MutexLock lock(&board_->mutex);
    std::erase(board_->listeners, listener_);
  }
  MutexLock lock(&listener_->mutex);
  listener_->ended = true;
}

Subscriptions::Subscriptions()
    : board_(std::make_shared<Subscription::Board>()) {}

Subscriptions::~Subscriptions() = default;

std::unique_ptr<Subscription> Subscriptions::Add(
    absl::AnyInvocable<void(Standing)> listener) {
  auto shared = std::make_shared<Subscription::Listener>(std::move(listener));
  {
    MutexLock lock(&board_->mutex);
    board_->listeners.push_back(shared);
  }
  // Not make_unique: the constructor is private.
  return std::unique_ptr<Subscription>(
      new Subscription(board_, std::move(shared)));
}

void Subscriptions::Announce(Standing standing) {
  {
    MutexLock lock(&board_->mutex);
    calling_ = board_->listeners;
  }
  for (const auto& listener : calling_) {
    MutexLock lock(&listener->mutex);
    if (!listener->ended) listener->call(standing);
  }
  calling_.clear();
}

}  // namespace tally

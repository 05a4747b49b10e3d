// A protobuf message in an arena of its own: its parts are allocated in a few
// blocks and freed as a whole. For the messages of thousands of events, where
// a heap block a field is most of what parsing and freeing costs.
//
//   auto request = std::make_shared<ArenaMessage<v1::PostEventsRequest>>();
//   RETURN_IF_ERROR(ReadMessage(bytes, limits, request->get()));

#ifndef TALLY_SERVICES_ARENA_MESSAGE_H_
#define TALLY_SERVICES_ARENA_MESSAGE_H_

#include "google/protobuf/arena.h"

namespace tally::services {

template <typename M>
class ArenaMessage {
 public:
  ArenaMessage()
      : message_(google::protobuf::Arena::CreateMessage<M>(&arena_)) {}
  ArenaMessage(const ArenaMessage&) = delete;
  ArenaMessage& operator=(const ArenaMessage&) = delete;

  M* get() { return message_; }
  M* operator->() { return message_; }
  M& operator*() { return *message_; }

 private:
  google::protobuf::Arena arena_;
  M* const message_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_ARENA_MESSAGE_H_

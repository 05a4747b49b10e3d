#include "bench/client/answer.h"

#include "tallystick/v1/outcome.pb.h"

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;

// Goes over the fields of a message.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : left_(bytes) {}

  // False at the end, and where the bytes are broken.
  bool Next() {
    uint64_t tag = 0;
    if (left_.empty() || !Varint(&tag)) return false;
    number_ = static_cast<int>(tag >> 3);
    switch (tag & 7) {
      case 0:
        return Varint(&value_);
      case 1:
        return Skip(8);
      case 2:
        return Varint(&value_) && Skip(value_);
      case 5:
        return Skip(4);
      default:
        broken_ = true;
        return false;
    }
  }

  int number() const { return number_; }
  uint64_t value() const { return value_; }
  std::string_view bytes() const { return bytes_; }
  bool broken() const { return broken_; }

 private:
  bool Varint(uint64_t* value) {
    *value = 0;
    for (int shift = 0; shift < 64 && !left_.empty(); shift += 7) {
      const auto byte = static_cast<uint8_t>(left_.front());
      left_.remove_prefix(1);
      *value |= static_cast<uint64_t>(byte & 127) << shift;
      if (byte < 128) return true;
    }
    broken_ = true;
    return false;
  }
  bool Skip(uint64_t size) {
    if (size > left_.size()) {
      broken_ = true;
      return false;
    }
    bytes_ = left_.substr(0, size);
    left_.remove_prefix(size);
    return true;
  }

  std::string_view left_;
  std::string_view bytes_;
  uint64_t value_ = 0;
  int number_ = 0;
  bool broken_ = false;
};

bool CountOutcome(std::string_view outcome, Counts* counts) {
  bool accepted = false;
  bool refused = false;
  bool replayed = false;
  Fields fields(outcome);
  while (fields.Next()) {
    const int number = fields.number();
    if (number == v1::Outcome::kAcceptedFieldNumber) accepted = true;
    if (number == v1::Outcome::kRefusalFieldNumber) refused = true;
    if (number == v1::Outcome::kReplayedFieldNumber) replayed = true;
  }
  if (fields.broken() || accepted == refused) return false;
  ++(refused    ? counts->refused
     : replayed ? counts->replayed
                : counts->accepted);
  return true;
}

}  // namespace

std::optional<Counts> CountOutcomes(std::string_view response, int outcomes) {
  Counts counts;
  Fields fields(response);
  while (fields.Next()) {
    if (fields.number() != outcomes) continue;
    if (!CountOutcome(fields.bytes(), &counts)) return std::nullopt;
  }
  if (fields.broken()) return std::nullopt;
  return counts;
}

}  // namespace tally::bench

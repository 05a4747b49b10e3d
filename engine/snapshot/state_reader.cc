#include "engine/snapshot/state_reader.h"

#include "fmt/format.h"

namespace tally {

bool StateReader::Fill(size_t count) {
  while (bytes_.size() - at_ < count && !at_end_ && status_.ok()) {
    bytes_.erase(0, at_);
    at_ = 0;
    const absl::StatusOr<bool> taken = take_(&bytes_);
    if (!taken.ok()) {
      status_ = taken.status();
    } else if (!*taken) {
      at_end_ = true;
    }
  }
  return status_.ok() && bytes_.size() - at_ >= count;
}

uint64_t StateReader::UnsignedAtEdge() {
  // It may be shorter than that, at the end of all.
  Fill(kVarintBytesMax);
  if (!status_.ok()) return 0;
  uint64_t number = 0;
  const char* const begin = bytes_.data() + at_;
  const char* const after =
      TakeVarint(begin, bytes_.data() + bytes_.size(), &number);
  if (after == nullptr) return NoNumber();
  at_ += static_cast<size_t>(after - begin);
  return number;
}

uint64_t StateReader::NoNumber() {
  Fail("no number where one must be");
  return 0;
}

std::string_view StateReader::Bytes(size_t count) {
  if (!Fill(count)) {
    Fail("it ends within a text");
    return {};
  }
  at_ += count;
  return std::string_view(bytes_).substr(at_ - count, count);
}

void StateReader::Fail(std::string_view what) {
  if (status_.ok()) {
    status_ = absl::DataLossError(fmt::format("{}: {}", table_, what));
  }
  // Nothing more is read.
  at_ = bytes_.size();
  at_end_ = true;
}

absl::Status StateReader::Finish() {
  table_ = "the end";
  if (status_.ok() && Fill(1)) Fail("there is more than a state");
  return status_;
}

}  // namespace tally

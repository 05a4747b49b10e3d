// Writes protobuf's wire format into a string, field by field: several times
// as quick as filling messages, so that the generator leaves the processor to
// what it measures.
//
//   WireWriter writer(&bytes);
//   const size_t event = writer.Begin(1);
//   writer.Text(1, id);
//   writer.End(event);

#ifndef TALLY_BENCH_WORKLOAD_WIRE_WRITER_H_
#define TALLY_BENCH_WORKLOAD_WIRE_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace tally::bench {

class WireWriter {
 public:
  // Appends to `out`, which must outlive it.
  explicit WireWriter(std::string* out) : out_(*out) {}

  void Number(int field, int64_t value) {
    Varint(static_cast<uint64_t>(field) << 3);
    Varint(static_cast<uint64_t>(value));
  }
  void Text(int field, std::string_view text) {
    Varint(static_cast<uint64_t>(field) << 3 | 2);
    Varint(text.size());
    out_.append(text);
  }
  // What is written up to End is the message in the field.
  size_t Begin(int field) {
    Varint(static_cast<uint64_t>(field) << 3 | 2);
    out_.push_back('\0');  // room for its length, which is mostly below 128
    return out_.size();
  }
  void End(size_t begin) {
    const size_t size = out_.size() - begin;
    if (size < 128) {
      out_[begin - 1] = static_cast<char>(size);
      return;
    }
    std::string length;
    WireWriter(&length).Varint(size);
    out_.replace(begin - 1, 1, length);
  }

 private:
  void Varint(uint64_t value) {
    for (; value >= 128; value >>= 7) {
      out_.push_back(static_cast<char>(value | 128));
    }
    out_.push_back(static_cast<char>(value));
  }

  std::string& out_;
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_WORKLOAD_WIRE_WRITER_H_

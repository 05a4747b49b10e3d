#include "engine/ledger/effects_codec.h"

#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include "absl/status/status.h"
#include "engine/storage/varint.h"

namespace tally {
namespace {

// The two directions have one interface, so that every part is put into words
// once: Code() of it either writes what it holds or fills it.
//
// Every accepted event is put into words, so what is written goes to a buffer
// on the stack first: most events fit into it.
class Writer {
 public:
  explicit Writer(std::string* bytes) : bytes_(bytes) {}
  ~Writer() { Flush(); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void Number(int64_t& number) { Put(ZigZag(number)); }
  void Text(std::string& text) {
    Put(text.size());
    Flush();
    bytes_->append(text);
  }
  template <typename T>
  size_t Count(std::vector<T>& list) {
    Put(list.size());
    return list.size();
  }

 private:
  void Put(uint64_t value) {
    if (buffer_.end() - next_ < kVarintBytesMax) Flush();
    next_ = PutVarint(value, next_);
  }
  void Flush() {
    bytes_->append(buffer_.begin(), next_);
    next_ = buffer_.begin();
  }

  std::string* const bytes_;
  std::array<char, 512> buffer_;
  char* next_ = buffer_.begin();
};

class Reader {
 public:
  explicit Reader(std::string_view bytes)
      : reader_(bytes), left_(bytes.size()) {}

  void Number(int64_t& number) { number = reader_.NextSigned(); }
  void Text(std::string& text) {
    text = reader_.NextBytes(static_cast<size_t>(reader_.Next()));
  }
  // Every element takes a byte or more: a count above that is damage.
  template <typename T>
  size_t Count(std::vector<T>& list) {
    const uint64_t count = reader_.Next();
    fits_ = fits_ && count <= left_;
    list.resize(fits_ ? static_cast<size_t>(count) : 0);
    return list.size();
  }
  bool ok() const { return fits_ && reader_.AtEnd(); }

 private:
  VarintReader reader_;
  const size_t left_;
  bool fits_ = true;
};

template <typename Codec, typename Tag>
void Code(Codec& codec, StrongIndex<Tag>& index) {
  int64_t number = index.value();
  codec.Number(number);
  index = StrongIndex<Tag>(static_cast<int32_t>(number));
}

template <typename Codec, typename Number>
requires std::is_integral_v<Number> || std::is_enum_v<Number>
void Code(Codec& codec, Number& value) {
  auto number = static_cast<int64_t>(value);
  codec.Number(number);
  value = static_cast<Number>(number);
}

template <typename Codec>
void Code(Codec& codec, Quantity& quantity) {
  int64_t units = quantity.units();
  codec.Number(units);
  quantity = Quantity(units);
}

template <typename Codec>
void Code(Codec& codec, Date& date) {
  int64_t days = date.days();
  codec.Number(days);
  date = Date(static_cast<int32_t>(days));
}

template <typename Codec>
void Code(Codec& codec, ExactQuantity& exact) {
  int64_t whole = exact.whole();
  int64_t numerator = exact.fraction().numerator();
  int64_t denominator = exact.fraction().denominator();
  codec.Number(whole);
  codec.Number(numerator);
  codec.Number(denominator);
  if (whole < 0 || numerator < 0 || denominator <= 0) return;
  const auto ratio = Ratio::Of(numerator, denominator);
  const auto part =
      ratio ? ExactQuantity::Of(Quantity(1), *ratio) : std::nullopt;
  exact =
      part
          ? part->Plus(ExactQuantity(Quantity(whole))).value_or(ExactQuantity())
          : ExactQuantity();
}

template <typename Codec, typename... Parts>
void CodeAll(Codec& codec, Parts&... parts) {
  (Code(codec, parts), ...);
}

// The date of a posting is of no use to a void.
template <typename Codec>
void Code(Codec& codec, Posting& posting) {
  CodeAll(codec, posting.account, posting.boundary, posting.site,
          posting.product, posting.delta);
}
template <typename Codec>
void Code(Codec& codec, StockChange& change) {
  CodeAll(codec, change.site, change.product, change.date, change.delta);
}
// Of one passage each: it fits a quantity.
template <typename Codec>
void CodeSum(Codec& codec, int128& sum) {
  auto units = static_cast<int64_t>(sum);
  codec.Number(units);
  sum = units;
}
template <typename Codec>
void Code(Codec& codec, FlowChange& change) {
  CodeAll(codec, change.key.scheme, change.key.scope, change.key.pool,
          change.date);
  CodeSum(codec, change.sums.certified_in);
  CodeSum(codec, change.sums.all_in);
  CodeSum(codec, change.sums.certified_out);
  CodeSum(codec, change.sums.all_out);
}
template <typename Codec>
void Code(Codec& codec, ReasonChange& change) {
  CodeAll(codec, change.account, change.booked, change.claim,
          change.sold_under_claim);
}
template <typename Codec>
void Code(Codec& codec, CapChange& change) {
  CodeAll(codec, change.certificate, change.key.product, change.key.year,
          change.key.use, change.key.member, change.quantity);
}
template <typename Codec>
void Code(Codec& codec, NeedChange& change) {
  codec.Text(change.key.process);
  CodeAll(codec, change.key.site, change.key.input, change.key.claim,
          change.added.need, change.added.debited);
}
template <typename Codec>
void Code(Codec& codec, SerialStatus& status) {
  CodeAll(codec, status.holder, status.state, status.since, status.redemption);
}
template <typename Codec>
void Code(Codec& codec, SerialChange& change) {
  Serials& serials = change.move.serials;
  CodeAll(codec, serials.block, serials.from, serials.to, change.move.after,
          change.before);
}
template <typename Codec>
void Code(Codec& codec, CoverChange& change) {
  CodeAll(codec, change.key.party, change.key.scheme, change.key.product,
          change.period.first, change.period.last, change.side,
          change.vintage_year, change.date, change.delta);
}
template <typename Codec>
void Code(Codec& codec, AttachChange& change) {
  CodeAll(codec, change.key.shipment, change.key.scheme, change.key.product,
          change.quantity);
}

template <typename Codec>
void Code(Codec& codec, AttributeUse& use) {
  codec.Text(use.attribute);
  CodeAll(codec, use.lot, use.quantity);
}
template <typename Codec>
void Code(Codec& codec, Delivery& delivery) {
  CodeAll(codec, delivery.contract, delivery.quantity);
}

template <typename Codec, typename T>
void CodeList(Codec& codec, std::vector<T>& list) {
  const size_t count = codec.Count(list);
  for (size_t i = 0; i < count; ++i) Code(codec, list[i]);
}

template <typename Codec>
void CodeEffects(Codec& codec, Effects& effects) {
  CodeAll(codec, effects.kind, effects.date);
  CodeList(codec, effects.postings);
  CodeList(codec, effects.stock);
  CodeList(codec, effects.flows);
  CodeList(codec, effects.reasons);
  CodeList(codec, effects.caps);
  CodeList(codec, effects.needs);
  CodeList(codec, effects.serials);
  CodeList(codec, effects.covers);
  CodeList(codec, effects.attached);
  CodeList(codec, effects.attributes);
  CodeList(codec, effects.deliveries);
  CodeList(codec, effects.ended);
}

}  // namespace

void EncodeEffects(Effects* effects, std::string* bytes) {
  bytes->clear();
  Writer writer(bytes);
  CodeEffects(writer, *effects);
}

absl::StatusOr<Effects> DecodeEffects(std::string_view bytes) {
  Reader reader(bytes);
  Effects effects;
  CodeEffects(reader, effects);
  if (!reader.ok()) {
    return absl::DataLossError("the effects of an event are damaged");
  }
  return effects;
}

}  // namespace tally

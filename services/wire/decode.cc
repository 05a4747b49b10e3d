#include "services/wire/decode.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "engine/base/date.h"
#include "fmt/format.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/wire/decode_kinds.h"
#include "services/wire/fields.h"
#include "services/wire/times.h"

namespace tally::wire {
namespace {

Instant ReadInstant(bool given, const google::protobuf::Timestamp& in,
                    const Fields& fields) {
  if (!given) {
    fields.Missing("occurred_at");
    return {};
  }
  const std::optional<Instant> read = ReadTime(in);
  if (!read.has_value()) {
    fields.Argument(
        "occurred_at",
        fmt::format("seconds {}, nanos {}", in.seconds(), in.nanos()),
        kTimeLimit);
  }
  return read.value_or(Instant());
}

using Reader = Body (*)(const v1::Event& in, const Fields& fields);

// Reads the kind that `Get` gets, into the arena.
template <auto Get>
Body ReadAs(const v1::Event& in, const Fields& fields) {
  return fields.arena().New(Read((in.*Get)(), fields));
}

// By kind: a field of the wire's `kind` has the number of its kind plus four.
constexpr int kFieldLessKind = 4;
constexpr std::array kReaders = {
    Reader{nullptr},
    Reader{ReadAs<&v1::Event::originate>},
    Reader{ReadAs<&v1::Event::receive>},
    Reader{ReadAs<&v1::Event::ship>},
    Reader{ReadAs<&v1::Event::accept>},
    Reader{ReadAs<&v1::Event::reject>},
    Reader{ReadAs<&v1::Event::recall>},
    Reader{ReadAs<&v1::Event::process>},
    Reader{ReadAs<&v1::Event::downgrade>},
    Reader{ReadAs<&v1::Event::adjust>},
    Reader{ReadAs<&v1::Event::count_stock>},
    Reader{ReadAs<&v1::Event::consume>},
    Reader{ReadAs<&v1::Event::open_period>},
    Reader{ReadAs<&v1::Event::close_period>},
    Reader{ReadAs<&v1::Event::transfer_entitlement>},
    Reader{ReadAs<&v1::Event::issue_credits>},
    Reader{ReadAs<&v1::Event::transfer_credits>},
    Reader{ReadAs<&v1::Event::redeem_credits>},
    Reader{ReadAs<&v1::Event::withdraw_credits>},
    Reader{ReadAs<&v1::Event::unbundle_credits>},
    Reader{ReadAs<&v1::Event::declare_claims>},
    Reader{ReadAs<&v1::Event::hold>},
    Reader{ReadAs<&v1::Event::release>},
    Reader{ReadAs<&v1::Event::void_>},
    Reader{ReadAs<&v1::Event::set_source_status>},
    Reader{ReadAs<&v1::Event::define_scheme>},
    Reader{ReadAs<&v1::Event::define_product>},
    Reader{ReadAs<&v1::Event::register_party>},
    Reader{ReadAs<&v1::Event::register_site>},
    Reader{ReadAs<&v1::Event::grant_certificate>},
    Reader{ReadAs<&v1::Event::amend_certificate>},
    Reader{ReadAs<&v1::Event::extend_volume>},
    Reader{ReadAs<&v1::Event::set_certificate_status>},
    Reader{ReadAs<&v1::Event::add_group_member>},
    Reader{ReadAs<&v1::Event::record_assessment>},
    Reader{nullptr},  // lapse: the ledger's own
    Reader{ReadAs<&v1::Event::bind_principal>},
    Reader{ReadAs<&v1::Event::unbind_principal>},
    Reader{ReadAs<&v1::Event::approve>},
};
static_assert(kReaders.size() == kKindCount);
static_assert(v1::Event::kApprove ==
              static_cast<int>(kReaders.size()) - 1 + kFieldLessKind);

Body ReadBody(const v1::Event& in, const Fields& event) {
  if (in.kind_case() == v1::Event::KIND_NOT_SET) {
    event.Argument("kind", "",
                   "exactly one kind of event that the server knows");
    return {};
  }
  if (in.kind_case() == v1::Event::kLapse) {
    event.Argument("lapse", "", "a kind that is posted; the ledger lapses");
    return {};
  }
  const int kind = in.kind_case() - kFieldLessKind;
  return kReaders[kind](in, event.At(KindName(kind)));
}

}  // namespace

Event Decode(const v1::Event& in, Arena* arena) {
  Notes notes = {.arena = arena, .found = {}};
  const Fields fields(&notes, nullptr, "");
  Event out = {
      .id = fields.EventId("id", in.id()),
      .occurred_at =
          ReadInstant(in.has_occurred_at(), in.occurred_at(), fields),
      .document = fields.OptionalName("document", in.document()),
      .actor = fields.OptionalId("actor", in.actor()),
      .body = ReadBody(in, fields),
      .malformed = {},
  };
  const auto malformed = arena->NewArray<Malformed>(notes.found.size());
  std::copy(notes.found.begin(), notes.found.end(), malformed.begin());
  out.malformed = malformed;
  return out;
}

}  // namespace tally::wire

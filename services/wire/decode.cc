#include "services/wire/decode.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "engine/base/date.h"
#include "fmt/format.h"
#include "services/wire/decode_kinds.h"
#include "services/wire/fields.h"
#include "services/wire/times.h"

namespace tally::wire {
namespace {

Instant ReadInstant(bool given, view::Timestamp in, const Fields& fields) {
  if (!given) {
    fields.Missing("occurred_at");
    return {};
  }
  const std::optional<Instant> read = ReadTime(in.seconds(), in.nanos());
  if (!read.has_value()) {
    fields.Argument(
        "occurred_at",
        fmt::format("seconds {}, nanos {}", in.seconds(), in.nanos()),
        kTimeLimit);
  }
  return read.value_or(Instant());
}

using Reader = Body (*)(view::Event in, const Fields& fields);

// Reads the kind that `Get` gets, into the arena.
template <auto Get>
Body ReadAs(view::Event in, const Fields& fields) {
  return fields.arena().New(Read((in.*Get)(), fields));
}

// By kind: a field of the wire's `kind` has the number of its kind plus four.
constexpr int kFieldLessKind = 4;
constexpr std::array kReaders = {
    Reader{nullptr},
    Reader{ReadAs<&view::Event::originate>},
    Reader{ReadAs<&view::Event::receive>},
    Reader{ReadAs<&view::Event::ship>},
    Reader{ReadAs<&view::Event::accept>},
    Reader{ReadAs<&view::Event::reject>},
    Reader{ReadAs<&view::Event::recall>},
    Reader{ReadAs<&view::Event::process>},
    Reader{ReadAs<&view::Event::downgrade>},
    Reader{ReadAs<&view::Event::adjust>},
    Reader{ReadAs<&view::Event::count_stock>},
    Reader{ReadAs<&view::Event::consume>},
    Reader{ReadAs<&view::Event::open_period>},
    Reader{ReadAs<&view::Event::close_period>},
    Reader{ReadAs<&view::Event::transfer_entitlement>},
    Reader{ReadAs<&view::Event::issue_credits>},
    Reader{ReadAs<&view::Event::transfer_credits>},
    Reader{ReadAs<&view::Event::redeem_credits>},
    Reader{ReadAs<&view::Event::withdraw_credits>},
    Reader{ReadAs<&view::Event::unbundle_credits>},
    Reader{ReadAs<&view::Event::declare_claims>},
    Reader{ReadAs<&view::Event::hold>},
    Reader{ReadAs<&view::Event::release>},
    Reader{ReadAs<&view::Event::void_>},
    Reader{ReadAs<&view::Event::set_source_status>},
    Reader{ReadAs<&view::Event::define_scheme>},
    Reader{ReadAs<&view::Event::define_product>},
    Reader{ReadAs<&view::Event::register_party>},
    Reader{ReadAs<&view::Event::register_site>},
    Reader{ReadAs<&view::Event::grant_certificate>},
    Reader{ReadAs<&view::Event::amend_certificate>},
    Reader{ReadAs<&view::Event::extend_volume>},
    Reader{ReadAs<&view::Event::set_certificate_status>},
    Reader{ReadAs<&view::Event::add_group_member>},
    Reader{ReadAs<&view::Event::record_assessment>},
    Reader{nullptr},  // lapse: the ledger's own
    Reader{ReadAs<&view::Event::bind_principal>},
    Reader{ReadAs<&view::Event::unbind_principal>},
    Reader{ReadAs<&view::Event::approve>},
    Reader{ReadAs<&view::Event::agree_contract>},
};
static_assert(kReaders.size() == kKindCount);
static_assert(v1::Event::kAgreeContract ==
              static_cast<int>(kReaders.size()) - 1 + kFieldLessKind);

Body ReadBody(view::Event in, const Fields& event) {
  if (in.kind_case() == 0) {
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
  const std::string_view bytes = arena->Copy(in.SerializeAsString());
  const auto event = ReadView<view::Event>(bytes, arena);
  if (event.has_value()) return Decode(*event, arena);
  Event unreadable;
  const auto malformed = arena->NewArray<Malformed>(1);
  malformed[0] = {.code = Code::kInvalidArgument,
                  .field = "event",
                  .limit = "text in UTF-8"};
  unreadable.malformed = malformed;
  return unreadable;
}

Event Decode(view::Event in, Arena* arena) {
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

// Writes services/wire/views.h to standard output: a view, as view.h has
// them, of every message that can be in a request to post events. Run by the
// build.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/check.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "services/wire/view.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::wire {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::OneofDescriptor;

// The messages in `found` come before those that hold them.
void Collect(const Descriptor* message, std::vector<const Descriptor*>* found) {
  if (std::find(found->begin(), found->end(), message) != found->end()) return;
  for (int i = 0; i < message->field_count(); ++i) {
    const Descriptor* const inner = message->field(i)->message_type();
    if (inner != nullptr) Collect(inner, found);
  }
  found->push_back(message);
}

// Where the fields of a message are. A oneof of messages takes two slots:
// which it is, and that one.
class Layout {
 public:
  explicit Layout(const Descriptor* message) {
    for (int i = 0; i < message->field_count(); ++i) Add(message->field(i));
    TALLY_CHECK(next_ <= static_cast<int>(kViewSlotsMax));
  }

  int slots() const { return next_; }
  int slot(const FieldDescriptor* field) const {
    return slots_[static_cast<size_t>(field->index())];
  }
  int choice(const FieldDescriptor* field) const {
    return choices_[static_cast<size_t>(field->index())];
  }

 private:
  void Add(const FieldDescriptor* field) {
    const OneofDescriptor* const oneof = field->real_containing_oneof();
    if (oneof == nullptr) {
      slots_.push_back(next_++);
      choices_.push_back(-1);
      return;
    }
    // Only oneofs of messages are read.
    TALLY_CHECK(field->message_type() != nullptr);
    const FieldDescriptor* const first = oneof->field(0);
    if (field == first) {
      choices_.push_back(next_++);
      slots_.push_back(next_++);
    } else {
      choices_.push_back(choice(first));
      slots_.push_back(slot(first));
    }
  }

  std::vector<int> slots_;  // by field
  std::vector<int> choices_;
  int next_ = 0;
};

std::string_view KindOf(const FieldDescriptor* field) {
  switch (field->type()) {
    case FieldDescriptor::TYPE_INT64:
      return "kNumber";
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_ENUM:
      return "kNumber32";
    case FieldDescriptor::TYPE_BOOL:
      return "kBool";
    case FieldDescriptor::TYPE_STRING:
      return "kText";
    case FieldDescriptor::TYPE_MESSAGE:
      return "kMessage";
    default:
      fmt::print(stderr, "{}: this type has no view\n", field->full_name());
      TALLY_CHECK(false);
  }
}

// "GrantCertificate_CapsEntry", as protobuf's own class.
std::string NameOf(const Descriptor* message) {
  return message->containing_type() == nullptr
             ? message->name()
             : NameOf(message->containing_type()) + "_" + message->name();
}

// "::tallystick::v1::Ship", protobuf's class.
std::string MessageOf(const Descriptor* message) {
  std::string name;
  for (const char c : message->full_name()) {
    name += c == '.' ? std::string("::") : std::string(1, c);
  }
  return "::" + name;
}

// As protobuf names what is a word of C++.
std::string AccessorOf(const FieldDescriptor* field) {
  static constexpr std::string_view kWords[] = {"void"};
  const bool is_word = std::find(std::begin(kWords), std::end(kWords),
                                 field->name()) != std::end(kWords);
  return field->name() + (is_word ? "_" : "");
}

std::string TypeOf(const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return NameOf(field->message_type());
    case FieldDescriptor::CPPTYPE_STRING:
      return "std::string_view";
    case FieldDescriptor::CPPTYPE_ENUM:
      return field->is_repeated() ? "int" : "v1::" + field->enum_type()->name();
    case FieldDescriptor::CPPTYPE_BOOL:
      return "bool";
    case FieldDescriptor::CPPTYPE_INT32:
      return "int32_t";
    default:
      return "int64_t";
  }
}

void WriteList(const FieldDescriptor* field, int slot) {
  const std::string name = AccessorOf(field);
  const std::string type = TypeOf(field);
  fmt::print(
      "  ViewList<{1}> {0}() const {{ return ViewList<{1}>(slot({2})); }}\n",
      name, type, slot);
  fmt::print("  int {0}_size() const {{ return {0}().size(); }}\n", name);
  fmt::print("  {1} {0}(int i) const {{ return {0}()[i]; }}\n", name, type);
}

void WriteAccessors(const FieldDescriptor* field, const Layout& layout) {
  const std::string name = AccessorOf(field);
  const std::string type = TypeOf(field);
  const int slot = layout.slot(field);
  if (field->is_repeated()) return WriteList(field, slot);
  if (layout.choice(field) >= 0) {
    fmt::print("  bool has_{}() const {{ return Number({}) == {}; }}\n", name,
               layout.choice(field), field->number());
    fmt::print(
        "  {0} {1}() const {{ return {0}(has_{2}() ? Inner({3}) : nullptr); "
        "}}\n",
        type, name, name, slot);
    return;
  }
  if (field->has_presence()) {
    fmt::print("  bool has_{}() const {{ return Has({}); }}\n", name, slot);
  }
  if (field->message_type() != nullptr) {
    fmt::print("  {0} {1}() const {{ return {0}(Inner({2})); }}\n", type, name,
               slot);
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    fmt::print("  {} {}() const {{ return Text({}); }}\n", type, name, slot);
  } else {
    fmt::print(
        "  {0} {1}() const {{ return static_cast<{0}>(Number({2})); }}\n", type,
        name, slot);
  }
}

void WriteTable(const Descriptor* message, const Layout& layout) {
  int last = 0;
  for (int i = 0; i < message->field_count(); ++i) {
    last = std::max(last, message->field(i)->number());
  }
  fmt::print("inline constexpr ViewField k{}Fields[] = {{\n", NameOf(message));
  for (int number = 0; number <= last; ++number) {
    const FieldDescriptor* const field = message->FindFieldByNumber(number);
    if (field == nullptr) {
      fmt::print("    {{}},\n");
      continue;
    }
    fmt::print(
        "    {{.kind = ViewKind::{}, .list = {}, .slot = {}, .choice = {}, "
        ".message = {}}},\n",
        KindOf(field), field->is_repeated(), layout.slot(field),
        layout.choice(field),
        field->message_type() == nullptr
            ? "nullptr"
            : fmt::format("&{}::kType", NameOf(field->message_type())));
  }
  fmt::print("}};\n");
}

void WriteView(const Descriptor* message) {
  const Layout layout(message);
  const std::string name = NameOf(message);
  WriteTable(message, layout);
  fmt::print("class {} final : public View {{\n public:\n", name);
  fmt::print(
      "  static constexpr ViewType kType = {{k{0}Fields, "
      "std::size(k{0}Fields), {1}}};\n",
      name, layout.slots());
  fmt::print("  using View::View;\n");
  if (message->containing_type() == nullptr) {
    fmt::print("  using Message = {};\n", MessageOf(message));
  }
  for (int i = 0; i < message->field_count(); ++i) {
    WriteAccessors(message->field(i), layout);
  }
  for (int i = 0; i < message->real_oneof_decl_count(); ++i) {
    const OneofDescriptor* const oneof = message->oneof_decl(i);
    fmt::print(
        "  int {}_case() const {{ return static_cast<int>(Number({})); }}\n",
        oneof->name(), layout.choice(oneof->field(0)));
  }
  fmt::print("}};\n\n");
}

void WriteAll() {
  std::vector<const Descriptor*> messages;
  Collect(tallystick::v1::PostEventsRequest::descriptor(), &messages);
  Collect(tallystick::v1::StreamEventsRequest::descriptor(), &messages);
  fmt::print(
      "// Made by make_views from the API's messages.\n\n"
      "#ifndef TALLY_SERVICES_WIRE_VIEWS_H_\n"
      "#define TALLY_SERVICES_WIRE_VIEWS_H_\n\n"
      "#include <iterator>\n#include <string_view>\n\n"
      "#include \"services/wire/view.h\"\n"
      "#include \"tallystick/v1/ledger_service.pb.h\"\n\n"
      "namespace tally::wire::view {{\n\n"
      "namespace v1 = tallystick::v1;\n\n");
  for (const Descriptor* const message : messages) WriteView(message);
  fmt::print(
      "}}  // namespace tally::wire::view\n\n"
      "#endif  // TALLY_SERVICES_WIRE_VIEWS_H_\n");
}

}  // namespace
}  // namespace tally::wire

int main() {
  tally::wire::WriteAll();
  return 0;
}

// Whether two events say the same, field by field, without their encoding.

#ifndef TALLY_TESTS_ENGINE_LOG_SAME_EVENT_H_
#define TALLY_TESTS_ENGINE_LOG_SAME_EVENT_H_

#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <variant>

#include "engine/log/field_encoder.h"
#include "engine/model/event.h"
#include "fmt/format.h"

namespace tally {

// Writes every field as text, with what is given told from what is zero.
class FieldPrinter {
 public:
  const std::string& text() const { return text_; }

  void operator()(int, const char* name, std::string_view text) {
    Put(name, fmt::format("'{}'", text));
  }
  void operator()(int, const char* name, bool value) {
    Put(name, value ? "true" : "false");
  }
  void operator()(int, const char* name, int64_t value) {
    Put(name, fmt::format("{}", value));
  }
  void operator()(int field, const char* name, int32_t value) {
    (*this)(field, name, int64_t{value});
  }
  void operator()(int, const char* name, Date date) {
    Put(name, fmt::format("day {}", date.days()));
  }
  void operator()(int, const char* name, const Uuid& uuid) {
    Put(name, uuid.ToString());
  }
  void operator()(int, const char* name, const Decimal& decimal) {
    Put(name, fmt::format("{}e-{}", decimal.mantissa, decimal.scale));
  }
  template <Enumeration E>
  void operator()(int, const char* name, E value) {
    Put(name, fmt::format("#{}", static_cast<int>(value)));
  }
  template <typename T>
  void operator()(int field, const char* name, const std::optional<T>& value) {
    if (value.has_value()) {
      (*this)(field, name, *value);
    } else {
      Put(name, "none");
    }
  }
  template <typename T>
  void operator()(int field, const char* name, std::span<const T> values) {
    Put(name, fmt::format("{} of", values.size()));
    for (const T& value : values) (*this)(field, name, value);
  }
  template <Message M>
  void operator()(int, const char* name, const M& message) {
    Put(name, "{");
    M::Visit(message, *this);
    Put(name, "}");
  }

 private:
  void Put(const char* name, std::string_view value) {
    text_ += fmt::format("{}: {}\n", name, value);
  }
  std::string text_;
};

inline std::string PrintEvent(const Event& event) {
  FieldPrinter printer;
  printer(0, "id", event.id);
  printer(0, "occurred_at", event.occurred_at.micros());
  printer(0, "document", event.document);
  printer(0, "actor", event.actor);
  std::visit(
      [&printer, &event](const auto& body) {
        if constexpr (std::is_pointer_v<std::decay_t<decltype(body)>>) {
          printer(0, KindName(event.kind()).data(), *body);
        }
      },
      event.body);
  return printer.text();
}

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_LOG_SAME_EVENT_H_

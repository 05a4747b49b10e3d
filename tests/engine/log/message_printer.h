// Prints a protobuf message as same_event.h prints the event that it is of:
// through reflection, so that no generated accessor has to be named.

#ifndef TALLY_TESTS_ENGINE_LOG_MESSAGE_PRINTER_H_
#define TALLY_TESTS_ENGINE_LOG_MESSAGE_PRINTER_H_

#include <cstring>
#include <string>

#include "engine/base/check.h"
#include "engine/base/uuid.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace tally {

class MessagePrinter {
 public:
  const std::string& text() const { return text_; }

  void PrintFields(const google::protobuf::Message& message) {
    const google::protobuf::Descriptor& type = *message.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      PrintField(message, *type.field(i));
    }
  }

  void PrintField(const google::protobuf::Message& message,
                  const google::protobuf::FieldDescriptor& field) {
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    if (field.is_repeated()) {
      const int count = reflection.FieldSize(message, &field);
      Put(field, fmt::format("{} of", count));
      for (int i = 0; i < count; ++i) PrintElement(message, field, i);
    } else if (IsOptional(field) && !reflection.HasField(message, &field)) {
      Put(field, "none");
    } else {
      PrintElement(message, field, -1);
    }
  }

 private:
  using Field = google::protobuf::FieldDescriptor;

  // Which quantities the model tells "not given" of, protobuf cannot say: all
  // of its messages may be absent.
  static bool IsOptional(const Field& field) {
    if (field.has_presence() && field.message_type() == nullptr) return true;
    if (field.message_type() == nullptr ||
        field.message_type()->name() != "Decimal") {
      return false;
    }
    const std::string& name = field.full_name();
    return field.name() == "ghg" || field.name() == "claims_share" ||
           name.find(".ProcessInput.quantity") != std::string::npos ||
           name.find(".TransferCredits.quantity") != std::string::npos ||
           name.find(".RedeemCredits.quantity") != std::string::npos;
  }

  // An element of a repeated field, or the field itself for -1.
  void PrintElement(const google::protobuf::Message& message,
                    const Field& field, int i) {
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    const bool repeated = i >= 0;
    switch (field.cpp_type()) {
      case Field::CPPTYPE_STRING: {
        const std::string text =
            repeated ? reflection.GetRepeatedString(message, &field, i)
                     : reflection.GetString(message, &field);
        return Put(field, field.type() == Field::TYPE_BYTES
                              ? UuidText(text)
                              : fmt::format("'{}'", text));
      }
      case Field::CPPTYPE_BOOL:
        return Put(field,
                   reflection.GetBool(message, &field) ? "true" : "false");
      case Field::CPPTYPE_INT32:
        return Put(field,
                   fmt::format("{}{}",
                               field.type() == Field::TYPE_SINT32 ? "day " : "",
                               reflection.GetInt32(message, &field)));
      case Field::CPPTYPE_INT64:
        return Put(field,
                   fmt::format("{}", reflection.GetInt64(message, &field)));
      case Field::CPPTYPE_ENUM:
        return Put(
            field,
            fmt::format(
                "#{}", repeated
                           ? reflection.GetRepeatedEnumValue(message, &field, i)
                           : reflection.GetEnumValue(message, &field)));
      case Field::CPPTYPE_MESSAGE:
        return PrintMessage(
            field, repeated ? reflection.GetRepeatedMessage(message, &field, i)
                            : reflection.GetMessage(message, &field));
      default:  // Not an enum of ours: the stored messages use no other type.
        TALLY_CHECK(field.name().empty());
    }
  }

  void PrintMessage(const Field& field,
                    const google::protobuf::Message& message) {
    if (field.message_type()->name() == "Decimal") {
      const auto& type = *message.GetDescriptor();
      const auto& reflection = *message.GetReflection();
      return Put(
          field,
          fmt::format("{}e-{}", reflection.GetInt64(message, type.field(0)),
                      reflection.GetInt32(message, type.field(1))));
    }
    Put(field, "{");
    PrintFields(message);
    Put(field, "}");
  }

  static std::string UuidText(const std::string& bytes) {
    Uuid uuid;
    TALLY_CHECK(bytes.empty() || bytes.size() == uuid.bytes.size());
    std::memcpy(uuid.bytes.data(), bytes.data(), bytes.size());
    return uuid.ToString();
  }

  void Put(const Field& field, const std::string& value) {
    text_ += fmt::format("{}: {}\n", field.name(), value);
  }

  std::string text_;
};

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_LOG_MESSAGE_PRINTER_H_

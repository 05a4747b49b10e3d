#include "services/wire/encode_parts.h"

namespace tally::wire {

v1::Model WireModel(Model in) {
  if (in == Model::kConventional) return v1::MODEL_CONVENTIONAL;
  return static_cast<v1::Model>(in);
}

void Write(const ClaimName& in, v1::Claim* out) {
  out->set_scheme(std::string(in.scheme));
  out->set_model(WireModel(in.model));
}

void Write(std::span<const ClaimName> in,
           google::protobuf::RepeatedPtrField<v1::Claim>* out) {
  for (const ClaimName& claim : in) Write(claim, out->Add());
}

void Write(const Attributes& in, v1::Attributes* out) {
  out->set_origin_country(std::string(in.origin_country));
  out->set_ghg(TextOf(in.ghg));
  out->set_level(std::string(in.level));
  out->set_source_status(static_cast<v1::SourceStatus>(in.source_status));
}

bool IsStated(const Attributes& in) {
  return !in.origin_country.empty() || in.ghg.has_value() ||
         !in.level.empty() || in.source_status != SourceStatus::kUnspecified;
}

void Write(std::span<const SerialRange> in,
           google::protobuf::RepeatedPtrField<v1::SerialRange>* out) {
  for (const SerialRange& range : in) {
    v1::SerialRange* written = out->Add();
    written->set_block(std::string(range.block));
    written->set_from(range.from);
    written->set_to(range.to);
  }
}

void Write(std::span<const std::string_view> in,
           google::protobuf::RepeatedPtrField<std::string>* out) {
  for (const std::string_view text : in) out->Add(std::string(text));
}

std::string TextOf(const std::optional<Decimal>& in) {
  return in.has_value() ? in->ToString() : std::string();
}

std::string TextOf(const std::optional<Date>& in) {
  return in.has_value() ? in->ToString() : std::string();
}

}  // namespace tally::wire

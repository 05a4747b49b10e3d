#include "services/wire/decode_parts.h"

#include <string>

#include "engine/model/limits.h"

namespace tally::wire {
namespace {

// Both sides number the models alike, but that the engine's conventional is
// zero, which on the wire is a field left out.
static_assert(static_cast<int>(Model::kIdentityPreserved) ==
              v1::MODEL_IDENTITY_PRESERVED);
static_assert(static_cast<int>(Model::kSegregated) == v1::MODEL_SEGREGATED);
static_assert(static_cast<int>(Model::kControlledBlending) ==
              v1::MODEL_CONTROLLED_BLENDING);
static_assert(static_cast<int>(Model::kMassBalance) == v1::MODEL_MASS_BALANCE);
static_assert(static_cast<int>(Model::kBookAndClaim) ==
              v1::MODEL_BOOK_AND_CLAIM);
static_assert(v1::Model_MAX == v1::MODEL_CONVENTIONAL);

static_assert(static_cast<int>(SourceStatus::kGreen) ==
              v1::SOURCE_STATUS_GREEN);
static_assert(static_cast<int>(SourceStatus::kBlue) == v1::SOURCE_STATUS_BLUE);
static_assert(static_cast<int>(SourceStatus::kYellow) ==
              v1::SOURCE_STATUS_YELLOW);
static_assert(static_cast<int>(SourceStatus::kRed) == v1::SOURCE_STATUS_RED);

static_assert(static_cast<int>(Role::kOperator) == v1::PARTY_ROLE_OPERATOR);
static_assert(static_cast<int>(Role::kCertificationBody) ==
              v1::PARTY_ROLE_CERTIFICATION_BODY);
static_assert(static_cast<int>(Role::kBrand) == v1::PARTY_ROLE_BRAND);
static_assert(static_cast<int>(Role::kSchemeOwner) ==
              v1::PARTY_ROLE_SCHEME_OWNER);
static_assert(static_cast<int>(Role::kRegulator) == v1::PARTY_ROLE_REGULATOR);
static_assert(static_cast<int>(Role::kRegistrar) == v1::PARTY_ROLE_REGISTRAR);
static_assert(static_cast<int>(Role::kAuditor) == v1::PARTY_ROLE_AUDITOR);

// Each role can be named once, and there are few.
constexpr int kRoleListMax = 16;

}  // namespace

Model ReadModel(v1::Model in, std::string_view name, bool may_be_conventional,
                const Fields& fields) {
  if (in == v1::MODEL_UNSPECIFIED) {
    fields.Missing(name);
    return Model::kConventional;
  }
  if (!v1::Model_IsValid(in)) {
    NoteEnum(name, in, fields);
    return Model::kConventional;
  }
  if (in == v1::MODEL_CONVENTIONAL) {
    if (!may_be_conventional) {
      fields.Argument(name, "MODEL_CONVENTIONAL",
                      "a model; conventional material has no claim");
    }
    return Model::kConventional;
  }
  return static_cast<Model>(in);
}

ClaimName ReadClaim(bool given, view::Claim in, const Fields& fields) {
  if (!given) fields.Missing("claim");
  return ReadOptionalClaim(given, in, fields);
}

ClaimName ReadOptionalClaim(bool given, view::Claim in, const Fields& fields) {
  if (!given) return {};
  const Fields claim = fields.At("claim");
  return {.scheme = claim.Id("scheme", in.scheme()),
          .model = ReadModel(in.model(), "model",
                             /*may_be_conventional=*/false, claim)};
}

std::span<const ClaimName> ReadAlso(ViewList<view::Claim> in,
                                    const Fields& fields) {
  if (!fields.SizeIsIn("also", in.size(), 0, kAlsoClaimsMax)) return {};
  const auto claims = fields.arena().NewArray<ClaimName>(in.size());
  for (int i = 0; i < in.size(); ++i) {
    const Fields claim = fields.At("also", i);
    claims[i].scheme = claim.Id("scheme", in[i].scheme());
    claims[i].model = ReadModel(in[i].model(), "model",
                                /*may_be_conventional=*/false, claim);
  }
  return claims;
}

Attributes ReadAttributes(view::Attributes in, const Fields& fields) {
  const Fields attributes = fields.At("attributes");
  return {.origin_country =
              attributes.OptionalCountry("origin_country", in.origin_country()),
          .ghg = attributes.OptionalGhg("ghg", in.ghg()),
          .level = attributes.OptionalName("level", in.level()),
          .source_status = ReadSourceStatus(in.source_status(), "source_status",
                                            attributes)};
}

SourceStatus ReadSourceStatus(v1::SourceStatus in, std::string_view name,
                              const Fields& fields) {
  if (v1::SourceStatus_IsValid(in)) return static_cast<SourceStatus>(in);
  NoteEnum(name, in, fields);
  return SourceStatus::kUnspecified;
}

std::span<const SerialRange> ReadSerials(ViewList<view::SerialRange> in,
                                         const Fields& fields) {
  if (!fields.SizeIsIn("serials", in.size(), 0, kSerialRangesMax)) return {};
  const auto ranges = fields.arena().NewArray<SerialRange>(in.size());
  for (int i = 0; i < in.size(); ++i) {
    const Fields range = fields.At("serials", i);
    ranges[i].block = range.Id("block", in[i].block());
    ranges[i].from = in[i].from();
    ranges[i].to = in[i].to();
    if (in[i].from() < 1) {
      range.Argument("from", std::to_string(in[i].from()), "1 or above");
    }
    if (in[i].to() < in[i].from()) {
      range.Argument("to", std::to_string(in[i].to()), "at or above `from`");
    }
  }
  return ranges;
}

std::span<const Role> ReadRoles(ViewList<int> in, const Fields& fields) {
  if (!fields.SizeIsIn("roles", in.size(), 1, kRoleListMax)) return {};
  const auto roles = fields.arena().NewArray<Role>(in.size());
  for (int i = 0; i < in.size(); ++i) {
    if (in[i] == v1::PARTY_ROLE_UNSPECIFIED || !v1::PartyRole_IsValid(in[i])) {
      NoteEnum("", in[i], fields.At("roles", i));
      continue;
    }
    roles[i] = static_cast<Role>(in[i]);
  }
  return roles;
}

void NoteEnum(std::string_view name, int value, const Fields& fields) {
  fields.Argument(name, std::to_string(value),
                  "a value of this enum that the server knows");
}

}  // namespace tally::wire

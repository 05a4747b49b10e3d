#include <map>
#include <span>
#include <string>

#include "engine/model/limits.h"
#include "services/wire/decode_kinds.h"
#include "services/wire/text.h"

namespace tally::wire {
namespace {

static_assert(static_cast<int>(Category::kRegular) ==
              v1::PRODUCT_CATEGORY_REGULAR);
static_assert(static_cast<int>(Category::kWaste) == v1::PRODUCT_CATEGORY_WASTE);
static_assert(static_cast<int>(Category::kNeutral) ==
              v1::PRODUCT_CATEGORY_NEUTRAL);

static_assert(static_cast<int>(CertificateStatus::kValid) ==
              v1::CERTIFICATE_STATUS_VALID);
static_assert(static_cast<int>(CertificateStatus::kSuspended) ==
              v1::CERTIFICATE_STATUS_SUSPENDED);
static_assert(static_cast<int>(CertificateStatus::kWithdrawn) ==
              v1::CERTIFICATE_STATUS_WITHDRAWN);
static_assert(static_cast<int>(CertificateStatus::kTerminated) ==
              v1::CERTIFICATE_STATUS_TERMINATED);
static_assert(static_cast<int>(CertificateStatus::kExpired) ==
              v1::CERTIFICATE_STATUS_EXPIRED);

// Each model and kind of site can be named once, and there are few.
constexpr int kEnumListMax = 16;
constexpr int kSiteKindsMax = 16;

constexpr std::string_view kAllProducts = "*";

std::span<const Model> ReadModels(ViewList<int> in, int least,
                                  const Fields& fields) {
  if (!fields.SizeIsIn("models", in.size(), least, kEnumListMax)) return {};
  const auto models = fields.arena().NewArray<Model>(in.size());
  for (int i = 0; i < in.size(); ++i) {
    models[i] =
        ReadModel(static_cast<v1::Model>(in[i]), "",
                  /*may_be_conventional=*/false, fields.At("models", i));
  }
  return models;
}

// Product ids, or "*" alone.
std::span<const std::string_view> ReadProducts(ViewList<std::string_view> in,
                                               int least,
                                               const Fields& fields) {
  if (in.size() == 1 && in[0] == kAllProducts) {
    const auto all = fields.arena().NewArray<std::string_view>(1);
    all[0] = kAllProducts;
    return all;
  }
  if (least > 0 && in.empty()) fields.Missing("products");
  return fields.Ids("products", in, kCertificateListMax);
}

// By product id: the order of a map on the wire means nothing, and of a key
// that is given twice the last counts. `Entry` is the map's.
template <typename Entry>
std::span<const Cap> ReadCaps(ViewList<Entry> in, const Fields& fields) {
  if (!fields.SizeIsIn("caps", in.size(), 0, kCertificateListMax)) return {};
  std::map<std::string_view, std::string_view> quantities;
  for (const Entry entry : in) quantities[entry.key()] = entry.value();
  const auto caps = fields.arena().NewArray<Cap>(quantities.size());
  const Fields at = fields.At("caps");
  size_t next = 0;
  for (const auto& [product, quantity] : quantities) {
    Cap& cap = caps[next++];
    cap.product = at.Id("", product);
    const std::string name = Quoted(product, kIdBytesMax);
    cap.quantity = at.Quantity(name, quantity);
  }
  return caps;
}

std::span<const AssessedCertificate> ReadAssessed(
    ViewList<view::AssessedCertificate> in, const Fields& fields) {
  if (!fields.SizeIsIn("also", in.size(), 0, kCertificateListMax)) return {};
  const auto also = fields.arena().NewArray<AssessedCertificate>(in.size());
  for (int i = 0; i < in.size(); ++i) {
    const Fields at = fields.At("also", i);
    also[i] = {.certificate = at.Id("certificate", in[i].certificate()),
               .level = at.Name("level", in[i].level())};
  }
  return also;
}

std::span<const std::string_view> ReadKinds(ViewList<std::string_view> in,
                                            const Fields& fields) {
  if (!fields.SizeIsIn("kinds", in.size(), 0, kSiteKindsMax)) return {};
  const auto kinds = fields.arena().NewArray<std::string_view>(in.size());
  for (int i = 0; i < in.size(); ++i) {
    if (!IsWord(in[i])) {
      fields.At("kinds", i).Argument("", in[i], "1 to 64 of A-Z 0-9 _");
    }
    kinds[i] = in[i];
  }
  return kinds;
}

Category ReadCategory(v1::ProductCategory in, const Fields& fields) {
  if (v1::ProductCategory_IsValid(in)) return static_cast<Category>(in);
  NoteEnum("category", in, fields);
  return Category::kUnspecified;
}

CertificateStatus ReadStatus(v1::CertificateStatus in, const Fields& fields) {
  if (in == v1::CERTIFICATE_STATUS_UNSPECIFIED) {
    fields.Missing("status");
  } else if (!v1::CertificateStatus_IsValid(in)) {
    NoteEnum("status", in, fields);
  } else {
    return static_cast<CertificateStatus>(in);
  }
  return CertificateStatus::kUnspecified;
}

}  // namespace

DefineScheme Read(view::DefineScheme in, const Fields& fields) {
  return {.profile = fields.Profile("profile", in.profile())};
}

DefineProduct Read(view::DefineProduct in, const Fields& fields) {
  if (!in.has_decimals()) {
    fields.Missing("decimals");
  } else if (in.decimals() < 0 || in.decimals() > kDecimalsMax) {
    static_assert(kDecimalsMax == 6);
    fields.Argument("decimals", std::to_string(in.decimals()), "0 to 6");
  }
  return {
      .product = fields.Id("product", in.product()),
      .name = fields.OptionalName("name", in.name()),
      .unit = fields.Unit("unit", in.unit()),
      .decimals = in.decimals(),
      .group = fields.OptionalId("group", in.group()),
      .category = ReadCategory(in.category(), fields),
  };
}

RegisterParty Read(view::RegisterParty in, const Fields& fields) {
  return {
      .party = fields.Id("party", in.party()),
      .name = fields.OptionalName("name", in.name()),
      .roles = ReadRoles(in.roles(), fields),
      .country = fields.OptionalCountry("country", in.country()),
      .lei = fields.OptionalLei("lei", in.lei()),
      .gln = fields.OptionalGln("gln", in.gln()),
  };
}

RegisterSite Read(view::RegisterSite in, const Fields& fields) {
  return {
      .site = fields.Id("site", in.site()),
      .party = fields.Id("party", in.party()),
      .name = fields.OptionalName("name", in.name()),
      .country = fields.OptionalCountry("country", in.country()),
      .kinds = ReadKinds(in.kinds(), fields),
      .scope_group = fields.OptionalId("scope_group", in.scope_group()),
  };
}

GrantCertificate Read(view::GrantCertificate in, const Fields& fields) {
  if (in.sites().empty()) fields.Missing("sites");
  GrantCertificate out = {
      .certificate = fields.Id("certificate", in.certificate()),
      .scheme = fields.Id("scheme", in.scheme()),
      .holder = fields.Id("holder", in.holder()),
      .body = fields.Id("body", in.body()),
      .sites = fields.Ids("sites", in.sites(), kCertificateListMax),
      .products = ReadProducts(in.products(), 1, fields),
      .models = ReadModels(in.models(), 1, fields),
      .from = fields.Day("from", in.from()),
      .to = fields.Day("to", in.to()),
      .caps = ReadCaps(in.caps(), fields),
      .level = fields.OptionalName("level", in.level()),
      .non_claiming = in.non_claiming(),
  };
  if (!in.to().empty()) fields.NotBefore("to", out.from, out.to);
  return out;
}

AmendCertificate Read(view::AmendCertificate in, const Fields& fields) {
  return {
      .certificate = fields.Id("certificate", in.certificate()),
      .effective_from = fields.Day("effective_from", in.effective_from()),
      .sites = fields.Ids("sites", in.sites(), kCertificateListMax),
      .products = ReadProducts(in.products(), 0, fields),
      .models = ReadModels(in.models(), 0, fields),
      .to = fields.OptionalDay("to", in.to()),
      .level = fields.OptionalName("level", in.level()),
  };
}

ExtendVolume Read(view::ExtendVolume in, const Fields& fields) {
  return {
      .certificate = fields.Id("certificate", in.certificate()),
      .product = fields.Id("product", in.product()),
      .quantity = fields.Quantity("quantity", in.quantity()),
  };
}

SetCertificateStatus Read(view::SetCertificateStatus in, const Fields& fields) {
  return {
      .certificate = fields.Id("certificate", in.certificate()),
      .status = ReadStatus(in.status(), fields),
      .effective_from = fields.Day("effective_from", in.effective_from()),
  };
}

AddGroupMember Read(view::AddGroupMember in, const Fields& fields) {
  return {
      .certificate = fields.Id("certificate", in.certificate()),
      .member = fields.Id("member", in.member()),
      .caps = ReadCaps(in.caps(), fields),
  };
}

RecordAssessment Read(view::RecordAssessment in, const Fields& fields) {
  return {
      .certificate = fields.Id("certificate", in.certificate()),
      .level = in.member().empty() ? fields.Name("level", in.level())
                                   : fields.OptionalName("level", in.level()),
      .effective_from = fields.Day("effective_from", in.effective_from()),
      .evidence = fields.OptionalText("evidence", in.evidence()),
      .also = ReadAssessed(in.also(), fields),
      .member = fields.OptionalId("member", in.member()),
      .non_compliant = in.non_compliant(),
  };
}

}  // namespace tally::wire

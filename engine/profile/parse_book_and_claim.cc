#include "engine/profile/parse_book_and_claim.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/limits.h"

namespace tally {
namespace {

using nlohmann::json;

constexpr NamedValue<CreditExpiryKind> kExpiryKinds[] = {
    {"NONE", CreditExpiryKind::kNone},
    {"MONTHS_FROM_PRODUCTION", CreditExpiryKind::kMonthsFromProduction},
    {"VINTAGE_YEARS", CreditExpiryKind::kVintageYears},
    {"DATE_AFTER_VINTAGE", CreditExpiryKind::kDateAfterVintage},
};
constexpr NamedValue<AuditSpan> kAuditSpans[] = {
    {"YEAR", AuditSpan::kYear},
};
constexpr NamedValue<Purpose> kPurposes[] = {
    {"VOLUNTARY", Purpose::kVoluntary},
    {"COMPLIANCE", Purpose::kCompliance},
    {"MEMBER_USE", Purpose::kMemberUse},
};

// "03-31". 29 February is taken: it is the last day of that month.
void ReadMonthDay(ObjectReader* reader, CreditExpiry* expiry) {
  const json* child = reader->Child("month_day");
  if (child == nullptr) return;
  const auto* text = child->get_ptr<const std::string*>();
  const std::optional<Date> date =
      text == nullptr ? std::nullopt : ParseDate("2000-" + *text);
  if (!date) return reader->Refuse("month_day", "a day of the year, \"MM-DD\"");
  expiry->month = date->month();
  expiry->day = date->day();
}

void ParseExpiry(ObjectReader* parent, CreditExpiry* expiry) {
  const json* child = parent->Child("expiry");
  if (child == nullptr) return;
  ObjectReader reader(*child, parent->PathOf("expiry"), parent->violations());
  reader.Require("kind");
  reader.ReadEnum("kind", kExpiryKinds, &expiry->kind);
  reader.ReadWhole("count", {.min = 0, .max = kProfileMonthsMax},
                   &expiry->count);
  ReadMonthDay(&reader, expiry);
  const bool counts = expiry->kind == CreditExpiryKind::kMonthsFromProduction ||
                      expiry->kind == CreditExpiryKind::kVintageYears;
  const bool dated = expiry->kind == CreditExpiryKind::kDateAfterVintage;
  if (counts) reader.Require("count");
  if (dated) reader.Require("month_day");
  if (!counts && reader.Has("count")) {
    reader.Refuse("count", "no count beside this kind");
  }
  if (!dated && reader.Has("month_day")) {
    reader.Refuse("month_day", "no month_day beside this kind");
  }
  reader.Finish();
}

void ParseUnbundling(ObjectReader* parent, std::optional<Unbundling>* result) {
  const json* child = parent->ChildUnlessNull("unbundle");
  if (child == nullptr) return;
  ObjectReader reader(*child, parent->PathOf("unbundle"), parent->violations());
  Unbundling unbundling;
  reader.Require("parts");
  reader.ReadList("parts", ListOf::kIds, &unbundling.parts);
  if (unbundling.parts.size() < 2 && reader.Has("parts")) {
    reader.Refuse("parts", "at least two parts");
  }
  reader.ReadList("indivisible", ListOf::kIds, &unbundling.indivisible);
  for (const std::string& part : unbundling.indivisible) {
    if (std::ranges::find(unbundling.parts, part) == unbundling.parts.end()) {
      reader.Refuse("indivisible",
                    "parts that \"parts\" lists, unlike " + part);
    }
  }
  reader.Finish();
  *result = std::move(unbundling);
}

void ParseForfeits(ObjectReader* parent, std::vector<Purpose>* forfeits) {
  const std::span<const json> elements = parent->Elements("forfeits");
  for (size_t i = 0; i < elements.size(); ++i) {
    const auto* name = elements[i].get_ptr<const std::string*>();
    const std::optional<Purpose> purpose =
        name == nullptr ? std::nullopt : FindName(kPurposes, *name);
    if (!purpose || std::ranges::find(*forfeits, *purpose) != forfeits->end()) {
      parent->violations()->Add(IndexPath(parent->PathOf("forfeits"), i),
                                elements[i],
                                "one of " + NamesOf(kPurposes) + ", once");
      continue;
    }
    forfeits->push_back(*purpose);
  }
}

void ParseAuditLimit(ObjectReader* parent, std::optional<AuditLimit>* result) {
  const json* child = parent->ChildUnlessNull("audit_reference_above");
  if (child == nullptr) return;
  ObjectReader reader(*child, parent->PathOf("audit_reference_above"),
                      parent->violations());
  AuditLimit limit;
  reader.Require("quantity");
  reader.ReadQuantity("quantity", &limit.quantity);
  reader.ReadEnum("per", kAuditSpans, &limit.per);
  reader.Finish();
  *result = limit;
}

}  // namespace

void ParseBookAndClaim(ObjectReader* reader, BookAndClaimTerms* terms) {
  reader->ReadList("issuer_site_kinds", ListOf::kIds,
                   &terms->issuer_site_kinds);
  if (reader->IsEmptyList("issuer_site_kinds")) {
    reader->Refuse("issuer_site_kinds",
                   "at least one site kind; left out, any may issue");
  }
  reader->ReadQuantity("unit", &terms->unit);
  ParseExpiry(reader, &terms->expiry);
  reader->ReadWhole("issue_window_months", {.min = 0, .max = kProfileMonthsMax},
                    &terms->issue_window_months);
  reader->ReadPercent("prior_vintage_pct", &terms->prior_vintage_pct);
  reader->ReadFactor("attach_ratio", &terms->attach_ratio);
  ParseUnbundling(reader, &terms->unbundle);
  ParseForfeits(reader, &terms->forfeits);
  ParseAuditLimit(reader, &terms->audit_reference_above);
  reader->ReadFlag("claim_period_ended", &terms->claim_period_ended);
}

}  // namespace tally

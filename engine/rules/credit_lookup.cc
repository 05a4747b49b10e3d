#include "engine/rules/credit_lookup.h"

#include "engine/rules/lookup.h"
#include "fmt/format.h"

namespace tally {

SchemeIndex FindCreditScheme(Case& c, std::string_view kind,
                             std::string_view name) {
  const SchemeIndex scheme = FindScheme(c, FieldPath(kind).Of("scheme"), name);
  if (!scheme.valid()) return scheme;
  if (c.ProfileOf(scheme).Lists(Model::kBookAndClaim)) return scheme;
  c.verdict.Refuse(RefuseUnder(
      c, scheme, Code::kUnknownModel,
      fmt::format("{}.scheme: scheme \"{}\" has no credits", kind, name)));
  return SchemeIndex();
}

std::optional<DateRange> ReadPeriod(Case& c, const FieldPath& field,
                                    std::string_view text) {
  const std::optional<DateRange> period = ParseDateRange(text);
  if (!period) {
    RefuseField(c, Code::kInvalidArgument, field, text,
                "a period: \"2024\", \"2024-03\" or "
                "\"2024-01-01/2024-06-30\"");
  }
  return period;
}

std::optional<Quantity> ReadUnit(Case& c, std::string_view kind,
                                 SchemeIndex scheme, ProductIndex product) {
  const Decimal& unit = TermsOf(c, scheme).unit;
  const int decimals = c.state.registry().at(product).decimals;
  const std::optional<int64_t> units = unit.Units(decimals);
  if (units) return Quantity(*units);
  RefuseField(
      c, Code::kInvalidQuantity, FieldPath(kind).Of("quantity"),
      unit.ToString(),
      fmt::format("a credit's unit that {} decimals can tell", decimals));
  return std::nullopt;
}

std::optional<Quantity> ReadCredits(Case& c, std::string_view kind,
                                    const Decimal& quantity, SchemeIndex scheme,
                                    ProductIndex product) {
  const FieldPath field = FieldPath(kind).Of("quantity");
  const std::optional<Quantity> read =
      ReadQuantity(c, field, quantity, product);
  // A quantity that is none comes before a scheme that is unknown.
  if (!scheme.valid()) return std::nullopt;
  const std::optional<Quantity> unit = ReadUnit(c, kind, scheme, product);
  if (!read || !unit) return std::nullopt;
  if (read->units() % unit->units() == 0) return read;
  RefuseField(c, Code::kInvalidQuantity, field, quantity.ToString(),
              fmt::format("a multiple of {}, what one credit stands for",
                          Show(c, product, *unit)));
  return std::nullopt;
}

}  // namespace tally

#include "engine/profile/parse_conversions.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "fmt/format.h"

namespace tally {
namespace {

using nlohmann::json;

// The bounds of factors and lists keep such sums within a Ratio.
Ratio Add(Ratio a, Ratio b) {
  const std::optional<Ratio> sum = a.Plus(b);
  TALLY_CHECK(sum.has_value());
  return *sum;
}

ConversionOutput ParseOutput(const json& value, std::string path,
                             const Conversion& conversion,
                             ViolationList* violations) {
  ObjectReader reader(value, std::move(path), violations);
  ConversionOutput output;
  reader.Require("product");
  reader.ReadId("product", &output.product);
  reader.Require("factor");
  reader.ReadFactor("factor", &output.factor);
  reader.ReadFactor("uses", &output.uses);
  reader.ReadFlag("excluded", &output.excluded);
  reader.Finish();
  if (conversion.FindOutput(output.product) != nullptr) {
    reader.Refuse("product", "a product that the outputs do not list twice");
  }
  if (!output.HasRecipe() && output.factor > conversion.max_total) {
    reader.Refuse("factor", "at most max_total where \"uses\" is 1");
  }
  return output;
}

// What the outputs together may not do: claim more than max_total when they
// arise together, or leave out more than there is.
void CheckTotals(const Conversion& conversion, ObjectReader* reader) {
  if (conversion.ExcludedFactors() > conversion.max_total) {
    reader->Refuse("outputs", "excluded factors of at most max_total in all");
  }
  if (!conversion.joint || conversion.HasRecipe()) return;
  Ratio sum;
  for (const ConversionOutput& output : conversion.outputs) {
    sum = Add(sum, output.factor);
  }
  if (sum > conversion.max_total) {
    reader->Refuse("outputs",
                   "factors of at most max_total in all, where joint is true");
  }
}

Conversion ParseConversion(const json& value, std::string path,
                           ViolationList* violations) {
  ObjectReader reader(value, std::move(path), violations);
  Conversion conversion;
  reader.Require("process");
  reader.ReadId("process", &conversion.process);
  reader.Require("input");
  reader.ReadId("input", &conversion.input);
  reader.ReadDates(&conversion.dates);
  reader.ReadFlag("joint", &conversion.joint);
  reader.ReadFactor("max_total", &conversion.max_total);
  reader.Require("outputs");
  const std::span<const json> outputs = reader.Elements("outputs");
  for (size_t i = 0; i < outputs.size(); ++i) {
    conversion.outputs.push_back(
        ParseOutput(outputs[i], IndexPath(reader.PathOf("outputs"), i),
                    conversion, violations));
  }
  if (reader.IsEmptyList("outputs")) {
    reader.Refuse("outputs", "at least one output");
  }
  CheckTotals(conversion, &reader);
  reader.Finish();
  return conversion;
}

bool Overlap(const DateRange& a, const DateRange& b) {
  return a.first <= b.last && b.first <= a.last;
}

// Of two factors for one day neither could be said to be the right one.
void CheckOverlaps(const std::vector<Conversion>& conversions,
                   ViolationList* violations) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<size_t>>
      by_process;
  for (size_t i = 0; i < conversions.size(); ++i) {
    const Conversion& conversion = conversions[i];
    if (conversion.process.empty() || conversion.input.empty()) continue;
    std::vector<size_t>& earlier =
        by_process[{conversion.process, conversion.input}];
    for (const size_t other : earlier) {
      if (!Overlap(conversion.dates, conversions[other].dates)) continue;
      violations->Add(
          IndexPath("conversions", i),
          fmt::format("dates that do not overlap those of conversions[{}], "
                      "which is of the same process and input",
                      other));
      break;
    }
    earlier.push_back(i);
  }
}

}  // namespace

void ParseConversions(ObjectReader* root, Profile* profile) {
  const std::span<const json> elements = root->Elements("conversions");
  for (size_t i = 0; i < elements.size(); ++i) {
    profile->conversions.push_back(ParseConversion(
        elements[i], IndexPath("conversions", i), root->violations()));
  }
  CheckOverlaps(profile->conversions, root->violations());
}

}  // namespace tally

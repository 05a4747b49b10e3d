// A recognition: which claims of another scheme this scheme takes as input,
// and as what.

#ifndef TALLY_ENGINE_PROFILE_RECOGNITION_H_
#define TALLY_ENGINE_PROFILE_RECOGNITION_H_

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/model/claim.h"

namespace tally {

struct Recognition {
  std::string scheme;
  std::vector<std::string> products;  // empty: all
  std::vector<Model> models;
  std::string min_level;          // "" : any
  std::optional<Model> as_model;  // left out: the model that it has
  DateRange dates{Date::Min(), Date::Max()};

  bool Covers(std::string_view product, Model model, Date date) const {
    return dates.Contains(date) &&
           std::ranges::find(models, model) != models.end() &&
           (products.empty() ||
            std::ranges::find(products, product) != products.end());
  }
  Model ModelOf(Model recognised) const {
    return as_model.value_or(recognised);
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_RECOGNITION_H_

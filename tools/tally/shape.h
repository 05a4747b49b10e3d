// Checks of the shape of JSON that a person wrote: which keys an object may
// have, and of what type a value is.

#ifndef TALLY_TOOLS_TALLY_SHAPE_H_
#define TALLY_TOOLS_TALLY_SHAPE_H_

#include <string>
#include <string_view>
#include <vector>

#include "nlohmann/json.hpp"
#include "services/authoring/read.h"

namespace tally::cli {

class Shape {
 public:
  // `problems` must outlive this.
  explicit Shape(std::vector<authoring::Problem>* problems)
      : problems_(problems) {}

  // Whether `in` is an object; keys that are not among `keys` are problems.
  bool Keys(const nlohmann::json& in, const std::string& path,
            const std::vector<std::string_view>& keys);
  // Whether `in` has `key`; a problem where it has not.
  bool Has(const nlohmann::json& in, const std::string& path,
           std::string_view key);
  bool Text(const nlohmann::json& in, const std::string& path);
  bool List(const nlohmann::json& in, const std::string& path);
  bool ListOfTexts(const nlohmann::json& in, const std::string& path);
  void Note(const std::string& path, std::string limit);

 private:
  std::vector<authoring::Problem>* const problems_;
};

// "steps[2]" and "post" give "steps[2].post".
std::string KeyPath(const std::string& path, std::string_view key);
std::string IndexPath(const std::string& path, size_t index);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_SHAPE_H_

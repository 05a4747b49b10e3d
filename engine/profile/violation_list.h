// What is wrong with a profile, collected while it is read: bounded, so that
// a hostile profile cannot make the answer larger than itself.

#ifndef TALLY_ENGINE_PROFILE_VIOLATION_LIST_H_
#define TALLY_ENGINE_PROFILE_VIOLATION_LIST_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/refusal.h"
#include "nlohmann/json_fwd.hpp"

namespace tally {

class ViolationList {
 public:
  // `violations` must outlive this.
  explicit ViolationList(std::vector<Violation>* violations)
      : violations_(violations), first_(violations->size()) {}

  // `value` is shown as JSON, cut to a bounded length.
  void Add(std::string_view path, const nlohmann::json& value,
           std::string limit);
  // Without a value: a key that is missing, text that is not JSON.
  void Add(std::string_view path, std::string limit);

  bool empty() const { return violations_->size() == first_; }

 private:
  void Append(Violation violation);

  std::vector<Violation>* const violations_;
  const size_t first_;
};

// "models" and "MASS_BALANCE" give "models.MASS_BALANCE"; at the root, the
// key alone.
std::string JoinPath(std::string_view path, std::string_view key);
// "conversions" and 2 give "conversions[2]".
std::string IndexPath(std::string_view path, size_t index);

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_VIOLATION_LIST_H_

// The verdict on one event: of all rules that say no, the first in the
// documented order is the answer. Rules may therefore run in any order.

#ifndef TALLY_ENGINE_RULES_VERDICT_H_
#define TALLY_ENGINE_RULES_VERDICT_H_

#include <memory>
#include <utility>

#include "engine/model/refusal.h"

namespace tally {

class Verdict {
 public:
  bool accepted() const { return refusal_ == nullptr; }

  // Whether a refusal with this code would be the answer: asked before the
  // figures of one are put into words.
  bool Concerns(Code code) const {
    return accepted() || Precedence(code) < Precedence(refusal_->code);
  }

  // Keeps the refusal if it comes before what was said so far.
  void Refuse(Refusal refusal) {
    if (!Concerns(refusal.code)) return;
    refusal_ = std::make_unique<Refusal>(std::move(refusal));
  }

  const Refusal& refusal() const { return *refusal_; }
  std::unique_ptr<Refusal> TakeRefusal() { return std::move(refusal_); }

 private:
  std::unique_ptr<Refusal> refusal_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_VERDICT_H_

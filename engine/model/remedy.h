// What would make a refused event pass: one sentence a code, with the figures
// of the refusal where it has them.
//
//   RemedyOf(refusal)
//     "Ship at most 40.000 TNE, or first bring 1.000 TNE more into the
//      account."

#ifndef TALLY_ENGINE_MODEL_REMEDY_H_
#define TALLY_ENGINE_MODEL_REMEDY_H_

#include <string>
#include <string_view>

#include "engine/model/refusal.h"

namespace tally {

// The sentence of a code, with {figure} where a figure of that name stands;
// empty for ACCEPTED alone.
std::string_view RemedyText(Code code);

// The sentence with the refusal's figures and their units in it. Where a
// figure is not there, the words that RemedyText() has beside it:
// "{available|what is available}".
std::string RemedyOf(const Refusal& refusal);

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_REMEDY_H_

// A small chain as authoring JSON: a mill with 100 t of mass-balance oil in a
// scheme without certificates, and who is around it.

#ifndef TALLY_TESTS_TOOLS_TALLY_CHAIN_H_
#define TALLY_TESTS_TOOLS_TALLY_CHAIN_H_

#include <string>

namespace tally::cli {

// The profile of scheme "x".
extern const char kProfile[];
// A list of events, without the scheme.
extern const char kSetup[];

// A ship event of `quantity` t from the mill, out of its mass balance.
std::string Ship(const std::string& shipment, const std::string& quantity);

// A scenario on this chain with these steps.
std::string ScenarioWith(const std::string& steps);

// The chain with `more` events, as a file for `tally post`.
std::string ChainFile(const std::string& more = "");

}  // namespace tally::cli

#endif  // TALLY_TESTS_TOOLS_TALLY_CHAIN_H_

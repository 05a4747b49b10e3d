// Reads the files of vectors/: lines of words, `#` begins a comment.

#ifndef TALLY_TESTS_ENGINE_LOG_TEST_VECTORS_H_
#define TALLY_TESTS_ENGINE_LOG_TEST_VECTORS_H_

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/sha256.h"
#include "fmt/format.h"

namespace tally {

inline std::string ToHex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    text += fmt::format("{:02x}", static_cast<uint8_t>(byte));
  }
  return text;
}

inline std::string ToHex(const Sha256Digest& digest) {
  return ToHex(std::string_view(reinterpret_cast<const char*>(digest.data()),
                                digest.size()));
}

inline std::string FromHex(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes.push_back(static_cast<char>(
        std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

// The lines that begin with `first`, as their words.
inline std::vector<std::vector<std::string>> ReadVectors(
    const std::string& file, const std::string& first) {
  const char* root = std::getenv("TALLY_SOURCE_DIR");
  TALLY_CHECK(root != nullptr);
  std::ifstream in(std::string(root) + "/tests/engine/log/vectors/" + file);
  TALLY_CHECK(in.good());
  std::vector<std::vector<std::string>> found;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::vector<std::string> vector;
    for (std::string word; words >> word;) vector.push_back(word);
    if (!vector.empty() && vector[0] == first) found.push_back(vector);
  }
  TALLY_CHECK(!found.empty());
  return found;
}

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_LOG_TEST_VECTORS_H_

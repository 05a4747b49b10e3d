// A directory of a test's own, removed with all that is in it.

#ifndef TALLY_TESTS_ENGINE_STORAGE_TEMPORARY_DIRECTORY_H_
#define TALLY_TESTS_ENGINE_STORAGE_TEMPORARY_DIRECTORY_H_

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "engine/base/check.h"

namespace tally {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name =
        (std::filesystem::temp_directory_path() / "tally_test_XXXXXX");
    TALLY_CHECK(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const {
    return path_ + "/" + name;
  }

 private:
  std::string path_;
};

// What a process leaves behind that dies now: the files as they are, of a
// database that may still be open.
inline void CopyAsIfKilled(const std::string& from, const std::string& to) {
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
  std::filesystem::remove(to + "/LOCK");
}

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_STORAGE_TEMPORARY_DIRECTORY_H_

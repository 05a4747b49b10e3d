// What a disk would forget if the power went now: bytes of files after their
// last sync, and entries of folders (made, renamed, deleted) since theirs.
//
// A file system tells it what it does; LosePower() then makes the files on
// disk what they would be. Not thread-safe.

#ifndef TALLY_TESTS_FAULTS_UNSYNCED_H_
#define TALLY_TESTS_FAULTS_UNSYNCED_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tally::faults {

class Unsynced {
 public:
  // Before it is done.
  void Renaming(const std::string& from, const std::string& to);
  void Linking(const std::string& from, const std::string& to);
  void Deleting(const std::string& path);
  void OpeningToWriteWithin(const std::string& path);
  // After it was done.
  void Created(const std::string& path, bool was_there);
  void Synced(const std::string& path);
  void FolderSynced(const std::string& folder);

  // `keep_half`: of the bytes after the last sync, the first half stays, and
  // so do the entries. Forgets what it was told.
  void LosePower(bool keep_half);

 private:
  struct Change {
    enum class Kind : uint8_t { kCreated, kRenamed, kDeleted };
    Kind kind;
    std::string path;
    std::string from;  // kRenamed
    bool was_there;    // kRenamed, kDeleted: with these bytes
    std::string bytes;
  };

  static void TakeBack(const Change& change);

  std::vector<Change> changes_;
  // How many bytes of files that are appended to are safe.
  std::map<std::string, uint64_t> appended_;
  // What files that are written within have safely.
  std::map<std::string, std::string> within_;
};

}  // namespace tally::faults

#endif  // TALLY_TESTS_FAULTS_UNSYNCED_H_

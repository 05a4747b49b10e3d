// What a ledger asks of its disk, and the ways in which that goes wrong.

#ifndef TALLY_TESTS_FAULTS_DISK_OPERATION_H_
#define TALLY_TESTS_FAULTS_DISK_OPERATION_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace tally::faults {

enum class DiskOperation : uint8_t {
  kCreate,      // a file to be written
  kAppend,      // to a file
  kWrite,       // within a file
  kSync,        // of a file
  kClose,       // of a file that was written
  kRename,      //
  kLink,        // a second name for a file
  kDelete,      // of a file
  kMakeFolder,  //
  kSyncFolder,  // after which its entries stay
  kOpen,        // a file to be read, or a folder
  kRead,        //
  kLook,        // is it there, how large is it, what is in the folder
  kLock,        //
};
inline constexpr int kDiskOperationCount = 14;

enum class Fault : uint8_t {
  kFail,     // an I/O error once, and nothing done
  kTear,     // half of it is written, and an I/O error, once
  kNoSpace,  // the disk is full, once
  // The power goes: nothing is done any more. What was not synced is lost,
  kPowerCut,
  // or the first half of it is still there.
  kPowerCutTorn,
};
inline constexpr int kFaultCount = 5;

std::string_view NameOf(DiskOperation operation);
std::string_view NameOf(Fault fault);

// The faults that an operation can have.
std::span<const Fault> FaultsOf(DiskOperation operation);

// How often each was done.
using OperationCounts = std::array<int64_t, kDiskOperationCount>;

}  // namespace tally::faults

#endif  // TALLY_TESTS_FAULTS_DISK_OPERATION_H_

#include "tests/faults/disk_operation.h"

#include <cstddef>

namespace tally::faults {
namespace {

constexpr std::array<std::string_view, kDiskOperationCount> kOperationNames = {
    "create file", "append", "write",  "sync",        "close",
    "rename",      "link",   "delete", "make folder", "sync folder",
    "open",        "read",   "look",   "lock"};
constexpr std::array<std::string_view, kFaultCount> kFaultNames = {
    "error", "torn", "disk full", "power cut", "power cut, torn"};

// Of what writes bytes, of what takes room, of what is to last, of what only
// looks: the power that goes then takes back no more than at the next write.
constexpr Fault kOfBytes[] = {Fault::kFail, Fault::kTear, Fault::kNoSpace,
                              Fault::kPowerCut, Fault::kPowerCutTorn};
constexpr Fault kOfRoom[] = {Fault::kFail, Fault::kNoSpace, Fault::kPowerCut};
constexpr Fault kOfLasting[] = {Fault::kFail, Fault::kPowerCut,
                                Fault::kPowerCutTorn};
constexpr Fault kOfLooking[] = {Fault::kFail};

}  // namespace

std::string_view NameOf(DiskOperation operation) {
  return kOperationNames[static_cast<size_t>(operation)];
}

std::string_view NameOf(Fault fault) {
  return kFaultNames[static_cast<size_t>(fault)];
}

std::span<const Fault> FaultsOf(DiskOperation operation) {
  switch (operation) {
    case DiskOperation::kAppend:
    case DiskOperation::kWrite:
      return kOfBytes;
    case DiskOperation::kCreate:
    case DiskOperation::kMakeFolder:
      return kOfRoom;
    case DiskOperation::kSync:
    case DiskOperation::kClose:
    case DiskOperation::kRename:
    case DiskOperation::kLink:
    case DiskOperation::kDelete:
    case DiskOperation::kSyncFolder:
      return kOfLasting;
    case DiskOperation::kOpen:
    case DiskOperation::kRead:
    case DiskOperation::kLook:
    case DiskOperation::kLock:
      return kOfLooking;
  }
  return {};
}

}  // namespace tally::faults

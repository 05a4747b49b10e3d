// How many there are of each thing that others refer to by its index. They
// come first in a snapshot, so that every index after them can be checked.

#ifndef TALLY_ENGINE_SNAPSHOT_STATE_COUNTS_H_
#define TALLY_ENGINE_SNAPSHOT_STATE_COUNTS_H_

#include <cstdint>

#include "engine/model/claim.h"
#include "engine/model/indices.h"

namespace tally {

struct StateCounts {
  int32_t schemes = 0;
  int32_t products = 0;
  int32_t parties = 0;
  int32_t sites = 0;
  int32_t pools = 0;
  int32_t scopes = 0;
  int32_t claim_sets = 0;  // of several claims
  int32_t lots = 0;
  int32_t accounts = 0;
  int32_t shipments = 0;
  int32_t blocks = 0;
  int32_t certificates = 0;

  // The index after the last one of its kind.
  int64_t End(SchemeIndex) const { return schemes; }
  int64_t End(ProductIndex) const { return products; }
  int64_t End(PartyIndex) const { return parties; }
  int64_t End(SiteIndex) const { return sites; }
  int64_t End(PoolIndex) const { return pools; }
  int64_t End(ScopeIndex) const { return scopes; }
  int64_t End(LotIndex) const { return lots; }
  int64_t End(AccountIndex) const { return accounts; }
  int64_t End(ShipmentIndex) const { return shipments; }
  int64_t End(BlockIndex) const { return blocks; }
  int64_t End(CertificateIndex) const { return certificates; }
  int64_t End(ClaimIndex) const { return int64_t{schemes} * kModelCount; }
};

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_STATE_COUNTS_H_

// Dense indices of the things a ledger knows, in the order in which its log
// made them known: the same log gives the same indices, on every replica.

#ifndef TALLY_ENGINE_MODEL_INDICES_H_
#define TALLY_ENGINE_MODEL_INDICES_H_

#include "engine/base/strong_id.h"

namespace tally {

using SchemeIndex = StrongIndex<struct SchemeTag>;
using ProductIndex = StrongIndex<struct ProductTag>;
using PartyIndex = StrongIndex<struct PartyTag>;
using SiteIndex = StrongIndex<struct SiteTag>;
using CertificateIndex = StrongIndex<struct CertificateTag>;
using AccountIndex = StrongIndex<struct AccountTag>;
using LotIndex = StrongIndex<struct LotTag>;
using ShipmentIndex = StrongIndex<struct ShipmentTag>;
using BlockIndex = StrongIndex<struct BlockTag>;

// A claim (scheme and model), and an ordered set of claims on one quantity.
using ClaimIndex = StrongIndex<struct ClaimTag>;
using ClaimSetIndex = StrongIndex<struct ClaimSetTag>;
// Sites that share one mass-balance account: a site, a scope group, a party
// or a country.
using ScopeIndex = StrongIndex<struct ScopeTag>;
// Products that share one mass-balance account: a product, or a group's
// products of one category.
using PoolIndex = StrongIndex<struct PoolTag>;

// The place of an accepted event in the log, counted from 0.
using Position = int64_t;

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_INDICES_H_

// The structs of the state's tables: how each is taken apart into the fields
// that a snapshot has of it.

#ifndef TALLY_ENGINE_SNAPSHOT_TABLE_FIELDS_H_
#define TALLY_ENGINE_SNAPSHOT_TABLE_FIELDS_H_

#include "engine/snapshot/credit_fields.h"
#include "engine/snapshot/custody_fields.h"
#include "engine/snapshot/registry_fields.h"

#endif  // TALLY_ENGINE_SNAPSHOT_TABLE_FIELDS_H_

// What the settings say about security, checked.

#ifndef TALLY_SERVICES_SECURITY_SETTINGS_H_
#define TALLY_SERVICES_SECURITY_SETTINGS_H_

#include "absl/status/statusor.h"
#include "services/gate.h"
#include "services/settings.h"

namespace tally::services {

// INVALID_ARGUMENT for settings that go by halves: a certificate without key,
// tokens without audience, and the like.
absl::StatusOr<SecurityOptions> SecurityOf(const Settings& settings);

}  // namespace tally::services

#endif  // TALLY_SERVICES_SECURITY_SETTINGS_H_

// Who calls, as far as that was proved.

#ifndef TALLY_SERVICES_CALLER_H_
#define TALLY_SERVICES_CALLER_H_

#include <string>

namespace tally::services {

struct Caller {
  // The server asks nobody to prove anything: whoever reaches it is trusted.
  bool trusted = false;
  // "spiffe://…", "CN=…" or "ISSUER#SUBJECT"; empty where trusted.
  std::string principal;
  // The configuration names the principal as administrator.
  bool administrator = false;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_CALLER_H_

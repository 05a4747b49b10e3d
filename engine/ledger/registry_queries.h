// What the registry events made known: schemes, products, parties, sites.
// Lists are by id.

#ifndef TALLY_ENGINE_LEDGER_REGISTRY_QUERIES_H_
#define TALLY_ENGINE_LEDGER_REGISTRY_QUERIES_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/page.h"
#include "engine/model/terms.h"
#include "engine/profile/profile.h"

namespace tally {

struct SchemeView {
  std::string scheme;
  // All versions, by the date from which they hold; never empty.
  std::vector<std::shared_ptr<const Profile>> versions;
};

struct ProductView {
  std::string product;
  std::string name;
  std::string unit;
  int32_t decimals = 0;
  std::string group;
  Category category = Category::kUnspecified;
};

struct PartyView {
  std::string party;
  std::string name;
  std::vector<Role> roles;
  std::string country;
  std::string lei;
  std::string gln;
};

struct SiteView {
  std::string site;
  std::string party;
  std::string name;
  std::string country;
  std::vector<std::string> kinds;
  std::string scope_group;
};

template <typename View>
struct RegistryAnswer {
  Standing standing;
  View thing;
};

absl::StatusOr<RegistryAnswer<SchemeView>> GetScheme(const Ledger& ledger,
                                                     std::string_view scheme);
absl::StatusOr<RegistryAnswer<ProductView>> GetProduct(
    const Ledger& ledger, std::string_view product);
absl::StatusOr<RegistryAnswer<PartyView>> GetParty(const Ledger& ledger,
                                                   std::string_view party);
absl::StatusOr<RegistryAnswer<SiteView>> GetSite(const Ledger& ledger,
                                                 std::string_view site);

absl::StatusOr<Page<SchemeView>> ListSchemes(const Ledger& ledger,
                                             const PageQuestion& page);
// `group`: only its products, where given.
absl::StatusOr<Page<ProductView>> ListProducts(const Ledger& ledger,
                                               std::string_view group,
                                               const PageQuestion& page);
// `role`: only those that have it, where given.
absl::StatusOr<Page<PartyView>> ListParties(const Ledger& ledger, Role role,
                                            const PageQuestion& page);

struct SiteListQuestion {
  std::string_view party;
  std::string_view scope_group;
  PageQuestion page;
};
absl::StatusOr<Page<SiteView>> ListSites(const Ledger& ledger,
                                         const SiteListQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_REGISTRY_QUERIES_H_

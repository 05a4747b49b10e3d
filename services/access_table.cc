#include "services/access_table.h"

#include <string>

namespace tally::services {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string Text(const Message& request, const char* name) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr ||
      field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
    return "";
  }
  return request.GetReflection()->GetString(request, field);
}

// The account of a site.
bool Account(const ReadingRights& rights, const Message& request) {
  return rights.SeesStock(Text(request, "site"), Text(request, "scheme"));
}

// A list must be narrowed to what the caller may see: else its pages would
// tell how much there is beside.
bool Stock(const ReadingRights& rights, const Message& request) {
  return rights.SeesParty(Text(request, "party")) || Account(rights, request) ||
         rights.SeesScheme(Text(request, "scheme"));
}

bool PartyOrSite(const ReadingRights& rights, const Message& request) {
  return rights.SeesParty(Text(request, "party")) ||
         rights.SeesSite(Text(request, "site"));
}

// Of a party's credits, claims or redemptions; or a whole scheme's.
bool PartysCredits(const ReadingRights& rights, const Message& request) {
  return rights.SeesParty(Text(request, "party")) ||
         rights.SeesParty(Text(request, "holder")) ||
         rights.SeesParty(Text(request, "issued_to")) ||
         rights.SeesScheme(Text(request, "scheme"));
}

bool Shipment(const ReadingRights& rights, const Message& request) {
  return rights.SeesShipment(Text(request, "shipment"));
}

bool Block(const ReadingRights& rights, const Message& request) {
  return rights.SeesBlock(Text(request, "block"));
}

bool Lot(const ReadingRights& rights, const Message& request) {
  return rights.SeesLot(Text(request, "lot"));
}

bool Flags(const ReadingRights& rights, const Message& request) {
  const std::string block = Text(request, "block");
  return block.empty() ? Lot(rights, request) : rights.SeesBlock(block);
}

// What a void reaches is others' stock, too: for the certification body that
// the event concerns. It hears of what it may see.
bool EventsBody(const ReadingRights& rights, const Event& event) {
  return rights.CertifiesEvent(event);
}

bool Members(const ReadingRights& rights, const Message& request) {
  return rights.SeesCertificate(Text(request, "certificate"));
}

bool Party(const ReadingRights& rights, const Message& request) {
  return rights.SeesRegistry() || rights.SeesParty(Text(request, "party"));
}

bool Site(const ReadingRights& rights, const Message& request) {
  return rights.SeesRegistry() || rights.SeesSite(Text(request, "site"));
}

bool Registry(const ReadingRights& rights, const Message& /*request*/) {
  return rights.SeesRegistry();
}

constexpr AccessRow kTable[] = {
    // What must be known to say anything at all: no party's own.
    {"GetSchemeRequest", Access::kPublic},
    {"ListSchemesRequest", Access::kPublic},
    {"GetProductRequest", Access::kPublic},
    {"ListProductsRequest", Access::kPublic},
    // Public: a certificate's status, a redemption.
    {"GetCertificateRequest", Access::kByContent},
    {"ListCertificatesRequest", Access::kByContent},
    {"GetRedemptionRequest", Access::kPublic},

    {"GetPartyRequest", Access::kAsks, Party},
    {"ListPartiesRequest", Access::kAsks, Registry},
    {"GetSiteRequest", Access::kAsks, Site},
    {"ListSitesRequest", Access::kAsks, Party},
    {"ListGroupMembersRequest", Access::kAsks, Members},

    {"GetBalanceRequest", Access::kAsks, Account},
    {"ListBalancesRequest", Access::kAsks, Stock},
    {"ListEntriesRequest", Access::kAsks, Account},
    {"GetPeriodRequest", Access::kAsks, Account},
    {"ListPeriodsRequest", Access::kAsks, Account},
    {"GetPercentageRequest", Access::kAsks, Account},
    {"GetShipmentRequest", Access::kAsks, Shipment},
    {"ListShipmentsRequest", Access::kAsks, PartyOrSite},

    {"ListHoldingsRequest", Access::kAsks, PartysCredits},
    {"GetBlockRequest", Access::kAsks, Block},
    {"ListBlocksRequest", Access::kAsks, PartysCredits},
    {"ListCreditsRequest", Access::kAsks, PartysCredits},
    {"ListRedemptionsRequest", Access::kAsks, PartysCredits},
    {"GetCoverRequest", Access::kAsks, PartysCredits},

    {"GetLotRequest", Access::kAsks, Lot},
    {"TraceLotRequest", Access::kAsks, Lot},
    {"GetFlagsRequest", Access::kAsks, Flags},
    {"ListAffectedRequest", Access::kAsksOfEvent, nullptr, EventsBody},

    // Signed heads and hashes of salted leaves say nothing of a record. A
    // record itself is read as its event is.
    {"GetCheckpointRequest", Access::kPublic},
    {"GetConsistencyProofRequest", Access::kPublic},
    {"GetInclusionProofRequest", Access::kPublic},
    {"GetTileRequest", Access::kPublic},
    {"GetReceiptRequest", Access::kByContent},
    // The signature proves who signed.
    {"AddWitnessSignatureRequest", Access::kPublic},

    // A bundle has every record of a range, whoever it is about.
    {"CreateBackupRequest", Access::kAdministers},
    {"GetAuditHeadRequest", Access::kAdministers},
    {"ListRecordsRequest", Access::kAdministers},
    {"PutDetailsRequest", Access::kAdministers},
    {"GetDetailsRequest", Access::kAdministers},
    {"EraseDetailsRequest", Access::kAdministers},

    {"PostEventsRequest", Access::kPosts},
    {"StreamEventsRequest", Access::kPosts},
    {"GetEventRequest", Access::kByContent},
    {"ListEventsRequest", Access::kAsks, PartyOrSite},
    {"WatchEventsRequest", Access::kAsks, PartyOrSite},
};

}  // namespace

std::span<const AccessRow> AccessTable() { return kTable; }

const AccessRow* FindAccess(std::string_view request) {
  for (const AccessRow& row : kTable) {
    if (row.request == request) return &row;
  }
  return nullptr;
}

}  // namespace tally::services

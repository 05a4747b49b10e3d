#include "bench/workload/wire_event.h"

#include <array>
#include <string_view>

#include "tallystick/v1/event.pb.h"

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;

// Enough suppliers and certificates that their names do not compress away.
constexpr uint64_t kSuppliers = 9'973;

int64_t ModelNumber(Custody model) {
  switch (model) {
    case Custody::kMassBalance:
      return v1::MODEL_MASS_BALANCE;
    case Custody::kSegregated:
      return v1::MODEL_SEGREGATED;
    case Custody::kIdentityPreserved:
      return v1::MODEL_IDENTITY_PRESERVED;
  }
  return v1::MODEL_UNSPECIFIED;
}

// `text` with `number` over its last `digits` characters.
template <size_t kSize>
std::string_view Numbered(std::string_view text, uint64_t number, int digits,
                          std::array<char, kSize>* out) {
  text.copy(out->data(), kSize);
  for (size_t i = text.size(); digits > 0; --digits, number /= 10) {
    (*out)[--i] = static_cast<char>('0' + number % 10);
  }
  return {out->data(), text.size()};
}

// One event's fields, in the order of its message.
class EventWriter {
 public:
  EventWriter(const World& world, const Act& act, std::string* out)
      : world_(world), act_(act), out_(out) {}

  void Write() {
    out_.Text(v1::Event::kIdFieldNumber, EventId(act_).view());
    const size_t time = out_.Begin(v1::Event::kOccurredAtFieldNumber);
    out_.Number(1, kFirstDaySeconds + act_.day * kDaySeconds);
    out_.End(time);
    std::array<char, 32> text;
    out_.Text(v1::Event::kDocumentFieldNumber, DocumentOf(act_, &text));
    WriteBody();
  }

 private:
  void WriteBody() {
    switch (act_.kind) {
      case Kind::kReceive:
        return Receive();
      case Kind::kShip:
        return Ship();
      case Kind::kAccept:
        return Accept();
      case Kind::kProcess:
        return Process();
      case Kind::kDowngrade:
        return Downgrade();
      case Kind::kIssue:
        return Issue();
      case Kind::kTransfer:
        return Transfer();
      case Kind::kRedeem:
        return Redeem();
    }
  }

  void Quantity(int field, int64_t thousandths) {
    std::array<char, 24> text;
    out_.Text(field, Thousandths(thousandths, &text));
  }
  void Whole(int field, int64_t number) {
    std::array<char, 24> text;
    const std::string_view decimal = Thousandths(number * 1'000, &text);
    out_.Text(field, decimal.substr(0, decimal.size() - 4));
  }
  void Claim(int field) {
    const size_t claim = out_.Begin(field);
    out_.Text(v1::Claim::kSchemeFieldNumber, kScheme);
    out_.Number(v1::Claim::kModelFieldNumber, ModelNumber(act_.model));
    out_.End(claim);
  }
  bool in_lots() const { return act_.model == Custody::kIdentityPreserved; }
  void SourceLot(int field) {
    if (!in_lots()) return;
    out_.Text(field, ThingId(act_.source_key, act_.source_day).view());
  }
  void NewLot(int field) {
    if (in_lots()) out_.Text(field, ThingId(act_.key, act_.day).view());
  }

  void Receive() {
    using Field = v1::Receive;
    const size_t body = out_.Begin(v1::Event::kReceiveFieldNumber);
    out_.Text(Field::kSiteFieldNumber, world_.site(act_.site).view());
    out_.Text(Field::kProductFieldNumber, kProduct);
    Quantity(Field::kQuantityFieldNumber, act_.quantity);
    Claim(Field::kClaimFieldNumber);
    std::array<char, 32> text;
    const uint64_t supplier = act_.key % kSuppliers;
    out_.Text(Field::kSupplierFieldNumber,
              Numbered("Koperasi Sawit Makmur 0000", supplier, 4, &text));
    out_.Text(Field::kSupplierCertificateFieldNumber,
              Numbered("RSPO-110600000", supplier * 7, 5, &text));
    NewLot(Field::kLotFieldNumber);
    out_.End(body);
  }

  void Ship() {
    using Field = v1::Ship;
    const size_t body = out_.Begin(v1::Event::kShipFieldNumber);
    out_.Text(Field::kShipmentFieldNumber, ThingId(act_.key, act_.day).view());
    out_.Text(Field::kFromSiteFieldNumber, world_.site(act_.site).view());
    if (act_.to_site >= 0) {
      out_.Text(Field::kToSiteFieldNumber, world_.site(act_.to_site).view());
    } else {
      std::array<char, 32> text;
      out_.Text(
          Field::kToExternalFieldNumber,
          Numbered("Refinery Antwerp B.V. 0000", act_.key % 997, 4, &text));
    }
    const size_t line = out_.Begin(Field::kLinesFieldNumber);
    out_.Text(v1::ShipLine::kProductFieldNumber, kProduct);
    Quantity(v1::ShipLine::kQuantityFieldNumber, act_.quantity);
    Claim(v1::ShipLine::kClaimFieldNumber);
    SourceLot(v1::ShipLine::kLotFieldNumber);
    out_.End(line);
    out_.End(body);
  }

  void Accept() {
    const size_t body = out_.Begin(v1::Event::kAcceptFieldNumber);
    out_.Text(v1::Accept::kShipmentFieldNumber,
              ThingId(act_.source_key, act_.source_day).view());
    out_.End(body);
  }

  void Process() {
    const size_t body = out_.Begin(v1::Event::kProcessFieldNumber);
    out_.Text(v1::Process::kSiteFieldNumber, world_.site(act_.site).view());
    out_.Text(v1::Process::kProcessFieldNumber, "refining");
    const size_t input = out_.Begin(v1::Process::kInputsFieldNumber);
    out_.Text(v1::ProcessInput::kProductFieldNumber, kProduct);
    Quantity(v1::ProcessInput::kQuantityFieldNumber, act_.quantity);
    Claim(v1::ProcessInput::kClaimFieldNumber);
    SourceLot(v1::ProcessInput::kLotFieldNumber);
    out_.End(input);
    const size_t output = out_.Begin(v1::Process::kOutputsFieldNumber);
    out_.Text(v1::ProcessOutput::kProductFieldNumber, kRefinedProduct);
    Quantity(v1::ProcessOutput::kQuantityFieldNumber, act_.quantity * 95 / 100);
    Claim(v1::ProcessOutput::kClaimFieldNumber);
    NewLot(v1::ProcessOutput::kLotFieldNumber);
    out_.End(output);
    out_.End(body);
  }

  void Downgrade() {
    using Field = v1::Downgrade;
    const size_t body = out_.Begin(v1::Event::kDowngradeFieldNumber);
    out_.Text(Field::kSiteFieldNumber, world_.site(act_.site).view());
    out_.Text(Field::kProductFieldNumber, kProduct);
    Quantity(Field::kQuantityFieldNumber, act_.quantity);
    Claim(Field::kClaimFieldNumber);
    SourceLot(Field::kLotFieldNumber);
    int64_t to = v1::MODEL_CONVENTIONAL;
    if (act_.model == Custody::kSegregated) to = v1::MODEL_MASS_BALANCE;
    if (in_lots()) to = v1::MODEL_SEGREGATED;
    out_.Number(Field::kToModelFieldNumber, to);
    out_.End(body);
  }

  std::string_view Year(std::array<char, 24>* text) const {
    // Long enough days for years: the day of the year does not matter here.
    const int64_t year = 2010 + act_.day * 4 / 1'461;
    const std::string_view decimal = Thousandths(year * 1'000, text);
    return decimal.substr(0, decimal.size() - 4);
  }

  void Issue() {
    using Field = v1::IssueCredits;
    const size_t body = out_.Begin(v1::Event::kIssueCreditsFieldNumber);
    std::array<char, 24> year;
    out_.Text(Field::kSiteFieldNumber, world_.site(act_.site).view());
    out_.Text(Field::kProductFieldNumber, kProduct);
    out_.Text(Field::kSchemeFieldNumber, kScheme);
    Whole(Field::kQuantityFieldNumber, act_.quantity);
    out_.Text(Field::kVintageFieldNumber, Year(&year));
    out_.Text(Field::kBlockFieldNumber, ThingId(act_.key, act_.day).view());
    out_.End(body);
  }

  void Transfer() {
    using Field = v1::TransferCredits;
    const size_t body = out_.Begin(v1::Event::kTransferCreditsFieldNumber);
    out_.Text(Field::kFromPartyFieldNumber, world_.party(act_.site).view());
    out_.Text(Field::kToPartyFieldNumber, world_.party(act_.to_site).view());
    out_.Text(Field::kSchemeFieldNumber, kScheme);
    out_.Text(Field::kProductFieldNumber, kProduct);
    Whole(Field::kQuantityFieldNumber, act_.quantity);
    out_.End(body);
  }

  void Redeem() {
    using Field = v1::RedeemCredits;
    const size_t body = out_.Begin(v1::Event::kRedeemCreditsFieldNumber);
    std::array<char, 24> year;
    std::array<char, 32> text;
    out_.Text(Field::kHolderFieldNumber, world_.party(act_.site).view());
    out_.Text(Field::kSchemeFieldNumber, kScheme);
    out_.Text(Field::kProductFieldNumber, kProduct);
    Whole(Field::kQuantityFieldNumber, act_.quantity);
    out_.Text(Field::kBeneficiaryFieldNumber,
              Numbered("Brand of the shelf 0000", act_.key % 997, 4, &text));
    out_.Text(Field::kClaimPeriodFieldNumber, Year(&year));
    out_.Number(Field::kPurposeFieldNumber, v1::REDEMPTION_PURPOSE_VOLUNTARY);
    out_.End(body);
  }

  const World& world_;
  const Act& act_;
  WireWriter out_;
};

}  // namespace

Id<36> EventId(const Act& act) {
  return RandomUuid(act.key, Mixed(act.key + 1));
}

Id<26> ThingId(uint64_t key, int32_t day) {
  return Ulid((kFirstDaySeconds + day * kDaySeconds) * 1'000, key);
}

std::string_view DocumentOf(const Act& act, std::array<char, 32>* text) {
  constexpr std::string_view kPaper = "PO-4500000000/DN-000000000";
  Numbered(kPaper.substr(0, 13), act.key % 99'991, 8, text);
  std::array<char, 32> note;
  Numbered(kPaper.substr(13), static_cast<uint64_t>(act.number), 9, &note)
      .copy(text->data() + 13, 13);
  return {text->data(), kPaper.size()};
}

void AppendEvent(const World& world, const Act& act, int field,
                 std::string* request) {
  WireWriter writer(request);
  const size_t event = writer.Begin(field);
  EventWriter(world, act, request).Write();
  writer.End(event);
}

}  // namespace tally::bench

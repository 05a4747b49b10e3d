#include "services/wire/decode_kinds.h"

namespace tally::wire {
namespace {

PeriodAccount ReadAccount(bool given, view::PeriodAccount in,
                          const Fields& fields) {
  if (!given) {
    fields.Missing("account");
    return {};
  }
  const Fields account = fields.At("account");
  account.OneOf("site", !in.site().empty(), "scope", !in.scope().empty());
  account.OneOf("product", !in.product().empty(), "group", !in.group().empty());
  return {
      .site = account.OptionalId("site", in.site()),
      .scope = account.OptionalId("scope", in.scope()),
      .product = account.OptionalId("product", in.product()),
      .group = account.OptionalId("group", in.group()),
      .scheme = account.Id("scheme", in.scheme()),
  };
}

// A hold and its release name one thing in the same words.
template <typename Out, typename In>
Out ReadHold(const In& in, const Fields& fields) {
  const int named = !in.lot().empty() + !in.shipment().empty() +
                    !in.block().empty() +
                    (!in.site().empty() || !in.product().empty());
  if (named != 1) {
    fields.Argument(
        "", named == 0 ? "" : "several",
        "exactly one of `lot`, `shipment`, `block`, or `site` and `product`");
  } else if (in.site().empty() != in.product().empty()) {
    fields.Missing(in.site().empty() ? "site" : "product");
  }
  return {
      .lot = fields.OptionalId("lot", in.lot()),
      .shipment = fields.OptionalId("shipment", in.shipment()),
      .block = fields.OptionalId("block", in.block()),
      .site = fields.OptionalId("site", in.site()),
      .product = fields.OptionalId("product", in.product()),
      .reason = fields.Text("reason", in.reason()),
  };
}

}  // namespace

OpenPeriod Read(view::OpenPeriod in, const Fields& fields) {
  OpenPeriod out = {
      .account = ReadAccount(in.has_account(), in.account(), fields),
      .from = fields.Day("from", in.from()),
      .to = fields.Day("to", in.to()),
  };
  if (!in.to().empty()) fields.NotBefore("to", out.from, out.to);
  return out;
}

ClosePeriod Read(view::ClosePeriod in, const Fields& fields) {
  ClosePeriod out = {
      .account = ReadAccount(in.has_account(), in.account(), fields),
      .from = fields.Day("from", in.from()),
      .to = fields.Day("to", in.to()),
      .with_deficit = in.with_deficit(),
      .overdraw_reason =
          fields.OptionalText("overdraw_reason", in.overdraw_reason()),
  };
  if (!in.to().empty()) fields.NotBefore("to", out.from, out.to);
  return out;
}

TransferEntitlement Read(view::TransferEntitlement in, const Fields& fields) {
  return {
      .from_site = fields.Id("from_site", in.from_site()),
      .to_site = fields.Id("to_site", in.to_site()),
      .product = fields.Id("product", in.product()),
      .to_product = fields.OptionalId("to_product", in.to_product()),
      .scheme = fields.Id("scheme", in.scheme()),
      .quantity = fields.Quantity("quantity", in.quantity()),
  };
}

Hold Read(view::Hold in, const Fields& fields) {
  return ReadHold<Hold>(in, fields);
}

Release Read(view::Release in, const Fields& fields) {
  return ReadHold<Release>(in, fields);
}

Void Read(view::Void in, const Fields& fields) {
  return {.event = fields.EventId("event", in.event()),
          .reason = fields.Text("reason", in.reason())};
}

SetSourceStatus Read(view::SetSourceStatus in, const Fields& fields) {
  if (in.status() == v1::SOURCE_STATUS_UNSPECIFIED) fields.Missing("status");
  SetSourceStatus out = {
      .source = fields.Id("source", in.source()),
      .status = ReadSourceStatus(in.status(), "status", fields),
      .from = fields.Day("from", in.from()),
      .to = fields.OptionalDay("to", in.to()),
  };
  if (out.to.has_value()) fields.NotBefore("to", out.from, *out.to);
  return out;
}

}  // namespace tally::wire

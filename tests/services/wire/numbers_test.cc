// The engine's numbers and names are the wire's: what is stored and what is
// sent mean the same.

#include <algorithm>
#include <string>

#include "engine/model/claim.h"
#include "engine/model/event.h"
#include "engine/model/refusal.h"
#include "engine/model/terms.h"
#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"
#include "services/authoring/enum_name.h"
#include "tallystick/v1/event.pb.h"
#include "tallystick/v1/event_kind.pb.h"
#include "tallystick/v1/outcome.pb.h"
#include "tallystick/v1/shipment.pb.h"

namespace tally {
namespace {

namespace v1 = tallystick::v1;

// Whether each value of `type` but zero is named as `name_of` names its
// number.
template <typename Enum>
void ExpectNamesOf(const google::protobuf::EnumDescriptor* type,
                   std::string_view (*name_of)(Enum)) {
  for (int i = 0; i < type->value_count(); ++i) {
    const int number = type->value(i)->number();
    if (number == 0) continue;
    EXPECT_EQ(authoring::EnumName(*type, number),
              name_of(static_cast<Enum>(number)))
        << type->full_name();
  }
}

TEST(NumbersTest, TermsAreNumberedAlike) {
  ExpectNamesOf<Role>(v1::PartyRole_descriptor(), Name);
  ExpectNamesOf<Category>(v1::ProductCategory_descriptor(), Name);
  ExpectNamesOf<AdjustReason>(v1::AdjustReason_descriptor(), Name);
  ExpectNamesOf<Purpose>(v1::RedemptionPurpose_descriptor(), Name);
  ExpectNamesOf<SourceStatus>(v1::SourceStatus_descriptor(), Name);
  ExpectNamesOf<CertificateStatus>(v1::CertificateStatus_descriptor(), Name);
  ExpectNamesOf<ShipmentState>(v1::ShipmentState_descriptor(), Name);
  ExpectNamesOf<tally::Warning>(v1::WarningCode_descriptor(), WarningName);
}

TEST(NumbersTest, RefusalsAreNumberedAlike) {
  ExpectNamesOf<Code>(v1::RefusalCode_descriptor(), CodeName);
  EXPECT_EQ(v1::RefusalCode_descriptor()->value_count(), kCodeCount);
}

TEST(NumbersTest, ModelsAreNumberedAlikeButConventional) {
  for (int number = 1; number < kModelCount; ++number) {
    EXPECT_EQ(authoring::EnumName(*v1::Model_descriptor(), number),
              ModelName(static_cast<Model>(number)));
  }
  EXPECT_EQ(
      authoring::EnumName(*v1::Model_descriptor(), v1::MODEL_CONVENTIONAL),
      ModelName(Model::kConventional));
  EXPECT_EQ(v1::Model_descriptor()->value_count(), kModelCount + 1);
}

TEST(NumbersTest, KindsAreNumberedAlike) {
  const auto* oneof = v1::Event::descriptor()->FindOneofByName("kind");
  EXPECT_EQ(oneof->field_count(), kKindCount - 1);
  EXPECT_EQ(v1::EventKind_descriptor()->value_count(), kKindCount);
  for (int i = 0; i < oneof->field_count(); ++i) {
    const int kind = oneof->field(i)->number() - 4;
    const std::string& name = oneof->field(i)->name();
    EXPECT_EQ(name, KindName(kind));
    std::string upper = name;
    std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
      return c == '_' ? c : static_cast<char>(c - 'a' + 'A');
    });
    EXPECT_EQ(upper, authoring::EnumName(*v1::EventKind_descriptor(), kind));
  }
}

}  // namespace
}  // namespace tally

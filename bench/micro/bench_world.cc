#include "bench/micro/bench_world.h"

#include "bench/workload/wire_event.h"
#include "engine/base/check.h"
#include "engine/rules/decide.h"
#include "services/wire/decode.h"
#include "tallystick/v1/event.pb.h"

namespace tally::bench {
namespace {

constexpr int64_t kRecordedMicros = 1'740'787'200'000'000;

}  // namespace

BenchWorld::BenchWorld(const WorkloadOptions& options)
    : world_(options), workload_(&world_, 0) {
  const Setup setup(&world_);
  for (int64_t i = 0; i < setup.size(); ++i) Post(Decoded(setup.Event(i)));
}

Event BenchWorld::Decoded(const std::string& bytes) {
  tallystick::v1::Event event;
  TALLY_CHECK(event.ParseFromString(bytes));
  return wire::Decode(event, &arena_);
}

const Event& BenchWorld::NextEvent() {
  std::string framed;
  AppendEvent(world_, workload_.Next(), 1, &framed);
  // Without the frame: a tag of one byte, and a length of two or one.
  const size_t frame = static_cast<uint8_t>(framed[1]) < 128 ? 2 : 3;
  return *arena_.New(Decoded(framed.substr(frame)));
}

void BenchWorld::Plan(const Event& event, tally::Plan* plan) const {
  const Circumstances circumstances{
      .position = next_, .recorded_at = Instant(kRecordedMicros + next_)};
  TALLY_CHECK(Decide(state_, event, circumstances, plan) == nullptr);
}

void BenchWorld::Post(const Event& event) {
  tally::Plan plan;
  Plan(event, &plan);
  state_.Apply(plan);
  ++next_;
}

}  // namespace tally::bench

// Every maximum of the ledger in one place. What passes one of them is
// refused with the limit's value in the message.

#ifndef TALLY_ENGINE_MODEL_LIMITS_H_
#define TALLY_ENGINE_MODEL_LIMITS_H_

#include <cstdint>

namespace tally {

// One event.
inline constexpr int kIdBytesMax = 64;
inline constexpr int kNameBytesMax = 200;
inline constexpr int kTextBytesMax = 1'000;     // reasons, statements
inline constexpr int kDocumentBytesMax = 200;   // a document's reference
inline constexpr int kLinesMax = 1'000;         // of a shipment, a process
inline constexpr int kSerialRangesMax = 1'000;  // named in one event
inline constexpr int kSerialRunsMax = 10'000;   // drawn by one event
inline constexpr int kTagsMax = 100;            // on one lot
inline constexpr int kAlsoClaimsMax = 8;        // further claims on a quantity
inline constexpr int kCertificateListMax = 1'000;  // sites, products, caps
inline constexpr int kProfileBytesMax = 1 << 20;
inline constexpr int kDecimalsMax = 6;  // of a product's quantities

inline constexpr int kSiteKindsMax = 16;
// What is reported of one malformed event, and how much of each value.
inline constexpr int kViolationsMax = 100;
inline constexpr int kShownBytesMax = 128;

// One scheme's profile.
inline constexpr int kProfileDepthMax = 12;      // of nested JSON
inline constexpr int kProfileListMax = 1'000;    // of any list in it
inline constexpr int kProfileMonthsMax = 1'200;  // expiry, window, status
inline constexpr int kProfilePeriodMonthsMax = 12;
inline constexpr int kProfileDaysMax = 3'660;      // entry lag, confirmation
inline constexpr int kProfileViolationsMax = 200;  // reported of one profile
// Percentages and factors: with these two bounds every quotient of two of
// them is a Ratio, so that no rule has to refuse for lack of digits.
inline constexpr int kFactorDecimalsMax = 6;
inline constexpr int kFactorMax = 1'000'000;

// One request.
inline constexpr int kEventsPerRequestMax = 10'000;
inline constexpr int64_t kRequestBytesMax = 4 << 20;

// The commit queue: requests and events that wait to be decided.
inline constexpr int64_t kQueuedEventsMax = 200'000;
inline constexpr int64_t kQueuedBytesMax = 64 << 20;
// When to try again after the queue was full.
inline constexpr int64_t kRetryAfterMillis = 50;
// Events decided and made durable as one group.
inline constexpr int64_t kGroupEventsMax = 16'384;
inline constexpr int64_t kGroupBytesMax = 8 << 20;

// Answers.
inline constexpr int kPageSizeDefault = 100;
inline constexpr int kPageSizeMax = 1'000;
inline constexpr int kTraceLotsMax = 100'000;  // lots one trace may visit
inline constexpr int kTraceDepthMax = 1'000;   // steps it may follow

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_LIMITS_H_

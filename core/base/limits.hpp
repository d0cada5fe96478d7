// Every bound that is not a setting, in one place. What happens at each is said beside it.
#pragma once

#include <cstddef>

#include "core/base/time.hpp"

namespace tocsin::limits {

/// Messages that wait for the engine; a sender that finds it full is answered 503 with Retry-After.
inline constexpr std::size_t kMailboxMessagesMax = 100'000;
/// Messages that one transaction takes; the rest wait for the next.
inline constexpr std::size_t kBatchMessagesMax = 2'000;
/// Due timers, and due pages, claimed at once.
inline constexpr std::size_t kClaimMax = 500;
/// How long a claimed timer or page belongs to who claimed it; then anybody may take it again.
inline constexpr Duration kLease = std::chrono::seconds{60};

/// Fields of one alert that rules can see; the rest stays in the payload and is counted as cut.
inline constexpr std::size_t kFieldsMax = 4'096;
/// Nesting of a payload's JSON; deeper is refused with 400.
inline constexpr std::size_t kJsonDepthMax = 64;
/// Code points of a summary; longer is cut with "…".
inline constexpr std::size_t kSummaryCodePointsMax = 300;
/// Bytes of a URL by which a sender wants to be told; a longer one is left out.
inline constexpr std::size_t kReplyUrlBytesMax = 2'048;
/// Bytes of an incident key; a longer one is replaced by its prefix and a hash.
inline constexpr std::size_t kIncidentKeyBytesMax = 512;

/// How long after it was over an incident may be reopened at most; a rulebook that asks for more is refused.
inline constexpr Duration kReopenWithinMax = std::chrono::days{1};
/// The newest so many incidents that are over can be reopened.
inline constexpr std::size_t kReopenableMax = 20'000;
/// Not able to store anything for so long, we were deaf: heartbeats get another interval.
inline constexpr Duration kDeafAfter = std::chrono::seconds{10};
/// A planned drill that could not begin for so long is left out: its time is over.
inline constexpr Duration kDrillLateMax = std::chrono::hours{1};
/// Incidents, and pages, that a report looks at; older ones are left out, and the report says so.
inline constexpr std::size_t kReportRowsMax = 100'000;
/// How far back triage looks for the same problem.
inline constexpr Duration kHistory = std::chrono::days{90};

/// Attempts' back-off: the first wait, the factor and the cap; see core/engine/delivery.hpp.
inline constexpr Duration kBackoffFirst = std::chrono::seconds{1};
inline constexpr Duration kBackoffMax = std::chrono::minutes{1};
/// From when a page is due until it is given up.
inline constexpr Duration kPageDeadline = std::chrono::minutes{10};
/// When not even the fallback could be paged: from the first step again after so long.
inline constexpr Duration kNobodyReachableRetry = std::chrono::minutes{5};
/// Between two contacts of a person who asked for one at a time.
inline constexpr Duration kContactSpread = std::chrono::minutes{1};
/// An incident that is told at another looks at it again after so long, should nothing wake it before.
inline constexpr Duration kLookAtParent = std::chrono::minutes{5};
/// How long a digest collects what an outage left behind.
inline constexpr Duration kStaleDigestAfter = std::chrono::seconds{15};
/// How far the time in a signed request may be from ours; one that is farther is refused with 401, as it may be a copy.
inline constexpr Duration kSignatureAgeMax = std::chrono::minutes{5};
/// How long a code that verifies a contact can be given back, and how many wrong ones are taken; then a new one is needed.
inline constexpr Duration kCodeLifetime = std::chrono::minutes{15};
inline constexpr int kWrongCodesMax = 5;
/// One attempt to hand a page to a provider.
inline constexpr Duration kSendTimeout = std::chrono::seconds{10};
/// Pages being sent at once; the rest wait in the outbox.
inline constexpr std::size_t kParallelSendsMax = 64;
/// What goes to where alerts came from: so many at once beside the pages, so that none of those waits for it; and given up after
/// so long, as an alert that stays open over there pages people there.
inline constexpr std::size_t kParallelRelaysMax = 8;
inline constexpr Duration kRelayDeadline = std::chrono::hours{6};

}  // namespace tocsin::limits

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
/// Bytes of an incident key; a longer one is replaced by its prefix and a hash.
inline constexpr std::size_t kIncidentKeyBytesMax = 512;

/// Attempts' back-off: the first wait, the factor and the cap; see core/engine/delivery.hpp.
inline constexpr Duration kBackoffFirst = std::chrono::seconds{1};
inline constexpr Duration kBackoffMax = std::chrono::minutes{1};
/// From when a page is due until it is given up.
inline constexpr Duration kPageDeadline = std::chrono::minutes{10};
/// When not even the fallback could be paged: from the first step again after so long.
inline constexpr Duration kNobodyReachableRetry = std::chrono::minutes{5};
/// Between two contacts of a person who asked for one at a time.
inline constexpr Duration kContactSpread = std::chrono::minutes{1};
/// How long a code that verifies a contact can be given back, and how many wrong ones are taken; then a new one is needed.
inline constexpr Duration kCodeLifetime = std::chrono::minutes{15};
inline constexpr int kWrongCodesMax = 5;
/// One attempt to hand a page to a provider.
inline constexpr Duration kSendTimeout = std::chrono::seconds{10};
/// Pages being sent at once; the rest wait in the outbox.
inline constexpr std::size_t kParallelSendsMax = 64;

}  // namespace tocsin::limits

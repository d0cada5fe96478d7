// What becomes of a page after an attempt to send it: delivered, tried again later, or given up.
#pragma once

#include "core/base/result.hpp"
#include "core/base/rng.hpp"
#include "core/base/time.hpp"
#include "core/model/incident.hpp"

namespace tocsin::engine {

/// The page after attempt number `page.attempts + 1`; its lease is the store's to take back. A failure that allows a retry is due
/// again after the back-off (limits::kBackoffFirst doubled with every attempt up to kBackoffMax, of which a random half is taken
/// off, so that thousands of pages do not return in step) or after the provider's Retry-After, whichever is later; if that is
/// past `give_up_at`, or no retry is allowed, the page has failed. A relay that was found to be pointless is overtaken.
[[nodiscard]] Page after_attempt(Page page, const Result<void>& outcome, TimePoint now, Rng& rng);

}  // namespace tocsin::engine

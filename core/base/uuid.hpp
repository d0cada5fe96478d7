// UUIDs that rise with time (version 7 of RFC 9562), so that rows under them lie in the order in which they were made.
#pragma once

#include <string>

#include "core/base/rng.hpp"
#include "core/base/time.hpp"

namespace tocsin {

/// "019aa6c2-5f00-7c3a-9d41-0f6b8a2e7c55": the time to the millisecond, then random. Unlike each other, not secret.
[[nodiscard]] std::string new_uuid(TimePoint now, Rng& rng);
/// The least of those that can have been made at `t`: all that were made before are less.
[[nodiscard]] std::string least_uuid(TimePoint t);

}  // namespace tocsin

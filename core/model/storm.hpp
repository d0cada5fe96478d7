// When too much comes at once: how many pages are too many, and what becomes of the rest.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/time.hpp"

namespace tocsin {

/// "10/10m": at most so many in any stretch that long.
struct PagingLimit {
    std::int64_t count = 0;
    Duration within{};
    friend bool operator==(const PagingLimit&, const PagingLimit&) = default;
};

/// A count of at least 1 in at most a day; pages are not remembered for longer.
[[nodiscard]] std::optional<PagingLimit> parse_paging_limit(std::string_view text);

struct Storm {
    std::optional<PagingLimit> per_service;  ///< Of incidents without a service that the rulebook knows.
    Duration digest_after{};                 ///< How long a digest collects before it leaves.
    Duration stale_after{};                  ///< What is late by more goes into digests; zero: never.
};

}  // namespace tocsin

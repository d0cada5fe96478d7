#include "core/model/storm.hpp"

#include <charconv>

namespace tocsin {

std::optional<PagingLimit> parse_paging_limit(std::string_view text) {
    constexpr Duration kLongest = std::chrono::hours{24};
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return {};
    PagingLimit limit;
    const auto count = text.substr(0, slash);
    const auto* end = count.data() + count.size();
    const auto read = std::from_chars(count.data(), end, limit.count);
    const auto within = parse_duration(text.substr(slash + 1));
    if (read.ec != std::errc{} || read.ptr != end || limit.count < 1 || !within) return {};
    limit.within = *within;
    if (limit.within.count() <= 0 || limit.within > kLongest) return {};
    return limit;
}

}  // namespace tocsin

// What a response says: headers without regard to case, and Retry-After.
#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/text.hpp"
#include "daemon/http/client.hpp"

namespace tocsin::http {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
/// No provider means more than this; it also keeps the arithmetic in range.
constexpr Duration kRetryAfterMax = std::chrono::hours{24 * 365};

std::optional<int> take_number(std::string_view& text) {
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || number < 0) return {};
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return number;
}

bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::optional<std::chrono::month> take_month(std::string_view& text) {
    const auto found = std::find(kMonths.begin(), kMonths.end(), text.substr(0, 3));
    if (found == kMonths.end()) return {};
    text.remove_prefix(3);
    return std::chrono::month{static_cast<unsigned>(found - kMonths.begin()) + 1};
}

std::optional<Duration> take_time_of_day(std::string_view& text) {
    const auto hours = take_number(text);
    if (!hours || !take(text, ":")) return {};
    const auto minutes = take_number(text);
    if (!minutes || !take(text, ":")) return {};
    const auto seconds = take_number(text);
    if (!seconds || *hours > 23 || *minutes > 59 || *seconds > 60) return {};
    return std::chrono::hours{*hours} + std::chrono::minutes{*minutes} + std::chrono::seconds{*seconds};
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", the form that RFC 9110 5.6.7 has senders write.
std::optional<TimePoint> parse_http_date(std::string_view text) {
    const auto comma = text.find(", ");
    if (comma == std::string_view::npos) return {};
    text.remove_prefix(comma + 2);
    const auto day = take_number(text);
    if (!day || !take(text, " ")) return {};
    const auto month = take_month(text);
    if (!month || !take(text, " ")) return {};
    const auto year = take_number(text);
    if (!year || *year > 9999 || !take(text, " ")) return {};
    const auto time_of_day = take_time_of_day(text);
    if (!time_of_day || text != " GMT") return {};
    const std::chrono::year_month_day date{std::chrono::year{*year}, *month, std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return {};
    return TimePoint{std::chrono::sys_days{date}} + *time_of_day;
}

/// "120", or "0.35" as some providers write against the RFC; a fraction is rounded up to a millisecond.
std::optional<Duration> parse_seconds(std::string_view text) {
    std::int64_t whole = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, whole);
    if (read.ec == std::errc::result_out_of_range) return kRetryAfterMax;
    if (read.ec != std::errc{} || whole < 0) return {};
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    Duration fraction{};
    if (take(text, ".")) {
        const auto digits = text.find_first_not_of("0123456789");
        if (text.empty() || digits != std::string_view::npos) return {};
        int scale = 100;
        for (const char c : text.substr(0, 3)) {
            fraction += Duration{(c - '0') * scale};
            scale /= 10;
        }
        if (text.find_first_not_of('0', std::min<std::size_t>(3, text.size())) != std::string_view::npos) fraction += Duration{1};
    } else if (!text.empty()) {
        return {};
    }
    if (whole >= std::chrono::duration_cast<std::chrono::seconds>(kRetryAfterMax).count()) return kRetryAfterMax;
    return std::chrono::seconds{whole} + fraction;
}

}  // namespace

std::string_view ClientResponse::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (equal_ignoring_case(key, name)) return value;
    }
    return {};
}

std::optional<Duration> ClientResponse::retry_after(TimePoint now) const {
    const auto value = trimmed(header("Retry-After"));
    if (value.empty()) return {};
    if (const auto seconds = parse_seconds(value)) return seconds;
    const auto date = parse_http_date(value);
    if (!date) return {};
    return std::clamp(*date - now, Duration{0}, kRetryAfterMax);
}

}  // namespace tocsin::http

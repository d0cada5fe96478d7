#include "tests/support/placeholders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/time.hpp"
#include "tests/support/stopwatch.hpp"

namespace tocsin::test {
namespace {

/// Others were written by a test.
constexpr auto kNear = std::chrono::days{2};

// In these h stands for a hexadecimal digit and d for a decimal one. A UUID of ours has the version 7.
constexpr std::string_view kUuid = "hhhhhhhh-hhhh-7hhh-hhhh-hhhhhhhhhhhh";
constexpr std::string_view kTrace = "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh";
constexpr std::array<std::string_view, 2> kTimes{"dddd-dd-ddTdd:dd:ddZ", "dddd-dd-ddTdd:dd:dd.dddZ"};
/// What stands in front of a number that was measured.
constexpr std::array<std::string_view, 5> kMeasured{
    "\"took\":", "\"ackTime\":", "\"closeTime\":", "X-Response-Time: ", "Retry-After: "};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

bool begins_with_form(std::string_view text, std::string_view form) {
    if (text.size() < form.size()) return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool is_right = form[i] == 'h' ? is_hex(text[i]) : form[i] == 'd' ? is_digit(text[i]) : text[i] == form[i];
        if (!is_right) return false;
    }
    return true;
}

/// The id that `text` begins with; nothing within a longer word.
std::string_view id_at(std::string_view text, char before) {
    if (is_hex(before)) return {};
    if (begins_with_form(text, kUuid)) return text.substr(0, kUuid.size());
    const bool is_trace = begins_with_form(text, kTrace) && (text.size() == kTrace.size() || !is_hex(text[kTrace.size()]));
    return is_trace ? text.substr(0, kTrace.size()) : std::string_view{};
}

/// The time near now that `text` begins with.
std::string_view time_at(std::string_view text) {
    for (const auto form : kTimes) {
        if (!begins_with_form(text, form)) continue;
        const auto at = parse_rfc3339(text.substr(0, form.size()));
        if (at && *at > wall_now() - kNear && *at < wall_now() + kNear) return text.substr(0, form.size());
    }
    return {};
}

/// The number that `text` begins with, if it was measured.
std::string_view measured_at(std::string_view text, std::string_view before) {
    const bool is_measured =
        std::any_of(kMeasured.begin(), kMeasured.end(), [before](auto name) { return before.ends_with(name); });
    return is_measured ? text.substr(0, std::min(text.find_first_not_of("0123456789."), text.size())) : std::string_view{};
}

}  // namespace

std::string Placeholders::word_of(const std::string& id) {
    return words_.try_emplace(id, fmt::format("<id {}>", words_.size() + 1)).first->second;
}

std::string Placeholders::in_place(const std::string& text) {
    std::string out;
    const std::string_view all(text);
    for (std::size_t i = 0; i < all.size();) {
        const auto rest = all.substr(i);
        const auto id = id_at(rest, i == 0 ? ' ' : all[i - 1]);
        const auto time = time_at(rest);
        const auto measured = measured_at(rest, all.substr(0, i));
        const auto taken = std::max({id.size(), time.size(), measured.size(), std::size_t{1}});
        if (!id.empty()) {
            out += word_of(std::string(id));
        } else if (!time.empty()) {
            out += "<now>";
        } else if (!measured.empty()) {
            out += "<measured>";
        } else {
            out += all[i];
        }
        i += taken;
    }
    return out;
}

}  // namespace tocsin::test

#include "rules/language/lifecycle.hpp"

#include <fmt/format.h>

#include "core/base/limits.hpp"
#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

constexpr yaml::IntegerRange kFlaps{.min = 1, .max = 1'000};
constexpr std::string_view kNever = "never";

/// Zero is "not at all".
std::optional<Duration> bounded_duration(const yaml::Cursor& value) {
    const auto duration = value.duration();
    if (!duration || *duration <= limits::kReopenWithinMax) return duration;
    value.error(fmt::format("{} may be {} at most, but is {}", value.subject(), format_duration(limits::kReopenWithinMax),
                            format_duration(*duration)));
    return {};
}

std::optional<FlappingLimit> decode_flapping(const yaml::Cursor& value) {
    if (!value) return {};
    if (value.is_scalar()) {
        const auto text = value.text();
        if (text == kNever) return FlappingLimit{};
        if (text) value.wrong("never, or a map such as { count: 3, within: 1h, calm: 30m }");
        return {};
    }
    const auto record = value.record({"count", "within", "calm"});
    if (!value.is_map()) return {};
    auto limit = kFlappingLimit;
    if (const auto count = record["count"].integer(kFlaps)) limit.count = static_cast<std::int32_t>(*count);
    if (const auto within = record["within"].positive_duration()) limit.within = *within;
    if (const auto calm = record["calm"].positive_duration()) limit.calm = *calm;
    return limit;
}

}  // namespace

std::vector<std::string> decode_paths(const yaml::Cursor& value) {
    std::vector<std::string> paths;
    for (const auto& name : names_at(value)) {
        if (auto path = field_path(name.at, name.text)) paths.push_back(std::move(*path));
    }
    return paths;
}

void decode_incident(const yaml::Cursor& value, match::RuleSpec& rule) {
    if (!value) return;
    if (!value.is_map()) {
        rule.incident = decode_paths(value);
        return;
    }
    const auto record = value.record({"by", "within", "reopen_within", "hold_down", "flapping", "re_page_on_worse"}, {},
                                     other_words::of_incident());
    if (value.entries().empty()) value.error("\"incident\" must say something");
    if (record["by"]) rule.incident = decode_paths(record["by"]);
    auto& lifecycle = rule.lifecycle;
    lifecycle.within = record["within"].positive_duration();
    lifecycle.reopen_within = bounded_duration(record["reopen_within"]);
    lifecycle.hold_down = bounded_duration(record["hold_down"]);
    lifecycle.flapping = decode_flapping(record["flapping"]);
    lifecycle.re_page_on_worse = record["re_page_on_worse"].boolean();
}

}  // namespace tocsin::language

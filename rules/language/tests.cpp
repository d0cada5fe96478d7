// The section `tests`.
#include <algorithm>

#include "rules/language/sections.hpp"
#include "rules/language/tests_given.hpp"

namespace tocsin::language {
namespace {

void decode_given(const yaml::Cursor& value, std::vector<WrittenGiven>& given) {
    GivenDecoder decoder(given);
    for (const auto& item : one_or_more(value)) decoder.decode(item);
    const auto is_alert = [](const WrittenGiven& one) { return one.kind == WrittenGiven::Kind::Alert; };
    const bool has_alert = std::any_of(given.begin(), given.end(), is_alert);
    if (!given.empty() && !has_alert && given.front().kind == WrittenGiven::Kind::Silence) value.error("a test needs an alert");
}

}  // namespace

std::optional<Duration> parse_offset(std::string_view text) {
    if (!text.starts_with('+')) return {};
    return parse_duration(text.substr(1));
}

std::optional<TimePoint> parse_instant(std::string_view text) {
    if (const auto instant = parse_rfc3339(text)) return instant;
    const auto space = text.find_last_of(' ');
    if (space == std::string_view::npos) return {};
    const auto civil = parse_civil(text.substr(0, space));
    const auto zone = Zone::find(text.substr(space + 1));
    if (!civil || !zone) return {};
    return zone->to_utc(*civil);
}

void decode_tests(const yaml::Cursor& section, Written& written) {
    for (const auto& item : section.list()) {
        const auto record = item.record({"name", "given", "expect"});
        if (!item.is_map()) continue;
        WrittenTest test;
        test.name = name_at(record.required("name")).value_or(Name{"", item});
        decode_given(record.required("given"), test.given);
        test.expect = decode_expect(record.required("expect"));
        if (test.name.text.empty() || declare(test.name, "test", written)) written.tests.push_back(std::move(test));
    }
}

}  // namespace tocsin::language

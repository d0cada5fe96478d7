// How long a step waits: one duration, or several by severity and by window.
#include <fmt/format.h>

#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

/// `{ critical: 2m, default: 10m }`
void decode_by_severity(const yaml::Cursor& map, WrittenStep& step) {
    const auto record = map.record({"critical", "high", "moderate", "low", "info", "default"});
    step.after = record.required("default").duration().value_or(Duration{0});
    for (const auto severity : kSeverities) {
        const auto wait = record[to_string(severity)].duration();
        if (wait) step.cases.push_back({*wait, {severity}, {}, {}});
    }
}

/// `{ wait: 20m, severity: [critical, high], during: 22:00-06:00 Europe/London }`
WaitCase decode_case(const yaml::Cursor& item) {
    const auto record = item.record({"wait", "severity", "during"});
    WaitCase one;
    one.wait = record.required("wait").duration().value_or(Duration{0});
    one.severities = severities(record["severity"]);
    if (const auto written = during(record["during"])) {
        one.during = written->window;
        one.time_zone = written->zone;
    }
    if (!record["severity"] && !record["during"]) {
        item.error("a case needs a \"severity\", a \"during\", or both")
            .hints.emplace_back(
                "the wait of all other times stands at the end by itself: after: [{ wait: 2m, severity: critical }, 10m]");
    }
    return one;
}

void decode_cases(const yaml::Cursor& list, WrittenStep& step) {
    const auto all = items(list);
    bool is_complete = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].is_map()) {
            step.cases.push_back(decode_case(all[i]));
            continue;
        }
        is_complete = true;
        step.after = all[i].duration().value_or(Duration{0});
        if (i + 1 < all.size()) {
            all[i].error("the cases behind this one are never asked: it always holds").hints.emplace_back("write it at the end");
        }
    }
    if (!all.empty() && !is_complete) {
        list.error("how long to wait if no case holds is not said")
            .hints.emplace_back("write it at the end: after: [{ ... }, 10m]");
    }
}

}  // namespace

void decode_wait(const yaml::Cursor& value, WrittenStep& step) {
    if (value.is_map()) return decode_by_severity(value, step);
    if (value.is_list()) return decode_cases(value, step);
    step.after = value.duration().value_or(Duration{0});
}

}  // namespace tocsin::language

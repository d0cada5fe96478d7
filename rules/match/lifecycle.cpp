#include "rules/match/lifecycle.hpp"

#include <fmt/format.h>

namespace tocsin::match {

void take(LifecycleSpec& decided, const LifecycleSpec& later) {
    const auto set = [](auto& value, const auto& over) {
        if (over) value = over;
    };
    set(decided.within, later.within);
    set(decided.reopen_within, later.reopen_within);
    set(decided.hold_down, later.hold_down);
    set(decided.flapping, later.flapping);
    set(decided.re_page_on_worse, later.re_page_on_worse);
}

Lifecycle lifecycle_of(const LifecycleSpec& decided) {
    Lifecycle lifecycle;
    lifecycle.within = decided.within.value_or(Duration{});
    lifecycle.reopen_within = decided.reopen_within.value_or(kReopenWithin);
    lifecycle.hold_down = decided.hold_down.value_or(Duration{});
    lifecycle.flapping = decided.flapping.value_or(kFlappingLimit);
    lifecycle.re_page_on_worse = decided.re_page_on_worse.value_or(true);
    return lifecycle;
}

std::string LifecycleSpec::text() const {
    std::string text;
    const auto add = [&text](std::string_view key, const std::string& value) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", key, value);
    };
    if (within) add("within", format_duration(*within));
    if (reopen_within) add("reopen_within", format_duration(*reopen_within));
    if (hold_down) add("hold_down", format_duration(*hold_down));
    if (flapping && flapping->count == 0) add("flapping", "never");
    if (flapping && flapping->count > 0) {
        add("flapping", fmt::format("{} times within {}, calm after {}", flapping->count, format_duration(flapping->within),
                                    format_duration(flapping->calm)));
    }
    if (re_page_on_worse) add("re_page_on_worse", *re_page_on_worse ? "true" : "false");
    return text;
}

}  // namespace tocsin::match

#include "core/model/escalation.hpp"

#include <algorithm>

namespace tocsin {
namespace {

bool holds(const WaitCase& one, Severity severity, TimePoint begin) {
    const auto& severities = one.severities;
    const bool is_meant = severities.empty() || std::find(severities.begin(), severities.end(), severity) != severities.end();
    return is_meant && (!one.during || is_within(*one.during, one.time_zone.to_civil(begin)));
}

}  // namespace

Duration wait_before(const EscalationStep& step, Severity severity, TimePoint begin) {
    for (const auto& one : step.cases) {
        if (holds(one, severity, begin)) return one.wait;
    }
    return step.after;
}

std::string to_string(const Target& target) {
    if (target.role == Role::Primary) return target.id;
    return target.id + "/" + std::string(to_string(target.role));
}

}  // namespace tocsin

#include "core/engine/pulse.hpp"

#include <fmt/format.h>

namespace tocsin::engine {

std::optional<std::string> reason_to_withhold(const Pulse& pulse, const PulseLimits& limits) {
    if (pulse.is_commit_failing) return "the store refuses to commit";
    if (pulse.engine_answered_ago > limits.engine_late) {
        return fmt::format("the engine has not answered for {}", format_duration(pulse.engine_answered_ago));
    }
    if (pulse.page_overdue && *pulse.page_overdue > limits.page_overdue) {
        return fmt::format("a page has been due for {}", format_duration(*pulse.page_overdue));
    }
    return {};
}

}  // namespace tocsin::engine

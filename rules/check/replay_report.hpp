// What a replay found, for people at a terminal, for a pull request, and for programs.
#pragma once

#include <string>

#include "rules/check/replay.hpp"

namespace tocsin::check {

[[nodiscard]] std::string replay_to_text(const ReplayReport& report);
/// For a comment on a pull request: the sentence that matters first, the rest folded.
[[nodiscard]] std::string replay_to_markdown(const ReplayReport& report);
[[nodiscard]] std::string replay_to_json(const ReplayReport& report);

}  // namespace tocsin::check

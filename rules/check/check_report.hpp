// What `tocsin check` prints: for people, for programs, and for the annotations of a GitHub workflow.
#pragma once

#include <cstdint>
#include <string>

#include "rules/rulebook.hpp"

namespace tocsin::check {

/// Whether warnings that were waived are listed too; they are always counted.
enum class WaivedWarnings : std::uint8_t { Hidden, Shown };

/// Each diagnostic with its line and caret; at the end, what the rulebook holds, or how many mistakes there are.
[[nodiscard]] std::string check_to_text(const CompiledRulebook& compiled, WaivedWarnings waived);
/// {"errors", "warnings", "waived", "rulebook" (its hash, or null), "diagnostics": [{"level" ("error", "warning", "waived"),
/// "code" (or null), "file", "line", "column", "message", "hints"}]}, the waived among them.
[[nodiscard]] std::string check_to_json(const CompiledRulebook& compiled);
/// A workflow command for each: `::error file=rules.yaml,line=3,col=5,endColumn=9,title=fallback-gap::message`, the hints behind
/// the message on lines of their own. What is waived is a notice.
[[nodiscard]] std::string check_to_github(const CompiledRulebook& compiled, WaivedWarnings waived);

}  // namespace tocsin::check

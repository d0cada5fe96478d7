// Compiling the text of a rulebook in tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "rules/rulebook.hpp"

namespace tocsin::kit {

/// Four people (a, b, c, manager), the schedule `primary`, the escalation `learner` and the services `lms` and `mysql`; for the
/// text of a test to build on. It gives no warnings but for what the test leaves unused.
[[nodiscard]] std::string base();

/// What a text compiles to; a test failure, and null, with an error.
[[nodiscard]] std::shared_ptr<const Rulebook> compiled(const std::string& text);
[[nodiscard]] std::shared_ptr<const Rulebook> compiled(const std::vector<RulebookFile>& files,
                                                       const CompileContext& context = {});
/// What is said of a text.
[[nodiscard]] std::string said_of(const std::string& text);

/// The `match` of the only rule whose `match` this is, in one line: `all(source is splunk; not(title prefix LMS))`.
[[nodiscard]] std::string match_text(const std::string& match);

}  // namespace tocsin::kit

// What must hold of everything that is said about a rulebook, whatever stands in it: for mutated and for random files.
#pragma once

#include <span>
#include <string>

#include "rules/rulebook.hpp"

namespace tocsin::test {

/// What is wrong with what was said: a place that is not in the files, a text that is empty, a rulebook in spite of errors, or
/// none without any. Empty if nothing is.
[[nodiscard]] std::string flaw_in(const CompiledRulebook& compiled, std::span<const RulebookFile> files);

}  // namespace tocsin::test

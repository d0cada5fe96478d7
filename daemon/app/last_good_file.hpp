// The rulebook in force as a file in the data directory, so that a restart has it whatever is on disk by then.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "rules/check/load.hpp"

namespace tocsin::app {

/// Whole or not at all, and readable by its owner only. `rulebook_directory` is where the files lie.
[[nodiscard]] Result<void> write_last_good(const std::string& file, const check::KeptRulebook& kept,
                                           const std::string& rulebook_directory);

/// Empty if there is no such file. The paths are those of `rulebook_directory`, if it has moved since.
[[nodiscard]] Result<check::KeptRulebook> read_last_good(const std::string& file, const std::string& rulebook_directory);

}  // namespace tocsin::app

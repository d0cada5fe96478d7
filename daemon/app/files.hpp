// Reading files: the rulebook's directory, samples that its tests name, settings and secrets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::app {

/// NotFound or Refused with the path and what the system says; at most `bytes_max` (TooLarge).
[[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t bytes_max = 64U << 20U);

/// Every *.yaml and *.yml below a directory (hidden ones and those in folders called `samples` left out), or the one file that is
/// named, sorted by path; paths as diagnostics show them. NotFound if there is none.
[[nodiscard]] Result<std::vector<RulebookFile>> read_rulebook(const std::string& directory_or_file);

/// For CompileContext: `named` is relative to the folder of the rulebook file that names it.
[[nodiscard]] Result<std::string> read_sample(std::string_view rulebook_path, std::string_view named);

}  // namespace tocsin::app

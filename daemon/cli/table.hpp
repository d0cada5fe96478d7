// Columns for the terminal.
#pragma once

#include <string>
#include <vector>

namespace tocsin::cli {

/// The rows under their headings, each column as wide as its widest cell (in code points), two spaces between; what could harm a
/// terminal is replaced. The last column is not padded.
[[nodiscard]] std::string table(const std::vector<std::string>& headings, const std::vector<std::vector<std::string>>& rows);

}  // namespace tocsin::cli

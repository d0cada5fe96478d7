// tocsin.yaml from disk, with what is wrong in it printed for the person at the terminal.
#pragma once

#include <optional>
#include <string>

#include "daemon/config/settings.hpp"

namespace tocsin::cli {

/// Prints errors and warnings to stderr; nothing if there was an error.
[[nodiscard]] std::optional<config::Settings> read_settings_file(const std::string& path);

}  // namespace tocsin::cli

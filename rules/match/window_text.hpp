// Recurring windows in words, as authors write them.
#pragma once

#include <string>

#include "core/model/weekly_window.hpp"

namespace tocsin::match {

/// `mon-fri 09:00-17:00`, `22:00-06:00`, `fri 20:00-sun 20:00`; several with ", " between them.
[[nodiscard]] std::string window_text(const WeeklyWindow& window);

}  // namespace tocsin::match

// Writing a file so that it is there whole or not at all, whatever happens meanwhile.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace tocsin::app {

/// On disk when it returns; readable by its owner only. Unavailable with what the system says.
[[nodiscard]] Result<void> write_whole(const std::string& file, std::string_view bytes);

}  // namespace tocsin::app

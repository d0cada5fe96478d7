// What editors know of tocsin.yaml: its JSON Schema, settings.schema.json beside this header.
#pragma once

#include <string_view>

namespace tocsin::config {

/// JSON, draft 7. It accepts every file that read_settings() takes without an error, as far as the file alone shows it.
[[nodiscard]] std::string_view settings_schema();

}  // namespace tocsin::config

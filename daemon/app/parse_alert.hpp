// The intake's parsers as rulebook tests and explain want them.
#pragma once

#include "rules/check/rulebook_tests.hpp"

namespace tocsin::app {

[[nodiscard]] Result<std::vector<check::ParsedAlert>> parse_alert(std::string_view kind, std::string_view source,
                                                                  std::string payload);

}  // namespace tocsin::app

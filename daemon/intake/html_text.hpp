// What a page of HTML says, for messages that come in no other form.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::intake {

/// Without tags, styles, scripts and comments; blanks that say nothing are one, and blocks begin a line.
[[nodiscard]] std::string html_as_text(std::string_view html);

}  // namespace tocsin::intake

// The texts without which a regular expression cannot match, so that most values need not be shown to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/match/fold.hpp"

namespace tocsin::match {

/// Lists of texts: wherever the pattern matches, at least one text of each list is in the value, in lower case and with `k` and
/// `s` in the place of the two letters outside ASCII that fold to them. No list if there is no such text. Requires a valid
/// pattern.
[[nodiscard]] std::vector<std::vector<std::string>> regex_literals(std::string_view pattern, Letters letters);

}  // namespace tocsin::match

// Percent-encoding, for values in the paths and queries of URLs.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

/// Every byte but letters, digits and `-._~:` as %XX.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace tocsin

// JSON out of what was read: keys and texts escaped anew, numbers as the sender spelled them.
#pragma once

#include <string>
#include <string_view>

#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// A text as JSON writes it, quotes included.
[[nodiscard]] std::string json_quoted(std::string_view text);
/// Appends a value, without its key. What was replaced in the reader is written as it was replaced.
void append_json(JsonView value, std::string& out);

/// The body, which is a JSON object, with one more member in front: the first of two counts, so it wins over one that is there.
[[nodiscard]] std::string with_member(std::string_view body, std::string_view key, std::string_view text);

}  // namespace tocsin::intake

// Repairs of bodies that strict readers of JSON refuse, but that senders do send.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "daemon/intake/json.hpp"
#include "daemon/intake/json_error.hpp"

namespace tocsin::intake {

/// Replaces each `\uD800` ... `\uDFFF` that is no half of a pair by `\ufffd`; returns whether there was one. Python's json.dumps,
/// and so Splunk, sends them when a text was cut within a character.
bool replace_lone_surrogates(std::string& body);

/// Reads the body into the reader, after mending it where that helps, and says what was mended ("lone_surrogate",
/// "invalid_utf8"). Invalid, as json_error() tells it, if it is nothing that we take even so.
[[nodiscard]] Result<std::vector<std::string_view>> read_mended(JsonReader& reader, std::string& body,
                                                                JsonRoot root = JsonRoot::Object);

}  // namespace tocsin::intake

// Bytes that a source sent -> alerts. Pure: no clock, no I/O. One file per kind of source.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/alert.hpp"
#include "core/model/fields.hpp"

namespace tocsin::intake {

/// One alert of a request, and everything that rules can see of it.
struct Arrival {
    Alert alert;
    Fields fields;
};

struct Parsed {
    std::vector<Arrival> arrivals;
    /// The body as it may be kept: what was sent, with the values of known secrets (Splunk's `session_key`) blanked out.
    std::string payload;
    /// Repairs that were made, for the metric: "lone_surrogate", "invalid_utf8". The payload is kept mended.
    std::vector<std::string_view> mended;
};

/// Understands a body of `kind`; unknown keys, actions and oddities are taken, not refused. Invalid (400) only for what is no
/// JSON, is JSON of another shape than an object, or is nested too deep; the message says at which byte, line and column.
[[nodiscard]] Result<Parsed> parse(std::string_view kind, std::string_view source, std::string body);

/// The kinds there are.
[[nodiscard]] const std::vector<std::string>& kinds();

}  // namespace tocsin::intake

// Bytes that a source sent -> alerts. Pure: no clock, no I/O. One file per kind of source.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/alert.hpp"
#include "core/model/fields.hpp"
#include "core/model/reading.hpp"

namespace tocsin::intake {

/// One alert of a request, and everything that rules can see of it.
struct Arrival {
    Alert alert;
    Fields fields;
    /// Of a body with several alerts: what is kept of this one, itself a body of the kind. Empty: the whole body is.
    std::string payload{};
    /// If a mapping of the rulebook had a say.
    std::optional<Reading> reading{};
};

struct Parsed {
    std::vector<Arrival> arrivals;
    /// The body as it may be kept: what was sent, with the values of known secrets (Splunk's `session_key`) blanked out.
    std::string payload;
    /// Repairs that were made, for the metric: "lone_surrogate", "invalid_utf8". The payload is kept mended.
    std::vector<std::string_view> mended;
    /// Of a body with several alerts, those that are none, each with its number and why: "alert 3: it has no labels".
    std::vector<std::string> refused{};
};

/// Understands a body of `kind`; unknown keys, actions and oddities are taken, not refused. Invalid (400) only for what is no
/// JSON, is JSON of another shape than the kind's, or is nested too deep; the message says at which byte, line and column.
/// TooLarge (413) for more alerts than we take at once. When it was received matters to kinds whose alerts say until when they
/// hold.
[[nodiscard]] Result<Parsed> parse(std::string_view kind, std::string_view source, std::string body,
                                   std::optional<TimePoint> received_at = {});

/// The kinds there are.
[[nodiscard]] const std::vector<std::string>& kinds();

}  // namespace tocsin::intake

// What a source sent, read as its kind is read and then as the rulebook's mappings say. Everything that reads a body, today or
// from the store, for real or in rehearsal, reads it by this.
#pragma once

#include "core/base/result.hpp"
#include "daemon/intake/parser.hpp"
#include "rules/check/parsed_alert.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::api {

/// As intake::parse(). Where a mapping says in which list of the body its alerts stand, each of them is an arrival with a payload
/// of its own, which read again by the same mapping gives the same alert. For a source without a mapping it costs nothing.
[[nodiscard]] Result<intake::Parsed> read_body(const Rulebook& rulebook, check::SentBody body);

/// The same for rulebook tests, explain and replay.
[[nodiscard]] Result<std::vector<check::ParsedAlert>> parse_alert(const Rulebook& rulebook, check::SentBody body);

}  // namespace tocsin::api

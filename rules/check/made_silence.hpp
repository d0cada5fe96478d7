// A silence that somebody makes at run time, judged like one of the rulebook's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/arrangements.hpp"
#include "core/model/roster.hpp"
#include "rules/match/silence_set.hpp"

namespace tocsin::check {

/// As somebody wrote it: YAML in the rulebook's language, of which JSON is a part.
struct SilenceText {
    std::string match;   ///< "{ service: mysql }"
    std::string during;  ///< "sun 02:00-04:00 Europe/London", or a list of them; empty: all the time.
};

/// What it may name: a service that nothing is called would cover nothing.
struct SilenceNames {
    const Roster& roster;
    std::vector<std::string> sources;
};

struct CheckedSilence {
    /// Without a name and times. Nothing if there is a mistake.
    std::optional<match::SilenceSpec> spec;
    std::string mistakes;  ///< Rendered, with places and cures.
    SilenceText kept;      ///< The same as JSON, as it is stored.
    bool is_too_broad = false;
};
[[nodiscard]] CheckedSilence check_silence(const SilenceText& text, const SilenceNames& names);

/// One that was made, ready to be asked; its names may have gone since. Nothing, with the reason, if this release does not
/// understand it.
[[nodiscard]] Result<match::SilenceSpec> spec_of(const MadeSilence& made);

}  // namespace tocsin::check

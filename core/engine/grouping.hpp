// Where a firing alert goes: into the incident that is open, into one that was over a moment ago, or into one of its own.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/time.hpp"
#include "core/engine/engine.hpp"

namespace tocsin::engine {

enum class Place : std::uint8_t {
    Nowhere,      ///< It is only recorded.
    Joins,        ///< The incident is open, and the alert belongs to it.
    Reopens,      ///< It was over a moment ago.
    OpensBeside,  ///< It is open and has been without an alert for too long: it stands aside, and another one begins.
    Opens,
};

/// `latest` is the open incident with the verdict's key, or what was merged went to, else the one with it that was resolved last;
/// null if there is none. An alert that its source follows up and that is firing in an open incident stays there: that is for the
/// caller to look at first.
[[nodiscard]] Place place_of(const Incident* latest, const Verdict& verdict, TimePoint now);

/// The incident gives its key up to a newer one; what is firing in it stays in it.
[[nodiscard]] Transition stand_aside(Incident before, TimePoint now);

/// The key of an incident whose alerts come under the key of another.
[[nodiscard]] std::string own_key(const std::string& key, IncidentId id);

}  // namespace tocsin::engine

// Incidents, pages and the rest for store tests; every field that matters to a test is an argument.
#pragma once

#include <cstdint>
#include <string>

#include "core/ports/store.hpp"

namespace tocsin::contract {

/// So many milliseconds after some moment of 2026.
[[nodiscard]] TimePoint at(std::int64_t ms);

/// Triggered, never to be woken.
[[nodiscard]] Incident incident(std::int64_t id, std::string key);
[[nodiscard]] Incident resolved(Incident incident);
[[nodiscard]] Incident waking(Incident incident, TimePoint wake_at);
/// No field has the value that it has by default, and no two of one type have the same.
[[nodiscard]] Incident full_incident(std::int64_t id);

/// Pending, due at `due_at`, nobody's.
[[nodiscard]] Page page(std::int64_t id, std::int64_t incident, TimePoint due_at);
[[nodiscard]] Page leased(Page page, std::string owner, TimePoint until);
/// As the engine writes it back after an attempt of `owner`.
[[nodiscard]] Page attempted(Page page, PageState state, std::string owner);
[[nodiscard]] Page full_page(std::int64_t id, std::int64_t incident);

[[nodiscard]] StoredAlert alert(std::int64_t id, std::int64_t incident);
[[nodiscard]] TimelineEntry entry(std::int64_t incident, std::string detail);

}  // namespace tocsin::contract

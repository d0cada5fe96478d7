// What lock() of the store in memory finds.
#pragma once

#include <span>

#include "tests/support/fake_store.hpp"

namespace tocsin {

/// Incidents and members that the refs are about, each once.
[[nodiscard]] Locked found_in(const FakeDatabase& database, std::span<const IncidentRef> refs);

}  // namespace tocsin

// What was arranged at run time, as it is kept.
#pragma once

#include "core/base/result.hpp"
#include "core/model/arrangements.hpp"
#include "daemon/store/sqlite.hpp"

namespace tocsin::store {

/// As Store::arrangements() promises.
[[nodiscard]] Result<Arrangements> stored_arrangements(Connection& connection, TimePoint now);

}  // namespace tocsin::store

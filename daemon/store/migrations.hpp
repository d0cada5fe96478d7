// The schema, as steps that are only ever added to: version n of a database has had the first n of them.
#pragma once

#include <span>

#include "core/base/result.hpp"
#include "daemon/store/sqlite.hpp"

namespace tocsin::store {

/// Marks a file as ours (SQLite's application_id): "tcsn".
inline constexpr std::int64_t kApplicationId = 0x7463736e;

/// Each the SQL of one version. A released one is never changed.
[[nodiscard]] std::span<const char* const> migrations();

/// Brings the database to the version of the last of `steps`, in one transaction. Refused: a database of a newer version, or one
/// that belongs to another program.
[[nodiscard]] Result<void> migrate(Connection& connection, std::span<const char* const> steps);

}  // namespace tocsin::store

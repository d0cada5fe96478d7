// The schema, as steps that are only ever added to: version n of a database has had the first n of them.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/result.hpp"
#include "daemon/store/sqlite.hpp"

namespace tocsin::store {

/// Marks a file as ours (SQLite's application_id): "tcsn".
inline constexpr std::int64_t kApplicationId = 0x7463736e;

struct Migration {
    const char* sql = nullptr;  ///< A released one is never changed.
    /// The schema version that a program must know at least to run on a database that has had this step. One that only adds what
    /// earlier releases may leave alone says theirs, so that one can go back to them.
    std::int64_t needs = 0;
};

[[nodiscard]] std::span<const Migration> migrations();

/// Brings the database to the version of the last of `steps`, in one transaction; one that has had more of them stays as it is.
/// `user_version` is the greatest `needs` of all steps taken, the table `migration` tells which these are. Refused: a database
/// that needs a newer program, or one that belongs to another program.
[[nodiscard]] Result<void> migrate(Connection& connection, std::span<const Migration> steps);

}  // namespace tocsin::store

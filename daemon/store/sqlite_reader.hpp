// What people and metrics read of the SQLite file.
#pragma once

#include <memory>

#include "core/base/result.hpp"
#include "core/ports/store.hpp"

namespace tocsin::store {

class SqliteDatabase;

/// A reader with a connection of its own; it keeps the database open.
[[nodiscard]] Result<std::unique_ptr<StoreReader>> open_reader(std::shared_ptr<SqliteDatabase> database);

}  // namespace tocsin::store

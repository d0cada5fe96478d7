// The keys of sources, in the same SQLite file as everything else.
#pragma once

#include <memory>

#include "core/ports/key_book.hpp"
#include "daemon/store/sqlite_store.hpp"

namespace tocsin::store {

/// Takes its turn on the database like a Store of its own.
[[nodiscard]] std::unique_ptr<KeyBook> key_book(const SqliteStores& stores);

}  // namespace tocsin::store

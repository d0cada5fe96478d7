// Which contacts are verified, in the same SQLite file as everything else.
#pragma once

#include <memory>

#include "core/ports/contact_book.hpp"
#include "daemon/store/sqlite_store.hpp"

namespace tocsin::store {

/// Takes its turn on the database like a Store of its own.
[[nodiscard]] std::unique_ptr<ContactBook> contact_book(const SqliteStores& stores);

}  // namespace tocsin::store

// The durable store in one SQLite file: the default, for one machine.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/ports/store.hpp"

namespace tocsin::store {

class SqliteDatabase;

struct SqliteOptions {
    std::string file;  ///< Made if it is not there; its directory has to be. "<file>.lock" beside it says that it is in use.
    /// How long to wait for a lock that somebody else holds on the file (a backup, a shell), or for another Store's transaction.
    Duration busy_timeout = std::chrono::seconds{5};
    /// Told, on a thread of the store's, when the write-ahead log cannot be copied into the database (again and again while it
    /// lasts would be too much: once, until it works again). Commits are durable all the same. May be empty.
    std::function<void(const Error&)> on_trouble;
};

/// An opened database. Copies are the same one; it is closed when the last copy, Store and StoreReader of it is gone. From any
/// thread.
class SqliteStores {
public:
    explicit SqliteStores(std::shared_ptr<SqliteDatabase> database);
    ~SqliteStores();

    /// For one thread at a time, as every Store. Several take turns: lock() waits while another has a transaction. Claims,
    /// next_due() and release_leases() are made between transactions.
    [[nodiscard]] std::unique_ptr<Store> store() const;
    /// With a read-only connection of its own: it neither waits for a Store nor makes one wait. For one thread at a time.
    [[nodiscard]] Result<std::unique_ptr<StoreReader>> reader() const;

private:
    std::shared_ptr<SqliteDatabase> database_;
};

/// Opens, and migrates to this program's schema. Errors: Refused (in use by another process; of a newer tocsin; no database of
/// tocsin's), Unavailable (the directory is missing or cannot be written, the disk is full), Internal (damaged).
[[nodiscard]] Result<SqliteStores> open_sqlite(const SqliteOptions& options);

}  // namespace tocsin::store

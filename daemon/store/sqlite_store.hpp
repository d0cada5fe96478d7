// The durable store in one SQLite file: the default, for one machine.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/ports/dossier_reader.hpp"
#include "core/ports/store.hpp"

namespace tocsin::store {

class SqliteDatabase;

struct SqliteOptions {
    /// The data directory, which has to be there. In it: "tocsin.db" (with SQLite's "-wal" and "-shm"), made if needed, and
    /// "tocsin.lock", which says that the directory is in use.
    std::string directory{};
    /// How long to wait for a lock that somebody else holds on the file (a backup, a shell), or for another Store's transaction.
    Duration busy_timeout = std::chrono::seconds{5};
    /// Told, on a thread of the store's, that the write-ahead log cannot be copied into the database: once, until it works again.
    /// Commits are durable all the same. May be empty.
    std::function<void(const Error&)> on_trouble{};
};

/// An opened database; it is closed when the last Store, StoreReader and copy of `database` is gone.
struct SqliteStores {
    std::unique_ptr<Store> store;
    /// With a read-only connection of its own: it neither waits for a Store nor makes one wait.
    std::unique_ptr<StoreReader> reader;
    std::shared_ptr<SqliteDatabase> database;
    std::unique_ptr<DossierReader> dossiers{};  ///< With a connection of its own, too.
};

/// Opens, and migrates to this program's schema. Errors: Refused (in use by another process; of a newer tocsin; no database of
/// tocsin's), Unavailable (the directory is missing or cannot be written, the disk is full), Internal (damaged).
[[nodiscard]] Result<SqliteStores> open_sqlite(const SqliteOptions& options);

/// One more for another thread. Stores take turns: lock() waits while another has a transaction. Claims, next_due() and
/// release_leases() are made between transactions.
[[nodiscard]] std::unique_ptr<Store> another_store(const SqliteStores& stores);
[[nodiscard]] Result<std::unique_ptr<StoreReader>> another_reader(const SqliteStores& stores);

}  // namespace tocsin::store

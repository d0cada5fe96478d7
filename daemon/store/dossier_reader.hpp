// Dossiers for those who ask back, in the same SQLite file as everything else.
#pragma once

#include <memory>

#include "core/base/result.hpp"
#include "core/ports/dossier_reader.hpp"
#include "daemon/store/sqlite_store.hpp"

namespace tocsin::store {

/// With a read-only connection of its own.
[[nodiscard]] Result<std::unique_ptr<DossierReader>> dossier_reader(const SqliteStores& stores);

}  // namespace tocsin::store

// Finds dossiers by the names that clients give them.
#pragma once

#include <optional>

#include "core/base/result.hpp"
#include "core/model/dossier.hpp"
#include "daemon/store/sqlite.hpp"

namespace tocsin::store {

class DossierFinder {
public:
    DossierFinder() = default;
    explicit DossierFinder(Preparer& prepared);

    /// Nothing if there is none, it was deleted, or it is another source's.
    [[nodiscard]] Result<std::optional<Dossier>> find(const DossierName& name);
    [[nodiscard]] Result<std::optional<Dossier>> find(std::string_view source, std::int64_t tiny_id);

private:
    Statement by_id_;
    Statement by_alias_;
    Statement by_tiny_id_;
};

}  // namespace tocsin::store

#include "daemon/store/dossier_finder.hpp"

#include <fmt/format.h>

#include "daemon/store/dossier_rows.hpp"

namespace tocsin::store {
namespace {

Result<std::optional<Dossier>> first_dossier(Statement& rows) {
    auto row = rows.step();
    if (!row) return row.error().in("looking up a dossier");
    if (!*row) return std::optional<Dossier>{};
    auto dossier = read_dossier(rows);
    rows.reset();
    if (!dossier) return dossier.error();
    return std::optional<Dossier>(std::move(*dossier));
}

}  // namespace

DossierFinder::DossierFinder(Preparer& prepared) {
    const auto with = [&](std::string_view condition) {
        return prepared(fmt::format("SELECT tiny_id, {} FROM dossier WHERE source = ? AND {}", kDossierColumns, condition));
    };
    by_id_ = with("id = ? AND state <> 'deleted'");
    by_alias_ = with("alias = ? AND state = 'open'");
    by_tiny_id_ = with("tiny_id = ? AND state <> 'deleted'");
}

Result<std::optional<Dossier>> DossierFinder::find(const DossierName& name) {
    auto& rows = name.id.empty() ? by_alias_ : by_id_;
    rows.reset().put(name.source).put(name.id.empty() ? name.alias : name.id);
    return first_dossier(rows);
}

Result<std::optional<Dossier>> DossierFinder::find(std::string_view source, std::int64_t tiny_id) {
    by_tiny_id_.reset().put(source).put(tiny_id);
    return first_dossier(by_tiny_id_);
}

}  // namespace tocsin::store

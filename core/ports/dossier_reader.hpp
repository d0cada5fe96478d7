// What clients of the Opsgenie API ask back.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/dossier.hpp"

namespace tocsin {

struct DossierView {
    Dossier dossier;
    std::optional<Incident> incident;  ///< Its own, or what that was merged into, if it is kept.
};

/// Sees what is committed; never waits for the engine. From any one thread. What is deleted is not found.
class DossierReader {
public:
    virtual ~DossierReader() = default;

    /// NotFound if there is none, or it is another source's.
    [[nodiscard]] virtual Result<DossierView> dossier(const DossierName& name) = 0;
    [[nodiscard]] virtual Result<DossierView> dossier(std::string_view source, std::int64_t tiny_id) = 0;
    /// The newest `limit` of a source, newest first.
    [[nodiscard]] virtual Result<std::vector<DossierView>> newest(std::string_view source, std::size_t limit) = 0;
    /// Oldest first.
    [[nodiscard]] virtual Result<std::vector<DossierEntry>> entries(std::string_view dossier, DossierEntry::Kind kind) = 0;
    /// NotFound if there is none, or it is another source's.
    [[nodiscard]] virtual Result<DossierRequest> request(std::string_view source, std::string_view id) = 0;
};

}  // namespace tocsin

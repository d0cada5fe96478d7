// Looking back, for triage, reports and drills: prepared queries on a reader's connection.
#pragma once

#include <vector>

#include "core/ports/store.hpp"
#include "daemon/store/sqlite.hpp"

namespace tocsin::store {

/// As StoreReader says. The connection must outlive it.
class PastReader {
public:
    [[nodiscard]] static Result<PastReader> prepare(Connection& connection);

    [[nodiscard]] Result<std::vector<Watch>> watches();
    [[nodiscard]] Result<Past> past(const PastFilter& filter);
    [[nodiscard]] Result<KeyHistory> history(const KeyFilter& filter);
    [[nodiscard]] Result<std::vector<PastIncident>> drills(std::size_t limit);

private:
    PastReader() = default;
    [[nodiscard]] static Result<std::int64_t> number(Statement& query);

    Statement watches_;
    Statement last_incident_before_;
    Statement incidents_;
    Statement last_page_before_;
    Statement pages_;
    Statement count_of_key_;
    Statement of_key_;
    Statement drills_;
};

}  // namespace tocsin::store

// The alerts that a daemon has kept, oldest first, for replay: read beside the running daemon, which never waits for it.
#pragma once

#include <string>
#include <vector>

#include "core/ports/store.hpp"
#include "daemon/store/sqlite.hpp"

namespace tocsin::store {

class AlertHistory {
public:
    /// Of a data directory; from the first alert that was received at or after `since`. NotFound if there is no database.
    [[nodiscard]] static Result<AlertHistory> open(const std::string& directory, TimePoint since);

    /// At most `limit` more; none at the end. Between two calls no snapshot is held, as that would keep the write-ahead log from
    /// beginning anew.
    [[nodiscard]] Result<std::vector<StoredAlert>> next(std::size_t limit);

private:
    explicit AlertHistory(Connection connection) : connection_(std::move(connection)) {}
    [[nodiscard]] Result<void> seek(TimePoint since);
    [[nodiscard]] Result<std::optional<StoredAlert>> first_from(std::int64_t id);

    Connection connection_;
    Statement next_;
    std::int64_t last_id_ = 0;
};

}  // namespace tocsin::store

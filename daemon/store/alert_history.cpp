#include "daemon/store/alert_history.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "daemon/store/rows.hpp"

namespace tocsin::store {
namespace {

constexpr Duration kBusyTimeout = std::chrono::seconds{5};

}  // namespace

Result<AlertHistory> AlertHistory::open(const std::string& directory, TimePoint since) {
    const auto file = directory + "/tocsin.db";
    std::error_code ec;
    if (!std::filesystem::exists(file, ec)) {
        return Error{Errc::NotFound, fmt::format("there is no database {}: has the daemon run with this data directory?", file)};
    }
    auto connection = Connection::open(file, Connection::Mode::ReadOnly, kBusyTimeout);
    if (!connection) return connection.error();
    AlertHistory history(std::move(*connection));
    auto next = history.connection_.prepare(fmt::format("SELECT {} FROM alert WHERE id > ? ORDER BY id LIMIT ?", kAlertColumns));
    if (!next) return next.error();
    history.next_ = std::move(*next);
    if (auto found = history.seek(since); !found) return found.error().in("looking for the first alert");
    return history;
}

/// By halves: ids rise with time, and times have no index.
Result<void> AlertHistory::seek(TimePoint since) {
    const auto lowest = connection_.number("SELECT min(id) FROM alert");
    if (!lowest) return lowest.error();
    const auto highest = connection_.number("SELECT max(id) FROM alert");
    if (!highest) return highest.error();
    auto before = *lowest - 1;  // Whatever has this id or less is too early.
    auto until = *highest;
    while (before < until) {
        const auto middle = before + (until - before) / 2;
        auto alert = first_from(middle + 1);
        if (!alert) return alert.error();
        if (*alert && (*alert)->received_at < since) {
            before = (*alert)->id.value;
        } else {
            until = middle;
        }
    }
    last_id_ = before;
    return {};
}

Result<std::optional<StoredAlert>> AlertHistory::first_from(std::int64_t id) {
    auto row = next_.reset().put(id - 1).put(std::int64_t{1}).step();
    if (!row) return row.error();
    auto alert = *row ? std::optional(read_alert(next_)) : std::nullopt;
    next_.reset();
    return alert;
}

Result<std::vector<StoredAlert>> AlertHistory::next(std::size_t limit) {
    std::vector<StoredAlert> alerts;
    next_.reset().put(last_id_).put(static_cast<std::int64_t>(limit));
    while (true) {
        auto row = next_.step();
        if (!row) return row.error().in("reading the alerts that were kept");
        if (!*row) return alerts;
        alerts.push_back(read_alert(next_));
        last_id_ = alerts.back().id.value;
    }
}

}  // namespace tocsin::store

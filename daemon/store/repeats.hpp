// Alerts that only repeat: what they do to their incident is said by their own rows, so its row need not be written each time.
//
// A storm is mostly such alerts, and an incident's row is somewhere in the middle of the file: writing it with each of them more
// than doubled what a commit writes. The row may lag behind its alerts instead, by a bounded number of alerts, and who reads it
// (opening, listing) adds those that it does not know yet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/time.hpp"
#include "core/model/incident.hpp"
#include "daemon/store/sqlite.hpp"

namespace tocsin::store {

/// Every row knows all alerts of its incident but those among the newest so many of the table (by their ids).
inline constexpr std::int64_t kAlertsBehindMax = 8192;

/// Alerts of one incident, in one batch.
struct NewAlerts {
    std::int64_t count = 0;
    std::int64_t first = 0;  ///< Ids.
    std::int64_t last = 0;
    TimePoint last_received_at;
};

/// Whether `after` is what anybody can tell from `before` and the rows of the alerts.
[[nodiscard]] bool is_told_by_alerts(const Incident& before, const Incident& after, const NewAlerts& alerts);

/// What `alerts` alone make of an incident.
void add(Incident& incident, const NewAlerts& alerts);

/// SELECT of the incidents that have alerts which their rows do not know: incident, count, last, received_at of the last.
/// `condition` narrows it down ("alert.incident = ?"), or is empty.
[[nodiscard]] std::string unknown_alerts_sql(std::string_view condition);
/// The columns after the first.
[[nodiscard]] NewAlerts read_unknown_alerts(Statement& row);
/// Adds one alert (?) to its incident's row, if that does not know it: for an alert that goes before the row is written.
[[nodiscard]] std::string learn_alert_sql();
/// Brings every row up to date with its alerts.
[[nodiscard]] std::string catch_up_sql();

}  // namespace tocsin::store

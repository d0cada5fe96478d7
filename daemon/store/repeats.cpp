#include "daemon/store/repeats.hpp"

#include <fmt/format.h>

namespace tocsin::store {
namespace {

/// What add() does, for the alerts that a query with the columns of unknown_alerts_sql() finds.
std::string update_from(std::string_view alerts) {
    return fmt::format(
        "UPDATE incident SET alerts = alerts + news.count, last_alert = news.last, last_alert_at = news.received_at, "
        "resolve_due_at = CASE WHEN resolve_after > 0 THEN news.received_at + resolve_after ELSE resolve_due_at END "
        "FROM ({}) AS news WHERE incident.id = news.incident",
        alerts);
}

}  // namespace

void add(Incident& incident, const NewAlerts& alerts) {
    if (alerts.count == 0) return;
    incident.alerts += alerts.count;
    incident.last_alert_at = alerts.last_received_at;
    if (incident.resolve_after.count() > 0) incident.resolve_due_at = alerts.last_received_at + incident.resolve_after;
}

bool is_told_by_alerts(const Incident& before, const Incident& after, const NewAlerts& alerts) {
    if (before.alerts + alerts.count != after.alerts || before.state != after.state) return false;
    auto told = before;
    add(told, alerts);
    return told == after;
}

std::string unknown_alerts_sql(std::string_view condition) {
    // `received_at` is that of the row which max() found: https://www.sqlite.org/lang_select.html, "bare columns in an aggregate
    // query".
    return fmt::format(
        "SELECT alert.incident AS incident, count(*) AS count, max(alert.id) AS last, alert.received_at AS received_at "
        "FROM alert JOIN incident AS of ON of.id = alert.incident "
        "WHERE alert.id > (SELECT max(id) FROM alert) - {} AND alert.id > coalesce(of.last_alert, 0){}{} GROUP BY alert.incident",
        kAlertsBehindMax, condition.empty() ? "" : " AND ", condition);
}

NewAlerts read_unknown_alerts(Statement& row) {
    NewAlerts alerts;
    alerts.count = row.take_int();
    alerts.last = row.take_int();
    alerts.last_received_at = row.take_time();
    return alerts;
}

std::string learn_alert_sql() {
    return fmt::format("{} AND news.last > coalesce(incident.last_alert, 0)",
                       update_from("SELECT incident, 1 AS count, id AS last, received_at FROM alert WHERE id = ?"));
}

std::string catch_up_sql() { return update_from(unknown_alerts_sql({})); }

}  // namespace tocsin::store

// Neither incidents nor pages have an index on their times: ids rise with time, so a stretch of it is a run of ids, whose
// beginning is found by going back from the newest.
#include "daemon/store/past_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string>

#include "daemon/store/rows.hpp"

namespace tocsin::store {
namespace {

std::int64_t limit_of(std::size_t limit) {
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    return limit < static_cast<std::size_t>(kMost) ? static_cast<std::int64_t>(limit) : kMost;
}

/// Incidents that the condition picks, each with its first acknowledgement and what ended it.
std::string past_sql(std::string_view condition) {
    return fmt::format(
        "SELECT picked.id, key, rule, service, summary, severity, urgency, is_drill, opened_at, resolved_at, resolved_by, "
        "acknowledged.at, coalesce(acknowledged.actor, ''), coalesce(ended.reason, ''), coalesce(ended.detail, '') "
        "FROM (SELECT *, "
        "(SELECT min(id) FROM timeline WHERE incident = one.id AND reason = 'acknowledged') AS first_acknowledgement, "
        "(SELECT max(id) FROM timeline WHERE incident = one.id AND one.state = 'resolved' AND reason IN "
        "('resolved', 'resolved_by_source', 'resolved_by_quiet', 'heartbeat_back', 'merged', 'drill')) AS last_resolution "
        "FROM incident AS one WHERE {}) AS picked "
        "LEFT JOIN timeline AS acknowledged ON acknowledged.id = first_acknowledgement "
        "LEFT JOIN timeline AS ended ON ended.id = last_resolution",
        condition);
}

Result<PastIncident> read_past(Statement& row) {
    PastIncident past;
    past.id = {row.take_int()};
    past.key = row.take_text();
    past.rule = row.take_text();
    past.service = row.take_text();
    past.summary = row.take_text();
    const auto severity = parse_severity(row.take_view());
    const auto urgency = parse_urgency(row.take_view());
    if (!severity || !urgency) return Error{Errc::Internal, "an incident in the database has an unknown severity or urgency"};
    past.severity = *severity;
    past.urgency = *urgency;
    past.is_drill = row.take_int() != 0;
    past.opened_at = row.take_time();
    past.resolved_at = row.take_optional_time();
    past.resolved_by = row.take_text();
    past.first_acknowledged_at = row.take_optional_time();
    past.acknowledged_by = row.take_text();
    past.resolution = parse_reason(row.take_view());
    past.resolution_note = row.take_text();
    return past;
}

Result<PastPage> read_past_page(Statement& row) {
    PastPage page;
    page.incident = {row.take_int()};
    page.person = row.take_text();
    const auto urgency = parse_urgency(row.take_view());
    page.step = row.take_int32();
    const auto state = parse_page_state(row.take_view());
    if (!urgency || !state) return Error{Errc::Internal, "a page in the database has an unknown urgency or state"};
    page.urgency = *urgency;
    page.state = *state;
    page.due_at = row.take_time();
    return page;
}

template <class Value>
Result<std::vector<Value>> all(Statement& rows, Result<Value> (*read)(Statement&)) {
    std::vector<Value> values;
    while (true) {
        auto row = rows.step();
        if (!row) return row.error();
        if (!*row) return values;
        auto value = read(rows);
        if (!value) {
            rows.reset();
            return value.error();
        }
        values.push_back(std::move(*value));
    }
}

/// Read newest first with one more than may be; true if that one was there.
template <class Value>
bool cut_and_turn(std::vector<Value>& values, std::size_t limit) {
    const bool is_cut = values.size() > limit;
    if (is_cut) values.resize(limit);
    std::reverse(values.begin(), values.end());
    return is_cut;
}

bool is_newer(const PastIncident& a, const PastIncident& b) { return a.id > b.id; }

}  // namespace

Result<PastReader> PastReader::prepare(Connection& connection) {
    PastReader reader;
    Preparer prepared(connection);
    reader.watches_ = prepared(fmt::format("SELECT {} FROM watch ORDER BY key", kWatchColumns));
    reader.last_incident_before_ = prepared("SELECT id FROM incident WHERE opened_at < ? ORDER BY id DESC LIMIT 1");
    reader.incidents_ = prepared(past_sql("id > ? AND opened_at >= ? AND opened_at < ? ORDER BY id DESC LIMIT ?"));
    reader.last_page_before_ = prepared("SELECT id FROM page WHERE decided_at < ? ORDER BY id DESC LIMIT 1");
    reader.pages_ = prepared(
        "SELECT incident, person, urgency, step, state, due_at FROM page WHERE id > ? AND decided_at >= ? AND decided_at < ? "
        "ORDER BY id DESC LIMIT ?");
    reader.count_of_key_ =
        prepared("SELECT count(*) FROM incident WHERE key = ? AND state = 'resolved' AND resolved_at >= ? AND id <> ?");
    reader.of_key_ =
        prepared(past_sql("key = ? AND state = 'resolved' AND resolved_at >= ? AND id <> ? ORDER BY resolved_at DESC LIMIT ?"));
    reader.drills_ = prepared(past_sql("is_drill = 1 ORDER BY id DESC LIMIT ?"));
    if (auto result = prepared.result(); !result) return result.error();
    return reader;
}

Result<std::vector<Watch>> PastReader::watches() {
    auto found = all<Watch>(watches_.reset(), [](Statement& row) -> Result<Watch> { return read_watch(row); });
    if (!found) return found.error().in("reading the watches");
    return found;
}

Result<std::int64_t> PastReader::number(Statement& query) {
    auto row = query.step();
    if (!row) return row.error();
    const auto value = *row ? query.take_int() : 0;
    query.reset();
    return value;
}

Result<Past> PastReader::past(const PastFilter& filter) {
    Past past;
    const auto one_more =
        limit_of(filter.limit) == std::numeric_limits<std::int64_t>::max() ? limit_of(filter.limit) : limit_of(filter.limit) + 1;
    const auto before = number(last_incident_before_.reset().put(filter.from));
    if (!before) return before.error().in("looking for the first incident of a report");
    incidents_.reset().put(*before).put(filter.from).put(filter.until).put(one_more);
    auto incidents = all<PastIncident>(incidents_, read_past);
    if (!incidents) return incidents.error().in("reading the incidents of a report");
    std::sort(incidents->begin(), incidents->end(), is_newer);
    const auto page_before = number(last_page_before_.reset().put(filter.from));
    if (!page_before) return page_before.error().in("looking for the first page of a report");
    auto pages = all<PastPage>(pages_.reset().put(*page_before).put(filter.from).put(filter.until).put(one_more), read_past_page);
    if (!pages) return pages.error().in("reading the pages of a report");
    past.is_cut = cut_and_turn(*incidents, filter.limit);
    past.is_cut = cut_and_turn(*pages, filter.limit) || past.is_cut;
    past.incidents = std::move(*incidents);
    past.pages = std::move(*pages);
    return past;
}

Result<KeyHistory> PastReader::history(const KeyFilter& filter) {
    KeyHistory history;
    const auto count = number(count_of_key_.reset().put(filter.key).put(filter.since).put(filter.but_of.value));
    if (!count) return count.error().in("counting an incident's history");
    history.count = *count;
    of_key_.reset().put(filter.key).put(filter.since).put(filter.but_of.value).put(limit_of(filter.limit));
    auto latest = all<PastIncident>(of_key_, read_past);
    if (!latest) return latest.error().in("reading an incident's history");
    history.latest = std::move(*latest);
    std::stable_sort(history.latest.begin(), history.latest.end(),
                     [](const PastIncident& a, const PastIncident& b) { return a.resolved_at > b.resolved_at; });
    return history;
}

Result<std::vector<PastIncident>> PastReader::drills(std::size_t limit) {
    auto found = all<PastIncident>(drills_.reset().put(limit_of(limit)), read_past);
    if (!found) return found.error().in("reading the drills");
    std::sort(found->begin(), found->end(), is_newer);
    return found;
}

}  // namespace tocsin::store

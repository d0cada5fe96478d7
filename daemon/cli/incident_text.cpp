#include "daemon/cli/incident_text.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <vector>

#include "core/base/text.hpp"
#include "daemon/cli/table.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

using Row = std::vector<std::string>;

constexpr std::string_view kKeys[] = {"rule",
                                      "key",
                                      "url",
                                      "runbook",
                                      "opened_at",
                                      "last_alert_at",
                                      "alerts",
                                      "assigned_to",
                                      "acknowledged_by",
                                      "silence",
                                      "silenced_until",
                                      "flapping_until",
                                      "resolve_held_until",
                                      "merged_into",
                                      "resolved_by"};

/// What the API lists under a key, a row for each; nothing if there is none.
template <class RowOf>
std::string listed(const json::object& incident, std::string_view key, const Row& headings, RowOf row_of) {
    const auto* list = incident.if_contains(key);
    if (list == nullptr || list->as_array().empty()) return {};
    std::vector<Row> rows;
    for (const auto& value : list->as_array()) rows.push_back(row_of(value.as_object()));
    return "\n" + table(headings, rows);
}

Row member_row(const json::object& member) {
    const bool is_firing = member.at("is_firing").as_bool();
    return {text_at(member, "alert_key"), text_at(member, "source"), is_firing ? "firing" : "over"};
}

Row timeline_row(const json::object& entry) {
    return {text_at(entry, "at"), text_at(entry, "reason"), text_at(entry, "actor"), text_at(entry, "detail")};
}

Row page_row(const json::object& page) {
    const auto error = text_at(page, "last_error");
    return {text_at(page, "due_at"), text_at(page, "person"),   text_at(page, "via"),
            text_at(page, "state"),  text_at(page, "attempts"), text_at(page, "why") + (error.empty() ? "" : ": ") + error};
}

}  // namespace

std::string text_at(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    if (value == nullptr || value->is_null()) return "";
    return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

std::string state_of(const json::object& incident) {
    auto state = text_at(incident, "state");
    if (!text_at(incident, "silence").empty()) state += ", silenced";
    if (!text_at(incident, "flapping_until").empty()) {
        state += ", flapping";
    } else if (!text_at(incident, "resolve_held_until").empty()) {
        state += ", over if it stays so";
    }
    return state;
}

std::string incident_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto& incident = answer.as_object();
    std::string text =
        printable(fmt::format("incident {} {} {} ({})\n  {}\n", text_at(incident, "id"), state_of(incident),
                              text_at(incident, "severity"), text_at(incident, "service"), text_at(incident, "summary")));
    for (const auto key : kKeys) {
        if (const auto value = text_at(incident, key); !value.empty())
            text += printable(fmt::format("  {:<18} {}\n", key, value));
    }
    text += listed(incident, "members", {"ALERT", "SOURCE", "STATE"}, member_row);
    text += listed(incident, "timeline", {"AT", "REASON", "BY", "WHAT"}, timeline_row);
    return text + listed(incident, "pages", {"DUE", "PERSON", "VIA", "STATE", "ATTEMPTS", "WHY"}, page_row);
}

}  // namespace tocsin::cli

#include "daemon/cli/watching_text.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <string_view>
#include <utility>
#include <vector>

#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "daemon/cli/incident_text.hpp"
#include "daemon/cli/table.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

constexpr std::size_t kSummaryMax = 60;

/// The cells of these keys.
std::vector<std::string> row_of(const json::object& object, std::initializer_list<std::string_view> keys) {
    std::vector<std::string> row;
    for (const auto key : keys) row.push_back(truncated(text_at(object, key), kSummaryMax));
    return row;
}

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const json::value& list, std::initializer_list<std::string_view> keys) {
    Rows rows;
    for (const auto& item : list.as_array()) rows.push_back(row_of(item.as_object(), keys));
    return rows;
}

std::string lasted(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    if (value == nullptr || !value->is_int64()) return "-";
    return format_duration(std::chrono::seconds{value->get_int64()});
}

std::string or_none(const std::string& name) { return name.empty() ? "(none)" : name; }

void add_figures(Rows& rows, const std::string& name, const json::object& figures) {
    auto row = row_of(figures, {"incidents", "pages", "night_pages", "acknowledged", "unanswered"});
    row.insert(row.begin(), or_none(name));
    row.push_back(lasted(figures, "mtta_seconds"));
    row.push_back(lasted(figures, "mttr_seconds"));
    rows.push_back(std::move(row));
}

std::string figures_text(const std::string& heading, const json::object& all) {
    Rows rows;
    for (const auto& entry : all) add_figures(rows, std::string(entry.key()), entry.value().as_object());
    if (rows.empty()) return "";
    return "\n" + table({heading, "INCIDENTS", "PAGES", "AT NIGHT", "ACKED", "UNANSWERED", "MTTA", "MTTR"}, rows);
}

std::string stretch_text(const json::object& body) {
    auto text = fmt::format("from {} until {}\n", text_at(body, "from"), text_at(body, "until"));
    if (body.at("is_cut").as_bool()) text += "more happened than is read at once: the oldest is left out\n";
    return text;
}

}  // namespace

std::string queue_text(const std::string& body) {
    const auto answer = json::parse(body);
    Rows rows;
    for (const auto& value : answer.at("incidents").as_array()) {
        const auto& incident = value.as_object();
        const auto& triage = incident.at("triage").as_object();
        rows.push_back({text_at(incident, "id"), text_at(triage, "state"), text_at(triage, "detail"),
                        text_at(incident, "severity"), text_at(incident, "service"), text_at(incident, "opened_at"),
                        text_at(incident, "missing"), truncated(text_at(incident, "summary"), kSummaryMax)});
    }
    if (rows.empty()) return "nothing waits for triage\n";
    return table({"ID", "STATE", "DETAIL", "SEVERITY", "SERVICE", "OPENED", "MISSING", "SUMMARY"}, rows);
}

std::string triage_text(const json::object& incident) {
    const auto* found = incident.if_contains("triage");
    const auto* triage = found == nullptr ? nullptr : found->if_object();
    if (triage == nullptr || !triage->contains("reproducible")) return "";
    const auto line = [](std::string_view what, const std::string& answer) {
        return printable(fmt::format("  {:<18} {}\n", what, answer));
    };
    std::string missing;
    const auto& actionable = triage->at("actionable").as_object();
    for (const auto& field : actionable.at("missing").as_array()) {
        missing += (missing.empty() ? "" : ", ") + std::string(field.as_string());
    }
    const auto& communicated = triage->at("communicated").as_object();
    const auto& reproducible = triage->at("reproducible").as_object();
    const auto told = text_at(communicated, "at");
    std::string text;
    if (text_at(*triage, "state") != "none") {
        const auto detail = text_at(*triage, "detail");
        text += line("triage", text_at(*triage, "state") + (detail.empty() ? "" : ": ") + detail);
    }
    text += line("impact", text_at(*triage, "impact"));
    text += line("urgency", text_at(*triage, "urgency"));
    text += line("actionable", missing.empty() ? "yes" : "no: the alerts lack " + missing);
    text += line("communicated", told.empty() ? "nobody was told yet" : "at " + told);
    text += line("reproducible", fmt::format("seen {} times before in the last {} days", text_at(reproducible, "seen_before"),
                                             text_at(reproducible, "days")));
    for (const auto& value : reproducible.at("latest").as_array()) {
        const auto& past = value.as_object();
        const auto note = text_at(past, "note");
        text += line("", fmt::format("incident {}, {} at {}{}{}", text_at(past, "id"), text_at(past, "how"),
                                     text_at(past, "resolved_at"), note.empty() ? "" : ": ", note));
    }
    return text;
}

std::string answers_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto& incident = answer.as_object();
    return printable(fmt::format("incident {} {} ({})\n  {}\n", text_at(incident, "id"), text_at(incident, "state"),
                                 text_at(incident, "service"), text_at(incident, "summary"))) +
           triage_text(incident);
}

std::string heartbeats_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto rows = rows_of(answer.at("heartbeats"),
                              {"name", "state", "every", "grace", "last_beat_at", "due_at", "missing_since", "service"});
    if (rows.empty()) return "the rulebook has no heartbeats\n";
    return table({"NAME", "STATE", "EVERY", "GRACE", "LAST BEAT", "DUE", "MISSING SINCE", "SERVICE"}, rows);
}

std::string begun_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto& begun = answer.as_object();
    const auto id = text_at(begun, "incident");
    if (!begun.at("new").as_bool()) return fmt::format("a drill of that target is under way: incident {}\n", id);
    return fmt::format(
        "the drill has begun: incident {}\n`tocsin incidents {}` shows who is paged, `tocsin drills` how it ended\n", id, id);
}

std::string drills_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto rows =
        rows_of(answer.at("drills"), {"incident", "name", "begun_at", "result", "acknowledged_by", "acknowledged_after"});
    if (rows.empty()) return "there was no drill yet\n";
    return table({"INCIDENT", "DRILL", "BEGUN", "RESULT", "ACKED BY", "AFTER"}, rows);
}

std::string report_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto& report = answer.as_object();
    auto text = stretch_text(report) + figures_text("ALL", {{"all", report.at("all")}});
    text += figures_text("SEVERITY", report.at("severities").as_object());
    text += figures_text("SERVICE", report.at("services").as_object());
    text += figures_text("RULE", report.at("rules").as_object());
    Rows people;
    for (const auto& entry : report.at("people").as_object()) {
        auto row = row_of(entry.value().as_object(), {"day_pages", "night_pages", "notices"});
        row.insert(row.begin(), std::string(entry.key()));
        people.push_back(std::move(row));
    }
    if (!people.empty()) text += "\n" + table({"PERSON", "PAGES BY DAY", "AT NIGHT", "NOTICES"}, people);
    return text;
}

std::string recurring_text(const std::string& body) {
    const auto answer = json::parse(body);
    const auto& recurring = answer.as_object();
    Rows rows;
    for (const auto& value : recurring.at("problems").as_array()) {
        const auto& problem = value.as_object();
        auto row = row_of(problem, {"times", "pages", "night_pages"});
        row.push_back(lasted(problem, "mean_open_seconds"));
        row.push_back(or_none(text_at(problem, "service")));
        row.push_back(or_none(text_at(problem, "runbook")));
        row.push_back(truncated(text_at(problem, "summary"), kSummaryMax));
        row.push_back(truncated(text_at(problem, "last_note"), kSummaryMax));
        rows.push_back(std::move(row));
    }
    if (rows.empty()) return stretch_text(recurring) + "no problem came back\n";
    return stretch_text(recurring) +
           table({"TIMES", "PAGES", "AT NIGHT", "MEAN OPEN", "SERVICE", "RUNBOOK", "SUMMARY", "LAST CURE"}, rows);
}

}  // namespace tocsin::cli

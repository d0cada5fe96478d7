#include "daemon/opsgenie/alert_json.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/text.hpp"
#include "daemon/opsgenie/exchange.hpp"

namespace tocsin::opsgenie {
namespace json = boost::json;
namespace {

constexpr std::array<std::string_view, 21> kSortable{"createdAt",
                                                     "updatedAt",
                                                     "tinyId",
                                                     "alias",
                                                     "message",
                                                     "status",
                                                     "acknowledged",
                                                     "isSeen",
                                                     "snoozed",
                                                     "snoozedUntil",
                                                     "count",
                                                     "lastOccurredAt",
                                                     "source",
                                                     "owner",
                                                     "integration.name",
                                                     "integration.type",
                                                     "report.ackTime",
                                                     "report.closeTime",
                                                     "report.acknowledgedBy",
                                                     "report.closedBy",
                                                     "priority"};

DossierStanding standing_in(const DossierView& view, TimePoint now) {
    return standing_of(view.dossier, view.incident ? &*view.incident : nullptr, now);
}

json::array texts_json(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

json::array teams_json(const Dossier& dossier) {
    json::array teams;
    for (const auto& responder : dossier.responders) {
        if (responder.type == "team") teams.push_back(json::object{{"id", responder.name}});
    }
    return teams;
}

json::array responders_json(const Dossier& dossier) {
    json::array all;
    for (const auto& responder : dossier.responders) {
        all.push_back(json::object{{"type", responder.type}, {"id", responder.name}});
    }
    return all;
}

json::object report_json(const Dossier& dossier, const DossierStanding& standing) {
    json::object report;
    if (standing.acknowledged_at) {
        report["ackTime"] = (*standing.acknowledged_at - dossier.created_at).count();
        report["acknowledgedBy"] = standing.acknowledged_by;
    }
    if (standing.closed_at && !standing.is_open) {
        report["closeTime"] = (*standing.closed_at - dossier.created_at).count();
        report["closedBy"] = standing.closed_by;
    }
    return report;
}

std::string ms_text(TimePoint t) { return std::to_string(to_unix_ms(t)); }

std::string owner_of(const Dossier& dossier, const DossierStanding& standing) {
    return dossier.owner.empty() ? standing.acknowledged_by : dossier.owner;
}

/// The facts' names are in small letters, and without "report.".
std::string fact_name(std::string_view field) {
    constexpr std::string_view kReport = "report.";
    return lower_ascii(field.starts_with(kReport) ? field.substr(kReport.size()) : field);
}

std::string_view value_in(const Listed& alert, std::string_view name) {
    const auto found =
        std::find_if(alert.facts.begin(), alert.facts.end(), [name](const Fact& fact) { return fact.name == name; });
    return found == alert.facts.end() ? std::string_view{} : std::string_view(found->value);
}

/// Numbers by their size, everything else as text.
bool is_less(std::string_view a, std::string_view b) {
    const auto is_number = [](std::string_view text) {
        return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (is_number(a) && is_number(b) && a.size() != b.size()) return a.size() < b.size();
    return a < b;
}

}  // namespace

json::object short_alert_json(const DossierView& view, TimePoint now) {
    const auto& dossier = view.dossier;
    const auto standing = standing_in(view, now);
    json::object body{{"id", dossier.id},
                      {"tinyId", std::to_string(dossier.tiny_id)},
                      {"alias", dossier.alias},
                      {"message", dossier.message},
                      {"status", standing.is_open ? "open" : "closed"},
                      {"acknowledged", standing.acknowledged_at.has_value()},
                      {"isSeen", standing.acknowledged_at.has_value()},
                      {"seen", standing.acknowledged_at.has_value()},
                      {"tags", texts_json(dossier.tags)},
                      {"snoozed", standing.snoozed_until.has_value()}};
    if (standing.snoozed_until) body["snoozedUntil"] = iso_time(*standing.snoozed_until);
    body["count"] = dossier.count;
    body["lastOccurredAt"] = iso_time(dossier.last_occurred_at);
    body["createdAt"] = iso_time(dossier.created_at);
    body["updatedAt"] = iso_time(dossier.updated_at);
    body["source"] = dossier.origin;
    body["owner"] = owner_of(dossier, standing);
    body["priority"] = dossier.priority;
    body["responders"] = responders_json(dossier);
    body["teams"] = teams_json(dossier);
    body["integration"] = json::object{{"id", dossier.source}, {"name", dossier.source}, {"type", "API"}};
    auto report = report_json(dossier, standing);
    if (!report.empty()) body["report"] = std::move(report);
    body["ownerTeamId"] = "";
    return body;
}

json::object alert_json(const DossierView& view, TimePoint now) {
    auto body = short_alert_json(view, now);
    const auto& dossier = view.dossier;
    body["actions"] = texts_json(dossier.actions);
    body["entity"] = dossier.entity;
    body["description"] = dossier.description;
    auto& details = body["details"].emplace_object();
    for (const auto& [key, value] : dossier.details) details[key] = value;
    return body;
}

Facts facts_of(const DossierView& view, TimePoint now) {
    const auto& dossier = view.dossier;
    const auto standing = standing_in(view, now);
    const auto flag = [](bool is_so) { return std::string(is_so ? "true" : "false"); };
    Facts facts{{"createdat", ms_text(dossier.created_at)},
                {"updatedat", ms_text(dossier.updated_at)},
                {"lastoccurredat", ms_text(dossier.last_occurred_at)},
                {"lastoccuredat", ms_text(dossier.last_occurred_at)},
                {"alertid", dossier.id},
                {"id", dossier.id},
                {"tinyid", std::to_string(dossier.tiny_id)},
                {"alias", dossier.alias},
                {"count", std::to_string(dossier.count)},
                {"message", dossier.message},
                {"description", dossier.description},
                {"source", dossier.origin},
                {"entity", dossier.entity},
                {"status", standing.is_open ? "open" : "closed"},
                {"owner", owner_of(dossier, standing)},
                {"acknowledgedby", standing.acknowledged_by},
                {"closedby", standing.closed_by},
                {"acknowledged", flag(standing.acknowledged_at.has_value())},
                {"isseen", flag(standing.acknowledged_at.has_value())},
                {"snoozed", flag(standing.snoozed_until.has_value())},
                {"integration.name", dossier.source},
                {"integration.type", "API"},
                {"priority", dossier.priority}};
    const auto add = [&facts](std::string name, std::string value) { facts.push_back({std::move(name), std::move(value)}); };
    if (standing.snoozed_until) add("snoozeduntil", ms_text(*standing.snoozed_until));
    if (standing.acknowledged_at) add("acktime", std::to_string((*standing.acknowledged_at - dossier.created_at).count()));
    if (standing.closed_at) add("closetime", std::to_string((*standing.closed_at - dossier.created_at).count()));
    for (const auto& tag : dossier.tags) add("tag", tag);
    for (const auto& action : dossier.actions) add("actions", action);
    for (const auto& responder : dossier.responders) {
        if (responder.type == "team") add("teams", responder.name);
        add("responders", responder.name);
        add("recipients", responder.name);
    }
    for (const auto& [key, value] : dossier.details) {
        add("details.key", key);
        add("details.value", value);
        add("details." + lower_ascii(key), value);
    }
    return facts;
}

bool is_sortable(std::string_view field) { return std::find(kSortable.begin(), kSortable.end(), field) != kSortable.end(); }

void sort_alerts(std::vector<Listed>& alerts, std::string_view field, Order order) {
    const auto name = fact_name(is_sortable(field) ? field : kSortable.front());
    std::stable_sort(alerts.begin(), alerts.end(), [&](const Listed& a, const Listed& b) {
        const auto& first = order == Order::Ascending ? a : b;
        const auto& second = order == Order::Ascending ? b : a;
        return is_less(value_in(first, name), value_in(second, name));
    });
}

}  // namespace tocsin::opsgenie

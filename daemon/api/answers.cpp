#include "daemon/api/answers.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include "core/base/text.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr std::string_view kRetryAfterSeconds = "1";

json::value time_or_null(const std::optional<TimePoint>& at) {
    if (!at) return nullptr;
    return json::value(format_utc(*at));
}

json::value id_or_null(IncidentId id) {
    if (!id.is_set()) return nullptr;
    return id.value;
}

json::array strings(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

http::Response json_answer(unsigned status, const json::object& body) {
    http::Response response;
    response.status = status;
    response.body = json::serialize(body);
    return response;
}

http::Response refusal(unsigned status, std::string_view error) { return json_answer(status, {{"error", valid_utf8(error)}}); }

http::Response wrong_method(std::string_view allowed) {
    auto response = refusal(405, fmt::format("use {}", allowed));
    response.headers.emplace_back("Allow", allowed);
    return response;
}

http::Response come_again(std::string_view error) {
    auto response = refusal(503, error);
    response.headers.emplace_back("Retry-After", kRetryAfterSeconds);
    return response;
}

http::Response refusal(const Error& error) {
    switch (error.code()) {
        case Errc::NotFound: return refusal(404, error.message());
        case Errc::Conflict: return refusal(409, error.message());
        case Errc::Invalid: return refusal(400, error.message());
        case Errc::Refused:
        case Errc::Rejected: return refusal(403, error.message());
        case Errc::TooLarge: return refusal(413, error.message());
        case Errc::Unavailable:
        case Errc::TimedOut:
        case Errc::Cancelled:
        case Errc::Internal: return come_again(error.message());
    }
    return come_again(error.message());
}

json::object to_json(const Incident& incident) {
    return {{"id", incident.id.value},
            {"key", incident.key},
            {"state", to_string(incident.state)},
            {"severity", to_string(incident.severity)},
            {"urgency", to_string(incident.urgency)},
            {"service", incident.service},
            {"rule", incident.rule},
            {"source", incident.source},
            {"summary", incident.summary},
            {"url", incident.url},
            {"opened_at", format_utc(incident.opened_at)},
            {"last_alert_at", format_utc(incident.last_alert_at)},
            {"alerts", incident.alerts},
            {"firing", incident.firing},
            {"acknowledged_at", time_or_null(incident.acknowledged_at)},
            {"acknowledged_by", incident.acknowledged_by},
            {"acknowledgers", strings(incident.acknowledgers)},
            {"acknowledgement_ends_at", time_or_null(incident.acknowledgement_ends_at)},
            {"hand_over_at", time_or_null(incident.hand_over_due_at)},
            {"snoozed_until", time_or_null(incident.snoozed_until)},
            {"silence", incident.silence},
            {"silenced_until", time_or_null(incident.silenced_until)},
            {"also_silenced_by", strings(incident.also_silenced_by)},
            {"resolve_due_at", time_or_null(incident.resolve_due_at)},
            {"resolved_at", time_or_null(incident.resolved_at)},
            {"resolved_by", incident.resolved_by},
            {"is_severity_by_hand", incident.is_severity_by_hand},
            {"resolve_held_until", time_or_null(incident.resolve_held_until)},
            {"assigned_to", incident.assigned_to},
            {"merged_into", id_or_null(incident.merged_into)},
            {"told_at", id_or_null(incident.told_at)},
            {"is_digested", incident.is_digested},
            {"is_drill", incident.is_drill},
            {"flaps", incident.flaps},
            {"flapping_until", time_or_null(incident.flapping_until)},
            {"missing", incident.missing},
            {"triage", json::object{{"state", to_string(incident.triage)}, {"detail", incident.triage_detail}}},
            {"communicated_at", time_or_null(incident.communicated_at)},
            {"reply_to", incident.reply_to},
            {"escalation", json::object{{"policy", incident.escalation},
                                        {"cycle", incident.cycle},
                                        {"round", incident.round},
                                        {"step", incident.step},
                                        {"next_at", time_or_null(incident.step_due_at)}}}};
}

json::object to_json(const Member& member) {
    return {{"source", member.source}, {"alert_key", member.alert_key}, {"is_firing", member.is_firing}};
}

json::object to_json(const TimelineEntry& entry) {
    return {{"at", format_utc(entry.at)}, {"reason", to_string(entry.reason)}, {"actor", entry.actor}, {"detail", entry.detail}};
}

json::object to_json(const Page& page) {
    return {{"key", page.key()},
            {"urgency", to_string(page.urgency)},
            {"person", page.person},
            {"via", page.via},
            {"channel", page.channel},
            {"state", to_string(page.state)},
            {"reason", to_string(page.reason)},
            {"why", page.why},
            {"digest", page.digest},
            {"decided_at", format_utc(page.decided_at)},
            {"due_at", format_utc(page.due_at)},
            {"attempts", page.attempts},
            {"last_error", page.last_error}};
}

json::object to_json(const StoredAlert& alert) {
    return {{"id", alert.id.value},   {"received_at", format_utc(alert.received_at)},
            {"source", alert.source}, {"action", alert.action},
            {"key", alert.key},       {"trace", alert.trace},
            {"rule", alert.rule},     {"payload_bytes", alert.payload.size()}};
}

std::string percent_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_escape =
            text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
        if (!is_escape) {
            decoded += text[i];
            continue;
        }
        decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
        i += 2;
    }
    return decoded;
}

std::string query_value(std::string_view query, std::string_view name) {
    for (const auto pair : split(query, '&')) {
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) return percent_decoded(pair.substr(equals + 1));
    }
    return {};
}

}  // namespace tocsin::api

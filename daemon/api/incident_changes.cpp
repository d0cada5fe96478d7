#include "daemon/api/incident_changes.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr std::array<std::string_view, 3> kVerbs{"merge", "split", "severity"};
constexpr std::size_t kAlertsMax = 1'000;

Result<IncidentId> target_of(const json::object& body) {
    const auto* into = body.if_contains("into");
    if (into == nullptr || !into->is_int64() || into->get_int64() <= 0) {
        return Error{Errc::Invalid, "a merge needs the number of the incident that goes on: {\"into\": 7}"};
    }
    return IncidentId{into->get_int64()};
}

Result<std::vector<std::string>> alerts_of(const json::object& body) {
    const Error wrong{Errc::Invalid,
                      "a split needs the keys of the alerts that leave: {\"alerts\": [\"disk-web-1\"]}; GET the incident for its "
                      "`members`"};
    const auto* alerts = body.if_contains("alerts");
    if (alerts == nullptr || !alerts->is_array()) return wrong;
    std::vector<std::string> keys;
    for (const auto& alert : alerts->get_array()) {
        if (!alert.is_string()) return wrong;
        keys.emplace_back(alert.get_string());
    }
    if (keys.empty() || keys.size() > kAlertsMax) return wrong;
    return keys;
}

Result<Severity> severity_of(const json::object& body) {
    const auto word = text_at(body, "severity");
    const auto severity = parse_severity(word);
    if (severity) return *severity;
    if (word.empty()) return Error{Errc::Invalid, "this needs a \"severity\": critical, high, moderate, low or info"};
    return Error{Errc::Invalid, fmt::format("\"{}\" is no severity; use critical, high, moderate, low or info", printable(word))};
}

struct Change {
    IncidentId incident;
    std::string_view verb;
    std::string by;
};

Result<runtime::Message> message_of(const Change& asked, const json::object& body) {
    if (asked.verb == "merge") {
        const auto into = target_of(body);
        if (!into) return into.error();
        return runtime::Message{runtime::MergeMessage{asked.incident, *into, asked.by}, {}};
    }
    if (asked.verb == "split") {
        auto alerts = alerts_of(body);
        if (!alerts) return alerts.error();
        return runtime::Message{runtime::SplitMessage{asked.incident, std::move(*alerts), asked.by}, {}};
    }
    const auto severity = severity_of(body);
    if (!severity) return severity.error();
    engine::ChangeSeverity change{asked.by, *severity, text_at(body, "text")};
    return runtime::Message{runtime::ActionMessage{asked.incident, std::move(change)}, {}};
}

}  // namespace

bool is_incident_change(std::string_view verb) { return std::find(kVerbs.begin(), kVerbs.end(), verb) != kVerbs.end(); }

void change_incident(Services& services, http::Request& request, const ActOn& what, http::Respond respond) {
    const auto id = incident_number(what.id);
    if (!id) return respond(refusal(404, id.error().message()));
    const auto body = read_object(request.body);
    if (!body) return respond(refusal(body.error()));
    auto by = text_at(*body, "by");
    auto message = message_of({*id, what.verb, by.empty() ? what.token.name : std::move(by)}, *body);
    if (!message) return respond(refusal(message.error()));
    ask_engine(services, std::move(*message), std::move(respond));
}

}  // namespace tocsin::api

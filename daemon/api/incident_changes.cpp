#include "daemon/api/incident_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/asked.hpp"

namespace tocsin::api {
namespace {

constexpr std::array<std::string_view, 3> kVerbs{"merge", "split", "severity"};
constexpr std::size_t kAlertsMax = 1'000;

Result<IncidentId> target_of(const Asked& asked) {
    const auto into = asked.number("into");
    if (into && *into > 0) return IncidentId{*into};
    return Error{Errc::Invalid, "a merge needs the number of the incident that goes on: {\"into\": 7}"};
}

Result<std::vector<std::string>> alerts_of(const Asked& asked) {
    const Error wrong{Errc::Invalid,
                      "a split needs the keys of the alerts that leave: {\"alerts\": [\"disk-web-1\"]}; GET the incident for its "
                      "`members`"};
    auto keys = asked.texts("alerts");
    if (!keys || keys->empty() || keys->size() > kAlertsMax) return wrong;
    return keys;
}

Result<Severity> severity_of(const Asked& asked) {
    const auto word = asked.text("severity");
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

Result<runtime::Message> message_of(const Change& change, const Asked& asked) {
    if (change.verb == "merge") {
        const auto into = target_of(asked);
        if (!into) return into.error();
        return runtime::Message{runtime::MergeMessage{change.incident, *into, change.by}, {}};
    }
    if (change.verb == "split") {
        auto alerts = alerts_of(asked);
        if (!alerts) return alerts.error();
        return runtime::Message{runtime::SplitMessage{change.incident, std::move(*alerts), change.by}, {}};
    }
    const auto severity = severity_of(asked);
    if (!severity) return severity.error();
    engine::ChangeSeverity event{change.by, *severity, asked.text("text", kTextCodePointsMax)};
    return runtime::Message{runtime::ActionMessage{change.incident, std::move(event)}, {}};
}

}  // namespace

bool is_incident_change(std::string_view verb) { return std::find(kVerbs.begin(), kVerbs.end(), verb) != kVerbs.end(); }

void change_incident(Services& services, http::Request& request, const ActOn& what, http::Respond respond) {
    const auto id = incident_number(what.id);
    if (!id) return respond(refusal(404, id.error().message()));
    const auto asked = Asked::read(request.body);
    if (!asked) return respond(refusal(asked.error()));
    if (const auto texts = asked->check_texts({"by", "severity", "text"}); !texts) return respond(refusal(texts.error()));
    auto message = message_of({*id, what.verb, asked->by(what.token.name)}, *asked);
    if (!message) return respond(refusal(message.error()));
    ask_engine(services, std::move(*message), std::move(respond));
}

}  // namespace tocsin::api

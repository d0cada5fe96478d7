#include "daemon/api/alertmanager.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <string>
#include <utility>
#include <vector>

#include "core/base/text.hpp"
#include "daemon/api/accepting.hpp"
#include "daemon/api/alertmanager_alerts.hpp"
#include "daemon/api/alertmanager_silences.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/auth.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

using observe::Refusal;

/// The release whose API this is: clients ask for it.
constexpr std::string_view kSpokenVersion = "0.25.0";
constexpr std::string_view kShownConfig = "route:\n  receiver: tocsin\nreceivers:\n  - name: tocsin\n";

/// Alertmanager's own way to say what is wrong: a bare text.
http::Response wrong(unsigned status, std::string_view error) {
    http::Response response;
    response.status = status;
    response.body = json::serialize(json::value(valid_utf8(error)));
    return response;
}

http::Response shown_status(Services& services) {
    return json_answer(200, {{"cluster", {{"status", "disabled"}, {"name", ""}, {"peers", json::array()}}},
                             {"versionInfo",
                              {{"version", kSpokenVersion},
                               {"revision", ""},
                               {"branch", "tocsin"},
                               {"buildUser", ""},
                               {"buildDate", ""},
                               {"goVersion", ""}}},
                             {"config", {{"original", kShownConfig}}},
                             {"uptime", format_utc(services.rulebook_status().loaded_at)}});
}

/// Those who are told: the escalations of the rulebook.
http::Response shown_receivers(Services& services) {
    const auto rulebook = services.rulebook();
    json::array receivers;
    for (const auto& [name, escalation] : rulebook->roster().escalations) receivers.push_back(json::object{{"name", name}});
    http::Response response;
    response.body = json::serialize(receivers);
    return response;
}

void answer_posted(const Result<std::vector<AcceptedAlert>>& told, const std::vector<std::string>& refused,
                   const std::string& trace, const http::Respond& respond) {
    if (!told) return respond(come_again(told.error().message()));
    auto response = refused.empty() ? http::Response{} : wrong(400, fmt::format("{}", fmt::join(refused, "; ")));
    response.headers.emplace_back("X-Tocsin-Trace", trace);
    respond(std::move(response));
}

}  // namespace

bool takes_alerts(const http::Request& request, const AlertmanagerPath& path) {
    return request.method == "POST" && path.endpoint == "alerts";
}

void take_prometheus_alerts(Services& services, const config::SourceSettings& source, http::Request& request,
                            http::Respond respond) {
    auto taken = take_body(services, source, std::move(request.body));
    if (const auto* not_taken = std::get_if<NotTaken>(&taken)) {
        const bool is_ours = not_taken->status == 503;
        return refuse(services, source.name, not_taken->why,
                      is_ours ? refusal(*not_taken) : wrong(not_taken->status, not_taken->error), respond);
    }
    auto& parsed = std::get<intake::Parsed>(taken);
    for (std::size_t i = 0; i < parsed.refused.size(); ++i) services.metrics.refused(source.name, Refusal::BadRequest);
    auto trace = trace_of(services, request);
    auto on_accepted = [refused = std::move(parsed.refused), trace, respond = std::move(respond)](
                           const Result<std::vector<AcceptedAlert>>& told) { answer_posted(told, refused, trace, respond); };
    accept(services, std::move(parsed), Accepting{source.name, std::move(trace), std::move(on_accepted)});
}

void answer_as_alertmanager(Services& services, http::Request& request, std::string_view endpoint, http::Respond respond) {
    constexpr std::string_view kSilence = "silence/";
    const auto* token = token_of(services.settings, request);
    if (token == nullptr) {
        auto response = wrong(401,
                              "to read alerts or silence them, show a token of `api.tokens` in tocsin.yaml: "
                              "`Authorization: Bearer TOKEN`, or basic authentication with the token as the password");
        response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"tocsin\"");
        return respond(std::move(response));
    }
    const bool is_get = request.method == "GET";
    if (is_get && endpoint == "status") return respond(shown_status(services));
    if (is_get && endpoint == "receivers") return respond(shown_receivers(services));
    if (is_get && endpoint == "alerts") return show_alerts(services, request, std::move(respond));
    if (is_get && endpoint == "alerts/groups") return show_alert_groups(services, request, std::move(respond));
    if (is_get && endpoint == "silences") return show_am_silences(services, request, std::move(respond));
    if (request.method == "POST" && endpoint == "silences") return make_am_silence(services, request, *token, std::move(respond));
    if (endpoint.starts_with(kSilence)) {
        const auto id = am_silence_id(endpoint.substr(kSilence.size()));
        if (id && is_get) return show_am_silence(services, *id, std::move(respond));
        if (id && request.method == "DELETE") return end_am_silence(services, *id, *token, std::move(respond));
        if (!id) return respond(wrong(404, fmt::format("no silence has the id {}", printable(endpoint.substr(kSilence.size())))));
    }
    respond(wrong(404, fmt::format("nothing answers {} {}", printable(request.method), printable(endpoint))));
}

}  // namespace tocsin::api

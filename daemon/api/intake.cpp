#include "daemon/api/intake.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/limits.hpp"
#include "daemon/api/accepting.hpp"
#include "daemon/api/alertmanager.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/auth.hpp"
#include "daemon/api/heartbeats.hpp"
#include "daemon/api/sender_paths.hpp"
#include "daemon/api/signed_body.hpp"
#include "daemon/api/webhook_handshake.hpp"
#include "daemon/intake/cloudevents.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

using observe::Refusal;

/// An answer about one alert takes no memory but its own text.
constexpr std::size_t kAnswerRoomBytes = 2'048;
constexpr std::size_t kAnswerMembers = 11;

void add_told(const AcceptedAlert& told, json::object& body) {
    if (told.incident) {
        body["incident"] = told.incident->id.value;
        body["state"] = to_string(told.incident->state);
        body["new"] = told.incident->is_new;
    } else {
        body["incident"] = nullptr;
    }
    if (!told.has_verdict) return;
    body["rule"] = told.rule;
    body["service"] = told.service;
    body["severity"] = to_string(told.severity);
    body["urgency"] = to_string(told.urgency);
    if (!told.silenced) return;
    body["silence"] = told.silenced->silence;
    body["silenced_until"] = format_utc(told.silenced->until);
}

/// Splunk Observability takes any other for a failure, and repeats for a day.
unsigned accepted_status(const config::SourceSettings& source) { return source.kind == "splunk_o11y" ? 200 : 202; }

http::Response accepted(const config::SourceSettings& source, const std::vector<AcceptedAlert>& told, const std::string& trace,
                        const std::vector<std::string>& refused) {
    std::array<unsigned char, kAnswerRoomBytes> room;
    json::monotonic_resource memory(room.data(), room.size());
    json::object body(&memory);
    body.reserve(kAnswerMembers);
    body["result"] = refused.empty() ? "accepted" : "partly accepted";
    body["trace"] = trace;
    if (told.size() == 1) {
        add_told(told.front(), body);
    } else {
        auto& alerts = body["alerts"].emplace_array();
        for (const auto& one : told) add_told(one, alerts.emplace_back(json::object_kind).get_object());
    }
    if (!refused.empty()) body["refused"] = json::array(refused.begin(), refused.end());
    auto response = json_answer(refused.empty() ? accepted_status(source) : 400, body);
    response.headers.emplace_back("X-Tocsin-Trace", trace);
    return response;
}

http::Response stale_signature() {
    return refusal(
        401, fmt::format("the signature is right, but it was made more than {} before or after now, so this may be a copy of "
                         "an earlier request; compare the clocks of the sender and of this machine",
                         format_duration(limits::kSignatureAgeMax)));
}

/// Events in binary mode have their attributes in headers.
std::string whole_body(const config::SourceSettings& source, http::Request& request) {
    if (source.kind != "cloudevents" || request.header("ce-specversion").empty()) return std::move(request.body);
    return intake::structured_event(request.body, request.header);
}

void take_posted(Services& services, const config::SourceSettings& source, http::Request& request, http::Respond respond) {
    auto taken = take_body(services, source, whole_body(source, request));
    if (const auto* not_taken = std::get_if<NotTaken>(&taken)) {
        return refuse(services, source.name, not_taken->why, refusal(*not_taken), respond);
    }
    auto& parsed = std::get<intake::Parsed>(taken);
    auto refused = std::move(parsed.refused);
    auto trace = trace_of(services, request);
    accept(services, std::move(parsed),
           {source.name, trace,
            [&services, &source, trace, refused = std::move(refused), respond](Result<std::vector<AcceptedAlert>> told) {
                if (!told) return refuse(services, source.name, Refusal::Store, come_again(told.error().message()), respond);
                respond(accepted(source, *told, trace, refused));
            }});
}

}  // namespace

Verdict classified(Services& services, const Rulebook& rulebook, const intake::Arrival& arrival) {
    auto verdict = rulebook.classify(arrival.fields, services.clock.now());
    services.metrics.rule_matched(verdict.rule_index);
    if (verdict.silenced) services.metrics.silenced();
    if (verdict.empty_templates > 0) services.metrics.templates_empty(verdict.empty_templates);
    return verdict;
}

void take_alerts(Services& services, http::Request& request, std::string_view rest, http::Respond respond) {
    const auto slash = rest.find('/');
    const auto name = rest.substr(0, slash);
    const auto in_path = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    const auto found = services.settings.sources.find(std::string(name));
    const bool is_known = found != services.settings.sources.end();
    auto of_alertmanager = alertmanager_path(in_path);
    const bool is_prometheus = is_known && found->second.kind == "prometheus";
    // Without a token whoever asks is told the same of every name.
    if (of_alertmanager && !takes_alerts(request, *of_alertmanager) &&
        (is_prometheus || token_of(services.settings, request) == nullptr)) {
        return answer_as_alertmanager(services, request, of_alertmanager->endpoint, std::move(respond));
    }
    if (!is_prometheus) of_alertmanager.reset();
    const auto beat = beat_path(in_path);
    const auto secret = of_alertmanager ? of_alertmanager->secret : beat ? beat->secret : in_path;
    const auto wanted = beat ? Endpoint::Heartbeats : Endpoint::Alerts;
    auto proof = is_known ? proof_of(services, found->second, Shown{request, secret}, wanted) : Proof::None;
    const bool is_to_sign = is_known && proof == Proof::None;
    const auto signature = is_to_sign ? signature_of(found->second, request, services.clock.now()) : Signature::None;
    if (signature == Signature::Stale) return refuse(services, name, Refusal::StaleSignature, stale_signature(), respond);
    if (signature == Signature::Good) proof = Proof::Enough;
    if (proof == Proof::None) {
        // The same words for both: a stranger does not learn which sources there are.
        return refuse(services, name, is_known ? Refusal::Unauthorized : Refusal::UnknownSource,
                      refusal(401, "the source is unknown or its secret is wrong; see `sources` in tocsin.yaml"), respond);
    }
    const auto& source = found->second;
    if (proof == Proof::OfOtherEndpoints) {
        const auto text = fmt::format("this key of {} is not good for {}; see `tocsin key list`", source.name, to_string(wanted));
        return refuse(services, name, Refusal::Unauthorized, refusal(403, text), respond);
    }
    if (of_alertmanager) return take_prometheus_alerts(services, source, request, std::move(respond));
    if (beat) return take_beat(services, source, beat->heartbeat, std::move(respond));
    if (is_webhook_handshake(source, request)) return respond(webhook_permission(request));
    if (request.method != "POST" && request.method != "PUT") {
        return refuse(services, name, Refusal::BadRequest, wrong_method("POST, PUT"), respond);
    }
    take_posted(services, source, request, std::move(respond));
}

}  // namespace tocsin::api

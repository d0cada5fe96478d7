#include "daemon/api/router.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/arrangements.hpp"
#include "daemon/api/auth.hpp"
#include "daemon/api/digests.hpp"
#include "daemon/api/drills.hpp"
#include "daemon/api/explain.hpp"
#include "daemon/api/heartbeats.hpp"
#include "daemon/api/incident_changes.hpp"
#include "daemon/api/incidents.hpp"
#include "daemon/api/intake.hpp"
#include "daemon/api/keys.hpp"
#include "daemon/api/oncall.hpp"
#include "daemon/api/operations.hpp"
#include "daemon/api/pagerduty.hpp"
#include "daemon/api/people.hpp"
#include "daemon/api/reports.hpp"
#include "daemon/api/schedules.hpp"
#include "daemon/api/triage.hpp"
#include "daemon/api/victorops.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::api {
namespace {

constexpr std::string_view kIntake = "/in/";
constexpr std::string_view kIncidents = "/api/v1/incidents";
constexpr std::string_view kDigests = "/api/v1/digests/";
constexpr std::string_view kPeople = "/api/v1/people";

http::Response no_token() {
    auto response = refusal(401, "this needs `Authorization: Bearer <token>` with a token of `api.tokens` in tocsin.yaml");
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

http::Response nothing_here(const http::Request& request) {
    return refusal(404, fmt::format("nothing answers {} {}", printable(request.method), printable(request.path)));
}

bool is_read(const http::Request& request) { return request.method == "GET" || request.method == "HEAD"; }

/// `rest` is what follows /api/v1/incidents: nothing, /<id> or /<id>/<verb>.
void route_incidents(Services& services, http::Request& request, std::string_view rest, http::Respond respond) {
    const auto* token = token_of(services.settings, request);
    if (token == nullptr) return respond(no_token());
    if (rest.empty() || rest == "/") {
        return is_read(request) ? list_incidents(services, request, std::move(respond)) : respond(wrong_method("GET"));
    }
    if (rest.front() != '/') return respond(nothing_here(request));
    rest.remove_prefix(1);
    const auto slash = rest.find('/');
    const auto id = rest.substr(0, slash);
    if (slash == std::string_view::npos) {
        return is_read(request) ? show_incident(services, id, std::move(respond)) : respond(wrong_method("GET"));
    }
    if (request.method != "POST") return respond(wrong_method("POST"));
    const ActOn what{id, rest.substr(slash + 1), *token};
    if (is_incident_change(what.verb)) return change_incident(services, request, what, std::move(respond));
    if (is_of_triage(what.verb)) return act_on_triage(services, request, what, std::move(respond));
    act_on_incident(services, request, what, std::move(respond));
}

/// What looks back, and what is looked at regularly. False if the path is none of these; `respond` is whole then.
bool route_watching(Services& services, http::Request& request, http::Respond& respond) {
    const bool is_drills = request.path == "/api/v1/drills";
    const bool is_heartbeats = request.path == "/api/v1/heartbeats";
    const bool is_triage = request.path == "/api/v1/triage";
    if (!is_drills && !is_heartbeats && !is_triage && !request.path.starts_with("/api/v1/reports/")) return false;
    const auto* token = token_of(services.settings, request);
    if (token == nullptr) {
        respond(no_token());
    } else if (is_drills && request.method == "POST") {
        begin_drill(services, request, *token, std::move(respond));
    } else if (!is_read(request)) {
        respond(wrong_method(is_drills ? "GET, POST" : "GET"));
    } else if (is_drills) {
        list_drills(services, std::move(respond));
    } else if (is_heartbeats) {
        list_heartbeats(services, std::move(respond));
    } else if (is_triage) {
        list_triage(services, std::move(respond));
    } else {
        show_report(services, request, std::move(respond));
    }
    return true;
}

/// `rest` is what follows /api/v1/people: nothing, or /<id>/contacts/<name>/verify.
void route_people(Services& services, const http::Request& request, std::string_view rest, http::Respond respond) {
    if (token_of(services.settings, request) == nullptr) return respond(no_token());
    if (rest.empty() || rest == "/") {
        return is_read(request) ? list_people(services, std::move(respond)) : respond(wrong_method("GET"));
    }
    if (rest.front() != '/') return respond(nothing_here(request));
    if (request.method != "POST") return respond(wrong_method("POST"));
    verify_contact(services, request, rest.substr(1), std::move(respond));
}

void route_protected(Services& services, http::Request& request, http::Respond respond) {
    if (route_watching(services, request, respond)) return;
    if (request.path.starts_with(kIncidents)) {
        return route_incidents(services, request, request.path.substr(kIncidents.size()), std::move(respond));
    }
    if (request.path.starts_with(kDigests)) {
        const auto* token = token_of(services.settings, request);
        if (token == nullptr) return respond(no_token());
        return answer_digests(services, request, std::string_view(request.path).substr(kDigests.size()), *token,
                              std::move(respond));
    }
    if (is_of_schedules(request.path)) {
        if (!may_see_schedules(services, request)) return respond(no_token());
        return is_read(request) ? show_schedules(services, request, std::move(respond)) : respond(wrong_method("GET"));
    }
    if (request.path.starts_with(kPeople)) {
        return route_people(services, request, request.path.substr(kPeople.size()), std::move(respond));
    }
    if (is_about_keys(request.path)) {
        const auto* token = token_of(services.settings, request);
        return token == nullptr ? respond(no_token()) : answer_keys(services, request, *token, std::move(respond));
    }
    if (is_about_arrangements(request.path)) {
        const auto* token = token_of(services.settings, request);
        return token == nullptr ? respond(no_token()) : answer_about_arrangements(services, request, *token, std::move(respond));
    }
    const bool is_on_call = request.path == "/api/v1/oncall";
    const bool is_explain = request.path == "/api/v1/explain";
    const bool is_rulebook = request.path == "/api/v1/rulebook";
    const bool is_reload = request.path == "/-/reload";
    if (!is_on_call && !is_explain && !is_rulebook && !is_reload) return respond(nothing_here(request));
    if (token_of(services.settings, request) == nullptr) return respond(no_token());
    if (is_explain || is_reload) {
        if (request.method != "POST") return respond(wrong_method("POST"));
        return is_explain ? explain(services, request, std::move(respond)) : reload(services, std::move(respond));
    }
    if (!is_read(request)) return respond(wrong_method("GET"));
    if (is_on_call) return show_on_call(services, request, std::move(respond));
    show_rulebook(services, std::move(respond));
}

void route(Services& services, http::Request& request, http::Respond respond) {
    if (request.path.starts_with(kIntake)) {
        return take_alerts(services, request, request.path.substr(kIntake.size()), std::move(respond));
    }
    if (is_of_pagerduty(request.path)) return take_pagerduty_event(services, request, std::move(respond));
    if (is_of_victorops(request.path)) return take_victorops_message(services, request, std::move(respond));
    const bool is_open = request.path == "/metrics" || request.path == "/-/healthy" || request.path == "/-/ready";
    if (!is_open) return route_protected(services, request, std::move(respond));
    if (!is_read(request)) return respond(wrong_method("GET"));
    if (request.path == "/metrics") return show_metrics(services, std::move(respond));
    if (request.path == "/-/healthy") return show_healthy(std::move(respond));
    show_ready(services, std::move(respond));
}

}  // namespace

http::Handler make_router(Services& services) {
    return [&services](http::Request& request, http::Respond respond) {
        route(services, request, [&services, respond = std::move(respond)](http::Response response) {
            services.metrics.http_answered(response.status);
            respond(std::move(response));
        });
    };
}

}  // namespace tocsin::api

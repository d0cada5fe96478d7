#include "daemon/api/pagerduty.hpp"

#include <boost/json.hpp>

#include <string>
#include <utility>
#include <vector>

#include "core/base/text.hpp"
#include "daemon/api/accepting.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/auth.hpp"
#include "daemon/intake/pagerduty.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

using intake::PagerDutyEndpoint;
using observe::Refusal;

constexpr std::string_view kEnqueue = "/v2/enqueue";
constexpr std::string_view kChangeEnqueue = "/v2/change/enqueue";

http::Response invalid_event(const std::vector<std::string>& errors) {
    json::array all;
    for (const auto& error : errors) all.emplace_back(valid_utf8(error));
    return json_answer(400, {{"status", "invalid event"}, {"message", "Event object is invalid"}, {"errors", std::move(all)}});
}

http::Response processed(PagerDutyEndpoint endpoint, const std::string& dedup_key) {
    if (endpoint == PagerDutyEndpoint::ChangeEnqueue) {
        return json_answer(202, {{"status", "success"}, {"message", "Change event processed"}});
    }
    return json_answer(202, {{"status", "success"}, {"message", "Event processed"}, {"dedup_key", dedup_key}});
}

}  // namespace

bool is_of_pagerduty(std::string_view path) { return path == kEnqueue || path == kChangeEnqueue; }

void take_pagerduty_event(Services& services, http::Request& request, http::Respond respond) {
    const auto endpoint = request.path == kEnqueue ? PagerDutyEndpoint::Enqueue : PagerDutyEndpoint::ChangeEnqueue;
    if (request.method != "POST") return respond(only_by_post(refusal(405, "events are sent with POST")));
    auto event = intake::read_pagerduty_event(std::move(request.body), endpoint, new_trace_id(services.rng));
    if (!event) return refuse(services, "", Refusal::NotJson, invalid_event({event.error().message()}), respond);
    const auto* source = source_with(services, {"pagerduty", event->routing_key});
    if (source == nullptr) {
        auto errors = event->routing_key.empty() ? event->errors : std::vector<std::string>{"'routing_key' is not known"};
        return refuse(services, "", Refusal::Unauthorized, invalid_event(errors), respond);
    }
    if (!event->errors.empty()) {
        return refuse(services, source->name, Refusal::BadRequest, invalid_event(event->errors), respond);
    }
    auto taken = take_body(services, *source, std::move(event->body));
    if (const auto* not_taken = std::get_if<NotTaken>(&taken)) {
        return refuse(services, source->name, not_taken->why, refusal(*not_taken), respond);
    }
    auto trace = trace_of(services, request);
    auto on_accepted = [&services, source, endpoint, trace, key = std::move(event->dedup_key),
                        respond = std::move(respond)](const Result<std::vector<AcceptedAlert>>& told) {
        if (!told) return refuse(services, source->name, Refusal::Store, come_again(told.error().message()), respond);
        auto response = processed(endpoint, key);
        response.headers.emplace_back("X-Tocsin-Trace", trace);
        respond(std::move(response));
    };
    accept(services, std::move(std::get<intake::Parsed>(taken)), {source->name, trace, std::move(on_accepted)});
}

}  // namespace tocsin::api

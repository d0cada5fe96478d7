#include "daemon/opsgenie/door.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "core/base/text.hpp"
#include "core/base/token_bucket.hpp"
#include "core/base/uuid.hpp"
#include "daemon/api/auth.hpp"
#include "daemon/observe/log.hpp"
#include "daemon/opsgenie/alerts.hpp"
#include "daemon/opsgenie/heartbeats.hpp"
#include "daemon/opsgenie/path.hpp"
#include "daemon/opsgenie/roster.hpp"
#include "daemon/opsgenie/schedules.hpp"

namespace tocsin::opsgenie {
namespace json = boost::json;
namespace {

constexpr std::string_view kKindOfSource = "opsgenie_api";
constexpr std::string_view kScheme = "geniekey ";

std::string_view key_in(const http::Request& request) {
    const auto value = request.header("Authorization");
    if (value.size() < kScheme.size() || !equal_ignoring_case(value.substr(0, kScheme.size()), kScheme)) return {};
    return trimmed(value.substr(kScheme.size()));
}

/// What a sender says of its own alert is Alerts; what a person does with it, by a tool, is Actions.
Endpoint endpoint_of(const AlertPath& path) {
    using Kind = engine::DossierChange::Kind;
    using What = AlertPath::What;
    if (path.what == What::Create) return Endpoint::Alerts;
    if (path.what != What::Change) return Endpoint::Reads;
    switch (path.change) {
        case Kind::Create:
        case Kind::Close:
        case Kind::AddTags:
        case Kind::RemoveTags:
        case Kind::AddDetails:
        case Kind::RemoveDetails:
        case Kind::UpdateMessage:
        case Kind::UpdateDescription:
        case Kind::UpdatePriority: return Endpoint::Alerts;
        default: return Endpoint::Actions;
    }
}

Endpoint endpoint_of(const Place& place, std::string_view method) {
    if (place.resource == Resource::Alerts) return endpoint_of(alert_path(method, place.segments));
    const bool is_ping = !place.segments.empty() && place.segments.back() == "ping";
    return place.resource == Resource::Heartbeats && is_ping ? Endpoint::Heartbeats : Endpoint::Reads;
}

/// What the client wrote, without the query.
std::string base_url_of(const config::Settings& settings, const http::Request& request) {
    const auto host = request.header("Host");
    const auto origin = !settings.public_url.empty() ? settings.public_url : fmt::format("http://{}", valid_utf8(host));
    return origin + valid_utf8(request.path);
}

void answer_saved_searches(const ExchangePtr& exchange, const AlertPath& path, std::string_view method) {
    if (method != "GET") {
        return exchange->refuse_for_good("Saved searches are not kept here. Write the query into the parameter `query`.");
    }
    if (!path.identifier.empty()) return exchange->refuse(404, "Saved search is not found: none are kept here.");
    exchange->data(json::array{});
}

class Door {
public:
    Door(api::Services& services, DossierReader& reader, http::Handler next)
        : services_(services), reader_(reader), next_(std::move(next)) {}

    void take(http::Request& request, http::Respond respond) {
        const auto target = target_of(request.path, request.query);
        const auto place = place_of(target.path);
        if (!place) return next_(request, std::move(respond));
        request.path = target.path;
        request.query = target.query;
        const auto exchange = begin(request, endpoint_of(*place, request.method), std::move(respond));
        if (exchange) route(exchange, *place, request);
    }

private:
    /// Null if it was answered: a wrong key, or too many requests.
    ExchangePtr begin(const http::Request& request, Endpoint wanted, http::Respond respond) {
        const auto owner = api::owner_of(services_, {kKindOfSource, key_in(request)}, wanted);
        const auto* source = owner.source;
        auto counted = [&services = services_, respond = std::move(respond)](http::Response response) {
            services.metrics.http_answered(response.status);
            respond(std::move(response));
        };
        auto exchange = std::make_shared<Exchange>(
            Exchange{services_, source == nullptr ? std::string() : source->name, new_uuid(services_.clock.now(), services_.rng),
                     services_.clock.monotonic(), base_url_of(services_.settings, request), std::move(counted)});
        if (owner.proof != api::Proof::Enough) {
            refuse_key(*exchange, wanted);
            return {};
        }
        const auto now = services_.clock.monotonic();
        auto& bucket = bucket_of(owner);
        if (bucket.take(now)) return exchange;
        services_.metrics.refused(source->name, observe::Refusal::Overloaded);
        exchange->throttle(bucket.wait(now));
        return {};
    }

    /// A key that is used too much leaves the other keys of its source alone.
    TokenBucket& bucket_of(const api::KeyOwner& owner) {
        auto name = fmt::format("{}/{}", owner.source->name, owner.key_id);
        return buckets_.try_emplace(std::move(name), services_.settings.requests_per_minute).first->second;
    }

    static void refuse_key(const Exchange& exchange, Endpoint wanted) {
        exchange.services.metrics.refused(exchange.source, observe::Refusal::Unauthorized);
        const auto text = exchange.source.empty()
                              ? std::string("no source of the kind opsgenie_api has this key")
                              : fmt::format("this key is not good for {}; see `tocsin key list`", to_string(wanted));
        log::info(log::Event::Refused, text,
                  {{"source", exchange.source}, {"reason", to_string(observe::Refusal::Unauthorized)}});
        if (!exchange.source.empty()) return exchange.refuse_for_good(text);
        exchange.refuse(401, "Could not authenticate");
    }

    void route(const ExchangePtr& exchange, const Place& place, http::Request& request) {
        const std::string method(request.method);
        switch (place.resource) {
            case Resource::Alerts: return route_alerts(exchange, place, request);
            case Resource::Heartbeats: return answer_heartbeats(exchange, place, method);
            case Resource::Schedules: return answer_schedules(exchange, place, method, request.query);
            default: return answer_roster(exchange, place, method, request.query);
        }
    }

    void route_alerts(const ExchangePtr& exchange, const Place& place, http::Request& request) {
        const auto path = alert_path(request.method, place.segments);
        using What = AlertPath::What;
        if (path.what == What::Create) return create_alert(exchange, std::move(request.body));
        if (path.what == What::Change) return change_alert(exchange, reader_, path, request.query, std::move(request.body));
        if (path.what == What::SavedSearches) return answer_saved_searches(exchange, path, request.method);
        read_alerts(exchange, reader_, path, request.query);
    }

    api::Services& services_;
    DossierReader& reader_;
    http::Handler next_;
    std::map<std::string, TokenBucket, std::less<>> buckets_;  ///< Of each key that was used.
};

}  // namespace

http::Handler in_front_of(api::Services& services, DossierReader& reader, http::Handler next) {
    auto door = std::make_shared<Door>(services, reader, std::move(next));
    return [door](http::Request& request, http::Respond respond) { door->take(request, std::move(respond)); };
}

}  // namespace tocsin::opsgenie

#include "daemon/opsgenie/heartbeats.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/text.hpp"
#include "core/model/watch.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::opsgenie {
namespace json = boost::json;
namespace {

constexpr std::string_view kPong = "PONG - Heartbeat received";
constexpr std::string_view kInRulebook =
    "Heartbeats stand in the rulebook of tocsin, in git: add, change and remove them there, under `heartbeats:`.";

struct Interval {
    std::int64_t amount = 0;
    std::string_view unit;
};

/// In the largest of Opsgenie's units that says it exactly; what is shorter than a minute counts as one.
Interval interval_of(Duration every) {
    constexpr auto kMinute = std::chrono::minutes{1};
    if (every % std::chrono::days{1} == Duration{0}) return {every / std::chrono::days{1}, "days"};
    if (every % std::chrono::hours{1} == Duration{0}) return {every / std::chrono::hours{1}, "hours"};
    return {std::max<std::int64_t>((every + kMinute - Duration{1}) / kMinute, 1), "minutes"};
}

std::string priority_of(Severity severity) { return fmt::format("P{}", static_cast<int>(severity) + 1); }

json::object heartbeat_json(const Roster& roster, const Heartbeat& heartbeat, const std::vector<Watch>& watches) {
    const auto key = heartbeat_key(heartbeat.id);
    const auto watch = std::find_if(watches.begin(), watches.end(), [&](const Watch& one) { return one.key == key; });
    const auto interval = interval_of(heartbeat.every);
    const auto* service = roster.service(heartbeat.service);
    const auto team = service == nullptr ? std::string() : service->team;
    json::object body{{"name", heartbeat.id},
                      {"description", heartbeat.title},
                      {"interval", interval.amount},
                      {"intervalUnit", interval.unit},
                      {"enabled", true},
                      {"expired", watch != watches.end() && watch->missing_since.has_value()}};
    if (watch != watches.end() && watch->last_at) body["lastPingTime"] = iso_time(*watch->last_at);
    if (!team.empty()) body["ownerTeam"] = json::object{{"id", team}, {"name", team}};
    body["alertMessage"] = fmt::format("{} is missing", heartbeat.title);
    body["alertTags"] = json::array{};
    body["alertPriority"] = priority_of(heartbeat.severity);
    return body;
}

void ping(const ExchangePtr& exchange, const std::string& name) {
    const auto rulebook = exchange->services.rulebook();
    const auto* known = rulebook->roster().heartbeat(name);
    const bool is_theirs = known != nullptr && (known->source.empty() || known->source == exchange->source);
    if (!is_theirs) {
        exchange->services.metrics.refused(exchange->source, observe::Refusal::BadRequest);
        log::info(log::Event::Refused, fmt::format("the rulebook has no heartbeat \"{}\" for this source", printable(name)),
                  {{"source", exchange->source}, {"reason", "unknown_heartbeat"}});
        return exchange->accept(kPong);
    }
    runtime::Message message{runtime::BeatMessage{heartbeat_key(name)}, [exchange](const Result<runtime::Answer>& answer) {
                                 answer ? exchange->accept(kPong) : exchange->refuse(answer.error());
                             }};
    if (exchange->services.mailbox.post(message) == runtime::Mailbox::Posted::Taken) return;
    exchange->refuse(Error{Errc::Unavailable, "too much is waiting to be stored; send it again"});
}

/// One, or all if `name` is empty.
void show_heartbeats(const ExchangePtr& exchange, const std::string& name) {
    auto watches = std::make_shared<Result<std::vector<Watch>>>(std::vector<Watch>{});
    auto& reader = exchange->services.reader;
    exchange->services.run_blocking([&reader, watches] { *watches = reader.watches(); },
                                    [exchange, watches, name] {
                                        if (!*watches) return exchange->refuse(watches->error());
                                        const auto rulebook = exchange->services.rulebook();
                                        const auto& roster = rulebook->roster();
                                        if (const auto* one = roster.heartbeat(name)) {
                                            return exchange->data(heartbeat_json(roster, *one, **watches));
                                        }
                                        if (!name.empty()) {
                                            return exchange->refuse(
                                                404, fmt::format("Heartbeat with name [{}] does not exist", printable(name)));
                                        }
                                        json::array all;
                                        for (const auto& [id, one] : roster.heartbeats) {
                                            all.push_back(heartbeat_json(roster, one, **watches));
                                        }
                                        exchange->data(json::object{{"heartbeats", std::move(all)}});
                                    });
}

}  // namespace

void answer_heartbeats(const ExchangePtr& exchange, const Place& place, std::string_view method) {
    std::span<const std::string_view> segments = place.segments;
    const bool is_ping = segments.size() >= 2 && segments.back() == "ping";
    if (is_ping && method != "DELETE") return ping(exchange, identifier_of(segments.first(segments.size() - 1)));
    if (method == "GET") return show_heartbeats(exchange, identifier_of(segments));
    exchange->refuse_for_good(kInRulebook);
}

}  // namespace tocsin::opsgenie

#include "daemon/api/arrangement_json.hpp"

#include <boost/json.hpp>

namespace tocsin::api {
namespace json = boost::json;
namespace {

void add_origin(json::object& body, const Origin& origin) {
    body["reason"] = origin.reason;
    body["made_by"] = origin.made_by;
    body["made_at"] = format_utc(origin.made_at);
    body["ended_by"] = origin.ended_by;
    body["ended_at"] = origin.ended_at ? json::value(format_utc(*origin.ended_at)) : json::value(nullptr);
    body["origin"] = "run_time";
}

json::value json_or_null(const std::string& text) {
    boost::system::error_code ec;
    auto value = json::parse(text, ec);
    return ec ? json::value(nullptr) : value;
}

std::string_view state_of(const Origin& origin, TimePoint from, TimePoint until, TimePoint now) {
    if (origin.ended_at) return "ended";
    if (until <= now) return "over";
    return from > now ? "to_come" : "holds";
}

}  // namespace

json::object to_json(const MadeOverride& made) {
    json::object body{{"id", made.id.value},          {"schedule", made.schedule},     {"person", made.person},
                      {"role", to_string(made.role)}, {"from", format_utc(made.from)}, {"until", format_utc(made.until)}};
    add_origin(body, made.origin);
    return body;
}

json::object to_json(const MadeSilence& made) {
    json::object body{{"id", made.id.value},
                      {"name", made.name()},
                      {"match", json_or_null(made.match)},
                      {"during", json_or_null(made.during)},
                      {"from", format_utc(made.from)},
                      {"until", format_utc(made.until)}};
    add_origin(body, made.origin);
    return body;
}

std::string_view state_of(const MadeOverride& made, TimePoint now) { return state_of(made.origin, made.from, made.until, now); }

std::string_view state_of(const MadeSilence& made, TimePoint now) { return state_of(made.origin, made.from, made.until, now); }

}  // namespace tocsin::api

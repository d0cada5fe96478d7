// Answers in JSON, and the model as JSON: the shapes that API users see, in one place.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/model/incident.hpp"
#include "core/ports/store.hpp"
#include "daemon/http/server.hpp"

namespace boost::json {
class object;
}

namespace tocsin::api {

/// `{"error": "..."}` under a status.
[[nodiscard]] http::Response refusal(unsigned status, std::string_view error);
/// Our own trouble: 503 with Retry-After, never a 4xx, so that senders come again.
[[nodiscard]] http::Response come_again(std::string_view error);
/// 405 with Allow: `allowed` is "GET" or "GET, POST".
[[nodiscard]] http::Response wrong_method(std::string_view allowed);
/// The status that an error means: 404, 409, 422, 503.
[[nodiscard]] http::Response refusal(const Error& error);
[[nodiscard]] http::Response json_answer(unsigned status, const boost::json::object& body);

[[nodiscard]] boost::json::object to_json(const Incident& incident);
[[nodiscard]] boost::json::object to_json(const Member& member);
[[nodiscard]] boost::json::object to_json(const TimelineEntry& entry);
[[nodiscard]] boost::json::object to_json(const Page& page);
/// Without the payload.
[[nodiscard]] boost::json::object to_json(const StoredAlert& alert);

/// The value of one parameter of a query string, percent-decoded; empty if it is not there.
[[nodiscard]] std::string query_value(std::string_view query, std::string_view name);
/// Percent-decoded ("+" stays a plus: this is for paths and for our own clients).
[[nodiscard]] std::string percent_decoded(std::string_view text);

}  // namespace tocsin::api

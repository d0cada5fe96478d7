// What stands in the paths and queries of what senders send, behind the part by which the router knows them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::api {

/// What stands behind /in/<source>/: "api/v2/ENDPOINT", or "SECRET/api/v2/ENDPOINT" where the source's secret is in the path.
struct AlertmanagerPath {
    std::string_view secret;
    std::string_view endpoint;  ///< "alerts", "silence/...".
};
/// Nothing for another path. Alerts may also be posted to version 1 of the API.
[[nodiscard]] std::optional<AlertmanagerPath> alertmanager_path(std::string_view in_path);

/// What stands behind /in/<source>/: "heartbeat/NAME", or "SECRET/heartbeat/NAME" where the source's secret is in the path.
struct BeatPath {
    std::string_view secret;
    std::string_view heartbeat;
};
[[nodiscard]] std::optional<BeatPath> beat_path(std::string_view behind_source);

/// What stands behind Splunk On-Call's .../alert/: "KEY/ROUTING_KEY", or the key alone. Decoded.
struct VictorOpsKeys {
    std::string api_key;      ///< Any bytes: it is only compared.
    std::string routing_key;  ///< UTF-8.
};
[[nodiscard]] VictorOpsKeys victorops_keys(std::string_view behind_alert);

/// All values of a parameter that may be repeated, decoded as forms are: a plus is a space.
[[nodiscard]] std::vector<std::string> all_query_values(std::string_view query, std::string_view name);

}  // namespace tocsin::api

#include "daemon/api/sender_paths.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"

namespace tocsin::api {
namespace {

constexpr std::string_view kBeat = "heartbeat/";

}  // namespace

std::optional<AlertmanagerPath> alertmanager_path(std::string_view in_path) {
    constexpr std::string_view kRoot = "api/v2/";
    constexpr std::string_view kOldAlerts = "api/v1/alerts";
    if (in_path.ends_with('/')) in_path.remove_suffix(1);
    if (in_path.ends_with(kOldAlerts)) {
        in_path.remove_suffix(kOldAlerts.size());
        if (in_path.ends_with('/')) in_path.remove_suffix(1);
        return AlertmanagerPath{in_path, "alerts"};
    }
    const auto at = in_path.starts_with(kRoot) ? 0 : in_path.find(fmt::format("/{}", kRoot));
    if (at == std::string_view::npos) return {};
    const auto root = at == 0 ? kRoot.size() : at + 1 + kRoot.size();
    return AlertmanagerPath{in_path.substr(0, at), in_path.substr(root)};
}

std::optional<BeatPath> beat_path(std::string_view behind_source) {
    if (behind_source.starts_with(kBeat)) return BeatPath{{}, behind_source.substr(kBeat.size())};
    const auto slash = behind_source.find('/');
    if (slash == std::string_view::npos) return {};
    const auto rest = behind_source.substr(slash + 1);
    if (!rest.starts_with(kBeat)) return {};
    return BeatPath{behind_source.substr(0, slash), rest.substr(kBeat.size())};
}

VictorOpsKeys victorops_keys(std::string_view behind_alert) {
    if (behind_alert.ends_with('/')) behind_alert.remove_suffix(1);
    const auto slash = behind_alert.find('/');
    if (slash == std::string_view::npos) return {percent_decoded(behind_alert), {}};
    return {percent_decoded(behind_alert.substr(0, slash)), valid_utf8(percent_decoded(behind_alert.substr(slash + 1)))};
}

std::vector<std::string> all_query_values(std::string_view query, std::string_view name) {
    std::vector<std::string> values;
    for (const auto pair : split(query, '&')) {
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || percent_decoded(pair.substr(0, equals)) != name) continue;
        std::string value(pair.substr(equals + 1));
        std::replace(value.begin(), value.end(), '+', ' ');
        values.push_back(percent_decoded(value));
    }
    return values;
}

}  // namespace tocsin::api

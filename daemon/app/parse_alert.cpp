#include "daemon/app/parse_alert.hpp"

#include <utility>

#include "daemon/intake/parser.hpp"

namespace tocsin::app {

Result<std::vector<check::ParsedAlert>> parse_alert(std::string_view kind, std::string_view source, std::string payload) {
    auto parsed = intake::parse(kind, source, std::move(payload));
    if (!parsed) return parsed.error();
    std::vector<check::ParsedAlert> alerts;
    for (auto& arrival : parsed->arrivals) alerts.push_back({std::move(arrival.alert), std::move(arrival.fields)});
    return alerts;
}

}  // namespace tocsin::app

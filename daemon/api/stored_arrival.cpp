#include "daemon/api/stored_arrival.hpp"

#include <string>
#include <utility>

#include "daemon/api/read_body.hpp"
#include "daemon/intake/own_alert.hpp"

namespace tocsin::api {
namespace {

std::string kind_of(const config::Settings& settings, const std::string& source) {
    if (source == intake::kOwnSource) return std::string(intake::kOwnSource);
    const auto found = settings.sources.find(source);
    return found == settings.sources.end() ? std::string() : found->second.kind;
}

}  // namespace

std::optional<intake::Arrival> stored_arrival(const config::Settings& settings, const Rulebook& rulebook,
                                              const StoredAlert& stored) {
    const auto kind = kind_of(settings, stored.source);
    if (kind.empty()) return {};
    auto parsed = read_body(rulebook, {kind, stored.source, stored.payload, stored.received_at});
    if (!parsed) return {};
    for (auto& arrival : parsed->arrivals) {
        if (parsed->arrivals.size() == 1 || arrival.alert.key == stored.key) return std::move(arrival);
    }
    return {};
}

}  // namespace tocsin::api

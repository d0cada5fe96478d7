#include "core/model/source_key.hpp"

#include <algorithm>
#include <array>

namespace tocsin {
namespace {

/// In the order of the enumerators.
constexpr std::array<std::string_view, 5> kEndpointNames{"alerts", "actions", "heartbeats", "silences", "reads"};

}  // namespace

std::string_view to_string(Endpoint endpoint) { return kEndpointNames.at(static_cast<std::size_t>(endpoint)); }

std::optional<Endpoint> parse_endpoint(std::string_view text) {
    const auto found = std::find(kEndpointNames.begin(), kEndpointNames.end(), text);
    if (found == kEndpointNames.end()) return {};
    return static_cast<Endpoint>(found - kEndpointNames.begin());
}

std::span<const std::string_view> endpoint_names() { return kEndpointNames; }

bool is_live(const SourceKey& key, TimePoint now) { return !key.revoked_at || now < *key.revoked_at; }

bool is_good_for(const SourceKey& key, Endpoint endpoint) {
    return key.endpoints.empty() || std::find(key.endpoints.begin(), key.endpoints.end(), endpoint) != key.endpoints.end();
}

}  // namespace tocsin

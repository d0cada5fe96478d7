// Keys with which senders prove to be a source: many for each, so that one can be replaced while another still works.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"

namespace tocsin {

/// What a sender may ask for. What changes incidents by hand (acknowledge, close, note ...) is Actions.
enum class Endpoint : std::uint8_t { Alerts, Actions, Heartbeats, Silences, Reads };
[[nodiscard]] std::string_view to_string(Endpoint endpoint);
[[nodiscard]] std::optional<Endpoint> parse_endpoint(std::string_view text);
/// All there are, in words.
[[nodiscard]] std::span<const std::string_view> endpoint_names();

struct SourceKey {
    std::string id;    ///< Tells it from others, and may be shown: the beginning of the hash.
    std::string hash;  ///< SHA-256 of the key, hexadecimal. The key itself is kept nowhere.
    std::string source;
    std::string name;                 ///< Unique among the live keys of a source.
    std::vector<Endpoint> endpoints;  ///< What it is good for; empty: everything.
    std::string made_by;
    TimePoint created_at;
    std::optional<TimePoint> last_used_at;  ///< Kept a minute late.
    std::optional<TimePoint> revoked_at;    ///< Good until then.
    friend bool operator==(const SourceKey&, const SourceKey&) = default;
};

[[nodiscard]] bool is_live(const SourceKey& key, TimePoint now);
[[nodiscard]] bool is_good_for(const SourceKey& key, Endpoint endpoint);

}  // namespace tocsin

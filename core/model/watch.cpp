#include "core/model/watch.hpp"

namespace tocsin {
namespace {

constexpr std::string_view kHeartbeat = "heartbeat:";
constexpr std::string_view kDrill = "drill:";

std::optional<std::string_view> behind(std::string_view prefix, std::string_view key) {
    if (!key.starts_with(prefix)) return {};
    return key.substr(prefix.size());
}

}  // namespace

std::string heartbeat_key(std::string_view heartbeat) { return std::string(kHeartbeat) + std::string(heartbeat); }
std::string drill_key(std::string_view drill) { return std::string(kDrill) + std::string(drill); }
std::optional<std::string_view> heartbeat_of(std::string_view key) { return behind(kHeartbeat, key); }
std::optional<std::string_view> drill_of(std::string_view key) { return behind(kDrill, key); }

}  // namespace tocsin

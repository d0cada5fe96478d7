#include "tests/bench/rules/words.hpp"

#include <fmt/format.h>

namespace tocsin::bench {

double amount(Rng& rng, double low, double high) {
    constexpr double kCents = 100;
    return low + static_cast<double>(rng.below(static_cast<std::uint64_t>((high - low) * kCents))) / kCents;
}

std::string service(std::uint32_t number) { return fmt::format("svc-{:05}", number); }
std::string team(std::uint32_t number) { return fmt::format("team-{:03}", number); }
std::string host(std::uint32_t service) { return fmt::format("{}{:05}-", kComponents[service % kComponents.size()], service); }

}  // namespace tocsin::bench

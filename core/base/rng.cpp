#include "core/base/rng.hpp"

#include <fmt/format.h>

#include <bit>

#include "core/base/assert.hpp"

namespace tocsin {

Rng::Rng(std::uint64_t seed) : state_{} {
    for (auto& word : state_) {
        seed += 0x9e3779b97f4a7c15ULL;
        auto z = seed;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        word = z ^ (z >> 31);
    }
}

std::uint64_t Rng::next() {
    const auto result = std::rotl(state_[1] * 5, 7) * 9;
    const auto t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

std::uint64_t Rng::below(std::uint64_t bound) {
    TOCSIN_ASSERT(bound != 0, "there is no number below 0");
    const auto reject_below = (0 - bound) % bound;  // The part of the range that would make small numbers likelier.
    auto drawn = next();
    while (drawn < reject_below) drawn = next();
    return drawn % bound;
}

std::string new_trace_id(Rng& rng) { return fmt::format("{:016x}{:016x}", rng.next() | 1, rng.next()); }

}  // namespace tocsin

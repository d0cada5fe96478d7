// Random numbers from a seed: the same seed gives the same numbers, on every machine. Not for secrets.
#pragma once

#include <cstdint>
#include <string>

namespace tocsin {

/// xoshiro256** (Blackman and Vigna, public domain), seeded by splitmix64. A value: copying it forks the sequence.
class Rng {
public:
    explicit Rng(std::uint64_t seed);

    [[nodiscard]] std::uint64_t next();
    /// Evenly spread over 0 .. bound - 1; `bound` must not be 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
    /// True with probability `numerator` / `denominator`.
    [[nodiscard]] bool one_in(std::uint64_t denominator) { return below(denominator) == 0; }

private:
    std::uint64_t state_[4];
};

/// 32 lower-case hexadecimal digits, the form of a W3C trace id; never all zero.
[[nodiscard]] std::string new_trace_id(Rng& rng);

}  // namespace tocsin

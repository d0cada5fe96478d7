// A regular expression of a rule: RE2, so the time is linear in the value whatever the pattern.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "core/base/result.hpp"
#include "rules/match/fold.hpp"

namespace tocsin::match {

/// What one pattern may take, compiled and with its cache of states; beyond it, RE2 refuses the pattern, or matches without a
/// cache.
inline constexpr std::int64_t kRegexBytesMax = std::int64_t{2} << 20;

class Regex {
public:
    /// Invalid for what RE2 does not take, with what it says and where.
    [[nodiscard]] static Result<Regex> compile(std::string_view pattern, Letters letters);
    ~Regex();
    Regex(Regex&&) noexcept;
    Regex& operator=(Regex&&) noexcept;

    /// Whether the pattern occurs anywhere in the value; thread-safe.
    [[nodiscard]] bool matches(std::string_view value) const;
    /// About what it takes in memory before it has matched anything.
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Compiled;
    explicit Regex(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace tocsin::match

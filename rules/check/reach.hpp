// Which rules no alert can ever reach or satisfy, proved from the matchers alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rules/match/expression.hpp"

namespace tocsin::check {

/// Why a rule never matches.
struct Unreachable {
    enum class Why : std::uint8_t {
        Contradiction,  ///< Its own conditions cannot hold together.
        NothingSet,     ///< It asks for a `service` or `severity`, and no rule before it sets any.
        NotSet,         ///< It asks for one that no rule before it sets.
        CatchAll,       ///< A rule before it takes everything.
        Same,           ///< One before it asks for the same.
        Wider,          ///< One before it takes all that it would.
        Together,       ///< Several before it take, between them, all that it would.
    };
    Why why = Why::Contradiction;
    std::string_view field;        ///< For NothingSet and NotSet.
    std::vector<std::int32_t> by;  ///< The rules before it that are to blame, rising.
};

/// For each rule, whether it is unreachable: proved, so never wrong; but there may be rules that are and are not found. In the
/// time of a few look-ups for each rule, whatever their number.
///
/// `service` and `severity` are what the rules before have set, so a condition on them means something else after each rule that
/// sets them: two rules are compared by them only if nothing between the two sets them, or where the matchers show what was set.
[[nodiscard]] std::vector<std::optional<Unreachable>> unreachable_rules(std::span<const match::RuleSpec* const> rules);

}  // namespace tocsin::check

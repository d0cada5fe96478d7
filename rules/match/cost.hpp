// What a rule set would cost, judged before it is built: a rulebook that is too large is refused with the place, never a slow
// daemon.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "rules/match/expression.hpp"

namespace tocsin::match {

struct CostLimits {
    /// Texts of prefix, suffix, contains, glob, regex and cidr in one rule: they are looked through one by one.
    std::size_t patterns_per_rule = 1'000;
    /// Texts of all operators in one rule.
    std::size_t operands_per_rule = 100'000;
    /// all, any and not within each other.
    std::size_t depth = 32;
    /// What the conditions of all rules may take in memory.
    std::size_t bytes = std::size_t{512} << 20;
};

/// Why a rule is too much, and what to do about it.
struct CostObjection {
    std::size_t rule = 0;
    std::string message;
    std::string cure;
};

/// At most one for each rule, in order; for memory only the rule with which the limit is passed. Requires rules that were
/// checked.
[[nodiscard]] std::vector<CostObjection> objections_to_cost(std::span<const RuleSpec> rules, const CostLimits& limits = {});

}  // namespace tocsin::match

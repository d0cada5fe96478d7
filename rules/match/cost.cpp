#include "rules/match/cost.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "rules/match/regex.hpp"

namespace tocsin::match {
namespace {

// Estimates, on the high side of what tests/bench/rules measures.
constexpr std::size_t kBytesPerCondition = 300;
constexpr std::size_t kBytesPerOperand = 150;
constexpr std::size_t kBytesPerRegex = 8'192;
constexpr std::size_t kBytesPerRegexByte = 128;

struct Cost {
    std::size_t patterns = 0;
    std::size_t operands = 0;
    std::size_t depth = 0;
    std::size_t bytes = 0;
};

bool is_looked_through(Operator op) { return op != Operator::OneOf && op != Operator::Has; }

/// Only repetitions make a regex larger than its text lets expect, so only those are compiled to find out.
std::size_t regex_bytes(std::string_view pattern, bool ignore_case) {
    const auto usual = kBytesPerRegex + kBytesPerRegexByte * pattern.size();
    if (pattern.find('{') == std::string_view::npos) return usual;
    const auto regex = Regex::compile(pattern, ignore_case ? Letters::Folded : Letters::AsWritten);
    return regex ? std::max(usual, regex->bytes()) : usual;
}

void add_condition(const Condition& condition, Cost& cost) {
    cost.operands += condition.operands.size();
    if (is_looked_through(condition.op)) cost.patterns += condition.operands.size();
    cost.bytes += kBytesPerCondition;
    for (const auto& operand : condition.operands) {
        cost.bytes += kBytesPerOperand + operand.size();
        if (condition.op == Operator::Regex) cost.bytes += regex_bytes(operand, condition.ignore_case);
    }
}

void add(const Expression& expression, std::size_t depth, Cost& cost) {
    cost.depth = std::max(cost.depth, depth);
    if (expression.kind == Expression::Kind::Condition) add_condition(expression.condition, cost);
    for (const auto& child : expression.children) add(child, depth + 1, cost);
}

struct Words {
    std::string message;
    std::string cure;
};

std::optional<Words> objection(const Cost& cost, const CostLimits& limits) {
    if (cost.depth > limits.depth) {
        return Words{fmt::format("this rule nests all, any and not {} deep; at most {} are allowed", cost.depth, limits.depth),
                     "split it into several rules"};
    }
    if (cost.patterns > limits.patterns_per_rule) {
        return Words{fmt::format("this rule has {} patterns to look through; at most {} are allowed", cost.patterns,
                                 limits.patterns_per_rule),
                     "use one_of where whole values are meant, or split the rule into several"};
    }
    if (cost.operands > limits.operands_per_rule) {
        return Words{
            fmt::format("this rule compares with {} values; at most {} are allowed", cost.operands, limits.operands_per_rule),
            "let the sender add a field that says what these values have in common, or split the rule into several"};
    }
    return {};
}

}  // namespace

std::vector<CostObjection> objections_to_cost(std::span<const RuleSpec> rules, const CostLimits& limits) {
    std::vector<CostObjection> objections;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        Cost cost;
        add(rules[i].match, 0, cost);
        const bool was_within = bytes <= limits.bytes;
        bytes += cost.bytes;
        if (auto words = objection(cost, limits)) {
            objections.push_back({i, std::move(words->message), std::move(words->cure)});
        } else if (was_within && bytes > limits.bytes) {
            constexpr std::size_t kMiB = std::size_t{1} << 20;
            objections.push_back(
                {i,
                 fmt::format("with this rule the rulebook needs more than the {} MiB that matching may take "
                             "(this rule alone: {:.1f} MiB)",
                             limits.bytes / kMiB, static_cast<double>(cost.bytes) / kMiB),
                 "make large repetitions in regexes smaller, or merge rules that differ in one value with one_of"});
        }
    }
    return objections;
}

}  // namespace tocsin::match

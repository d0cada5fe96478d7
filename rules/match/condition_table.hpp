// The conditions of rules one by one: which of them hold for an alert, whatever the others say. For coverage and explain.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rules/match/alert_view.hpp"
#include "rules/match/expression.hpp"
#include "rules/match/program.hpp"

namespace tocsin::match {

class ConditionTable {
public:
    /// The rules must outlive it and have been checked.
    explicit ConditionTable(std::span<const RuleSpec> rules);

    /// The conditions of a rule, as they stand in its match from left to right.
    [[nodiscard]] std::span<const Condition* const> of_rule(std::size_t rule) const;
    /// How many conditions stand before the rule's first.
    [[nodiscard]] std::size_t first_of(std::size_t rule) const { return first_[rule]; }
    [[nodiscard]] std::size_t size() const { return conditions_.size(); }

    /// For each condition of the rule whether it holds. The view must be made with paths().
    [[nodiscard]] std::vector<bool> outcomes(std::size_t rule, const AlertView& alert) const;
    [[nodiscard]] const PathTable& paths() const { return program_.paths(); }

private:
    void add(const Expression& expression);

    Program program_;
    std::vector<const Condition*> conditions_;
    std::vector<Program::Root> roots_;  ///< One for each condition.
    std::vector<std::size_t> first_;    ///< By rule; one more at the end.
};

/// What the expression comes to when its conditions came out so. `next` is the place of its first condition among the outcomes,
/// and is moved behind its last.
[[nodiscard]] bool combined(const Expression& expression, const std::vector<bool>& outcomes, std::size_t& next);

}  // namespace tocsin::match

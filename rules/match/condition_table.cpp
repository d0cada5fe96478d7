#include "rules/match/condition_table.hpp"

namespace tocsin::match {

ConditionTable::ConditionTable(std::span<const RuleSpec> rules) {
    for (const auto& rule : rules) {
        first_.push_back(conditions_.size());
        add(rule.match);
    }
    first_.push_back(conditions_.size());
}

void ConditionTable::add(const Expression& expression) {
    if (expression.kind == Expression::Kind::Condition) {
        conditions_.push_back(&expression.condition);
        roots_.push_back(program_.add(expression));
    }
    for (const auto& child : expression.children) add(child);
}

std::span<const Condition* const> ConditionTable::of_rule(std::size_t rule) const {
    return std::span(conditions_).subspan(first_[rule], first_[rule + 1] - first_[rule]);
}

std::vector<bool> ConditionTable::outcomes(std::size_t rule, const AlertView& alert) const {
    std::vector<bool> all;
    for (auto i = first_[rule]; i < first_[rule + 1]; ++i) all.push_back(program_.matches(roots_[i], alert));
    return all;
}

bool combined(const Expression& expression, const std::vector<bool>& outcomes, std::size_t& next) {
    if (expression.kind == Expression::Kind::Condition) return outcomes[next++];
    const bool is_any = expression.kind == Expression::Kind::Any;
    bool holds = !is_any;
    for (const auto& child : expression.children) {
        const bool one = combined(child, outcomes, next);
        holds = is_any ? holds || one : holds && one;
    }
    return expression.kind == Expression::Kind::Not ? !holds : holds;
}

}  // namespace tocsin::match

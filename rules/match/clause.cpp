#include "rules/match/clause.hpp"

namespace tocsin::match {
namespace {

using Conjunctions = std::vector<Conjunction>;

Conjunctions product(const Conjunctions& left, const Conjunctions& right) {
    Conjunctions both;
    both.reserve(left.size() * right.size());
    for (const auto& one : left) {
        for (const auto& other : right) {
            auto& made = both.emplace_back(one);
            made.insert(made.end(), other.begin(), other.end());
        }
    }
    return both;
}

std::optional<Conjunctions> expanded(const Expression& expression, Sign sign, std::size_t most) {
    if (expression.kind == Expression::Kind::Condition) return Conjunctions{{{&expression.condition, sign}}};
    if (expression.kind == Expression::Kind::Not) return expanded(expression.children.front(), opposite(sign), most);
    const bool is_all = (expression.kind == Expression::Kind::All) == (sign == Sign::Holds);
    Conjunctions made;
    if (is_all) made.emplace_back();
    for (const auto& child : expression.children) {
        auto next = expanded(child, sign, most);
        if (!next) return {};
        if ((is_all ? made.size() * next->size() : made.size() + next->size()) > most) return {};
        if (!is_all) {
            for (auto& one : *next) made.push_back(std::move(one));
        } else if (made.size() == 1 && next->size() == 1) {
            made.front().insert(made.front().end(), next->front().begin(), next->front().end());
        } else {
            made = product(made, *next);
        }
    }
    return made;
}

}  // namespace

std::optional<std::vector<Conjunction>> conjunctions_of(const Expression& expression, std::size_t most) {
    return expanded(expression, Sign::Holds, most);
}

}  // namespace tocsin::match

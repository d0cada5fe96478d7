// A rule's matcher as alternatives of conditions that hold together: negations at the conditions, `any` outermost.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "rules/match/expression.hpp"

namespace tocsin::match {

enum class Sign : std::uint8_t { Holds, Fails };
[[nodiscard]] constexpr Sign opposite(Sign sign) { return sign == Sign::Holds ? Sign::Fails : Sign::Holds; }

/// A condition that must hold, or must not.
struct SignedCondition {
    const Condition* condition = nullptr;
    Sign sign = Sign::Holds;
};

/// All of them; none at all is true.
using Conjunction = std::vector<SignedCondition>;

/// The expression as a disjunction of conjunctions (none at all is false); nothing if that takes more than `most`.
[[nodiscard]] std::optional<std::vector<Conjunction>> conjunctions_of(const Expression& expression, std::size_t most);

/// Conditions of which at least one is so whenever the expression holds, and how likely that is.
struct Cover {
    std::vector<SignedCondition> literals;
    double probability = 0;
};
/// The least likely cover: of `all` one child's, of `any` all children's together. `probability(literal)` is above 1 for what is
/// of no use; a cover above 1 has no literals.
template <class Probability>
[[nodiscard]] Cover cover_of(const Expression& expression, Sign sign, const Probability& probability) {
    if (expression.kind == Expression::Kind::Condition) {
        const SignedCondition literal{&expression.condition, sign};
        return {{literal}, probability(literal)};
    }
    if (expression.kind == Expression::Kind::Not) {
        return cover_of(expression.children.front(), opposite(sign), probability);
    }
    const bool is_all = (expression.kind == Expression::Kind::All) == (sign == Sign::Holds);
    Cover cover{{}, is_all ? 2.0 : 0.0};
    for (const auto& child : expression.children) {
        auto next = cover_of(child, sign, probability);
        if (is_all) {
            if (next.probability < cover.probability) cover = std::move(next);
        } else {
            cover.probability += next.probability;
            cover.literals.insert(cover.literals.end(), next.literals.begin(), next.literals.end());
        }
    }
    if (cover.probability > 1) cover.literals.clear();
    return cover;
}

}  // namespace tocsin::match

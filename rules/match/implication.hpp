// Whether the alerts that satisfy one expression all satisfy another. It proves: what it says is so for every alert that there
// can be; where it sees no proof it says nothing, though there may be one.
//
// A condition claims that some value of its field is in a set; under `not`, that none is. Fields may have many values, so
// "at_least 10" and "below 5" of one field go together, and so do "is a" and "is b"; only of the fields that have one value at
// most (title, source, ...: all but tags, labels and payload) a value that is in one set is known to be outside of another. An
// expression is a disjunction of cases, each a conjunction of such claims; one implies another if each of its cases does.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "rules/match/expression.hpp"
#include "rules/match/value_range.hpp"

namespace tocsin::match {

/// At most one value of it is ever seen by rules.
[[nodiscard]] bool is_single_valued(std::string_view path);

/// A condition, or its contrary.
struct Literal {
    std::string path;
    bool is_about_values = true;     ///< Else about presence, as Operator::Present.
    std::vector<ValueRange> ranges;  ///< Some value is in one of them; none is, if not `is_positive`.
    bool is_positive = true;
};

/// Claims that hold together. Points into the expressions that they come from.
class Case {
public:
    /// One more claim. The literal must outlive the case.
    void add(const Literal& literal);
    void add_all(const Case& other);

    /// No alert can be like this.
    [[nodiscard]] bool is_impossible() const { return is_impossible_; }
    [[nodiscard]] bool proves(const Literal& goal) const;

    struct Claim {
        const Literal* literal = nullptr;
        /// Of a positive one about values: where the value may still be, given the other claims.
        std::vector<const ValueRange*> left;
    };
    [[nodiscard]] const std::vector<Claim>& claims() const { return claims_; }

private:
    void narrow(Claim& claim);
    [[nodiscard]] bool rules_out(const Claim& other, const ValueRange& range) const;
    [[nodiscard]] bool contradicts_presence(const Literal& literal) const;

    std::vector<Claim> claims_;
    bool is_impossible_ = false;
};

/// An expression made ready for proofs, with every `not` moved to its conditions.
class Formula {
public:
    explicit Formula(const Expression& expression);
    Formula(Formula&&) = default;
    Formula& operator=(Formula&&) = default;

    struct Node {
        enum class Kind : std::uint8_t { Literal, All, Any };
        Kind kind = Kind::All;
        const Literal* literal = nullptr;
        std::vector<Node> children;
    };
    [[nodiscard]] const Node& root() const { return root_; }
    /// Every alert that satisfies the expression is in one of these. Impossible ones are left out: none at all means that no
    /// alert satisfies it.
    [[nodiscard]] const std::vector<Case>& cases() const { return cases_; }

private:
    enum class Sense : std::uint8_t { AsWritten, Negated };
    [[nodiscard]] Node node(const Expression& expression, Sense sense);

    std::deque<Literal> literals_;
    Node root_;
    std::vector<Case> cases_;
};

/// Whether every alert that is like this satisfies the formula.
[[nodiscard]] bool proves(const Case& given, const Formula& goal);
/// Whether every alert that satisfies `a` satisfies `b`.
[[nodiscard]] bool implies(const Formula& a, const Formula& b);

}  // namespace tocsin::match

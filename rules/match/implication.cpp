#include "rules/match/implication.hpp"

#include <algorithm>

namespace tocsin::match {
namespace {

using Node = Formula::Node;

/// Cases that one expression may have; of one with more only the claims that hold in all of them are used.
constexpr std::size_t kCasesMax = 64;

bool is_below(std::string_view path, std::string_view ancestor) {
    return path.size() > ancestor.size() && path[ancestor.size()] == '.' && path.starts_with(ancestor);
}

bool is_at_or_below(std::string_view path, std::string_view ancestor) { return path == ancestor || is_below(path, ancestor); }

bool claims_absence(const Literal& literal) { return !literal.is_about_values && !literal.is_positive; }

bool all_apart(const std::vector<const ValueRange*>& some, const std::vector<ValueRange>& others) {
    return std::all_of(some.begin(), some.end(), [&](const ValueRange* one) {
        return std::all_of(others.begin(), others.end(),
                           [&](const ValueRange& other) { return ValueRange::are_apart(*one, other); });
    });
}

/// Every way to choose one case of each child. More than kCasesMax: nothing.
std::vector<Case> product(const std::vector<Case>& some, const std::vector<Case>& others) {
    std::vector<Case> all;
    if (some.size() * others.size() > kCasesMax) return all;
    for (const auto& one : some) {
        for (const auto& other : others) {
            auto both = one;
            both.add_all(other);
            if (!both.is_impossible()) all.push_back(std::move(both));
        }
    }
    return all;
}

std::vector<Case> cases_of(const Node& node);

std::vector<Case> cases_of_any(const Node& node) {
    std::vector<Case> all;
    for (const auto& child : node.children) {
        auto more = cases_of(child);
        std::move(more.begin(), more.end(), std::back_inserter(all));
        if (all.size() > kCasesMax) return {Case{}};  // Anything, which is sure to hold.
    }
    return all;
}

std::vector<Case> cases_of(const Node& node) {
    if (node.kind == Node::Kind::Any) return cases_of_any(node);
    std::vector<Case> all{Case{}};
    if (node.kind == Node::Kind::Literal) {
        all.front().add(*node.literal);
        if (all.front().is_impossible()) all.clear();
        return all;
    }
    // Plain claims first: they rule out cases of the others early.
    for (const auto& child : node.children) {
        if (child.kind == Node::Kind::Literal) all.front().add(*child.literal);
    }
    if (all.front().is_impossible()) return {};
    for (const auto& child : node.children) {
        if (child.kind == Node::Kind::Literal) continue;
        const auto more = cases_of(child);
        if (all.empty() || more.empty()) return {};
        if (all.size() * more.size() <= kCasesMax) all = product(all, more);
    }
    return all;
}

bool proves(const Case& given, const Node& goal) {
    const auto is_proved = [&](const Node& child) { return proves(given, child); };
    switch (goal.kind) {
        case Node::Kind::Literal: return given.proves(*goal.literal);
        case Node::Kind::All: return std::all_of(goal.children.begin(), goal.children.end(), is_proved);
        case Node::Kind::Any: return std::any_of(goal.children.begin(), goal.children.end(), is_proved);
    }
    return false;
}

}  // namespace

bool is_single_valued(std::string_view path) {
    const auto root = path.substr(0, path.find('.'));
    return root != "tags" && root != "labels" && root != "payload";
}

void Case::add(const Literal& literal) {
    if (contradicts_presence(literal)) is_impossible_ = true;
    claims_.push_back({&literal, {}});
    if (literal.is_about_values && literal.is_positive) {
        for (const auto& range : literal.ranges) claims_.back().left.push_back(&range);
    }
    for (auto& claim : claims_) {
        if (claim.literal->path == literal.path && claim.literal->is_positive && claim.literal->is_about_values) narrow(claim);
    }
}

void Case::add_all(const Case& other) {
    for (const auto& claim : other.claims_) add(*claim.literal);
}

/// Where a value is claimed, the field and those above it are there.
bool Case::contradicts_presence(const Literal& literal) const {
    return std::any_of(claims_.begin(), claims_.end(), [&](const Claim& claim) {
        const auto& known = *claim.literal;
        if (claims_absence(known)) return literal.is_positive && is_at_or_below(literal.path, known.path);
        return claims_absence(literal) && known.is_positive && is_at_or_below(known.path, literal.path);
    });
}

bool Case::rules_out(const Claim& other, const ValueRange& range) const {
    const auto& literal = *other.literal;
    if (!literal.is_about_values) return false;
    if (!literal.is_positive) return covers(literal.ranges, {&range});
    if (!is_single_valued(literal.path)) return false;
    return std::all_of(other.left.begin(), other.left.end(),
                       [&](const ValueRange* left) { return ValueRange::are_apart(*left, range); });
}

void Case::narrow(Claim& claim) {
    const auto is_ruled_out = [&](const ValueRange* range) {
        return std::any_of(claims_.begin(), claims_.end(), [&](const Claim& other) {
            return &other != &claim && other.literal->path == claim.literal->path && rules_out(other, *range);
        });
    };
    std::erase_if(claim.left, is_ruled_out);
    if (claim.left.empty()) is_impossible_ = true;
}

bool Case::proves(const Literal& goal) const {
    return std::any_of(claims_.begin(), claims_.end(), [&](const Claim& claim) {
        const auto& known = *claim.literal;
        if (!goal.is_about_values) {
            return goal.is_positive ? known.is_positive && is_at_or_below(known.path, goal.path)
                                    : claims_absence(known) && is_at_or_below(goal.path, known.path);
        }
        if (claims_absence(known)) return !goal.is_positive && is_at_or_below(goal.path, known.path);
        if (!known.is_about_values || known.path != goal.path) return false;
        if (goal.is_positive) return known.is_positive && covers(goal.ranges, claim.left);
        if (known.is_positive) return is_single_valued(goal.path) && all_apart(claim.left, goal.ranges);
        return std::all_of(goal.ranges.begin(), goal.ranges.end(),
                           [&](const ValueRange& range) { return covers(known.ranges, {&range}); });
    });
}

Formula::Formula(const Expression& expression) : root_(node(expression, Sense::AsWritten)), cases_(cases_of(root_)) {}

Node Formula::node(const Expression& expression, Sense sense) {
    using Kind = Expression::Kind;
    const bool is_positive = sense == Sense::AsWritten;
    if (expression.kind == Kind::Not) return node(expression.children.front(), is_positive ? Sense::Negated : Sense::AsWritten);
    Node made;
    if (expression.kind == Kind::Condition) {
        const auto& condition = expression.condition;
        auto& literal = literals_.emplace_back();
        literal.path = condition.path;
        literal.is_about_values = condition.op != Operator::Present && condition.op != Operator::Absent;
        literal.is_positive = is_positive == (condition.op != Operator::Absent);
        if (literal.is_about_values) literal.ranges = ValueRange::all_of(condition);
        made.kind = Node::Kind::Literal;
        made.literal = &literal;
        return made;
    }
    made.kind = (expression.kind == Kind::All) == is_positive ? Node::Kind::All : Node::Kind::Any;
    for (const auto& child : expression.children) made.children.push_back(node(child, sense));
    return made;
}

bool proves(const Case& given, const Formula& goal) { return proves(given, goal.root()); }

bool implies(const Formula& a, const Formula& b) {
    return std::all_of(a.cases().begin(), a.cases().end(), [&](const Case& one) { return proves(one, b); });
}

}  // namespace tocsin::match

#include "rules/match/program.hpp"

#include <algorithm>

#include "core/base/assert.hpp"
#include "core/base/text.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::match {
namespace {

template <class Satisfies>
bool any_operand(const std::vector<std::string>& operands, Satisfies satisfies) {
    return std::any_of(operands.begin(), operands.end(), satisfies);
}

bool is_one_of(const CompiledCondition& c, std::string_view value) {
    const auto found = std::lower_bound(c.operands.begin(), c.operands.end(), value,
                                        [&](std::string_view a, std::string_view b) { return is_less(a, b, c.letters); });
    return found != c.operands.end() && is_equal(value, *found, c.letters);
}

bool satisfies_text(const CompiledCondition& c, std::string_view value) {
    switch (c.written->op) {
        case Operator::Prefix: return any_operand(c.operands, [&](const auto& o) { return has_prefix(value, o, c.letters); });
        case Operator::Suffix: return any_operand(c.operands, [&](const auto& o) { return has_suffix(value, o, c.letters); });
        case Operator::Contains: return any_operand(c.operands, [&](const auto& o) { return has_within(value, o, c.letters); });
        default: return is_one_of(c, value);
    }
}

bool satisfies_number(const Condition& c, std::string_view value) {
    const auto number = to_number(value);
    if (!number) return false;
    switch (c.op) {
        case Operator::Above: return *number > c.low;
        case Operator::AtLeast: return *number >= c.low;
        case Operator::Below: return *number < c.high;
        case Operator::AtMost: return *number <= c.high;
        default: return *number >= c.low && *number <= c.high;
    }
}

bool satisfies_cidr(const std::vector<Prefix>& prefixes, std::string_view value) {
    const auto address = parse_address(value);
    return address && std::any_of(prefixes.begin(), prefixes.end(), [&](const Prefix& p) { return p.holds(*address); });
}

bool satisfies(const CompiledCondition& c, std::string_view value) {
    switch (c.written->op) {
        case Operator::OneOf:
        case Operator::Has:
        case Operator::Prefix:
        case Operator::Suffix:
        case Operator::Contains: return satisfies_text(c, value);
        case Operator::Glob: return std::any_of(c.globs.begin(), c.globs.end(), [&](const Glob& g) { return g.matches(value); });
        case Operator::Regex:
            return std::any_of(c.regexes.begin(), c.regexes.end(), [&](const Regex& r) { return r.matches(value); });
        case Operator::Above:
        case Operator::AtLeast:
        case Operator::Below:
        case Operator::AtMost:
        case Operator::Between: return satisfies_number(*c.written, value);
        case Operator::Cidr: return satisfies_cidr(c.prefixes, value);
        case Operator::Present:
        case Operator::Absent: break;
    }
    return false;
}

bool condition_holds(const CompiledCondition& c, const AlertView& alert) {
    if (c.written->op == Operator::Present || c.written->op == Operator::Absent) {
        const bool is_there = alert.has(c.path) || alert.has_below(c.written->path);
        return is_there == (c.written->op == Operator::Present);
    }
    return alert.any_of(c.path, [&](std::string_view value) { return satisfies(c, value); });
}

}  // namespace

Program::Root Program::add(const Expression& expression) {
    const auto root = static_cast<Root>(nodes_.size());
    nodes_.emplace_back();
    compile(expression, root);
    return root;
}

std::uint32_t Program::add(const Condition& condition) {
    conditions_.push_back(compiled(condition));
    return static_cast<std::uint32_t>(conditions_.size() - 1);
}

bool Program::holds(std::uint32_t condition, const AlertView& alert) const {
    return condition_holds(conditions_[condition], alert);
}

void Program::compile(const Expression& expression, Root at) {
    if (expression.kind == Expression::Kind::Condition) {
        const auto condition = add(expression.condition);
        nodes_[at] = {expression.kind, condition, 0};
        return;
    }
    TOCSIN_ASSERT(expression.kind != Expression::Kind::Not || expression.children.size() == 1, "a negation is of one thing");
    const auto first = static_cast<Root>(nodes_.size());
    const auto count = static_cast<std::uint32_t>(expression.children.size());
    nodes_[at] = {expression.kind, first, count};
    nodes_.resize(nodes_.size() + count);
    for (std::uint32_t i = 0; i < count; ++i) compile(expression.children[i], first + i);
}

CompiledCondition Program::compiled(const Condition& condition) {
    CompiledCondition made;
    made.written = &condition;
    made.path = paths_.add(condition.path);
    made.letters = condition.ignore_case ? Letters::Folded : Letters::AsWritten;
    for (const auto& operand : condition.operands) {
        if (condition.op == Operator::Regex) {
            auto regex = Regex::compile(operand, made.letters);
            TOCSIN_ASSERT(regex.has_value(), "regexes are checked when the rulebook is read");
            made.regexes.push_back(std::move(*regex));
        } else if (condition.op == Operator::Cidr) {
            const auto prefix = Prefix::parse(operand);
            TOCSIN_ASSERT(prefix.has_value(), "prefixes are checked when the rulebook is read");
            made.prefixes.push_back(*prefix);
        } else if (condition.op == Operator::Glob) {
            made.globs.emplace_back(operand, made.letters);
        } else {
            made.operands.push_back(condition.ignore_case ? lower_ascii(operand) : operand);
        }
    }
    std::sort(made.operands.begin(), made.operands.end());
    return made;
}

bool Program::matches(Root root, const AlertView& alert) const {
    const auto& node = nodes_[root];
    const auto end = node.first + node.count;
    switch (node.kind) {
        case Expression::Kind::Condition: return condition_holds(conditions_[node.first], alert);
        case Expression::Kind::Not: return !matches(node.first, alert);
        case Expression::Kind::All:
            for (auto child = node.first; child < end; ++child) {
                if (!matches(child, alert)) return false;
            }
            return true;
        case Expression::Kind::Any:
            for (auto child = node.first; child < end; ++child) {
                if (matches(child, alert)) return true;
            }
            return false;
    }
    return false;
}

}  // namespace tocsin::match

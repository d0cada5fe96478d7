// The conditions of a rule set, compiled: regexes and prefixes parsed, operands folded and sorted, paths numbered.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/match/alert_view.hpp"
#include "rules/match/cidr.hpp"
#include "rules/match/expression.hpp"
#include "rules/match/glob.hpp"
#include "rules/match/regex.hpp"

namespace tocsin::match {

struct CompiledCondition {
    const Condition* written = nullptr;
    std::uint32_t path = 0;
    Letters letters = Letters::AsWritten;
    std::vector<std::string> operands;  ///< Folded if `letters` says so; sorted for OneOf and Has.
    std::vector<Glob> globs;
    std::vector<Regex> regexes;
    std::vector<Prefix> prefixes;
};

/// All expressions of a rule set in two flat lists. The expressions must stay where they are.
class Program {
public:
    using Root = std::uint32_t;

    /// A regex or prefix that does not compile aborts: they were checked before.
    Root add(const Expression& expression);
    /// A condition alone, for holds().
    std::uint32_t add(const Condition& condition);
    /// Numbers a path that is asked for in other ways than by a condition here.
    std::uint32_t add_path(std::string_view path) { return paths_.add(path); }

    /// Allocates nothing.
    [[nodiscard]] bool matches(Root root, const AlertView& alert) const;
    [[nodiscard]] bool holds(std::uint32_t condition, const AlertView& alert) const;

    /// A condition, and what it saw in the alert: "8", "a, b", or "absent"; cut to 80 code points.
    struct Finding {
        std::string condition;
        std::string seen;
    };
    /// The first condition that failed. Requires that the expression does not match.
    [[nodiscard]] Finding why_not(Root root, const AlertView& alert) const;

    [[nodiscard]] const PathTable& paths() const { return paths_; }

private:
    struct Node {
        Expression::Kind kind = Expression::Kind::All;
        std::uint32_t first = 0;  ///< Its children are nodes_[first, first + count), or it is conditions_[first].
        std::uint32_t count = 0;
    };

    void compile(const Expression& expression, Root at);
    [[nodiscard]] CompiledCondition compiled(const Condition& condition);
    [[nodiscard]] Finding why(Root root, const AlertView& alert) const;
    [[nodiscard]] Finding of_all_children(const Node& node, const AlertView& alert, std::string_view words) const;
    void collect(Root root, const AlertView& alert, Finding& into) const;

    PathTable paths_;
    std::vector<Node> nodes_;
    std::vector<CompiledCondition> conditions_;
};

}  // namespace tocsin::match

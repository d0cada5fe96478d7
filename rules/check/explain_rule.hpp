// One rule and one alert: every condition of the rule's match, and how it came out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/fields.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check {

/// A line of the tree: a condition, a group of them, or the rule's window.
struct RuleBranch {
    std::size_t depth = 0;
    std::string text;  ///< "payload.count at_least 100", "any of"
    std::string seen;  ///< Of a condition or a window.
    bool holds = false;
};

struct RuleTree {
    std::string rule;
    std::string place;
    std::string sets;
    bool is_match = false;
    bool is_deciding = false;
    std::string decided_before;  ///< The rule that decided before this one was asked; empty if none did.
    std::vector<RuleBranch> branches;
};

/// Nothing if no rule has that name. Earlier rules with `continue` set `service` and `severity` as they do for the alert itself.
[[nodiscard]] std::optional<RuleTree> explain_rule(const Rulebook& rulebook, const Fields& fields, TimePoint at,
                                                   std::string_view name);

[[nodiscard]] std::string to_text(const RuleTree& tree);
[[nodiscard]] std::string to_json(const RuleTree& tree);

}  // namespace tocsin::check

// Building conditions, rules and alerts in a few words, for the tests of rule matching.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "core/model/fields.hpp"
#include "core/model/roster.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::match::kit {

using Values = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] Fields fields(const Values& values);

[[nodiscard]] Expression is(std::string path, std::vector<std::string> operands);
[[nodiscard]] Expression text(std::string path, Operator op, std::vector<std::string> operands);
[[nodiscard]] Expression folded_text(std::string path, Operator op, std::vector<std::string> operands);
[[nodiscard]] Expression number(std::string path, Operator op, double low, double high);
[[nodiscard]] Expression present(std::string path);
[[nodiscard]] Expression absent(std::string path);
[[nodiscard]] Expression all(std::vector<Expression> children);
[[nodiscard]] Expression any(std::vector<Expression> children);
[[nodiscard]] Expression none(Expression child);

[[nodiscard]] RuleSpec rule(std::string name, Expression match);

/// 2026-03-08 03:30 in New York, in the night in which the clocks there go forward (at 02:00).
[[nodiscard]] TimePoint some_night();

/// Whether a rule set of this one rule decides about the alert.
[[nodiscard]] bool holds(Expression match, const Values& values);
/// The verdict of the rules for the alert, without any roster.
[[nodiscard]] Verdict verdict(std::vector<RuleSpec> rules, const Values& values);
[[nodiscard]] Trail trail(std::vector<RuleSpec> rules, const Values& values, TimePoint now);

}  // namespace tocsin::match::kit

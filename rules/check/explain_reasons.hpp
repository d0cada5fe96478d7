// Why a rule matched, and what it sets, in words.
#pragma once

#include <string>
#include <vector>

#include "core/model/fields.hpp"
#include "rules/match/expression.hpp"

namespace tocsin::check {

/// One for each thing that the rule asks for: "payload.count at_least 100: saw 120".
[[nodiscard]] std::vector<std::string> reasons_of_match(const match::RuleSpec& rule, const Fields& fields);
/// What a condition saw: "8", "a, b" or "absent"; cut to 80 code points.
[[nodiscard]] std::string seen_by(const match::Condition& condition, const Fields& fields);
/// "service lms, severity critical, resolve_after 30m"
[[nodiscard]] std::string settings_of(const match::RuleSpec& rule);

}  // namespace tocsin::check

// Generated rules of one kind each, over the generated alerts.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "rules/match/expression.hpp"

namespace tocsin::bench {

/// exact, exact3, low_cardinality, one_of, prefix, suffix, glob, contains, regex, numeric, cidr, absent, not, nested, mix.
[[nodiscard]] std::span<const std::string_view> kinds();

/// The same for the same kind and count, on every machine. Requires one of kinds().
[[nodiscard]] std::vector<match::RuleSpec> rules_of(std::string_view kind, std::size_t count);

}  // namespace tocsin::bench

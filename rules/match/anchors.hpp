// What a value must hold for a text condition to hold of it: the literal texts by which an index can find the condition.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/match/expression.hpp"

namespace tocsin::match {

/// A text in lower case that a value has, itself in lower case (and with the ASCII twins of the letters that Unicode folds to
/// them), at its begin, its end or anywhere.
struct Anchor {
    enum class Where : std::uint8_t { Begin, End, Anywhere };
    Where where = Where::Anywhere;
    std::string text;
};

/// If one of the operands is satisfied, one of these holds. Empty if nothing can be said: an operand asks for no certain text.
/// For Prefix, Suffix, Contains, Glob and Regex; anything else has none.
[[nodiscard]] std::vector<Anchor> anchors_of(const Condition& condition);

}  // namespace tocsin::match

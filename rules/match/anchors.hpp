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

/// Of these at least one holds.
using AnchorChoice = std::vector<Anchor>;
/// Each of them is so of every value that satisfies an operand: any one may be used to find it. None if the operand asks for no
/// certain text.
using OperandAnchors = std::vector<AnchorChoice>;

/// For each operand of a Prefix, Suffix, Contains, Glob or Regex.
[[nodiscard]] std::vector<OperandAnchors> anchors_of(const Condition& condition);

}  // namespace tocsin::match

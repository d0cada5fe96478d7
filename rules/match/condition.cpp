// Conditions in words.
#include <fmt/format.h>

#include <algorithm>

#include "rules/match/expression.hpp"

namespace tocsin::match {
namespace {

constexpr std::size_t kOperandsShown = 6;

/// As an author would write it: in quotes only where YAML or a reader needs them.
std::string quoted_if_need_be(const std::string& operand) {
    const auto is_plain = [](char c) { return c != ' ' && c != '"' && c != ',' && static_cast<unsigned char>(c) >= 0x20; };
    if (!operand.empty() && std::all_of(operand.begin(), operand.end(), is_plain)) return operand;
    return fmt::format("\"{}\"", operand);
}

std::string operands_text(const std::vector<std::string>& operands) {
    if (operands.size() == 1) return quoted_if_need_be(operands.front());
    std::string text = "[";
    for (std::size_t i = 0; i < std::min(operands.size(), kOperandsShown); ++i) {
        if (i > 0) text += ", ";
        text += quoted_if_need_be(operands[i]);
    }
    if (operands.size() > kOperandsShown) text += fmt::format(", and {} more", operands.size() - kOperandsShown);
    return text + "]";
}

}  // namespace

std::string_view to_string(Operator op) {
    switch (op) {
        case Operator::OneOf: return "one_of";
        case Operator::Prefix: return "prefix";
        case Operator::Suffix: return "suffix";
        case Operator::Contains: return "contains";
        case Operator::Glob: return "glob";
        case Operator::Regex: return "regex";
        case Operator::Has: return "has";
        case Operator::Present: return "present";
        case Operator::Absent: return "absent";
        case Operator::Above: return "above";
        case Operator::AtLeast: return "at_least";
        case Operator::Below: return "below";
        case Operator::AtMost: return "at_most";
        case Operator::Between: return "between";
        case Operator::Cidr: return "cidr";
    }
    return "one_of";
}

std::string Condition::text() const {
    const auto after_path = [this](std::string_view words) { return fmt::format("{} {}", path, words); };
    switch (op) {
        case Operator::Present:
        case Operator::Absent: return after_path(to_string(op));
        case Operator::Above:
        case Operator::AtLeast: return after_path(fmt::format("{} {}", to_string(op), low));
        case Operator::Below:
        case Operator::AtMost: return after_path(fmt::format("{} {}", to_string(op), high));
        case Operator::Between: return after_path(fmt::format("between {} and {}", low, high));
        case Operator::OneOf:
        case Operator::Prefix:
        case Operator::Suffix:
        case Operator::Contains:
        case Operator::Glob:
        case Operator::Regex:
        case Operator::Has:
        case Operator::Cidr: break;
    }
    const bool is_equality = op == Operator::OneOf && operands.size() == 1;
    const auto word = is_equality ? std::string_view("is") : to_string(op);
    return after_path(fmt::format("{} {}{}", word, operands_text(operands), ignore_case ? " (ignore_case)" : ""));
}

}  // namespace tocsin::match

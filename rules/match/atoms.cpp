#include "rules/match/atoms.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin::match {
namespace {

constexpr auto kInfinite = std::numeric_limits<double>::infinity();

AtomKind kind_of(Operator op) {
    switch (op) {
        case Operator::OneOf:
        case Operator::Has: return AtomKind::Equality;
        case Operator::Prefix:
        case Operator::Suffix:
        case Operator::Contains:
        case Operator::Glob:
        case Operator::Regex: return AtomKind::Pattern;
        case Operator::Above:
        case Operator::AtLeast:
        case Operator::Below:
        case Operator::AtMost:
        case Operator::Between: return AtomKind::Number;
        case Operator::Cidr: return AtomKind::Cidr;
        case Operator::Present:
        case Operator::Absent: return AtomKind::Presence;
    }
    return AtomKind::Pattern;
}

}  // namespace

std::uint32_t Atoms::add(const Condition& condition) {
    Atom atom{.written = &condition,
              .kind = kind_of(condition.op),
              .letters = condition.ignore_case ? Letters::Folded : Letters::AsWritten,
              .path = program_.add_path(condition.path)};
    if (atom.kind == AtomKind::Equality) {
        atom.first = static_cast<std::uint32_t>(numbers_.size());
        for (const auto& operand : condition.operands) {
            const auto next = postings_.lists();
            const auto number = values_.add(atom.path, atom.letters, operand, next);
            if (number == next) (void)postings_.new_list();
            numbers_.push_back(number);
        }
        const auto begin = numbers_.begin() + atom.first;
        std::sort(begin, numbers_.end());
        numbers_.erase(std::unique(begin, numbers_.end()), numbers_.end());
        atom.count = static_cast<std::uint32_t>(numbers_.size()) - atom.first;
    }
    atoms_.push_back(atom);
    return static_cast<std::uint32_t>(atoms_.size() - 1);
}

NumberRange range_of(const Condition& condition) {
    switch (condition.op) {
        case Operator::Above: return {std::nextafter(condition.low, kInfinite), kInfinite};
        case Operator::AtLeast: return {condition.low, kInfinite};
        case Operator::Below: return {-kInfinite, std::nextafter(condition.high, -kInfinite)};
        case Operator::AtMost: return {-kInfinite, condition.high};
        default: return {condition.low, condition.high};
    }
}

}  // namespace tocsin::match

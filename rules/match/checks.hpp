// What is left to be asked of a candidate: the literals of its clause that the way to it did not prove.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rules/match/clause.hpp"
#include "rules/match/presence.hpp"
#include "rules/match/program.hpp"
#include "rules/match/range_index.hpp"

namespace tocsin::match {

/// One literal, or a whole expression. Compared by number where that can be, and asked of the program where not.
struct Check {
    enum class Kind : std::uint8_t { Number, NumberIn, Folded, FoldedIn, Quantity, Presence, Condition, Expression };
    Kind kind = Kind::Expression;
    Sign sign = Sign::Holds;
    std::uint16_t count = 0;  ///< Of the numbers of NumberIn and FoldedIn; 0: as many as stand in front of them.
    std::uint32_t path = 0;
    std::uint32_t what = 0;  ///< The number; or where numbers, range, condition or root are found.
};

/// The checks of a rule set, and what they refer to.
class Checks {
public:
    explicit Checks(const Program& program) : program_(program) {}

    /// Ascending numbers of texts under `letters`.
    [[nodiscard]] Check numbers(std::uint32_t path, Letters letters, std::span<const std::uint32_t> numbers);
    [[nodiscard]] Check range(std::uint32_t path, NumberRange range);
    [[nodiscard]] static Check presence(std::uint32_t number) { return {.kind = Check::Kind::Presence, .what = number}; }
    [[nodiscard]] static Check condition(std::uint32_t condition) { return {.kind = Check::Kind::Condition, .what = condition}; }
    [[nodiscard]] static Check expression(Program::Root root) { return {.kind = Check::Kind::Expression, .what = root}; }

    /// Puts them behind those that are there, the cheap ones first; returns where they begin.
    std::uint32_t add(std::vector<Check> checks);

    [[nodiscard]] bool all_pass(std::uint32_t begin, std::uint32_t end, const AlertView& alert, Presence& presence) const;
    [[nodiscard]] std::size_t bytes() const;

private:
    [[nodiscard]] bool holds(const Check& check, const AlertView& alert, Presence& presence) const;
    [[nodiscard]] std::span<const std::uint32_t> numbers_of(const Check& check) const;

    const Program& program_;
    std::vector<Check> checks_;
    std::vector<std::uint32_t> numbers_;
    std::vector<NumberRange> ranges_;
};

}  // namespace tocsin::match

// The conditions of a rule set while its index is built: each with the numbers of its path and of the texts that it compares
// with.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "rules/match/clause.hpp"
#include "rules/match/fold.hpp"
#include "rules/match/postings.hpp"
#include "rules/match/program.hpp"
#include "rules/match/range_index.hpp"
#include "rules/match/value_table.hpp"

namespace tocsin::match {

enum class AtomKind : std::uint8_t { Equality, Pattern, Number, Cidr, Presence };

struct Atom {
    const Condition* written = nullptr;
    AtomKind kind = AtomKind::Pattern;
    Letters letters = Letters::AsWritten;
    std::uint32_t path = 0;
    std::uint32_t first = 0;  ///< Of an Equality: where its numbers stand.
    std::uint32_t count = 0;
};

struct AtomLiteral {
    std::uint32_t atom = 0;
    Sign sign = Sign::Holds;
};

/// Paths are numbered by the program; a text's number is the number of its list in the postings.
class Atoms {
public:
    Atoms(Program& program, ValueTable& values, Postings& postings) : program_(program), values_(values), postings_(postings) {}

    std::uint32_t add(const Condition& condition);
    [[nodiscard]] const Atom& operator[](std::uint32_t atom) const { return atoms_[atom]; }
    [[nodiscard]] std::size_t size() const { return atoms_.size(); }
    /// Ascending, each once.
    [[nodiscard]] std::span<const std::uint32_t> numbers(const Atom& atom) const {
        return {numbers_.data() + atom.first, atom.count};
    }

private:
    Program& program_;
    ValueTable& values_;
    Postings& postings_;
    std::vector<Atom> atoms_;
    std::vector<std::uint32_t> numbers_;
};

/// What a numeric condition asks, with both ends included; nothing is in it if an end is NaN.
[[nodiscard]] NumberRange range_of(const Condition& condition);

}  // namespace tocsin::match

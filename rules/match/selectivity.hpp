// How likely each literal of a rule set is to be so of an alert, guessed from the rules themselves.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <vector>

#include "rules/match/anchors.hpp"
#include "rules/match/atoms.hpp"

namespace tocsin::match {

/// What is asked for by many rules is taken to be common, what few ask for rare: a value's share among all that are asked for of
/// its path. Counts first, then answers.
class Selectivity {
public:
    /// Above every probability: for a literal that no list can be kept of.
    static constexpr double kOfNoUse = 2.0;

    explicit Selectivity(const Atoms& atoms) : atoms_(atoms) {}

    /// For each literal of each clause.
    void count(AtomLiteral literal);
    /// For each pattern by which a clause might be found, in addition: what texts it asks for.
    void count_anchors(std::uint32_t atom);

    [[nodiscard]] double probability(AtomLiteral literal) const;
    /// The rarest texts of which a value must have one to satisfy the pattern; empty if some operand asks for none, or
    /// count_anchors() was not called for it.
    [[nodiscard]] std::vector<Anchor> anchors(std::uint32_t atom) const;

private:
    struct PathCounts {
        std::uint32_t operands = 0;
        std::uint32_t anchors = 0;
        double low = 0;  ///< Of all finite ends of ranges.
        double high = 0;
        bool has_range = false;
    };
    [[nodiscard]] PathCounts& of(std::uint32_t path);
    void count_ends(const Condition& condition, PathCounts& counts);
    [[nodiscard]] double of_equality(const Atom& atom) const;
    [[nodiscard]] double of_range(const Atom& atom) const;
    [[nodiscard]] double of_pattern(std::uint32_t atom) const;
    [[nodiscard]] double of_choice(std::uint32_t path, const AnchorChoice& choice) const;

    const Atoms& atoms_;
    std::vector<PathCounts> paths_;
    std::vector<std::uint32_t> by_number_;
    boost::unordered_flat_map<std::uint32_t, std::vector<OperandAnchors>> anchors_;  ///< By atom.
    boost::unordered_flat_map<Key, std::uint32_t, AsItIs> by_anchor_;
};

}  // namespace tocsin::match

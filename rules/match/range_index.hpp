// The ranges of numbers that rules want of one path, found by a number in the logarithm of their count.
#pragma once

#include <cstdint>
#include <vector>

#include "rules/match/candidates.hpp"
#include "rules/match/postings.hpp"

namespace tocsin::match {

/// Both ends included.
struct NumberRange {
    double low;
    double high;

    [[nodiscard]] bool holds(double number) const { return number >= low && number <= high; }
};

/// A segment tree over the ends of the ranges: exact, what it finds holds the number.
class RangeIndex {
public:
    /// Clauses come in ascending order.
    void add(NumberRange range, std::uint32_t clause);
    void seal(Postings& postings);

    void find(double number, const Postings& postings, Candidates& candidates) const;

private:
    struct Wanted {
        NumberRange range;
        std::uint32_t clause;
    };
    /// Leaf 2i + 1 is the i-th end itself, leaf 2i what lies before it.
    [[nodiscard]] std::size_t leaf_of(double number) const;

    std::vector<Wanted> wanted_;  ///< Until sealed.
    std::vector<double> ends_;
    std::size_t leaves_ = 0;
    std::vector<std::uint32_t> lists_;  ///< By node; the leaves follow the inner nodes.
};

}  // namespace tocsin::match

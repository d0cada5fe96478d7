// The prefixes and suffixes that rules want of one path's values, found by hashing a few beginnings and ends of a value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/match/candidates.hpp"
#include "rules/match/postings.hpp"

namespace tocsin::match {

enum class Side : std::uint8_t { Begin, End };

/// Finds clauses by a part of their prefix at most, in lower case: what it finds must be verified.
class AffixIndex {
public:
    explicit AffixIndex(std::uint32_t path) : path_(path) {}

    /// Requires an operand in lower case that is not empty; clauses come in ascending order.
    void add(Side side, std::string operand, std::uint32_t clause);
    void seal(Postings& postings);

    void find(std::string_view value, const Postings& postings, Candidates& candidates) const;

private:
    struct Wanted {
        std::string operand;
        std::uint32_t clause;
    };
    struct OneSide {
        std::vector<Wanted> wanted;          ///< Until sealed.
        std::vector<std::uint32_t> lengths;  ///< Ascending; each operand is filed under the longest that it has.
    };
    [[nodiscard]] Key key(Side side, std::string_view part) const;
    void seal(Side side, Postings& postings);
    [[nodiscard]] OneSide& of(Side side) { return sides_[static_cast<std::size_t>(side)]; }

    std::uint32_t path_;
    OneSide sides_[2];
};

}  // namespace tocsin::match

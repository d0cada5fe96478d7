// The texts that rules want anywhere in one path's values, found in one pass by short pieces of them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/match/candidates.hpp"
#include "rules/match/postings.hpp"

namespace tocsin::match {

/// Files each wanted text under the rarest of its pieces of 8, 4, 2 bytes or 1, as long as the text allows; in lower case, so
/// what it finds must be verified.
class GramIndex {
public:
    explicit GramIndex(std::uint32_t path) : path_(path) {}

    /// Requires a text in lower case that is not empty; clauses come in ascending order.
    void add(std::string text, std::uint32_t clause) { wanted_.push_back({std::move(text), clause}); }
    void seal(Postings& postings);

    void find(std::string_view value, const Postings& postings, Candidates& candidates) const;

private:
    static constexpr std::array<std::size_t, 4> kSizes{8, 4, 2, 1};

    struct Wanted {
        std::string text;
        std::uint32_t clause;
    };
    [[nodiscard]] Key key(std::uint64_t gram, std::size_t size) const {
        return key_of(KeyKind::Gram, path_, static_cast<std::uint32_t>(size), gram);
    }
    template <class Word>
    void find_grams(std::string_view lower, const Postings& postings, Candidates& candidates) const;
    void find_in(std::string_view lower, const Postings& postings, Candidates& candidates) const;
    [[nodiscard]] bool may_have(Key key) const { return (bits_[(key >> shift_) / 64] >> ((key >> shift_) % 64) & 1U) != 0; }

    std::uint32_t path_;
    std::vector<Wanted> wanted_;  ///< Until sealed.
    std::array<bool, kSizes.size()> is_used_{};
    std::vector<std::uint64_t> bits_;  ///< A set bit for the upper bits of each key: most pieces of a value end here.
    std::uint32_t shift_ = 64;
};

}  // namespace tocsin::match

// The regular expressions of one path that no literal text gives away, in one automaton: one pass says which of them match.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "rules/match/candidates.hpp"
#include "rules/match/fold.hpp"
#include "rules/match/postings.hpp"

namespace tocsin::match {

class RegexSet {
public:
    explicit RegexSet(Letters letters);
    ~RegexSet();
    RegexSet(RegexSet&&) noexcept;
    RegexSet& operator=(RegexSet&&) noexcept;

    /// Requires a valid pattern; clauses come in ascending order.
    void add(std::string_view pattern, std::uint32_t clause);
    void seal(Postings& postings);

    /// Adds all clauses where the automaton does not get the memory that it needs: what is found must be verified.
    void find(std::string_view value, const Postings& postings, Candidates& candidates) const;

private:
    struct Automaton;

    Letters letters_;
    std::vector<std::string_view> patterns_;  ///< Until sealed.
    std::vector<std::uint32_t> clauses_;      ///< By pattern.
    std::uint32_t all_ = 0;                   ///< The list of all of them.
    std::vector<std::uint32_t> lists_;        ///< By pattern.
    std::unique_ptr<Automaton> automaton_;
};

}  // namespace tocsin::match

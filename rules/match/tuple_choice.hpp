// Which paths are worth to be looked up together: chosen greedily, by how many candidates each set of paths saves.
#pragma once

#include <boost/container/static_vector.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace tocsin::match {

/// An equality of a clause that is weak alone.
struct WeakEquality {
    std::uint32_t path = 0;
    std::uint32_t literal = 0;  ///< The caller's own number for it.
    double probability = 0;
};

class TupleChoice {
public:
    /// A clause, with what is likely to be found in vain by its best literal alone, and its equalities, each of another path.
    void add(std::uint32_t clause, double probability, std::vector<WeakEquality> equalities);

    /// Chooses the sets of paths; each costs a look-up for every alert, so it must save more than that.
    void choose();

    /// Ascending.
    using Paths = std::vector<std::uint32_t>;
    [[nodiscard]] const std::vector<Paths>& chosen() const { return chosen_; }

    /// Calls visit(clause, which of chosen(), literals in the order of its paths) for each clause that is best found by one of
    /// them.
    template <class Visit>
    void each(Visit visit) const {
        for (const auto& [paths, group] : groups_) {
            if (group.subset == 0) continue;
            for (const auto& [clause, literals] : group.members) {
                boost::container::static_vector<std::uint32_t, 5> in_subset;
                for (std::size_t i = 0; i < literals.size(); ++i) {
                    if ((group.subset >> i & 1U) != 0) in_subset.push_back(literals[i]);
                }
                visit(clause, group.which, in_subset);
            }
        }
    }

private:
    /// Clauses with equalities of the same paths, and what each subset of those paths would leave of the candidates.
    struct Group {
        struct Member {
            std::uint32_t clause;
            boost::container::static_vector<std::uint32_t, 5> literals;
        };
        std::vector<Member> members;
        double now = 0;  ///< Candidates expected of an alert.
        std::vector<double> with_subset;
        std::uint32_t subset = 0;  ///< That was chosen for them, as bits; none: their best literal alone.
        std::uint32_t which = 0;
    };

    std::map<Paths, Group> groups_;
    std::vector<Paths> chosen_;
};

}  // namespace tocsin::match

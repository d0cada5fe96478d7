#include "rules/match/tuple_choice.hpp"

#include <algorithm>
#include <bit>

namespace tocsin::match {
namespace {

constexpr int kTuplePathsMax = 4;
/// Equalities of a clause that are considered: the most selective ones.
constexpr std::size_t kEqualitiesMax = 5;
/// Look-ups for each alert, in all.
constexpr std::size_t kTuplesMax = 16;
/// Candidates that a look-up costs as much as.
constexpr double kWorthALookUp = 1;

bool is_tuple(std::uint32_t subset) {
    const auto paths = std::popcount(subset);
    return paths >= 2 && paths <= kTuplePathsMax;
}

TupleChoice::Paths paths_in(const TupleChoice::Paths& paths, std::uint32_t subset) {
    TupleChoice::Paths in;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if ((subset >> i & 1U) != 0) in.push_back(paths[i]);
    }
    return in;
}

}  // namespace

void TupleChoice::add(std::uint32_t clause, double probability, std::vector<WeakEquality> equalities) {
    if (equalities.size() > kEqualitiesMax) {
        std::sort(equalities.begin(), equalities.end(),
                  [](const auto& a, const auto& b) { return a.probability < b.probability; });
        equalities.resize(kEqualitiesMax);
    }
    std::sort(equalities.begin(), equalities.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    Paths paths;
    Group::Member member{clause, {}};
    for (const auto& equality : equalities) {
        paths.push_back(equality.path);
        member.literals.push_back(equality.literal);
    }
    auto& group = groups_[paths];
    group.members.push_back(std::move(member));
    group.now += probability;
    group.with_subset.resize(std::size_t{1} << paths.size());
    for (std::uint32_t subset = 0; subset < group.with_subset.size(); ++subset) {
        double product = 1;
        for (std::size_t i = 0; i < equalities.size(); ++i) {
            if ((subset >> i & 1U) != 0) product *= equalities[i].probability;
        }
        group.with_subset[subset] += product;
    }
}

void TupleChoice::choose() {
    while (chosen_.size() < kTuplesMax) {
        std::map<Paths, double> savings;
        for (const auto& [paths, group] : groups_) {
            for (std::uint32_t subset = 0; subset < group.with_subset.size(); ++subset) {
                const auto saved = group.now - group.with_subset[subset];
                if (is_tuple(subset) && saved > 0) savings[paths_in(paths, subset)] += saved;
            }
        }
        const auto best =
            std::max_element(savings.begin(), savings.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        if (best == savings.end() || best->second <= kWorthALookUp) return;
        for (auto& [paths, group] : groups_) {
            for (std::uint32_t subset = 0; subset < group.with_subset.size(); ++subset) {
                if (!is_tuple(subset) || group.with_subset[subset] >= group.now) continue;
                if (paths_in(paths, subset) != best->first) continue;
                group.now = group.with_subset[subset];
                group.subset = subset;
                group.which = static_cast<std::uint32_t>(chosen_.size());
            }
        }
        chosen_.push_back(best->first);
    }
}

}  // namespace tocsin::match

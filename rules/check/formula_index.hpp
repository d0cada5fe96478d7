// Which of many formulas might follow from a case: a few out of ten thousand, found without asking each.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/match/implication.hpp"

namespace tocsin::check {

/// A formula can follow from a case only if certain claims of it do; each is filed under one that is rare so far: a text under
/// its longest stretch of letters, everything else under its field.
class FormulaIndex {
public:
    void add(std::int32_t number, const match::Formula& formula);

    /// Rising; at most kCandidatesMax, the first. Any that is left out does not follow, or was one too many.
    [[nodiscard]] std::vector<std::int32_t> candidates(const match::Case& given) const;

    /// A bound on the work for rules that are all filed under the same thing.
    static constexpr std::size_t kCandidatesMax = 256;

private:
    using Numbers = std::vector<std::int32_t>;
    struct Hash {
        using is_transparent = void;
        [[nodiscard]] std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    struct Field {
        std::unordered_map<std::string, Numbers, Hash, std::equal_to<>> by_run;
        std::map<std::size_t, std::size_t> lengths;  ///< Of the runs: how many have it.
        Numbers others;                              ///< Numbers, addresses and patterns.
        Numbers presence;
    };
    /// Where a formula is filed: under all of these.
    using Files = std::vector<Numbers*>;

    [[nodiscard]] Files files_of(const match::Formula::Node& node);
    [[nodiscard]] Files files_of(const match::Literal& literal);
    void add_by_run(const Field& field, const match::ValueRange& range, Numbers& found) const;

    std::unordered_map<std::string, Field, Hash, std::equal_to<>> fields_;
    std::unordered_map<std::string, Numbers, Hash, std::equal_to<>> negated_;  ///< By the first key of the path.
    Numbers always_;
};

}  // namespace tocsin::check

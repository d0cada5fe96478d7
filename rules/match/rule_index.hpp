// The index of a rule set: for an alert, the few rules that may match, in order. What is in it and how it is built: README.md.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "rules/match/affix_index.hpp"
#include "rules/match/checks.hpp"
#include "rules/match/cidr_index.hpp"
#include "rules/match/gram_index.hpp"
#include "rules/match/postings.hpp"
#include "rules/match/presence.hpp"
#include "rules/match/program.hpp"
#include "rules/match/range_index.hpp"
#include "rules/match/regex_set.hpp"
#include "rules/match/tuple_index.hpp"
#include "rules/match/value_table.hpp"

namespace tocsin::match {

/// What is to be looked up about the values of one path.
struct PathUse {
    bool is_compared = false;
    bool is_compared_folded = false;
    bool is_number = false;
    bool has_patterns = false;  ///< One of those below, but ranges.
    std::int32_t ranges = -1;   ///< Where in the index they are; -1: nothing is asked.
    std::int32_t affixes = -1;
    std::int32_t grams = -1;
    std::int32_t prefixes = -1;
    std::int32_t regexes = -1;
    std::int32_t folded_regexes = -1;
    std::uint32_t any_value = Postings::kNoList;  ///< Clauses that need no more than some value.
};

/// Immutable once built; points into the rules that it was built from.
struct RuleIndex {
    /// One alternative of a rule. Clauses are in the order of their rules.
    struct Clause {
        std::uint32_t rule = 0;
        std::uint32_t checks = 0;  ///< Where they begin; they end where the next clause's begin.
    };
    /// Clauses that need a path to be there, or not to be.
    struct PresenceKey {
        std::uint32_t path = 0;  ///< As PresencePaths numbers it.
        Sign sign = Sign::Holds;
        std::uint32_t list = 0;
    };

    RuleIndex() : checks(program) {}
    RuleIndex(const RuleIndex&) = delete;
    RuleIndex& operator=(const RuleIndex&) = delete;

    Program program;
    ValueTable values;
    Postings postings;
    PresencePaths presence_paths;
    std::vector<PathUse> uses;  ///< By path.
    std::vector<RangeIndex> ranges;
    std::vector<AffixIndex> affixes;
    std::vector<GramIndex> grams;
    std::vector<CidrIndex> prefixes;
    std::vector<RegexSet> regexes;
    std::vector<TupleIndex> tuples;
    std::vector<PresenceKey> presence_keys;
    std::uint32_t always = Postings::kNoList;  ///< Clauses that nothing else finds: those of negations alone.
    Checks checks;
    std::vector<Clause> clauses;  ///< And one behind the last.
};

/// The rules must stay where they are, and must have been checked.
[[nodiscard]] std::unique_ptr<const RuleIndex> build_index(std::span<const RuleSpec> rules);

/// One alert's way through the rules. Allocates nothing for usual alerts. Everything must outlive it.
class RuleSearch {
public:
    RuleSearch(const RuleIndex& index, const Fields& fields);

    /// The next rule, in order, whose expression holds, whatever its window.
    [[nodiscard]] std::optional<std::uint32_t> next();

    /// Rules behind the last one that was found see these from now on.
    void set_service(std::string_view service) { look_up_given(alert_.set_service(service)); }
    void set_severity(std::string_view severity) { look_up_given(alert_.set_severity(severity)); }

    /// How many alternatives of rules were verified so far.
    [[nodiscard]] std::uint32_t candidates() const { return asked_; }

private:
    void look_up(SeenValue& value);
    void look_up_patterns(std::string_view value, const PathUse& use);
    void look_up_presence(const RuleIndex::PresenceKey& key);
    void look_up_given(SeenValue* value);

    const RuleIndex& index_;
    AlertView alert_;
    Presence presence_;
    Candidates found_;
    std::optional<std::uint32_t> last_;
    std::uint32_t asked_ = 0;
};

}  // namespace tocsin::match

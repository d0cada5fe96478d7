// Builds the index of a rule set in three steps: alternatives, the literal that finds each, and where that is filed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rules/match/atoms.hpp"
#include "rules/match/rule_index.hpp"
#include "rules/match/selectivity.hpp"
#include "rules/match/tuple_choice.hpp"

namespace tocsin::match {

class IndexBuilder {
public:
    IndexBuilder(RuleIndex& index, std::span<const RuleSpec> rules);

    void build();

private:
    /// A clause on its way.
    struct Draft {
        std::uint32_t rule = 0;
        std::uint32_t first = 0;  ///< literals_[first, first + count): of a conjunction all, of a tree those that cover it.
        std::uint32_t count = 0;
        bool is_tree = false;
        double probability = Selectivity::kOfNoUse;  ///< That an alert finds it.
        std::int32_t found_by = kNothing;            ///< A conjunction: the literal of its own that finds it, or -2 - the tuple.
    };
    static constexpr std::int32_t kNothing = -1;
    static constexpr std::int32_t tuple(std::uint32_t which) { return -2 - static_cast<std::int32_t>(which); }

    void draft(std::uint32_t rule, const Expression& match);
    [[nodiscard]] AtomLiteral atom_literal(const SignedCondition& literal);
    void draft_tree(std::uint32_t rule, const Expression& match);
    void cover_tree(Draft& draft);

    void choose();
    void count_pattern(AtomLiteral literal);
    /// What patterns ask for is costly to find out, so they are looked at only where nothing else is good enough.
    enum class Patterns : std::uint8_t { LeftOut, Alone };
    void choose_among(Patterns patterns, Draft& draft);
    void add_weak(const Draft& draft, std::uint32_t number, TupleChoice& tuples);
    void file_tuples(const TupleChoice& tuples);

    void file(const Draft& draft, std::uint32_t clause);
    void file(AtomLiteral literal, std::uint32_t clause);
    void file_pattern(std::uint32_t atom, std::uint32_t clause);
    void file_presence(const Atom& atom, Sign sign, std::uint32_t clause);
    void file_any_value(std::uint32_t path, std::uint32_t clause);
    void seal();

    [[nodiscard]] std::vector<Check> checks_of(const Draft& draft);
    [[nodiscard]] Check check_of(AtomLiteral literal);
    [[nodiscard]] bool is_proved_by_key(AtomLiteral literal) const;

    [[nodiscard]] PathUse& use(std::uint32_t path);

    RuleIndex& index_;
    std::span<const RuleSpec> rules_;
    Atoms atoms_;
    Selectivity selectivity_;
    std::vector<Draft> drafts_;
    std::vector<AtomLiteral> literals_;
    std::vector<std::pair<const Condition*, std::uint32_t>> atoms_of_rule_;  ///< Of the rule at hand: alternatives share them.
    boost::unordered_flat_map<const Condition*, std::uint32_t> tree_atoms_;  ///< Of all rules that are trees.
    std::vector<std::uint32_t> conditions_;                                  ///< By atom: where the program has it.
};

}  // namespace tocsin::match

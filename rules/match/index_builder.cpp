#include "rules/match/index_builder.hpp"

#include <algorithm>

namespace tocsin::match {
namespace {

/// Alternatives of one rule that are told apart; a rule with more is verified as it was written.
constexpr std::size_t kConjunctionsMax = 8;
/// Numbers of a one_of that takes part in tuples: the product of them all is filed.
constexpr std::uint32_t kTupleNumbersMax = 2;
/// If all clauses were as likely to be found in vain as this one, no alert would find more of them than that.
constexpr double kCandidatesForNothing = 1;
/// Up to here a literal is good enough not to look at what patterns of the clause would do: that is costly to find out.
constexpr double kGoodEnough = 0.01;

}  // namespace

std::unique_ptr<const RuleIndex> build_index(std::span<const RuleSpec> rules) {
    auto index = std::make_unique<RuleIndex>();
    IndexBuilder(*index, rules).build();
    return index;
}

IndexBuilder::IndexBuilder(RuleIndex& index, std::span<const RuleSpec> rules)
    : index_(index), rules_(rules), atoms_(index.program, index.values, index.postings), selectivity_(atoms_) {}

void IndexBuilder::build() {
    for (std::uint32_t rule = 0; rule < rules_.size(); ++rule) draft(rule, rules_[rule].match);
    conditions_.assign(atoms_.size(), UINT32_MAX);
    index_.uses.resize(index_.program.paths().size());
    choose();
    for (std::uint32_t clause = 0; clause < drafts_.size(); ++clause) {
        const auto& draft = drafts_[clause];
        if (draft.found_by >= kNothing) file(draft, clause);
        const auto checks = index_.checks.add(checks_of(draft));
        index_.clauses.push_back({draft.rule, checks});
    }
    index_.clauses.push_back({UINT32_MAX, index_.checks.add({})});
    seal();
}

PathUse& IndexBuilder::use(std::uint32_t path) { return index_.uses[path]; }

AtomLiteral IndexBuilder::atom_literal(const SignedCondition& literal) {
    const auto known = std::find_if(atoms_of_rule_.begin(), atoms_of_rule_.end(),
                                    [&](const auto& one) { return one.first == literal.condition; });
    if (known != atoms_of_rule_.end()) return {known->second, literal.sign};
    const auto atom = atoms_.add(*literal.condition);
    atoms_of_rule_.emplace_back(literal.condition, atom);
    return {atom, literal.sign};
}

void IndexBuilder::draft(std::uint32_t rule, const Expression& match) {
    atoms_of_rule_.clear();
    const auto conjunctions = conjunctions_of(match, kConjunctionsMax);
    if (!conjunctions) return draft_tree(rule, match);
    for (const auto& conjunction : *conjunctions) {
        Draft made{.rule = rule, .first = static_cast<std::uint32_t>(literals_.size())};
        for (const auto& literal : conjunction) {
            literals_.push_back(atom_literal(literal));
            selectivity_.count(literals_.back());
        }
        made.count = static_cast<std::uint32_t>(literals_.size()) - made.first;
        drafts_.push_back(made);
    }
}

/// All literals of a tree are counted, whichever of them will cover it.
void IndexBuilder::draft_tree(std::uint32_t rule, const Expression& match) {
    Draft made{.rule = rule, .first = static_cast<std::uint32_t>(literals_.size()), .is_tree = true};
    (void)cover_of(match, Sign::Holds, [&](const SignedCondition& literal) {
        const auto made_of = atom_literal(literal);
        selectivity_.count(made_of);
        tree_atoms_[literal.condition] = made_of.atom;
        return 0.0;
    });
    drafts_.push_back(made);
}

void IndexBuilder::choose() {
    for (auto& draft : drafts_) {
        if (!draft.is_tree) choose_among(Patterns::LeftOut, draft);
        if (draft.probability <= kGoodEnough) continue;
        for (auto i = draft.first; i < draft.first + draft.count; ++i) count_pattern(literals_[i]);
    }
    for (const auto& [condition, atom] : tree_atoms_) count_pattern({atom, Sign::Holds});
    TupleChoice tuples;
    for (std::uint32_t number = 0; number < drafts_.size(); ++number) {
        auto& draft = drafts_[number];
        if (draft.is_tree) {
            cover_tree(draft);
            continue;
        }
        if (draft.probability > kGoodEnough) choose_among(Patterns::Alone, draft);
        if (draft.probability * static_cast<double>(drafts_.size()) > kCandidatesForNothing) add_weak(draft, number, tuples);
    }
    tuples.choose();
    file_tuples(tuples);
}

void IndexBuilder::count_pattern(AtomLiteral literal) {
    const bool is_pattern = atoms_[literal.atom].kind == AtomKind::Pattern && literal.sign == Sign::Holds;
    if (is_pattern) selectivity_.count_anchors(literal.atom);
}

void IndexBuilder::cover_tree(Draft& draft) {
    const auto& match = rules_[draft.rule].match;
    const auto cover = cover_of(match, Sign::Holds, [&](const SignedCondition& literal) {
        return selectivity_.probability({tree_atoms_.at(literal.condition), literal.sign});
    });
    draft.first = static_cast<std::uint32_t>(literals_.size());
    draft.count = static_cast<std::uint32_t>(cover.literals.size());
    for (const auto& literal : cover.literals) literals_.push_back({tree_atoms_.at(literal.condition), literal.sign});
}

void IndexBuilder::choose_among(Patterns patterns, Draft& draft) {
    for (std::uint32_t i = 0; i < draft.count; ++i) {
        const auto literal = literals_[draft.first + i];
        if ((atoms_[literal.atom].kind == AtomKind::Pattern) != (patterns == Patterns::Alone)) continue;
        const auto probability = selectivity_.probability(literal);
        if (probability >= draft.probability) continue;
        draft.probability = probability;
        draft.found_by = static_cast<std::int32_t>(i);
    }
}

void IndexBuilder::add_weak(const Draft& draft, std::uint32_t number, TupleChoice& tuples) {
    std::vector<WeakEquality> equalities;
    for (auto i = draft.first; i < draft.first + draft.count; ++i) {
        const auto& atom = atoms_[literals_[i].atom];
        const bool is_equality = atom.kind == AtomKind::Equality && literals_[i].sign == Sign::Holds;
        if (!is_equality || atom.letters == Letters::Folded || atom.count == 0 || atom.count > kTupleNumbersMax) continue;
        const auto same = std::find_if(equalities.begin(), equalities.end(), [&](const auto& e) { return e.path == atom.path; });
        if (same == equalities.end()) equalities.push_back({atom.path, i, selectivity_.probability(literals_[i])});
    }
    if (equalities.size() >= 2) tuples.add(number, draft.probability, std::move(equalities));
}

}  // namespace tocsin::match

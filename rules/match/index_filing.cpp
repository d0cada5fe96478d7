// Where the clauses are filed, and what is left to be verified of them.
#include <algorithm>

#include "rules/match/index_builder.hpp"

namespace tocsin::match {
namespace {

/// The index of one path, made when it is first needed.
template <class Indexes, class... Arguments>
typename Indexes::value_type& at(Indexes& indexes, std::int32_t& i, Arguments... arguments) {
    if (i < 0) {
        i = static_cast<std::int32_t>(indexes.size());
        indexes.emplace_back(arguments...);
    }
    return indexes[static_cast<std::size_t>(i)];
}

bool is_given_by_rules(std::uint32_t path) { return path == PathTable::kService || path == PathTable::kSeverity; }

}  // namespace

void IndexBuilder::file_tuples(const TupleChoice& tuples) {
    for (const auto& paths : tuples.chosen()) {
        const auto number = static_cast<std::uint32_t>(index_.tuples.size());
        index_.tuples.emplace_back(number, paths, index_.postings);
        for (const auto path : paths) use(path).is_compared = true;
    }
    // The groups are not in the order of the clauses, and the postings want them so.
    struct Found {
        std::uint32_t clause;
        std::uint32_t which;
        boost::container::static_vector<std::uint32_t, 5> literals;
    };
    std::vector<Found> all;
    tuples.each([&](std::uint32_t clause, std::uint32_t which, const auto& literals) {
        all.push_back({clause, which, literals});
    });
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.clause < b.clause; });
    for (const auto& [clause, which, literals] : all) {
        drafts_[clause].found_by = tuple(which);
        std::vector<std::vector<std::uint32_t>> combinations(1);
        for (const auto literal : literals) {
            std::vector<std::vector<std::uint32_t>> longer;
            for (const auto number : atoms_.numbers(atoms_[literals_[literal].atom])) {
                for (auto combination : combinations) {
                    combination.push_back(number);
                    longer.push_back(std::move(combination));
                }
            }
            combinations = std::move(longer);
        }
        for (const auto& numbers : combinations) index_.tuples[which].add(numbers, clause, index_.postings);
    }
}

void IndexBuilder::file(const Draft& draft, std::uint32_t clause) {
    if (draft.is_tree && draft.count > 0) {
        for (auto i = draft.first; i < draft.first + draft.count; ++i) file(literals_[i], clause);
    } else if (!draft.is_tree && draft.found_by != kNothing) {
        file(literals_[draft.first + static_cast<std::uint32_t>(draft.found_by)], clause);
    } else {
        if (index_.always == Postings::kNoList) index_.always = index_.postings.new_list();
        index_.postings.add(index_.always, clause);
    }
}

void IndexBuilder::file(AtomLiteral literal, std::uint32_t clause) {
    const auto& atom = atoms_[literal.atom];
    auto& of_path = use(atom.path);
    switch (atom.kind) {
        case AtomKind::Equality:
            (atom.letters == Letters::Folded ? of_path.is_compared_folded : of_path.is_compared) = true;
            for (const auto number : atoms_.numbers(atom)) index_.postings.add(number, clause);
            break;
        case AtomKind::Number:
            of_path.is_number = true;
            at(index_.ranges, of_path.ranges).add(range_of(*atom.written), clause);
            break;
        case AtomKind::Cidr:
            of_path.has_patterns = true;
            for (const auto& operand : atom.written->operands) {
                at(index_.prefixes, of_path.prefixes, atom.path).add(*Prefix::parse(operand), clause, index_.postings);
            }
            break;
        case AtomKind::Pattern: file_pattern(literal.atom, clause); break;
        case AtomKind::Presence: file_presence(atom, literal.sign, clause); break;
    }
}

void IndexBuilder::file_pattern(std::uint32_t number, std::uint32_t clause) {
    const auto& atom = atoms_[number];
    auto& of_path = use(atom.path);
    of_path.has_patterns = true;
    const auto anchors = selectivity_.anchors(number);
    for (const auto& anchor : anchors) {
        if (anchor.where == Anchor::Where::Anywhere) {
            at(index_.grams, of_path.grams, atom.path).add(anchor.text, clause);
        } else {
            const auto side = anchor.where == Anchor::Where::Begin ? Side::Begin : Side::End;
            at(index_.affixes, of_path.affixes, atom.path).add(side, anchor.text, clause);
        }
    }
    if (!anchors.empty()) return;
    if (atom.written->op != Operator::Regex) return file_any_value(atom.path, clause);
    auto& set = atom.letters == Letters::Folded ? of_path.folded_regexes : of_path.regexes;
    for (const auto& pattern : atom.written->operands) at(index_.regexes, set, atom.letters).add(pattern, clause);
}

void IndexBuilder::file_any_value(std::uint32_t path, std::uint32_t clause) {
    auto& list = use(path).any_value;
    if (list == Postings::kNoList) list = index_.postings.new_list();
    index_.postings.add(list, clause);
}

void IndexBuilder::file_presence(const Atom& atom, Sign sign, std::uint32_t clause) {
    const auto path = index_.presence_paths.add(atom.path, atom.written->path);
    if (atom.written->op == Operator::Absent) sign = opposite(sign);
    auto& keys = index_.presence_keys;
    auto key = std::find_if(keys.begin(), keys.end(), [&](const auto& k) { return k.path == path && k.sign == sign; });
    if (key == keys.end()) key = keys.insert(key, {path, sign, index_.postings.new_list()});
    index_.postings.add(key->list, clause);
}

void IndexBuilder::seal() {
    for (auto& index : index_.ranges) index.seal(index_.postings);
    for (auto& index : index_.affixes) index.seal(index_.postings);
    for (auto& index : index_.grams) index.seal(index_.postings);
    for (auto& index : index_.regexes) index.seal(index_.postings);
    index_.postings.seal();
}

/// Keys that are no mere hashes; what rules give can change after the candidate was found.
bool IndexBuilder::is_proved_by_key(AtomLiteral literal) const {
    const auto& atom = atoms_[literal.atom];
    const bool is_exact = atom.kind == AtomKind::Equality || atom.kind == AtomKind::Number || atom.kind == AtomKind::Presence;
    return is_exact && !is_given_by_rules(atom.path);
}

std::vector<Check> IndexBuilder::checks_of(const Draft& draft) {
    if (draft.is_tree) return {Checks::expression(index_.program.add(rules_[draft.rule].match))};
    std::vector<Check> checks;
    for (std::uint32_t i = 0; i < draft.count; ++i) {
        const auto literal = literals_[draft.first + i];
        if (draft.found_by == static_cast<std::int32_t>(i) && is_proved_by_key(literal)) continue;
        checks.push_back(check_of(literal));
    }
    return checks;
}

Check IndexBuilder::check_of(AtomLiteral literal) {
    const auto& atom = atoms_[literal.atom];
    Check check;
    switch (atom.kind) {
        case AtomKind::Equality:
            (atom.letters == Letters::Folded ? use(atom.path).is_compared_folded : use(atom.path).is_compared) = true;
            check = index_.checks.numbers(atom.path, atom.letters, atoms_.numbers(atom));
            break;
        case AtomKind::Number:
            use(atom.path).is_number = true;
            check = index_.checks.range(atom.path, range_of(*atom.written));
            break;
        case AtomKind::Presence:
            check = Checks::presence(index_.presence_paths.add(atom.path, atom.written->path));
            if (atom.written->op == Operator::Absent) literal.sign = opposite(literal.sign);
            break;
        case AtomKind::Cidr:
        case AtomKind::Pattern:
            if (conditions_[literal.atom] == UINT32_MAX) conditions_[literal.atom] = index_.program.add(*atom.written);
            check = Checks::condition(conditions_[literal.atom]);
    }
    check.sign = literal.sign;
    return check;
}

}  // namespace tocsin::match

// One alert through the index: what is looked up about it, and which rules come out.
#include "rules/match/rule_index.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::match {
namespace {

template <class Indexes>
const typename Indexes::value_type& at(const Indexes& indexes, std::int32_t i) {
    return indexes[static_cast<std::size_t>(i)];
}

}  // namespace

RuleSearch::RuleSearch(const RuleIndex& index, const Fields& fields)
    : index_(index), alert_(index.program.paths(), fields), presence_(index.presence_paths, alert_) {
    for (auto& value : alert_.seen()) look_up(value);
    for (const auto& tuple : index.tuples) tuple.find(alert_, index.postings, found_);
    for (const auto& key : index.presence_keys) look_up_presence(key);
    if (index.always != Postings::kNoList) found_.add(index.postings[index.always]);
}

void RuleSearch::look_up(SeenValue& value) {
    const auto& use = index_.uses[value.path];
    if (use.is_compared) {
        value.number = index_.values.find(value.path, value.text);
        if (value.number != SeenValue::kUnknown) found_.add(index_.postings[value.number]);
    }
    if (use.is_compared_folded) {
        value.folded_number = index_.values.find_folded(value.path, value.text);
        if (value.folded_number != SeenValue::kUnknown) found_.add(index_.postings[value.folded_number]);
    }
    if (use.is_number) {
        const auto number = to_number(value.text);
        if (number) value.quantity = *number;
        if (number && use.ranges >= 0) at(index_.ranges, use.ranges).find(*number, index_.postings, found_);
    }
    if (use.has_patterns) look_up_patterns(value.text, use);
}

void RuleSearch::look_up_patterns(std::string_view value, const PathUse& use) {
    const auto& postings = index_.postings;
    if (use.affixes >= 0) at(index_.affixes, use.affixes).find(value, postings, found_);
    if (use.grams >= 0) at(index_.grams, use.grams).find(value, postings, found_);
    if (use.prefixes >= 0) {
        if (const auto address = parse_address(value)) at(index_.prefixes, use.prefixes).find(*address, postings, found_);
    }
    if (use.regexes >= 0) at(index_.regexes, use.regexes).find(value, postings, found_);
    if (use.folded_regexes >= 0) at(index_.regexes, use.folded_regexes).find(value, postings, found_);
    if (use.any_value != Postings::kNoList) found_.add(postings[use.any_value]);
}

void RuleSearch::look_up_presence(const RuleIndex::PresenceKey& key) {
    if (presence_.has(key.path) == (key.sign == Sign::Holds)) found_.add(index_.postings[key.list]);
}

/// A path that rules gave a value changes no other path's, so only what asks for this one is looked up again.
void RuleSearch::look_up_given(SeenValue* value) {
    if (value == nullptr) return;
    look_up(*value);
    for (const auto& tuple : index_.tuples) {
        if (tuple.asks(value->path)) tuple.find(alert_, index_.postings, found_);
    }
    for (const auto& key : index_.presence_keys) {
        if (index_.presence_paths.path(key.path) == value->path) look_up_presence(key);
    }
}

std::optional<std::uint32_t> RuleSearch::next() {
    for (auto at = found_.next(); at != Candidates::kEnd; at = found_.next()) {
        const auto* clause = &index_.clauses[at];
        if (clause->rule == last_) continue;
        ++asked_;
        if (!index_.checks.all_pass(clause->checks, (clause + 1)->checks, alert_, presence_)) continue;
        last_ = clause->rule;
        return last_;
    }
    return {};
}

}  // namespace tocsin::match

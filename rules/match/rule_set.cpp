#include "rules/match/rule_set.hpp"

#include <mutex>

#include "rules/match/decision.hpp"
#include "rules/match/plain_rules.hpp"
#include "rules/match/rule_index.hpp"

namespace tocsin::match {

struct RuleSet::Compiled {
    explicit Compiled(std::vector<RuleSpec> given) : rules(std::move(given)), index(build_index(rules)) {}

    /// Made when somebody first asks for a trail: most daemons never do, and it is larger than the index.
    const PlainRules& plain_rules() {
        std::call_once(plain_is_made, [this] { plain = std::make_unique<PlainRules>(rules); });
        return *plain;
    }

    const std::vector<RuleSpec> rules;  ///< The index points into them.
    std::unique_ptr<const RuleIndex> index;
    std::once_flag plain_is_made;
    std::unique_ptr<const PlainRules> plain;
};

RuleSet::RuleSet(std::vector<RuleSpec> rules) : compiled_(std::make_unique<Compiled>(std::move(rules))) {}
RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

std::span<const RuleSpec> RuleSet::rules() const { return compiled_->rules; }
const RuleIndex& RuleSet::index() const { return *compiled_->index; }

Verdict RuleSet::classify(const Fields& fields, const Roster& roster, TimePoint now, Trail* trail) const {
    if (trail != nullptr) return compiled_->plain_rules().classify(fields, roster, now, trail);
    RuleSearch search(*compiled_->index, fields);
    Decision decision;
    while (const auto found = search.next()) {
        const auto& rule = compiled_->rules[*found];
        if (!is_in_time(rule, now)) continue;
        decision.take(rule, static_cast<std::int32_t>(*found));
        if (!rule.goes_on) break;
        if (rule.service) search.set_service(*rule.service);
        if (rule.severity) search.set_severity(to_string(*rule.severity));
    }
    return decision.verdict(fields, roster);
}

}  // namespace tocsin::match

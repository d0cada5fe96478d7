#include "rules/match/plain_rules.hpp"

#include <fmt/format.h>

#include "rules/match/decision.hpp"
#include "rules/match/window_text.hpp"

namespace tocsin::match {

bool is_in_time(const RuleSpec& rule, TimePoint now) {
    return !rule.during || is_within(rule.during->window, rule.during->zone.to_civil(now));
}

PlainRules::PlainRules(std::span<const RuleSpec> rules) : rules_(rules) {
    for (const auto& rule : rules_) roots_.push_back(program_.add(rule.match));
}

/// The trail's line about a rule, found by asking it once more: nobody waits for explain.
TrailStep PlainRules::step(std::size_t i, const AlertView& alert, TimePoint now) const {
    const auto& rule = rules_[i];
    TrailStep step;
    step.rule = rule.name;
    step.place = rule.place;
    if (!program_.matches(roots_[i], alert)) {
        auto finding = program_.why_not(roots_[i], alert);
        step.failed_condition = std::move(finding.condition);
        step.seen = std::move(finding.seen);
    } else if (!is_in_time(rule, now)) {
        step.failed_condition = fmt::format("during {} {}", window_text(rule.during->window), rule.during->zone.name());
        step.seen = format_in(now, rule.during->zone);
    } else {
        step.is_match = true;
        step.is_deciding = !rule.goes_on;
    }
    return step;
}

Verdict PlainRules::classify(const Fields& fields, const Roster& roster, TimePoint now, Trail* trail) const {
    AlertView alert(program_.paths(), fields);
    Decision decision;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        const auto& rule = rules_[i];
        if (trail != nullptr) trail->push_back(step(i, alert, now));
        if (!program_.matches(roots_[i], alert) || !is_in_time(rule, now)) continue;
        decision.take(rule, static_cast<std::int32_t>(i));
        if (!rule.goes_on) break;
        if (rule.service) alert.set_service(*rule.service);
        if (rule.severity) alert.set_severity(to_string(*rule.severity));
    }
    return decision.verdict(fields, roster);
}

}  // namespace tocsin::match

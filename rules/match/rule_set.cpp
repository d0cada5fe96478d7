#include "rules/match/rule_set.hpp"

#include <fmt/format.h>

#include "rules/match/decision.hpp"
#include "rules/match/program.hpp"
#include "rules/match/window_text.hpp"

namespace tocsin::match {
namespace {

bool is_in_time(const RuleSpec& rule, TimePoint now) {
    return !rule.during || is_within(rule.during->window, rule.during->zone.to_civil(now));
}

}  // namespace

struct RuleSet::Compiled {
    std::vector<RuleSpec> rules;  ///< Never changed: the program points into them.
    Program program;
    std::vector<Program::Root> roots;  ///< One for each rule.

    [[nodiscard]] TrailStep step(std::size_t i, const AlertView& alert, TimePoint now) const;
};

RuleSet::RuleSet(std::vector<RuleSpec> rules) : compiled_(std::make_unique<Compiled>()) {
    compiled_->rules = std::move(rules);
    for (const auto& rule : compiled_->rules) compiled_->roots.push_back(compiled_->program.add(rule.match));
}

RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

std::span<const RuleSpec> RuleSet::rules() const { return compiled_->rules; }

/// The trail's line about a rule, found by asking it once more: nobody waits for explain.
TrailStep RuleSet::Compiled::step(std::size_t i, const AlertView& alert, TimePoint now) const {
    const auto& rule = rules[i];
    TrailStep step;
    step.rule = rule.name;
    step.place = rule.place;
    if (!program.matches(roots[i], alert)) {
        auto finding = program.why_not(roots[i], alert);
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

Verdict RuleSet::classify(const Fields& fields, const Roster& roster, TimePoint now, Trail* trail) const {
    AlertView alert(compiled_->program.paths(), fields);
    Decision decision;
    for (std::size_t i = 0; i < compiled_->rules.size(); ++i) {
        const auto& rule = compiled_->rules[i];
        if (trail != nullptr) trail->push_back(compiled_->step(i, alert, now));
        if (!compiled_->program.matches(compiled_->roots[i], alert) || !is_in_time(rule, now)) continue;
        decision.take(rule, static_cast<std::int32_t>(i));
        if (!rule.goes_on) break;
        if (rule.service) alert.set_service(*rule.service);
        if (rule.severity) alert.set_severity(to_string(*rule.severity));
    }
    return decision.verdict(fields, roster);
}

}  // namespace tocsin::match

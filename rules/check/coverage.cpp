#include "rules/check/coverage.hpp"

#include <fmt/format.h>

#include "core/model/weekly_window.hpp"
#include "rules/match/window_text.hpp"

namespace tocsin::check {
namespace {

std::int64_t percent(std::size_t all, std::size_t missing) {
    return all == 0 ? 100 : static_cast<std::int64_t>((all - missing) * 100 / all);
}

}  // namespace

std::int64_t CoverageReport::rules_percent() const { return percent(rules, not_reached.size()); }
std::int64_t CoverageReport::conditions_percent() const { return percent(conditions, not_tried.size()); }

Coverage::Coverage(const match::RuleSet& rules)
    : rules_(rules),
      table_(rules.rules()),
      is_reached_(rules.rules().size()),
      conditions_(table_.size()),
      windows_(rules.rules().size()) {}

void Coverage::see(const Fields& fields, const Verdict& verdict, TimePoint now) {
    match::AlertView alert(table_.paths(), fields);
    for (std::size_t i = 0; i < rules_.rules().size(); ++i) {
        const auto& rule = rules_.rules()[i];
        const bool is_match = see_rule(i, alert, now);
        if (!is_match) continue;
        is_reached_[i] = true;
        if (!rule.goes_on && static_cast<std::int32_t>(i) == verdict.rule_index) return;
        if (rule.service) alert.set_service(*rule.service);
        if (rule.severity) alert.set_severity(to_string(*rule.severity));
    }
}

bool Coverage::see_rule(std::size_t rule, const match::AlertView& alert, TimePoint now) {
    const auto outcomes = table_.outcomes(rule, alert);
    for (std::size_t i = 0; i < outcomes.size(); ++i) conditions_[table_.first_of(rule) + i].take(outcomes[i]);
    const auto& spec = rules_.rules()[rule];
    std::size_t next = 0;
    if (!match::combined(spec.match, outcomes, next)) return false;
    if (!spec.during) return true;
    const bool is_in_time = is_within(spec.during->window, spec.during->zone.to_civil(now));
    windows_[rule].take(is_in_time);
    return is_in_time;
}

CoverageReport Coverage::report() const {
    CoverageReport report;
    report.rules = is_reached_.size();
    report.conditions = conditions_.size();
    for (std::size_t i = 0; i < is_reached_.size(); ++i) {
        const auto& rule = rules_.rules()[i];
        if (rule.during) ++report.conditions;
        if (!is_reached_[i]) report.not_reached.push_back({rule.name, rule.place});
        add_not_tried(report, i);
    }
    return report;
}

void Coverage::add_not_tried(CoverageReport& report, std::size_t rule) const {
    const auto& spec = rules_.rules()[rule];
    const auto add = [&](const std::string& place, std::string text, const Seen& seen) {
        if (!seen.is_complete()) report.not_tried.push_back({spec.name, place, std::move(text), seen.held, seen.failed});
    };
    const auto file = spec.place.substr(0, spec.place.rfind(':'));
    const auto conditions = table_.of_rule(rule);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const auto line = conditions[i]->line;
        add(line > 0 ? fmt::format("{}:{}", file, line) : spec.place, conditions[i]->text(),
            conditions_[table_.first_of(rule) + i]);
    }
    if (!spec.during) return;
    const auto text = fmt::format("during {} {}", match::window_text(spec.during->window), spec.during->zone.name());
    add(spec.place, text, windows_[rule]);
}

}  // namespace tocsin::check

// Warnings about rules.
#include <fmt/format.h>

#include <algorithm>

#include "rules/check/lint.hpp"
#include "rules/check/reach.hpp"
#include "rules/language/warnings.hpp"

namespace tocsin::check {
namespace {

using language::warn;
using language::Warning;
using match::Expression;
using match::RuleSpec;

/// Rules that are named as the ones to blame; of more, only their number is said.
constexpr std::size_t kNamedMax = 3;

bool matches_everything(const RuleSpec& rule) {
    return rule.match.kind == Expression::Kind::All && rule.match.children.empty() && !rule.during && !rule.goes_on;
}

bool sets_something(const RuleSpec& rule) {
    return rule.service || rule.severity || rule.urgency || rule.summary || rule.incident || rule.resolve_after ||
           rule.lifecycle.says_something() || !rule.actionable.empty();
}

std::string why_text(const Unreachable& unreachable) {
    using Why = Unreachable::Why;
    switch (unreachable.why) {
        case Why::Contradiction: return "its conditions contradict each other";
        case Why::NothingSet: return fmt::format("no rule before it sets \"{}\" and continues", unreachable.field);
        case Why::NotSet:
            return fmt::format("no rule before it sets the \"{}\" that it asks for, and continues", unreachable.field);
        case Why::CatchAll: return "one before it matches everything";
        case Why::Same: return "one before it matches the same";
        case Why::Wider: return "one before it takes every alert that it would match";
        case Why::Together: return "those before it take, between them, every alert that it would match";
    }
    return {};
}

class RuleLint {
public:
    explicit RuleLint(const language::Written& written) : written_(written) {}

    void run() {
        std::vector<const RuleSpec*> specs;
        for (const auto& rule : written_.rules) specs.push_back(&rule.spec);
        const auto unreachable = unreachable_rules(specs);
        for (std::size_t i = 0; i < specs.size(); ++i) {
            if (unreachable[i]) report(written_.rules[i], *unreachable[i]);
            lint_effect(written_.rules[i]);
        }
        lint_end();
    }

private:
    void report(const language::WrittenRule& rule, const Unreachable& unreachable) const {
        const auto code = unreachable.by.empty() ? Warning::ImpossibleMatch : Warning::ShadowedRule;
        auto& warning = warn(rule.name.at, code, fmt::format("this rule can never match: {}", why_text(unreachable)));
        const auto named = std::min(unreachable.by.size(), kNamedMax);
        for (std::size_t i = 0; i < named; ++i) {
            const auto& by = written_.rules[static_cast<std::size_t>(unreachable.by[i])];
            const auto place = to_string(by.name.at.place());
            warning.hints.push_back(
                fmt::format("{} before it is \"{}\" ({})", named == 1 ? "the rule" : "a rule", by.name.text, place));
        }
        if (unreachable.by.size() > named) warning.hints.push_back(fmt::format("and {} more", unreachable.by.size() - named));
    }

    void lint_effect(const language::WrittenRule& rule) {
        if (rule.spec.goes_on) {
            if (!sets_something(rule.spec)) warn(rule.name.at, Warning::IdleContinue, "this rule continues and sets nothing");
            is_service_set_ = is_service_set_ || rule.service;
            return;
        }
        if (rule.spec.urgency == Urgency::Notice && !rule.service && !is_service_set_ && !written_.default_triage) {
            warn(rule.name.at, Warning::UntoldNotice,
                 "this rule gives notices, but sets no service, and there is no default_triage: nobody is told");
        }
    }

    void lint_end() const {
        const auto& rules = written_.rules;
        const auto takes_all = [](const language::WrittenRule& rule) { return matches_everything(rule.spec); };
        if (rules.empty() || std::any_of(rules.begin(), rules.end(), takes_all)) return;
        const auto* told = written_.default_triage ? "the triage rota is told" : "nobody is told, as there is no default_triage";
        warn(rules.back().name.at, Warning::NoCatchAll,
             fmt::format("no rule after this one takes the rest: an alert that no rule matches becomes a moderate notice, and {}",
                         told))
            .hints.emplace_back("end with a rule without \"match\"");
    }

    const language::Written& written_;
    bool is_service_set_ = false;
};

}  // namespace

void lint_rules(const Compilation& compilation) { RuleLint(compilation.written).run(); }

void lint(const Compilation& compilation, const Roster& roster) {
    lint_people(compilation, roster);
    lint_escalations(compilation, roster);
    lint_use(compilation, roster);
    lint_coverage(compilation, roster);
    lint_rules(compilation);
    lint_fields(compilation);
    lint_mappings(compilation);
    lint_silences(compilation);
}

}  // namespace tocsin::check

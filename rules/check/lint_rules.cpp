// Warnings about rules.
#include <fmt/format.h>

#include <algorithm>

#include "rules/check/lint.hpp"
#include "rules/language/warnings.hpp"

namespace tocsin::check {
namespace {

using match::Expression;
using match::RuleSpec;

bool matches_everything(const RuleSpec& rule) {
    return rule.match.kind == Expression::Kind::All && rule.match.children.empty() && !rule.during;
}

bool sets_something(const RuleSpec& rule) {
    return rule.service || rule.severity || rule.urgency || rule.summary || rule.incident || rule.resolve_after ||
           !rule.actionable.empty();
}

/// The same text for the same condition.
void append_text(const Expression& expression, std::string& text) {
    if (expression.kind == Expression::Kind::Condition) {
        const auto& condition = expression.condition;
        text += fmt::format("{} {} {} {} {}", condition.path, static_cast<int>(condition.op), condition.low, condition.high,
                            condition.ignore_case);
        for (const auto& operand : condition.operands) text += fmt::format(" {}:{}", operand.size(), operand);
        return;
    }
    text += fmt::format("{}(", static_cast<int>(expression.kind));
    for (const auto& child : expression.children) {
        append_text(child, text);
        text += ';';
    }
    text += ')';
}

/// Whether a rule asks for a field that only an earlier rule can give.
bool needs(const Expression& expression, std::string_view path) {
    if (expression.kind == Expression::Kind::Condition) {
        return expression.condition.path == path && expression.condition.op != match::Operator::Absent;
    }
    const auto child_needs = [&](const Expression& child) { return needs(child, path); };
    const auto& children = expression.children;
    if (expression.kind == Expression::Kind::All) return std::any_of(children.begin(), children.end(), child_needs);
    if (expression.kind == Expression::Kind::Any) return std::all_of(children.begin(), children.end(), child_needs);
    return false;
}

class RuleLint {
public:
    explicit RuleLint(const language::Written& written) : written_(written) {}

    void run() {
        for (const auto& rule : written_.rules) {
            lint_reach(rule);
            lint_effect(rule);
            remember(rule);
        }
        lint_end();
    }

private:
    static void report_shadow(const language::WrittenRule& rule, const language::WrittenRule& by, std::string_view why) {
        const auto place = by.name.at.place();
        language::warn(rule.name.at, language::Warning::ShadowedRule, fmt::format("this rule can never match: {}", why))
            .hints.push_back(fmt::format("the rule before it is \"{}\" ({})", by.name.text, to_string(place)));
    }

    void lint_reach(const language::WrittenRule& rule) {
        if (catch_all_ != nullptr) return report_shadow(rule, *catch_all_, "one before it matches everything");
        std::string text;
        append_text(rule.spec.match, text);
        if (const auto same = deciding_.find(text); same != deciding_.end()) {
            return report_shadow(rule, *same->second, "one before it matches the same");
        }
        for (const auto* path : {"service", "severity"}) {
            const bool is_set = std::string_view(path) == "service" ? is_service_set_ : is_severity_set_;
            if (is_set || !needs(rule.spec.match, path)) continue;
            language::warn(rule.name.at, language::Warning::ImpossibleMatch,
                           fmt::format("this rule can never match: no rule before it sets \"{}\" and continues", path));
        }
    }

    void lint_effect(const language::WrittenRule& rule) const {
        if (rule.spec.goes_on && !sets_something(rule.spec)) {
            language::warn(rule.name.at, language::Warning::IdleContinue, "this rule continues and sets nothing");
        }
        const bool is_notice = rule.spec.urgency == Urgency::Notice && !rule.spec.goes_on;
        if (is_notice && !rule.service && !is_service_set_ && !written_.default_triage) {
            language::warn(rule.name.at, language::Warning::UntoldNotice,
                           "this rule gives notices, but sets no service, and there is no default_triage: nobody is told");
        }
    }

    void remember(const language::WrittenRule& rule) {
        if (rule.spec.goes_on) {
            is_service_set_ = is_service_set_ || rule.spec.service.has_value();
            is_severity_set_ = is_severity_set_ || rule.spec.severity.has_value();
            return;
        }
        if (matches_everything(rule.spec) && catch_all_ == nullptr) catch_all_ = &rule;
        if (rule.spec.during) return;
        std::string text;
        append_text(rule.spec.match, text);
        deciding_.try_emplace(std::move(text), &rule);
    }

    void lint_end() const {
        if (catch_all_ != nullptr || written_.rules.empty()) return;
        const auto* told = written_.default_triage ? "the triage rota is told" : "nobody is told, as there is no default_triage";
        language::warn(
            written_.rules.back().name.at, language::Warning::NoCatchAll,
            fmt::format("no rule after this one takes the rest: an alert that no rule matches becomes a moderate notice, and {}",
                        told))
            .hints.emplace_back("end with a rule without \"match\"");
    }

    const language::Written& written_;
    const language::WrittenRule* catch_all_ = nullptr;
    std::map<std::string, const language::WrittenRule*> deciding_;  ///< Without a window, by what they match.
    bool is_service_set_ = false;
    bool is_severity_set_ = false;
};

}  // namespace

void lint_rules(const Compilation& compilation) { RuleLint(compilation.written).run(); }

void lint(const Compilation& compilation, const Roster& roster) {
    lint_people(compilation, roster);
    lint_use(compilation, roster);
    lint_coverage(compilation, roster);
    lint_rules(compilation);
}

}  // namespace tocsin::check

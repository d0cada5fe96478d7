// Warnings about regular expressions that say nothing, and about fields that cannot be there where a rule uses them.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/check/lint.hpp"
#include "rules/language/warnings.hpp"
#include "rules/match/implication.hpp"

namespace tocsin::check {
namespace {

using language::warn;
using language::Warning;
using match::Condition;
using match::Expression;
using match::Operator;

/// Calls visit(condition) for all conditions of a match.
template <class Visit>
void for_each_condition(const Expression& expression, Visit visit) {
    if (expression.kind == Expression::Kind::Condition) return visit(expression.condition);
    for (const auto& child : expression.children) for_each_condition(child, visit);
}

/// What the alerts of a kind of source never have, whatever is sent; see daemon/intake.
bool never_has(std::string_view kind, std::string_view path) {
    constexpr std::array<std::string_view, 6> kSplunkLabels{"search_name", "app", "owner", "host", "sourcetype", "index"};
    if (kind == "opsgenie") return path == "url";
    if (kind != "splunk") return false;
    if (path == "tags") return true;
    constexpr std::string_view kLabels = "labels.";
    if (!path.starts_with(kLabels)) return false;
    return std::find(kSplunkLabels.begin(), kSplunkLabels.end(), path.substr(kLabels.size())) == kSplunkLabels.end();
}

/// Whether every alert that satisfies the formula satisfies the condition.
bool is_certain(const match::Formula& formula, Condition condition) {
    Expression expression;
    expression.kind = Expression::Kind::Condition;
    expression.condition = std::move(condition);
    return match::implies(formula, match::Formula(expression));
}

bool is_certain(const match::Formula& formula, std::string path, Operator op, std::vector<std::string> operands) {
    Condition condition;
    condition.path = std::move(path);
    condition.op = op;
    condition.operands = std::move(operands);
    return is_certain(formula, std::move(condition));
}

class FieldLint {
public:
    explicit FieldLint(const Compilation& compilation) : compilation_(compilation) {}

    void lint(const language::WrittenRule& rule) {
        lint_regexes(rule);
        lint_fields(rule);
        if (rule.spec.goes_on && rule.service) is_service_set_ = true;
    }

private:
    static void lint_regexes(const language::WrittenRule& rule) {
        for_each_condition(rule.spec.match, [&](const Condition& condition) {
            if (condition.op != Operator::Regex) return;
            const auto ranges = match::ValueRange::all_of(condition);
            for (std::size_t i = 0; i < ranges.size(); ++i) {
                if (!ranges[i].is_everything()) continue;
                warn(rule.name.at, Warning::AlwaysTrueRegex,
                     fmt::format("the regex \"{}\" of {} matches every value", condition.operands[i], condition.path))
                    .hints.emplace_back("write { present: true } if the field only has to be there");
            }
        });
    }

    void lint_fields(const language::WrittenRule& rule) const {
        std::vector<std::string> named;
        if (rule.spec.summary) {
            for (const auto& part : rule.spec.summary->parts) {
                if (part.is_field && !part.has_fallback) named.push_back(part.text);
            }
        }
        const auto in_summary = named.size();
        if (rule.spec.incident) named.insert(named.end(), rule.spec.incident->begin(), rule.spec.incident->end());
        const auto before_actionable = named.size();
        named.insert(named.end(), rule.spec.actionable.begin(), rule.spec.actionable.end());
        if (named.empty()) return;
        const match::Formula formula(rule.spec.match);
        if (formula.cases().empty()) return;  // It never matches, which is said already.
        for (std::size_t i = 0; i < named.size(); ++i) {
            const auto why = why_absent(rule, formula, named[i]);
            if (why.empty()) continue;
            const auto* key = i < in_summary ? "summary" : i < before_actionable ? "incident" : "actionable";
            warn(value_of(rule, key), Warning::EmptyField, fmt::format("\"{}\" is never there: {}", named[i], why));
        }
    }

    /// Empty if the field may be there.
    [[nodiscard]] std::string why_absent(const language::WrittenRule& rule, const match::Formula& formula,
                                         const std::string& path) const {
        if (path == "service" && !rule.service && !is_service_set_) return "neither this rule nor one before it sets a service";
        if (is_certain(formula, path, Operator::Absent, {})) return "the rule's own match says so";
        for (const auto* kind : {"splunk", "opsgenie"}) {
            if (never_has(kind, path) && is_of_kind(formula, kind))
                return fmt::format("alerts of the kind {} have no such field", kind);
        }
        return {};
    }

    [[nodiscard]] bool is_of_kind(const match::Formula& formula, const std::string& kind) const {
        if (is_certain(formula, "kind", Operator::OneOf, {kind})) return true;
        if (!compilation_.context.sources) return false;
        std::vector<std::string> sources;
        for (const auto& [name, of_kind] : *compilation_.context.sources) {
            if (of_kind == kind) sources.push_back(name);
        }
        return is_certain(formula, "source", Operator::OneOf, std::move(sources));
    }

    static yaml::Cursor value_of(const language::WrittenRule& rule, std::string_view key) {
        for (const auto& entry : rule.at.entries()) {
            if (entry.name == key) return entry.value;
        }
        return rule.name.at;
    }

    const Compilation& compilation_;
    bool is_service_set_ = false;
};

}  // namespace

void lint_fields(const Compilation& compilation) {
    FieldLint lint(compilation);
    for (const auto& rule : compilation.written.rules) lint.lint(rule);
}

}  // namespace tocsin::check

#include "rules/check/explain_reasons.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "rules/match/window_text.hpp"

namespace tocsin::check {
namespace {

constexpr std::size_t kSeenCodePointsMax = 80;
constexpr std::size_t kReasonCodePointsMax = 400;

using match::Expression;

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const auto& part : parts) {
        if (!text.empty()) text += between;
        text += part;
    }
    return text;
}

std::string text_of(const Expression& expression) {
    if (expression.kind == Expression::Kind::Condition) return expression.condition.text();
    std::vector<std::string> parts;
    for (const auto& child : expression.children) parts.push_back(text_of(child));
    if (expression.kind == Expression::Kind::Not) return "not " + joined(parts, "; ");
    return fmt::format("{} of ({})", expression.kind == Expression::Kind::All ? "all" : "any", joined(parts, "; "));
}

std::string reason_of(const Expression& expression, const Fields& fields) {
    const auto text = truncated(text_of(expression), kReasonCodePointsMax);
    if (expression.kind != Expression::Kind::Condition) return text;
    return fmt::format("{}: saw {}", text, seen_by(expression.condition, fields));
}

}  // namespace

std::string seen_by(const match::Condition& condition, const Fields& fields) {
    std::string seen;
    bool is_there = false;
    (void)fields.any_of(condition.path, [&](std::string_view value, FieldType) {
        if (is_there) seen += ", ";
        is_there = true;
        seen += value.empty() ? "\"\"" : value.substr(0, 4 * kSeenCodePointsMax);
        return seen.size() > 4 * kSeenCodePointsMax;
    });
    if (is_there) return truncated(printable(seen), kSeenCodePointsMax);
    const bool is_given = condition.path == "service" || condition.path == "severity";
    return is_given ? "what an earlier rule set" : "absent";
}

std::vector<std::string> reasons_of_match(const match::RuleSpec& rule, const Fields& fields) {
    std::vector<std::string> reasons;
    if (rule.match.kind == Expression::Kind::All) {
        for (const auto& child : rule.match.children) reasons.push_back(reason_of(child, fields));
        if (rule.match.children.empty()) reasons.emplace_back("asks for nothing: takes every alert");
    } else {
        reasons.push_back(reason_of(rule.match, fields));
    }
    if (rule.during) {
        reasons.push_back(fmt::format("during {} {}", match::window_text(rule.during->window), rule.during->zone.name()));
    }
    return reasons;
}

std::string settings_of(const match::RuleSpec& rule) {
    std::vector<std::string> parts;
    if (rule.service) parts.push_back("service " + *rule.service);
    if (rule.severity) parts.push_back(fmt::format("severity {}", to_string(*rule.severity)));
    if (rule.urgency) parts.push_back(fmt::format("urgency {}", to_string(*rule.urgency)));
    if (rule.summary) parts.emplace_back("a summary");
    if (rule.incident) parts.push_back(fmt::format("incident [{}]", joined(*rule.incident, ", ")));
    if (auto life = rule.lifecycle.text(); !life.empty()) parts.push_back(std::move(life));
    if (rule.resolve_after) parts.push_back(fmt::format("resolve_after {}", format_duration(*rule.resolve_after)));
    if (!rule.actionable.empty()) parts.push_back(fmt::format("actionable [{}]", joined(rule.actionable, ", ")));
    return joined(parts, ", ");
}

}  // namespace tocsin::check

// Rules, with every name looked up, and whether somebody is there for each that may page.
#include <algorithm>

#include "rules/check/compile_parts.hpp"
#include "rules/match/cost.hpp"

namespace tocsin::check {
namespace {

/// A rule that leaves its severity open takes that of the alert.
bool may_page(const match::RuleSpec& rule) {
    if (rule.urgency) return *rule.urgency == Urgency::Page;
    return !rule.severity || default_urgency(*rule.severity) == Urgency::Page;
}

void check_names(const Compilation& compilation, const language::WrittenRule& rule) {
    const auto& services = compilation.names.services;
    if (rule.service) (void)services.require(*rule.service);  // Only its report is wanted.
    check_matched(compilation, rule.matched);
}

void report_nobody_to_page(const language::WrittenRule& rule) {
    rule.name.at.error("this rule may page, but sets no service, and there is no default_escalation: whom would it page?")
        .hints.emplace_back("give it a service, the urgency notice or record, or give the rulebook a default_escalation");
}

}  // namespace

void check_source(const Compilation& compilation, const language::Name& source) {
    const auto& known = compilation.context.sources;
    if (!known || source.text.empty()) return;
    std::vector<std::string> names;
    for (const auto& [name, kind] : *known) names.push_back(name);
    if (std::find(names.begin(), names.end(), source.text) == names.end())
        report_unknown(source.at, "source", source.text, names);
}

void check_matched(const Compilation& compilation, const std::vector<language::MatchedName>& matched) {
    for (const auto& one : matched) {
        if (one.path == "service") (void)compilation.names.services.require(one.name);  // Only its report is wanted.
        if (one.path == "source") check_source(compilation, one.name);
    }
}

std::vector<match::SilenceSpec> compile_silences(const Compilation& compilation) {
    std::vector<match::SilenceSpec> compiled;
    for (const auto& silence : compilation.written.silences) {
        check_matched(compilation, silence.matched);
        compiled.push_back(silence.spec);
    }
    return compiled;
}

std::vector<match::RuleSpec> compile_rules(const Compilation& compilation) {
    std::vector<match::RuleSpec> compiled;
    bool has_default = compilation.written.default_escalation.has_value();
    for (const auto& rule : compilation.written.rules) {
        check_names(compilation, rule);
        const bool is_left_alone = !rule.service && !has_default && !rule.is_loudness_wrong;
        if (is_left_alone && !rule.spec.goes_on && may_page(rule.spec)) report_nobody_to_page(rule);
        if (rule.service && rule.spec.goes_on) has_default = true;
        compiled.push_back(rule.spec);
    }
    for (const auto& objection : match::objections_to_cost(compiled)) {
        compilation.written.rules[objection.rule].name.at.error(objection.message).hints.push_back(objection.cure);
    }
    return compiled;
}

}  // namespace tocsin::check

// Rules, with every name looked up, and whether somebody is there for each that may page.
#include <algorithm>

#include "rules/check/compile_parts.hpp"

namespace tocsin::check {
namespace {

/// A rule that leaves its severity open takes that of the alert.
bool may_page(const match::RuleSpec& rule) {
    if (rule.urgency) return *rule.urgency == Urgency::Page;
    return !rule.severity || default_urgency(*rule.severity) == Urgency::Page;
}

void check_names(const Compilation& compilation, const language::WrittenRule& rule) {
    const auto& services = compilation.names.services;
    if (rule.service) (void)services.require(*rule.service);  // Only its report is wanted; so below.
    for (const auto& matched : rule.matched) {
        if (matched.path == "service") (void)services.require(matched.name);
        if (matched.path == "source") check_source(compilation, matched.name);
    }
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
    return compiled;
}

}  // namespace tocsin::check

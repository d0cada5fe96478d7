// The section `rules`, but for `match`.
#include <fmt/format.h>

#include "rules/language/lifecycle.hpp"
#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

void decode_match_of(const yaml::Cursor& value, WrittenRule& rule) {
    if (value.is_list()) {
        value.wrong("a map").hints.emplace_back("where one of several must hold, write any: [{ ... }, { ... }]");
    } else if (value) {
        rule.spec.match = decode_match(value, rule.matched);
    }
}

/// What a rule sets.
void decode_settings(const yaml::Record& record, WrittenRule& rule) {
    auto& spec = rule.spec;
    rule.service = name_at(record["service"]);
    if (rule.service) spec.service = rule.service->text;
    spec.severity = severity(record["severity"]);
    spec.urgency = urgency(record["urgency"]);
    rule.is_loudness_wrong = (record["severity"] && !spec.severity) || (record["urgency"] && !spec.urgency);
    spec.summary = decode_template(record["summary"]);
    decode_incident(record["incident"], spec);
    spec.resolve_after = record["resolve_after"].positive_duration();
    spec.actionable = decode_paths(record["actionable"]);
    spec.reply_to = decode_template(record["reply_to"]);
}

void decode_rule(const yaml::Cursor& item, Written& written) {
    const auto record = item.record({"name", "match", "during", "continue", "service", "severity", "urgency", "summary",
                                     "incident", "resolve_after", "actionable", "reply_to", "waive"},
                                    {}, other_words::of_rule());
    if (!item.is_map()) return;
    decode_waivers(record["waive"], {item}, written);
    WrittenRule rule;
    rule.at = item;
    rule.name = name_at(record.required("name")).value_or(Name{"", item});
    rule.spec.name = rule.name.text;
    const auto place = item.place();
    rule.spec.place = fmt::format("{}:{}", place.file, place.line);
    decode_match_of(record["match"], rule);
    rule.spec.during = during(record["during"]);
    rule.spec.goes_on = record["continue"].boolean().value_or(false);
    decode_settings(record, rule);
    if (rule.name.text.empty() || declare(rule.name, "rule", written)) written.rules.push_back(std::move(rule));
}

}  // namespace

void decode_rules(const yaml::Cursor& section, Written& written) {
    if (section.is_map()) {
        section.wrong("a list").hints.emplace_back("each rule begins with \"- name: ...\": their order matters");
        return;
    }
    for (const auto& item : section.list()) decode_rule(item, written);
}

}  // namespace tocsin::language

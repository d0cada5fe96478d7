// The section `rules`, but for `match`.
#include <fmt/format.h>

#include "rules/language/sections.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::language {
namespace {

std::optional<match::Template> decode_template(const yaml::Cursor& value) {
    const auto text = value.text();
    if (!text) return {};
    auto parsed = match::parse_template(*text);
    if (!parsed) {
        report_at_byte(value, parsed.error().message());
        return {};
    }
    std::size_t offset = 0;
    for (const auto& part : parsed->parts) {
        if (!part.is_field) continue;
        const auto found = text->find(part.text, offset);
        offset = found == std::string::npos ? offset : found;
        (void)field_path(value, part.text, offset);  // Only its report is wanted.
    }
    return std::move(*parsed);
}

std::vector<std::string> decode_paths(const yaml::Cursor& value) {
    std::vector<std::string> paths;
    for (const auto& name : names_at(value)) {
        if (auto path = field_path(name.at, name.text)) paths.push_back(std::move(*path));
    }
    return paths;
}

void decode_match_of(const yaml::Cursor& value, WrittenRule& rule) {
    if (value) rule.spec.match = decode_match(value, rule.matched);
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
    if (record["incident"]) spec.incident = decode_paths(record["incident"]);
    spec.resolve_after = record["resolve_after"].positive_duration();
    spec.actionable = decode_paths(record["actionable"]);
}

void decode_rule(const yaml::Cursor& item, Written& written) {
    const auto record = item.record({"name", "match", "during", "continue", "service", "severity", "urgency", "summary",
                                     "incident", "resolve_after", "actionable"});
    if (!item.is_map()) return;
    WrittenRule rule;
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
    for (const auto& item : section.list()) decode_rule(item, written);
}

}  // namespace tocsin::language

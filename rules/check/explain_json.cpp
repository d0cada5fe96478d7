#include "rules/check/explain_json.hpp"

#include <boost/json.hpp>

#include "core/base/text.hpp"
#include "rules/check/explain.hpp"

namespace tocsin::check {
namespace {

namespace json = boost::json;

std::string_view name_of(FieldType type) {
    switch (type) {
        case FieldType::Text: return "text";
        case FieldType::Number: return "number";
        case FieldType::Boolean: return "boolean";
        case FieldType::Null: return "null";
    }
    return "text";
}

template <class Texts>
json::array json_of_texts(const Texts& texts) {
    json::array array;
    for (const auto& text : texts) array.emplace_back(valid_utf8(text));
    return array;
}

json::array json_of_fields(const std::vector<ExplainedField>& fields) {
    json::array array;
    for (const auto& field : fields) {
        array.push_back({{"path", valid_utf8(field.path)}, {"value", valid_utf8(field.value)}, {"type", name_of(field.type)}});
    }
    return array;
}

/// Null for a source without mappings; a mapping of null where none was for the alert.
json::value json_of_reading(const std::optional<Reading>& reading) {
    if (!reading) return nullptr;
    if (reading->mapping.empty()) return json::object{{"mapping", nullptr}};
    json::array parts;
    for (const auto& part : reading->parts) {
        parts.push_back({{"what", valid_utf8(part.what)}, {"is_mapped", part.is_mapped}, {"note", valid_utf8(part.note)}});
    }
    return json::object{
        {"mapping", valid_utf8(reading->mapping)}, {"place", valid_utf8(reading->place)}, {"parts", std::move(parts)}};
}

json::array json_of_rules(const std::vector<ExplainedRule>& rules) {
    json::array array;
    for (const auto& [number, step, reasons, sets] : rules) {
        json::object rule{{"number", number},
                          {"rule", valid_utf8(step.rule)},
                          {"place", valid_utf8(step.place)},
                          {"is_match", step.is_match},
                          {"is_deciding", step.is_deciding}};
        if (step.is_match) {
            rule["reasons"] = json_of_texts(reasons);
            rule["sets"] = valid_utf8(sets);
        } else {
            rule["failed_condition"] = valid_utf8(step.failed_condition);
            rule["seen"] = valid_utf8(step.seen);
        }
        array.push_back(std::move(rule));
    }
    return array;
}

json::object json_of(const Lifecycle& life) {
    const auto& flapping = life.flapping;
    return {{"within", format_duration(life.within)},
            {"reopen_within", format_duration(life.reopen_within)},
            {"hold_down", format_duration(life.hold_down)},
            {"flapping", json::object{{"count", flapping.count},
                                      {"within", format_duration(flapping.within)},
                                      {"calm", format_duration(flapping.calm)}}},
            {"re_page_on_worse", life.re_page_on_worse}};
}

json::object json_of(const Verdict& verdict) {
    return {{"rule", valid_utf8(verdict.rule)},
            {"rule_index", verdict.rule_index},
            {"service", valid_utf8(verdict.service)},
            {"severity", to_string(verdict.severity)},
            {"urgency", to_string(verdict.urgency)},
            {"summary", valid_utf8(verdict.summary)},
            {"incident_key", valid_utf8(verdict.incident_key)},
            {"escalation", valid_utf8(verdict.escalation)},
            {"resolve_after", format_duration(verdict.resolve_after)},
            {"lifecycle", json_of(verdict.lifecycle)},
            {"missing", json_of_texts(verdict.missing)},
            {"empty_templates", verdict.empty_templates}};
}

json::array json_of(const std::vector<TimelineEntry>& timeline) {
    json::array array;
    for (const auto& entry : timeline) {
        array.push_back({{"at", format_utc(entry.at)},
                         {"reason", to_string(entry.reason)},
                         {"actor", valid_utf8(entry.actor)},
                         {"detail", valid_utf8(entry.detail)}});
    }
    return array;
}

}  // namespace

json::array json_of_pages(const std::vector<ExplainedPage>& pages) {
    json::array array;
    for (const auto& page : pages) {
        array.push_back({{"offset", offset_text(page.offset)},
                         {"at", format_utc(page.at)},
                         {"local", format_in(page.at, page.zone)},
                         {"person", valid_utf8(page.person)},
                         {"via", valid_utf8(page.via)},
                         {"channel", valid_utf8(page.channel)},
                         {"urgency", to_string(page.urgency)},
                         {"reason", to_string(page.reason)},
                         {"why", valid_utf8(page.why)}});
    }
    return array;
}

json::object json_of(const Explanation& e) {
    json::object explanation{{"at", format_utc(e.at)},
                             {"source", valid_utf8(e.source)},
                             {"kind", valid_utf8(e.kind)},
                             {"key", valid_utf8(e.key)},
                             {"reading", json_of_reading(e.reading)},
                             {"fields", json_of_fields(e.fields)},
                             {"fields_left_out", e.fields_left_out},
                             {"trail", json_of_rules(e.rules)},
                             {"rules_left_out", e.rules_left_out},
                             {"rules_not_asked", e.rules_not_asked},
                             {"verdict", json_of(e.verdict)},
                             {"silence", nullptr},
                             {"runbook", valid_utf8(e.runbook)},
                             {"needs", json_of_texts(e.needs)},
                             {"pages", json_of_pages(e.pages)},
                             {"pages_left_out", e.pages_left_out},
                             {"timeline", json_of(e.timeline)}};
    if (e.silence) {
        explanation["silence"] = json::object{{"name", valid_utf8(e.silence->name)},
                                              {"place", valid_utf8(e.silence->place)},
                                              {"reason", valid_utf8(e.silence->reason)},
                                              {"owner", valid_utf8(e.silence->owner)},
                                              {"until", format_utc(e.silence->until)}};
    }
    return explanation;
}

std::string to_json(const Explanation& e) { return json::serialize(json_of(e)); }

}  // namespace tocsin::check

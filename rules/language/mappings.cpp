// The section `mappings`.
#include <fmt/format.h>

#include <array>
#include <map>

#include "core/base/text.hpp"
#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::language {
namespace {

constexpr std::string_view kPayload = "payload";
/// What a mapping can say how to read.
constexpr std::array<std::string_view, 8> kMapped{"key", "title", "text", "url", "status", "priority", "labels", "tags"};

/// Service and severity come from rules, which are asked after the mapping.
void refuse_fields_of_rules(const yaml::Cursor& value, const match::Template& text) {
    for (const auto& part : text.parts) {
        if (!part.is_field || (part.text != "service" && part.text != "severity")) continue;
        value.error(fmt::format("no alert has a {} before the rules have judged it", part.text))
            .hints.push_back(fmt::format("what the sender posted stands under payload: ${{payload.{}}}", part.text));
    }
}

/// `key: payload.id`, which would be that very text for every alert.
void refuse_bare_path(const yaml::Cursor& value, const match::Template& text) {
    if (text.parts.size() != 1 || text.parts.front().is_field) return;
    const auto& literal = text.parts.front().text;
    const bool is_path = literal.starts_with("payload.") || literal.starts_with("labels.");
    if (!is_path || literal.find(' ') != std::string::npos || !match::parse_field_path(literal)) return;
    value.error(fmt::format("\"{}\" is a text here, the same for every alert", literal))
        .hints.push_back(fmt::format("the field is written \"${{{}}}\"", literal));
}

/// One template or a list of them.
match::Templates templates(const yaml::Cursor& value) {
    match::Templates all;
    if (!value) return all;
    for (const auto& item : one_or_more(value)) {
        auto one = decode_template(item);
        if (!one) continue;
        refuse_fields_of_rules(item, *one);
        refuse_bare_path(item, *one);
        all.push_back(std::move(*one));
    }
    return all;
}

/// A path below `payload`, in the canonical spelling.
std::optional<std::string> payload_path(const yaml::Cursor& value) {
    const auto written = value.text();
    if (!written) return {};
    if (written->starts_with("${") && written->ends_with('}')) {
        value.error("this is a path, not a text")
            .hints.push_back(fmt::format("write {}", written->substr(2, written->size() - 3)));
        return {};
    }
    auto path = field_path(value, *written);
    if (!path) return {};
    if (path->starts_with(fmt::format("{}.", kPayload))) return path;
    auto& error = value.error(fmt::format("\"{}\" is no part of what the sender posted: it must begin with payload.", *written));
    if (*path == kPayload) error.hints.emplace_back("a list that is the whole body is read alert by alert without being told so");
    return {};
}

/// `resolved: [ok, "1"]`: what each word means; a word that stands in two lists is reported.
template <class Meaning>
class WordLists {
public:
    explicit WordLists(match::WordMap<Meaning>& into) : into_(into) {}

    void add(const yaml::Cursor& list, Meaning meaning) {
        if (!list) return;
        for (const auto& item : one_or_more(list)) {
            const auto text = item.text();
            if (!text) continue;
            const auto word = lower_ascii(trimmed(*text));
            const auto [first, is_new] = places_.try_emplace(word, item);
            if (is_new) {
                into_.words.emplace_back(word, meaning);
            } else {
                item.error(fmt::format("\"{}\" has a meaning already", *text))
                    .hints.push_back(fmt::format("the first is at {}", to_string(first->second.place())));
            }
        }
    }

private:
    match::WordMap<Meaning>& into_;
    std::map<std::string, yaml::Cursor> places_;
};

void decode_status(const yaml::Cursor& value, match::WordMap<AlertAction>& into) {
    if (!value.is_map()) {
        into.from = templates(value);
        return;
    }
    const auto record = value.record({"from", "firing", "acknowledged", "resolved"}, {}, other_words::of_status());
    into.from = templates(record.required("from"));
    WordLists<AlertAction> lists(into);
    lists.add(record["firing"], AlertAction::Fire);
    lists.add(record["acknowledged"], AlertAction::Acknowledge);
    lists.add(record["resolved"], AlertAction::Resolve);
}

void decode_priority(const yaml::Cursor& value, match::WordMap<Severity>& into) {
    if (!value.is_map()) {
        into.from = templates(value);
        return;
    }
    const auto record =
        value.record({"from", "critical", "high", "moderate", "low", "info"}, {}, other_words::of_mapped_priority());
    into.from = templates(record.required("from"));
    WordLists<Severity> lists(into);
    for (const auto severity : kSeverities) lists.add(record[to_string(severity)], severity);
}

void decode_labels(const yaml::Cursor& value, match::MappingSpec& spec) {
    if (!value) return;
    for (const auto& entry : value.entries()) spec.labels.emplace_back(entry.name, templates(entry.value));
}

void decode_sources(const yaml::Cursor& value, WrittenMapping& mapping) {
    if (!value) return;
    mapping.sources = names_at(value);
    for (const auto& source : mapping.sources) mapping.spec.sources.push_back(source.text);
}

void decode_match_of(const yaml::Cursor& value, WrittenMapping& mapping) {
    if (!value) return;
    refuse_what_rules_set(value);
    mapping.spec.match = decode_match(value, mapping.matched);
}

/// Where the alerts stand in the body.
void decode_way(const yaml::Record& record, match::MappingSpec& spec) {
    for (const auto& item : record["json"] ? one_or_more(record["json"]) : std::vector<yaml::Cursor>{}) {
        if (auto path = payload_path(item)) spec.json.push_back(std::move(*path));
    }
    const auto each = payload_path(record["each"]);
    if (!each) return;
    spec.each = match::keys_of(*each);
    spec.each.erase(spec.each.begin());
    for (const auto& path : spec.json) {
        if (*each != path && !each->starts_with(path + ".")) continue;
        record["each"].error(fmt::format("\"{}\" stands within a text, and a text cannot be taken apart into alerts", *each));
    }
}

void decode_parts(const yaml::Record& record, match::MappingSpec& spec) {
    spec.key = templates(record["key"]);
    spec.title = templates(record["title"]);
    spec.text = templates(record["text"]);
    spec.url = templates(record["url"]);
    spec.tags = templates(record["tags"]);
    decode_status(record["status"], spec.status);
    decode_priority(record["priority"], spec.priority);
    decode_labels(record["labels"], spec);
    for (const auto key : kMapped) {
        if (record[key]) return;
    }
    if (record["each"] || record["json"]) return;
    record.self()
        .error("this mapping says nothing: everything would be read as usual")
        .hints.emplace_back("give it a \"key\", a \"title\", a \"status\" ...");
}

void decode_mapping(const yaml::Cursor& item, Written& written) {
    const auto record = item.record({"name", "source", "match", "json", "each", "key", "title", "text", "url", "status",
                                     "priority", "labels", "tags", "waive"},
                                    {}, other_words::of_mapping());
    if (!item.is_map()) return;
    decode_waivers(record["waive"], {item}, written);
    WrittenMapping mapping;
    mapping.name = name_at(record.required("name")).value_or(Name{"", item});
    mapping.spec.name = mapping.name.text;
    const auto place = item.place();
    mapping.spec.place = fmt::format("{}:{}", place.file, place.line);
    decode_sources(record.required("source"), mapping);
    decode_match_of(record["match"], mapping);
    decode_way(record, mapping.spec);
    decode_parts(record, mapping.spec);
    mapping.key_at = record["key"];
    if (mapping.name.text.empty() || declare(mapping.name, "mapping", written)) written.mappings.push_back(std::move(mapping));
}

}  // namespace

void decode_mappings(const yaml::Cursor& section, Written& written) {
    if (section.is_map()) {
        section.wrong("a list").hints.emplace_back(
            "each mapping begins with \"- name: ...\": the first that is for an alert counts");
        return;
    }
    for (const auto& item : section.list()) decode_mapping(item, written);
}

}  // namespace tocsin::language

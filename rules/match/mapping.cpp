// An alert, read as a mapping says.
#include "rules/match/mapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/base/text.hpp"
#include "core/model/usual_words.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::match {
namespace {

/// Far more than anybody sends; what is beyond can still be seen under `payload.`.
constexpr std::size_t kTagsMax = 500;

bool is_there(const Fields& fields, std::string_view path) {
    return fields.any_of(path, [](std::string_view, FieldType type) { return type != FieldType::Null; });
}

/// The first field of the template that is not there and has no default.
std::string missing_field(const Template& text, const Fields& fields) {
    for (const auto& part : text.parts) {
        if (part.is_field && !part.has_fallback && !is_there(fields, part.text)) return part.text;
    }
    return {};
}

bool is_one_field(const Template& text) {
    return text.parts.size() == 1 && text.parts.front().is_field && text.parts.front().filters.empty();
}

/// Fills templates from the fields of one alert, and keeps account of it.
class Reader {
public:
    Reader(const MappingSpec& mapping, const Fields& fields) : fields_(fields) {
        reading_.mapping = mapping.name;
        reading_.place = mapping.place;
    }

    /// What the first template says that can be filled; nothing if the mapping does not say it, or none can be.
    std::optional<std::string> read(std::string what, const Templates& from) {
        if (from.empty()) return {};
        auto& part = reading_.parts.emplace_back();
        part.what = std::move(what);
        std::string missing;
        for (const auto& text : from) {
            auto rendered = render(text, fields_);
            if (rendered.empty > 0) {
                if (missing.empty()) missing = missing_field(text, fields_);
                continue;
            }
            if (trimmed(rendered.text).empty()) continue;
            part.is_mapped = true;
            return std::move(rendered.text);
        }
        part.note = missing.empty() ? "as usual: it is blank" : fmt::format("as usual: {} is not there", missing);
        if (!missing.empty()) ++reading_.missed;
        return {};
    }

    void read_into(std::string what, const Templates& from, std::string& into) {
        if (auto text = read(std::move(what), from)) into = std::move(*text);
    }

    /// What a word means that was just read, or nothing if no list has it.
    template <class Meaning>
    std::optional<Meaning> meaning(const WordMap<Meaning>& map, std::string_view word) const {
        const auto found = std::find_if(map.words.begin(), map.words.end(),
                                        [&](const auto& one) { return equal_ignoring_case(one.first, word); });
        return found == map.words.end() ? std::nullopt : std::optional<Meaning>{found->second};
    }

    void note(std::string text) { reading_.parts.back().note = std::move(text); }
    [[nodiscard]] Reading take() { return std::move(reading_); }

private:
    const Fields& fields_;
    Reading reading_;
};

void read_status(Reader& reader, const MappingSpec& mapping, Alert& alert) {
    auto word = reader.read("status", mapping.status.from);
    if (!word) return;
    alert.action_name = std::string(trimmed(*word));
    const auto listed = reader.meaning(mapping.status, alert.action_name);
    alert.action = listed.value_or(action_meant(alert.action_name));
    reader.note(fmt::format("\"{}\" means {}{}", truncated(alert.action_name, 40), status_of(alert.action),
                            listed ? "" : ", as no list has it"));
}

void read_priority(Reader& reader, const MappingSpec& mapping, Alert& alert) {
    auto word = reader.read("priority", mapping.priority.from);
    if (!word) return;
    alert.priority = std::string(trimmed(*word));
    const auto listed = reader.meaning(mapping.priority, alert.priority);
    if (!listed) return;
    reader.note(fmt::format("\"{}\" means {}", truncated(alert.priority, 40), to_string(*listed)));
    alert.priority = to_string(*listed);
}

void set_label(Alert& alert, const std::string& name, std::string value) {
    const auto found =
        std::find_if(alert.labels.begin(), alert.labels.end(), [&](const auto& label) { return label.first == name; });
    if (found != alert.labels.end()) {
        found->second = std::move(value);
    } else {
        alert.labels.emplace_back(name, std::move(value));
    }
}

void add_tag(Alert& alert, std::string_view tag) {
    const bool is_known = std::find(alert.tags.begin(), alert.tags.end(), tag) != alert.tags.end();
    if (!trimmed(tag).empty() && !is_known && alert.tags.size() < kTagsMax) alert.tags.emplace_back(tag);
}

void read_tags(Reader& reader, const MappingSpec& mapping, const Fields& fields, Alert& alert) {
    for (const auto& tag : mapping.tags) {
        if (is_one_field(tag)) {
            (void)fields.any_of(tag.parts.front().text, [&](std::string_view value, FieldType) {
                add_tag(alert, value);
                return false;
            });
        } else if (const auto text = reader.read("tags", {tag})) {
            add_tag(alert, *text);
        }
    }
}

/// Without a key of its own an alert is known by its title: two titles are two alerts.
void read_names(Reader& reader, const MappingSpec& mapping, Alert& alert) {
    const bool has_title = alert.title != untitled(alert.key);
    const auto key = reader.read("key", mapping.key);
    const auto title = reader.read("title", mapping.title);
    if (title) alert.title = *title;
    if (key) alert.key = trimmed(*key);
    if (!key && title && alert.key == kUnnamedKey) alert.key = trimmed(*title);
    if (key && !title && !has_title) alert.title = untitled(alert.key);
}

/// The alert under the names that all sources have, and the payload as it was.
Fields fields_of(const Alert& alert, const Fields& before) {
    Fields fields;
    fields.add_alert(alert);
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto field = before[i];
        if (field.path == "payload" || field.path.starts_with("payload.")) fields.add(field.path, field.value, field.type);
    }
    return fields;
}

}  // namespace

MappedAlert mapped(const MappingSpec& mapping, Alert usual, const Fields& fields) {
    Reader reader(mapping, fields);
    Alert alert = std::move(usual);
    read_names(reader, mapping, alert);
    reader.read_into("text", mapping.text, alert.text);
    reader.read_into("url", mapping.url, alert.url);
    read_status(reader, mapping, alert);
    read_priority(reader, mapping, alert);
    for (const auto& [name, from] : mapping.labels) {
        if (auto value = reader.read("labels." + name, from)) set_label(alert, name, std::move(*value));
    }
    read_tags(reader, mapping, fields, alert);
    auto all = fields_of(alert, fields);
    return {std::move(alert), std::move(all), reader.take()};
}

}  // namespace tocsin::match

#include "daemon/intake/json_fields.hpp"

#include <string>
#include <utility>
#include <vector>

#include "daemon/intake/json_secrets.hpp"

namespace tocsin::intake {
namespace {

constexpr std::size_t kUsualPathBytes = 256;

FieldType field_type(JsonType type) {
    switch (type) {
        case JsonType::Number: return FieldType::Number;
        case JsonType::Boolean: return FieldType::Boolean;
        case JsonType::Null: return FieldType::Null;
        case JsonType::Text:
        case JsonType::Object:
        case JsonType::Array: return FieldType::Text;
    }
    return FieldType::Text;
}

/// `path` is one buffer for the whole walk: each member appends its key and takes it off again.
void add_value(JsonView value, std::string& path, Fields& fields) {
    if (value.is_object()) {
        value.each([&](JsonView member) {
            const auto bytes = path.size();
            append_key(path, member.key());
            add_value(member, path, fields);
            path.resize(bytes);
        });
    } else if (value.is_array()) {
        value.each([&](JsonView element) { add_value(element, path, fields); });
    } else {
        fields.add(path, value.text(), field_type(value.node().type));
    }
}

}  // namespace

void add_payload(JsonView root, Fields& fields) {
    std::string path;
    path.reserve(kUsualPathBytes);
    path = "payload";
    add_value(root, path, fields);
}

void add_json_in(std::string_view path, Fields& fields) {
    std::vector<std::string> texts;
    (void)fields.any_of(path, [&](std::string_view value, FieldType type) {
        if (type == FieldType::Text) texts.emplace_back(value);
        return false;
    });
    JsonReader reader;
    std::string below(path);
    for (auto& text : texts) {
        if (!reader.read(text)) continue;
        (void)hide_secrets(reader, text, {});  // Only what the reader has is wanted.
        add_value(reader.root(), below, fields);
    }
}

std::string joined_text(JsonView value, std::string_view separator) {
    if (!value.is_array()) return std::string(value.text());
    std::string text;
    value.each([&](JsonView element) {
        if (element.text().empty()) return;
        if (!text.empty()) text += separator;
        text += element.text();
    });
    return text;
}

std::string first_text(std::initializer_list<JsonView> values) {
    for (const auto value : values) {
        if (!value.text().empty()) return std::string(value.text());
    }
    return {};
}

JsonView first_member(JsonView object, std::span<const std::string_view> names) {
    for (const auto name : names) {
        const auto value = object.find(name);
        if (!value.text().empty()) return value;
    }
    return {};
}

void add_label(Alert& alert, std::string_view name, std::string value) {
    if (!value.empty() && alert.labels.size() < kLabelsMax) alert.labels.emplace_back(name, std::move(value));
}

void add_labels_of(JsonView object, Alert& alert) {
    if (!object.is_object()) return;
    object.each([&](JsonView member) { add_label(alert, member.key(), joined_text(member, ", ")); });
}

}  // namespace tocsin::intake

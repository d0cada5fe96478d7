// A YAML value as JSON.
#include <fmt/format.h>

#include "rules/yaml/cursor.hpp"
#include "rules/yaml/tree.hpp"

namespace tocsin::yaml {
namespace {

std::size_t digits(std::string_view& text) {
    const auto count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count;
}

/// Whether JSON would take the text as a number, so that it can stand there as it is.
bool is_json_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const bool has_leading_zero = text.starts_with('0');
    const auto whole = digits(text);
    if (whole == 0 || (has_leading_zero && whole > 1)) return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (digits(text) == 0) return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
        if (digits(text) == 0) return false;
    }
    return text.empty();
}

void append_string(std::string& json, std::string_view text) {
    json += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            json += c;
        }
    }
    json += '"';
}

void append(std::string& json, const Node& node) {
    switch (node.kind) {
        case Node::Kind::Empty: json += "null"; return;
        case Node::Kind::Scalar:
            if (!node.is_quoted && (node.text == "true" || node.text == "false" || is_json_number(node.text))) {
                json += node.text;
            } else {
                append_string(json, node.text);
            }
            return;
        case Node::Kind::List:
            json += '[';
            for (const auto* item : node.items) {
                if (item != node.items.front()) json += ',';
                append(json, *item);
            }
            json += ']';
            return;
        case Node::Kind::Map:
            json += '{';
            for (const auto& [key, value] : node.entries) {
                if (key != node.entries.front().first) json += ',';
                append_string(json, key->text);
                json += ':';
                append(json, *value);
            }
            json += '}';
            return;
    }
}

}  // namespace

std::string Cursor::json() const {
    std::string json;
    if (node_ != nullptr) append(json, *node_);
    return json;
}

}  // namespace tocsin::yaml

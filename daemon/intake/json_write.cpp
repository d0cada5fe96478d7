#include "daemon/intake/json_write.hpp"

#include <fmt/format.h>

namespace tocsin::intake {

std::string json_quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            out += c;
        }
    }
    return out + '"';
}

void append_json(JsonView value, std::string& out) {
    bool is_first = true;
    const auto separate = [&] {
        if (!is_first) out += ',';
        is_first = false;
    };
    switch (value.exists() ? value.node().type : JsonType::Null) {
        case JsonType::Object:
            out += '{';
            value.each([&](JsonView member) {
                separate();
                out += json_quoted(member.key());
                out += ':';
                append_json(member, out);
            });
            out += '}';
            break;
        case JsonType::Array:
            out += '[';
            value.each([&](JsonView element) {
                separate();
                append_json(element, out);
            });
            out += ']';
            break;
        case JsonType::Text: out += json_quoted(value.text()); break;
        case JsonType::Number:
        case JsonType::Boolean: out += value.text(); break;
        case JsonType::Null: out += "null"; break;
    }
}

std::string with_member(std::string_view body, std::string_view key, std::string_view text) {
    const auto brace = body.find('{');
    if (brace == std::string_view::npos) return std::string(body);
    const auto rest = body.substr(brace + 1);
    const auto next = rest.find_first_not_of(" \t\r\n");
    const bool is_empty = next == std::string_view::npos || rest[next] == '}';
    return fmt::format("{}{}:{}{}{}", body.substr(0, brace + 1), json_quoted(key), json_quoted(text), is_empty ? "" : ",", rest);
}

}  // namespace tocsin::intake

// Texts with `${path}` in them, and those of other tools' languages.
#include <fmt/format.h>

#include <algorithm>

#include "rules/language/sections.hpp"
#include "rules/language/warnings.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::language {
namespace {

/// Where a text of other tools' templates begins: `{{ x }}`, `{x.y}`, `$x.y`, `$x$`; npos if there is none.
std::size_t other_template(std::string_view text) {
    const auto is_name = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] == '{' && text[i + 1] == '{') return i;
        const bool is_open = text[i] == '{' || (text[i] == '$' && (i == 0 || text[i - 1] != '$'));
        if (!is_open || !is_name(text[i + 1])) continue;
        const auto name = text.substr(i + 1);
        const auto end = name.find_first_of(text[i] == '{' ? "} {" : " $,:;");
        const auto path = name.substr(0, end);
        const bool is_closed = end != std::string_view::npos && (name[end] == '}' || name[end] == '$');
        if (is_closed || (text[i] == '$' && path.find('.') != std::string_view::npos)) return i;
    }
    return std::string_view::npos;
}

void warn_of_other_templates(const yaml::Cursor& value, const match::Template& parsed) {
    const auto is_other = [](const auto& part) { return !part.is_field && other_template(part.text) != std::string_view::npos; };
    const auto found = std::find_if(parsed.parts.begin(), parsed.parts.end(), is_other);
    if (found == parsed.parts.end()) return;
    const auto begin = other_template(found->text);
    const auto end = std::min(found->text.find(' ', found->text.find_first_not_of(" {", begin)), found->text.size());
    warn(value, Warning::ForeignTemplate,
         fmt::format("\"{}\" will stand in {} as it is written", found->text.substr(begin, end - begin), value.subject()))
        .hints.emplace_back("a field is written ${path}, such as ${payload.host} or ${labels.team}");
}

/// `${a:=b}` and `${a:-${b}}` are understood as a strange path and a strange default, and hardly ever meant so.
void report_other_defaults(const yaml::Cursor& value, const match::Template& parsed) {
    for (const auto& part : parsed.parts) {
        const auto has = [&](std::string_view mark) { return part.text.find(mark) != std::string::npos; };
        if (part.is_field && part.fallback.find("${") != std::string::npos) {
            value.error("a default is plain text; no field can stand in it");
        } else if (part.is_field && (has(":=") || has(":+") || has(":?") || has("??") || has(" or "))) {
            value.error(fmt::format("\"{}\" is no field path", part.text))
                .hints.emplace_back("a default is written ${path:-default}");
        }
    }
}

}  // namespace

std::optional<match::Template> decode_template(const yaml::Cursor& value) {
    const auto text = value.text();
    if (!text) return {};
    auto parsed = match::parse_template(*text);
    if (!parsed) {
        report_at_byte(value, parsed.error().message());
        return {};
    }
    warn_of_other_templates(value, *parsed);
    report_other_defaults(value, *parsed);
    std::size_t offset = 0;
    for (const auto& part : parsed->parts) {
        if (!part.is_field) continue;
        const auto found = text->find(part.text, offset);
        offset = found == std::string::npos ? offset : found;
        (void)field_path(value, part.text, offset);  // Only its report is wanted.
    }
    return std::move(*parsed);
}

}  // namespace tocsin::language

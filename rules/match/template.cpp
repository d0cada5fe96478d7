#include "rules/match/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/text.hpp"

namespace tocsin::match {
namespace {

constexpr std::string_view kTruncate = "truncate:";

Error no_template(std::size_t at, std::string_view why) { return {Errc::Invalid, fmt::format("at byte {}: {}", at + 1, why)}; }

/// The first of `wanted` outside of double quotes, or npos.
std::size_t find_unquoted(std::string_view text, std::string_view wanted) {
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') is_quoted = !is_quoted;
        if (is_quoted && text[i] == '\\') ++i;
        if (!is_quoted && text.substr(i).starts_with(wanted)) return i;
    }
    return std::string_view::npos;
}

std::optional<std::size_t> truncation(std::string_view filter) {
    if (!filter.starts_with(kTruncate)) return {};
    const auto digits = filter.substr(kTruncate.size());
    std::size_t most = 0;
    const auto* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, most);
    if (digits.empty() || read.ec != std::errc{} || read.ptr != end || most == 0) return {};
    return most;
}

bool is_filter(std::string_view name) { return name == "upper" || name == "lower" || truncation(name).has_value(); }

Error unknown_filter(std::size_t at, std::string_view name) {
    if (name.find(":-") != std::string_view::npos) {
        return no_template(
            at, fmt::format("the default stands before the filters, as in ${{path:-default|upper}}, not in \"{}\"", name));
    }
    if (name.starts_with("default")) return no_template(at, "a default stands behind \":-\", as in ${path:-default}");
    const std::array<std::string, 3> known{"upper", "lower", "truncate:80"};
    const auto meant = nearest(name, known);
    const auto cure = meant ? fmt::format("did you mean \"{}\"?", *meant) : std::string("there are upper, lower and truncate:80");
    return no_template(at, fmt::format("no filter is called \"{}\"; {}", name, cure));
}

/// What stands between `${` and `}`, which begins at byte `at` of the template.
Result<Template::Part> parse_field(std::string_view inside, std::size_t at) {
    Template::Part part;
    part.is_field = true;
    const auto fallback = find_unquoted(inside, ":-");
    const auto path_end = std::min({fallback, find_unquoted(inside, "|"), inside.size()});
    auto path = parse_field_path(trimmed(inside.substr(0, path_end)));
    if (!path) return no_template(at, path.error().message());
    part.text = std::move(*path);

    auto rest_at = path_end;
    if (fallback == path_end) {
        const auto begin = fallback + 2;
        const auto end = std::min(inside.find('|', begin), inside.size());
        part.fallback = inside.substr(begin, end - begin);
        part.has_fallback = true;
        rest_at = end;
    }
    while (rest_at < inside.size()) {
        const auto begin = rest_at + 1;
        const auto end = std::min(inside.find('|', begin), inside.size());
        const auto filter = trimmed(inside.substr(begin, end - begin));
        if (!is_filter(filter)) return unknown_filter(at + begin, filter);
        part.filters.emplace_back(filter);
        rest_at = end;
    }
    return part;
}

std::string upper_ascii(std::string text) {
    for (auto& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

std::string filtered(std::string text, std::string_view filter) {
    if (filter == "upper") return upper_ascii(std::move(text));
    if (filter == "lower") return lower_ascii(text);
    if (const auto most = truncation(filter)) return truncated(text, *most);
    return text;
}

/// The field's values with ", " between them, through the filters.
std::string field_text(const Template::Part& part, const NamedValues& values, std::uint32_t& empty) {
    std::string text;
    bool is_there = false;
    values.for_each(part.text, [&](std::string_view value) {
        if (is_there) text += ", ";
        text += value;
        is_there = true;
    });
    if (!is_there && !part.has_fallback) ++empty;
    if (text.empty()) text = part.fallback;
    for (const auto& filter : part.filters) text = filtered(std::move(text), filter);
    return text;
}

void add_literal(Template& made, std::string_view text) {
    if (text.empty()) return;
    if (made.parts.empty() || made.parts.back().is_field) made.parts.emplace_back();
    made.parts.back().text += text;
}

}  // namespace

bool NamedValues::has_text(std::string_view path) const {
    bool found = false;
    for_each(path, [&](std::string_view value) { found = found || !value.empty(); });
    return found;
}

Result<Template> parse_template(std::string_view written) {
    Template made;
    std::size_t at = 0;
    while (true) {
        const auto open = written.find("${", at);
        if (open == std::string_view::npos) break;
        if (open > at && written[open - 1] == '$') {  // $${ is a literal ${
            add_literal(made, written.substr(at, open - at - 1));
            add_literal(made, "${");
            at = open + 2;
            continue;
        }
        add_literal(made, written.substr(at, open - at));
        const auto inside = written.substr(open + 2);
        const auto close = find_unquoted(inside, "}");
        if (close == std::string_view::npos) return no_template(open, "\"${\" is not closed by \"}\"");
        auto part = parse_field(inside.substr(0, close), open + 2);
        if (!part) return part.error();
        made.parts.push_back(std::move(*part));
        at = open + 2 + close + 1;
    }
    add_literal(made, written.substr(at));
    return made;
}

Rendered render(const Template& text, const NamedValues& values) {
    Rendered rendered;
    for (const auto& part : text.parts) rendered.text += part.is_field ? field_text(part, values, rendered.empty) : part.text;
    return rendered;
}

Rendered render(const Template& text, const Fields& fields) { return render(text, NamedValues{fields, {}, {}}); }

}  // namespace tocsin::match

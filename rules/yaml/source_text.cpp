#include "rules/yaml/source_text.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace tocsin::yaml {
namespace {

/// `&anchor ` and `!tag ` stand in front of a value and belong to it.
std::size_t properties(std::string_view rest) {
    std::size_t at = 0;
    while (at < rest.size() && (rest[at] == '&' || rest[at] == '!')) {
        at = std::min(rest.find_first_of(" \t", at), rest.size());
        at = std::min(rest.find_first_not_of(" \t", at), rest.size());
    }
    return at;
}

}  // namespace

SourceText::SourceText(std::string_view text) : text_(text), lines_(split(text, '\n')) {
    for (auto& line : lines_) {
        if (line.ends_with('\r')) line.remove_suffix(1);
    }
}

std::string_view SourceText::rest(int line, int byte) const {
    const auto on_line = rest_of_line(line, byte);
    return on_line.empty() ? on_line : text_.substr(static_cast<std::size_t>(on_line.data() - text_.data()));
}

std::string_view SourceText::rest_of_line(int line, int byte) const {
    if (line < 0 || line >= line_count()) return {};
    const auto text = lines_[static_cast<std::size_t>(line)];
    return text.substr(std::min(static_cast<std::size_t>(std::max(byte, 0)), text.size()));
}

std::int32_t SourceText::column(int line, int byte) const {
    const auto whole = rest_of_line(line, 0);
    return 1 + static_cast<std::int32_t>(code_points(whole.substr(0, whole.size() - rest_of_line(line, byte).size())));
}

Extent extent_of(std::string_view rest, std::string_view value) {
    const auto front = properties(rest);
    rest.remove_prefix(front);
    if (rest.empty()) return {std::max<std::size_t>(front, 1), 0, false};
    if (rest.front() == '"' || rest.front() == '\'') {
        const auto bytes = std::min(quoted_bytes(rest), rest.size());
        return {front + bytes, front + 1, bytes >= 2 && rest.substr(1, bytes - 2) == value, true, front};
    }
    if (rest.starts_with(value) && !value.empty()) return {front + value.size(), front, true};
    const bool is_block = rest.front() == '|' || rest.front() == '>';
    return {front + (is_block ? 1 : trimmed(rest).size()), front, false};
}

std::size_t quoted_bytes(std::string_view rest) {
    const char quote = rest.front();
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '\\' && quote == '"') {
            ++i;
        } else if (rest[i] == quote) {
            if (quote == '"' || i + 1 >= rest.size() || rest[i + 1] != quote) return i + 1;
            ++i;
        }
    }
    return std::string_view::npos;
}

}  // namespace tocsin::yaml

#include "rules/yaml/syntax_story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/text.hpp"

namespace tocsin::yaml {
namespace {

constexpr auto kNone = std::string_view::npos;

std::string_view line_of(const SourceText& source, int line) { return source.rest_of_line(line, 0); }

std::size_t indentation(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

bool says_nothing(std::string_view line) {
    const auto text = trimmed(line);
    return text.empty() || text.starts_with('#');
}

/// The nearest line above that says something; -1 if there is none.
int line_above(const SourceText& source, int line) {
    for (--line; line >= 0 && says_nothing(line_of(source, line)); --line) {
    }
    return line;
}

/// The colon between a key and its value, or npos.
std::size_t colon_of(std::string_view line) { return line.find(": "); }

/// `name: LMS: down`: the colon that the parser stops at is the second.
SyntaxStory colon_in_text(std::string_view line, Stop stop) {
    auto key = trimmed(line.substr(0, colon_of(line)));
    key.remove_prefix(std::min(key.find_first_not_of("-{ "), key.size()));
    return {"a second \": \" stands in this text", fmt::format("put the text behind \"{}:\" in quotes", key), stop, 1};
}

/// A key where none can stand: what is wrong is the line above.
SyntaxStory key_without_a_place(const SourceText& source, Stop stop) {
    SyntaxStory story{"a key cannot stand here",
                      "a key must be indented like its neighbours; a text that holds \": \" must be in quotes", stop, 1};
    const auto above = line_above(source, stop.line);
    if (above < 0) return story;
    const auto text = line_of(source, above);
    const auto words = text.substr(indentation(text));
    const auto colon = words.find(':');
    if (words.starts_with('-') && words.size() > 1 && words[1] != ' ') {
        return {"a space is missing behind this dash",
                "write \"- \" in front of each item of a list",
                {above, static_cast<int>(indentation(text))},
                1};
    }
    if (colon != kNone && colon + 1 < words.size() && words[colon + 1] != ' ' && words.find(": ") == kNone) {
        return {"a space is missing behind this colon",
                "write \"key: value\"",
                {above, static_cast<int>(indentation(text) + colon)},
                1};
    }
    if (colon_of(text) != kNone && indentation(text) < indentation(line_of(source, stop.line))) {
        story.hint = fmt::format("\"{}\" has a text already, in line {}; keys below it need the line to end behind the colon",
                                 trimmed(text.substr(0, colon_of(text))), above + 1);
    }
    return story;
}

SyntaxStory illegal_map_value(const SourceText& source, Stop stop) {
    const auto line = line_of(source, stop.line);
    const auto first = colon_of(line);
    const bool is_second = first != kNone && first < static_cast<std::size_t>(std::max(stop.byte, 0));
    return is_second ? colon_in_text(line, stop) : key_without_a_place(source, stop);
}

/// A line that is indented like no other around it.
SyntaxStory stray_line(const SourceText& source, Stop stop, std::string_view what) {
    SyntaxStory story{fmt::format("this line belongs to no {} above it", what), "is it indented like its neighbours?", stop, 1};
    const auto line = line_of(source, stop.line);
    const auto above = line_above(source, stop.line);
    const auto own = indentation(line);
    const auto front = trimmed(line.substr(0, static_cast<std::size_t>(std::max(stop.byte, 0))));
    if (front.empty() && above >= 0 && indentation(line_of(source, above)) != own) {
        story.hint = fmt::format("it is indented by {}, the line above by {}; neighbours must be indented alike", own,
                                 indentation(line_of(source, above)));
    } else if (front.ends_with("}}")) {
        story = {"text goes on behind a \"}\"", "a text that begins with { must stand in quotes", stop, 1};
    }
    return story;
}

/// `"\d"`: the parser stops behind the letter.
SyntaxStory unknown_escape(const SourceText& source, Stop stop) {
    const auto before = line_of(source, stop.line).substr(0, static_cast<std::size_t>(std::max(stop.byte, 0)));
    const auto backslash = before.rfind('\\');
    SyntaxStory story{"a backslash in double quotes begins an escape, and there is none like this",
                      "in single quotes a backslash is itself: '\\d+'; or write it twice", stop, 1};
    if (backslash != kNone) {
        story.at.byte = static_cast<int>(backslash);
        story.length = 2;
    }
    return story;
}

/// Finds the [ and { that are open where the parser stopped.
class Brackets {
public:
    Brackets(const SourceText& source, Stop stop) {
        for (int line = 0; line <= stop.line; ++line) {
            const auto text = line_of(source, line);
            const auto end =
                line == stop.line ? std::min(text.size(), static_cast<std::size_t>(std::max(stop.byte, 0))) : text.size();
            read(line, text.substr(0, end));
        }
    }
    [[nodiscard]] const std::vector<Stop>& open() const { return open_; }

private:
    void read(int line, std::string_view text) {
        char before = '-';  // The last that is no space; a line begins like an item.
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            const bool begins_value = std::string_view("[{,:-").find(before) != kNone;
            if (c != ' ' && quote_ == 0) before = c;
            if (quote_ != 0) {
                if (c == '\\' && quote_ == '"') ++i;
                if (c == quote_) quote_ = 0;
            } else if (c == '#' && (i == 0 || text[i - 1] == ' ')) {
                return;
            } else if ((c == '"' || c == '\'') && begins_value) {
                quote_ = c;
            } else if ((c == '[' || c == '{') && (begins_value || !open_.empty())) {
                open_.push_back({line, static_cast<int>(i)});
            } else if ((c == ']' || c == '}') && !open_.empty()) {
                open_.pop_back();
            }
        }
    }

    std::vector<Stop> open_;
    char quote_ = 0;
};

/// Of several that are open, the innermost one is missing its end.
SyntaxStory open_bracket(const SourceText& source, Stop stop) {
    const Brackets brackets(source, stop);
    if (brackets.open().empty()) {
        return {"this closes what was not opened, or a value is missing before it", "every [ is closed by ], and every { by }",
                stop, 1};
    }
    const auto at = brackets.open().back();
    const auto is_list = line_of(source, at.line)[static_cast<std::size_t>(at.byte)] == '[';
    return {fmt::format("this {} is not closed where it must be", is_list ? '[' : '{'),
            fmt::format("it must be closed by {} before line {}, column {}; a text that begins with it must stand in quotes",
                        is_list ? ']' : '}', stop.line + 1, source.column(stop.line, stop.byte)),
            at, 1};
}

SyntaxStory tab_indentation(std::string_view indent, Stop stop) {
    return {"a tab stands in the indentation",
            "YAML is indented with spaces, not with tabs",
            {stop.line, static_cast<int>(indent.find('\t'))},
            1};
}

struct Words {
    std::string_view said;  ///< A part of what yaml-cpp says.
    std::string_view message;
    std::string_view hint;
};
constexpr std::array kWords{
    Words{"illegal block entry", "an item of a list cannot stand here", "is \"- \" indented like its neighbours?"},
    Words{"unknown token", "no text can begin like this", "a text that begins with @, ` or % must stand in quotes"},
    Words{"anchor is not defined", "no value above has this name (&name)", "a text that begins with * must stand in quotes"},
    Words{"alias not found", "a name is missing behind the *", "a text that begins with * must stand in quotes"},
    Words{"anchor not found", "a name is missing behind the &", "a text that begins with & must stand in quotes"},
    Words{"EOF in scalar", "a quote that was opened is not closed", ""}};

}  // namespace

SyntaxStory syntax_story(std::string_view said, const SourceText& source, Stop stop) {
    const auto is = [&](std::string_view part) { return said.find(part) != kNone; };
    const auto line = line_of(source, stop.line);
    const auto indent = line.substr(0, line.find_first_not_of(" \t"));
    if (indent.find('\t') != kNone) return tab_indentation(indent, stop);
    if (is("illegal map value")) return illegal_map_value(source, stop);
    if (is("end of map not found")) return stray_line(source, stop, "map");
    if (is("end of sequence not found")) return stray_line(source, stop, "list");
    if (is("flow not found") || is("illegal flow end")) return open_bracket(source, stop);
    if (is("unknown escape character")) return unknown_escape(source, stop);
    for (const auto& words : kWords) {
        if (is(words.said)) return {std::string(words.message), std::string(words.hint), stop, 1};
    }
    return {std::string(said), "", stop, 1};
}

}  // namespace tocsin::yaml

// The text of a YAML file, to turn the parser's marks into places. Private to rules/yaml.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tocsin::yaml {

/// Lines of a text, to turn the parser's marks (bytes, from 0) into places (code points, from 1).
class SourceText {
public:
    explicit SourceText(std::string_view text);

    /// From a byte of a line to the text's end.
    [[nodiscard]] std::string_view rest(int line, int byte) const;
    /// From a byte of a line to the line's end.
    [[nodiscard]] std::string_view rest_of_line(int line, int byte) const;
    /// The code points before a byte of a line, plus one.
    [[nodiscard]] std::int32_t column(int line, int byte) const;
    [[nodiscard]] std::int32_t line_count() const { return static_cast<std::int32_t>(lines_.size()); }

private:
    std::string_view text_;
    std::vector<std::string_view> lines_;
};

/// The bytes that a scalar takes at the front of a line's rest, and where in them its text begins.
struct Extent {
    std::size_t bytes = 1;
    std::size_t text_begin = 0;
    bool is_verbatim = false;
    bool is_quoted = false;
    std::size_t quote_begin = 0;
};

/// Of a scalar with this value; `rest` begins where the parser's mark says, at the anchor or tag if it has one.
[[nodiscard]] Extent extent_of(std::string_view rest, std::string_view value);

/// From the quote that opens a text to the one that closes it; npos if there is none.
[[nodiscard]] std::size_t quoted_bytes(std::string_view rest);

}  // namespace tocsin::yaml

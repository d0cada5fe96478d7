// Small questions about text: UTF-8, cutting by code points, the nearest of some names.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::string lower_ascii(std::string_view text);
/// ASCII letters compare without case; other bytes as they are.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

[[nodiscard]] std::size_t code_points(std::string_view utf8);
/// The first `code_points_max` code points; a text that had to be cut ends in "…", which counts as one.
[[nodiscard]] std::string truncated(std::string_view utf8, std::size_t code_points_max);
/// The text with every byte that is not valid UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view bytes);
/// Printable on a terminal and in a log: control characters (but not newline and tab) and bidirectional overrides become
/// U+FFFD, bytes that are no UTF-8 too.
[[nodiscard]] std::string printable(std::string_view text);

/// The name that a typing mistake most probably meant, or nothing if none is near (edit distance above a third of its length).
[[nodiscard]] std::optional<std::string> nearest(std::string_view name, std::span<const std::string> names);

/// Takes the same time whatever the two hold, for secrets; the lengths are not hidden.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace tocsin

// Comparing texts with or without regard to the case of ASCII letters, without making a copy.
#pragma once

#include <cstdint>
#include <string_view>

namespace tocsin::match {

/// How letters compare. Where they are folded, the operand must be in lower case already; only the value is folded on the way.
enum class Letters : std::uint8_t { AsWritten, Folded };

[[nodiscard]] constexpr char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// A strict order of texts, folded if so wanted; for sorting operands and finding a value among them.
[[nodiscard]] bool is_less(std::string_view a, std::string_view b, Letters letters);

[[nodiscard]] bool is_equal(std::string_view value, std::string_view operand, Letters letters);
[[nodiscard]] bool has_prefix(std::string_view value, std::string_view operand, Letters letters);
[[nodiscard]] bool has_suffix(std::string_view value, std::string_view operand, Letters letters);
[[nodiscard]] bool has_within(std::string_view value, std::string_view operand, Letters letters);

}  // namespace tocsin::match

// What somebody probably meant by a text that is not what it must be. Each answers a hint, or nothing where there is no guess.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tocsin::yaml {

/// `5 minutes`, `1.5h`, `PT30M`, `30`.
[[nodiscard]] std::optional<std::string> duration_cure(std::string_view text);
/// `yes`, `Off`, `True`, `1`: YAML 1.1 and other languages.
[[nodiscard]] std::optional<std::string> boolean_cure(std::string_view text);
/// `5%`, `1,000`, `100 ms`.
[[nodiscard]] std::optional<std::string> number_cure(std::string_view text);
/// `2026-01-04`, `2026-1-4 9:00`, `2026-01-04T20:00:00Z`.
[[nodiscard]] std::optional<std::string> civil_time_cure(std::string_view text);
/// Quotes and spaces that only look like those that YAML knows; web pages and chats are full of them.
[[nodiscard]] std::optional<std::string> lookalike_cure(std::string_view text);

}  // namespace tocsin::yaml

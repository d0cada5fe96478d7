// What somebody probably meant by a text that is no window. Private to rules/language.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tocsin::language {

/// The window as it must be written, of `10pm-7am`, `monday - friday 9:00 to 17:00`, `weekends`, `24:00-06:00`; nothing for a
/// text that cannot be guessed.
[[nodiscard]] std::optional<std::string> window_meant_by(std::string_view text);

/// A hint about a text that is no window, or nothing: the window that was meant, or that a time zone has no place in it.
[[nodiscard]] std::optional<std::string> window_cure(std::string_view text);

}  // namespace tocsin::language

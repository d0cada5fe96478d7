// What a log line looks like, but for the time and the level in front of it. Pure.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "daemon/observe/log.hpp"

namespace tocsin::log {

/// Code points of one value; a longer one is cut with "…".
inline constexpr std::size_t kValueCodePointsMax = 1'000;

struct Line {
    Level level = Level::Info;
    Event event = Event::Started;
    std::string_view message;
    std::initializer_list<Field> fields;
};

/// One line without newline, whatever the values hold: control characters and bytes that are no UTF-8 become U+FFFD, newlines and
/// tabs \n and \t. Text: `event=page person=lahore-a msg="disk full"`, a value in quotes if it is empty or holds a space, a
/// quote, a backslash or `=`. Json: the object's members, without its braces. Journald: the text with the priority before it.
[[nodiscard]] std::string format_line(Format format, const Line& line);

}  // namespace tocsin::log

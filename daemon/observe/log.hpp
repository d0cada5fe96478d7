// The log: one line per event, to stderr, from any thread, without waiting for the disk or the terminal.
//
//   2026-11-22T07:50:00.123Z info event=accepted source=splunk incident=42 msg="taken as a repeat"
//
// Lines wait in a bounded queue; when it is full the oldest is dropped and counted (dropped()). A critical line takes no part in
// that: it is written before critical() returns. The names of the events are in events.hpp. Secrets are not for here.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "daemon/observe/events.hpp"

namespace tocsin::log {

enum class Level : std::uint8_t { Debug, Info, Warning, Error, Critical };
/// Text: as above. Json: one object per line. Journald: no time, and the priority as systemd reads it ("<6>event=...").
enum class Format : std::uint8_t { Text, Json, Journald };

[[nodiscard]] std::string_view to_string(Level level);
/// "debug", "info", "warning", "error", "critical".
[[nodiscard]] std::optional<Level> parse_level(std::string_view text);
/// "text", "json", "journald".
[[nodiscard]] std::optional<Format> parse_format(std::string_view text);

struct Options {
    Level level = Level::Info;
    Format format = Format::Text;
    std::size_t lines_max = 8'192;  ///< That wait to be written.
    /// Where a line goes, its newline included; absent: stderr. Called by one thread at a time.
    std::function<void(std::string_view line)> write = {};
};

/// A text or a number; refers to the text, so it is for the call only.
class Value {
public:
    Value(std::string_view text) : text_(text) {}
    Value(const std::string& text) : text_(text) {}
    Value(const char* text) : text_(text) {}
    template <std::integral Number>
    Value(Number number) : number_(static_cast<std::int64_t>(number)) {}
    template <class Tag>
    Value(Id<Tag> id) : number_(id.value) {}

    [[nodiscard]] const std::optional<std::int64_t>& number() const { return number_; }
    [[nodiscard]] std::string_view text() const { return text_; }

private:
    std::string_view text_;
    std::optional<std::int64_t> number_;
};

struct Field {
    std::string_view key;  ///< snake_case, a literal; not "time", "level", "event" or "msg".
    Value value;
};

/// Until then, lines from warning up are written to stderr as text, without a queue. Before other threads log. Internal if the
/// writer's thread cannot be started.
[[nodiscard]] Result<void> start(Options options);
/// Writes what waits. After every other thread has stopped logging.
void stop();

void set_level(Level level);
[[nodiscard]] bool is_on(Level level);
/// Lines that the queue had no room for since start().
[[nodiscard]] std::uint64_t dropped();

void debug(Event event, std::string_view message, std::initializer_list<Field> fields = {});
void info(Event event, std::string_view message, std::initializer_list<Field> fields = {});
void warning(Event event, std::string_view message, std::initializer_list<Field> fields = {});
void error(Event event, std::string_view message, std::initializer_list<Field> fields = {});
void critical(Event event, std::string_view message, std::initializer_list<Field> fields = {});
void write(Level level, Event event, std::string_view message, std::initializer_list<Field> fields = {});

}  // namespace tocsin::log

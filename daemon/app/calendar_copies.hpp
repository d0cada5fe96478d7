// Calendars at an address, as files of this machine: the copies that a daemon keeps of what it has fetched, and a folder into
// which somebody has fetched them for `tocsin check`.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace tocsin::app {

/// Whether what a rulebook names is fetched, and is no file beside it.
[[nodiscard]] bool is_address(std::string_view named);

/// "https://calendar.example.org#1f2e3d4c": how an address is called where people and machines read it. It does not show the
/// path, in which people put secrets.
[[nodiscard]] std::string calendar_name(const std::string& address);

struct CalendarCopy {
    std::string text;
    TimePoint fetched_at;
};

/// The copies of a data directory. From any thread; one writer at a time.
class CalendarCopies {
public:
    explicit CalendarCopies(const std::string& data_directory) : folder_(data_directory + "/calendars") {}

    /// Nothing if there is none, or none that can be read.
    [[nodiscard]] std::optional<CalendarCopy> find(const std::string& address) const;
    [[nodiscard]] Result<void> keep(const std::string& address, const CalendarCopy& copy) const;

private:
    [[nodiscard]] std::string file_of(const std::string& address) const;

    std::string folder_;
};

/// How a rulebook's files and calendars are read, for CompileContext::read_sample.
using ReadNamed = std::function<Result<std::string>(std::string_view rulebook_path, std::string_view named)>;

/// Files as read_sample() has them, what is at an address by `read_calendar`.
[[nodiscard]] ReadNamed reading_calendars_by(std::function<Result<std::string>(const std::string& address)> read_calendar);

/// Where nothing is fetched: from the folder, where a calendar is called like the last part of its address; if none is named from
/// the copies of a daemon's data directory, if there is one.
struct CalendarPlaces {
    std::string folder{};
    std::string data_directory{};
};
/// NotFound says what to do.
[[nodiscard]] Result<std::string> read_fetched(const CalendarPlaces& places, const std::string& address);

}  // namespace tocsin::app

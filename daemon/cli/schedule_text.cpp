#include "daemon/cli/schedule_text.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/text.hpp"
#include "daemon/cli/table.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

constexpr std::size_t kCellsOfDay = 48;
constexpr std::chrono::minutes kCell{30};

std::string member_text(const json::object& object, std::string_view key) { return std::string(object.at(key).as_string()); }

struct DrawnShift {
    TimePoint from;
    TimePoint until;
    std::size_t person = 0;
};

/// Who is drawn, in the order in which they come.
struct Cast {
    std::vector<std::string> ids;
    std::vector<std::string> names;

    std::size_t add(const json::object& shift) {
        const auto id = member_text(shift, "person");
        const auto found = std::find(ids.begin(), ids.end(), id);
        if (found != ids.end()) return static_cast<std::size_t>(found - ids.begin());
        ids.push_back(id);
        names.push_back(member_text(shift, "name"));
        return ids.size() - 1;
    }
    static char letter(std::size_t person) {
        constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        return person < kLetters.size() ? kLetters[person] : '?';
    }
};

std::vector<DrawnShift> shifts_of(const json::object& answer, const Drawing& drawing, Cast& cast) {
    std::vector<DrawnShift> shifts;
    for (const auto& value : answer.at("shifts").as_array()) {
        const auto& shift = value.as_object();
        const auto from = parse_rfc3339(member_text(shift, "from"));
        const auto until = parse_rfc3339(member_text(shift, "until"));
        if (member_text(shift, "role") != to_string(drawing.role) || !from || !until) continue;
        shifts.push_back({*from, *until, cast.add(shift)});
    }
    return shifts;
}

const DrawnShift* shift_at(const std::vector<DrawnShift>& shifts, TimePoint t) {
    const auto found =
        std::find_if(shifts.begin(), shifts.end(), [&](const DrawnShift& s) { return s.from <= t && t < s.until; });
    return found == shifts.end() ? nullptr : &*found;
}

std::string time_of_day(TimePoint t, const Zone& zone) { return format_civil(zone.to_civil(t)).substr(11); }

std::string day_text(const std::vector<DrawnShift>& shifts, const Zone& zone, CivilTime day) {
    const auto begin = zone.to_utc(day);
    const auto end = zone.to_utc(day + std::chrono::days{1});
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    const std::chrono::weekday weekday{std::chrono::floor<std::chrono::days>(day)};
    auto line = fmt::format("{} {}  ", kDays[weekday.c_encoding()], format_civil(day).substr(0, 10));
    for (std::size_t cell = 0; cell < kCellsOfDay; ++cell) {
        const auto* shift = shift_at(shifts, zone.to_utc(day + kCell * cell));
        line += shift == nullptr ? '.' : Cast::letter(shift->person);
    }
    std::string begins;
    for (const auto& shift : shifts) {
        if (shift.from >= begin && shift.from < end)
            begins += fmt::format("  {} {}", time_of_day(shift.from, zone), Cast::letter(shift.person));
        if (shift.until >= begin && shift.until < end && shift_at(shifts, shift.until) == nullptr)
            begins += fmt::format("  {} nobody", time_of_day(shift.until, zone));
    }
    return line + begins + "\n";
}

std::string ruler() {
    std::string line(16, ' ');
    for (int hour = 0; hour < 24; hour += 3) line += fmt::format("{:<6}", hour);
    return std::string(line.substr(0, line.find_last_not_of(' ') + 1)) + "\n";
}

std::string number(const json::object& load, std::string_view key) {
    const auto& value = load.at(key);
    return value.is_double() ? fmt::format("{:.1f}", value.as_double()) : fmt::format("{}", value.to_number<std::int64_t>());
}

}  // namespace

std::string calendar_text(const json::object& shifts, const Drawing& drawing) {
    Cast cast;
    const auto drawn = shifts_of(shifts, drawing, cast);
    auto text = fmt::format("{}: {}, {}, by the clocks of {}\n", member_text(shifts, "schedule"),
                            printable(member_text(shifts, "title")), to_string(drawing.role), drawing.zone.name());
    for (int week = 0; week < drawing.weeks; ++week) {
        text += "\n" + ruler();
        for (int day = 0; day < 7; ++day)
            text += day_text(drawn, drawing.zone, drawing.monday + std::chrono::days{week * 7 + day});
    }
    text += "\n";
    for (std::size_t i = 0; i < cast.ids.size(); ++i) {
        text += fmt::format("{}  {}  {}\n", Cast::letter(i), cast.ids[i], printable(cast.names[i]));
    }
    return cast.ids.empty() ? text + "nobody\n" : text;
}

std::string fairness_text(const json::object& fairness) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& value : fairness.at("people").as_array()) {
        const auto& load = value.as_object();
        std::vector<std::string> row{member_text(load, "person"), member_text(load, "name")};
        for (const auto* key :
             {"shifts", "hours", "nights", "night_hours", "weekends", "weekend_hours", "holidays", "holiday_hours"})
            row.push_back(number(load, key));
        // Only a daemon knows them.
        for (const auto* key : {"day_pages", "night_pages"}) {
            if (load.contains(key)) row.push_back(number(load, key));
        }
        rows.push_back(std::move(row));
    }
    std::vector<std::string> heads{"PERSON", "NAME",     "SHIFTS", "HOURS",    "NIGHTS",
                                   "HOURS",  "WEEKENDS", "HOURS",  "HOLIDAYS", "HOURS"};
    if (fairness.contains("is_cut")) {
        heads.emplace_back("PAGED BY DAY");
        heads.emplace_back("BY NIGHT");
    }
    return fmt::format("{}, {}, from {} until {}; nights (22:00-07:00) and weekends by each person's clocks\n",
                       member_text(fairness, "schedule"), member_text(fairness, "role"), member_text(fairness, "from"),
                       member_text(fairness, "until")) +
           table(heads, rows);
}

}  // namespace tocsin::cli

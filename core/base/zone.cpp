#include "core/base/zone.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/assert.hpp"
#include "core/base/text.hpp"

namespace tocsin {
namespace {

// std::chrono::local_t and date::local_t are different types for the same count.
date::local_seconds to_date(CivilTime civil) { return date::local_seconds{civil.time_since_epoch()}; }
CivilTime from_date(date::local_seconds local) { return CivilTime{local.time_since_epoch()}; }

const date::time_zone* find_zone(std::string_view name) {
    try {
        return date::locate_zone(std::string(name));
    } catch (const std::exception&) {  // The library has no other way to say that there is none.
        return nullptr;
    }
}

/// "Karachi", "new york", "asia/karachi", else what is near.
std::optional<std::string> zone_meant_by(std::string_view name) {
    if (auto place = place_of_abbreviation(name)) return place;
    std::string wanted(name);
    std::replace(wanted.begin(), wanted.end(), ' ', '_');
    std::vector<std::string> names;
    for (const auto& zone : date::get_tzdb().zones) {
        const std::string_view known = zone.name();
        // The others are abbreviations: near to every other abbreviation, and hardly ever meant.
        if (known.find('/') == std::string_view::npos && known != "UTC") continue;
        names.emplace_back(known);
        if (equal_ignoring_case(known, wanted) || equal_ignoring_case(known.substr(known.rfind('/') + 1), wanted))
            return names.back();
    }
    return nearest(name, names);
}

/// "+05:30", "UTC+5", "GMT-4"
bool is_offset(std::string_view name) {
    for (const std::string_view front : {"UTC", "GMT"}) {
        if (name.starts_with(front)) name.remove_prefix(front.size());
    }
    return name.size() > 1 && (name[0] == '+' || name[0] == '-') && name[1] >= '0' && name[1] <= '9';
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    if (text.empty()) return {};
    for (const char c : text) {
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

Zone::Zone() : zone_(find_zone("Etc/UTC")) {
    TOCSIN_ASSERT(zone_ != nullptr, "the system has no time zone data: install tzdata");
}

Result<Zone> Zone::find(std::string_view name) {
    if (const auto* zone = find_zone(name)) return Zone{zone};
    auto message = fmt::format("no time zone is called \"{}\"", name);
    if (is_offset(name)) {
        message += "; write a place, such as America/New_York: an offset does not know summer time";
    } else if (const auto near = zone_meant_by(name)) {
        message += fmt::format("; did you mean \"{}\"?", *near);
    }
    return Error{Errc::NotFound, message};
}

std::string Zone::name() const { return zone_->name(); }

CivilTime Zone::to_civil(TimePoint t) const {
    return from_date(zone_->to_local(date::sys_seconds{std::chrono::floor<std::chrono::seconds>(t).time_since_epoch()}));
}

TimePoint Zone::to_utc(CivilTime civil) const {
    const auto info = zone_->get_info(to_date(civil));
    if (info.result == date::local_info::nonexistent) return TimePoint{info.first.end.time_since_epoch()};
    return TimePoint{civil.time_since_epoch() - info.first.offset};
}

Zone::Period Zone::period(TimePoint t) const {
    const auto info = zone_->get_info(date::sys_seconds{std::chrono::floor<std::chrono::seconds>(t).time_since_epoch()});
    return {TimePoint{info.begin.time_since_epoch()}, TimePoint{info.end.time_since_epoch()}, info.offset};
}

std::optional<std::string> place_of_abbreviation(std::string_view text) {
    struct Meant {
        std::string_view abbreviations;  ///< Each between spaces.
        std::string_view place;
    };
    constexpr std::array kMeant{Meant{" EST EDT ET ", "America/New_York"},
                                Meant{" CST CDT CT ", "America/Chicago"},
                                Meant{" MST MDT MT ", "America/Denver"},
                                Meant{" PST PDT PT ", "America/Los_Angeles"},
                                Meant{" BST ", "Europe/London"},
                                Meant{" CEST MEZ MESZ ", "Europe/Berlin"},
                                Meant{" EEST ", "Europe/Helsinki"},
                                Meant{" IST ", "Asia/Kolkata"},
                                Meant{" PKT ", "Asia/Karachi"},
                                Meant{" JST ", "Asia/Tokyo"},
                                Meant{" SGT ", "Asia/Singapore"},
                                Meant{" AEST AEDT ", "Australia/Sydney"},
                                Meant{" NZST NZDT ", "Pacific/Auckland"}};
    for (const auto& [abbreviations, place] : kMeant) {
        if (text.find(' ') == std::string_view::npos && abbreviations.find(fmt::format(" {} ", text)) != std::string_view::npos)
            return std::string(place);
    }
    return {};
}

std::optional<CivilTime> parse_civil(std::string_view text) {
    const bool has_seconds = text.size() == 19;
    if (text.size() != 16 && !has_seconds) return {};
    if (text[4] != '-' || text[7] != '-' || (text[10] != ' ' && text[10] != 'T') || text[13] != ':') return {};
    if (has_seconds && text[16] != ':') return {};
    const auto year = number(text.substr(0, 4));
    const auto month = number(text.substr(5, 2));
    const auto day = number(text.substr(8, 2));
    const auto hour = number(text.substr(11, 2));
    const auto minute = number(text.substr(14, 2));
    const auto second = has_seconds ? number(text.substr(17, 2)) : 0;
    if (!year || !month || !day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return {};
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return {};
    return std::chrono::local_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second};
}

std::string format_civil(CivilTime civil) {
    const auto days = std::chrono::floor<std::chrono::days>(civil);
    const std::chrono::year_month_day date{days};
    const std::chrono::hh_mm_ss time{civil - days};
    auto text = fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                            static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count());
    if (time.seconds().count() != 0) text += fmt::format(":{:02}", time.seconds().count());
    return text;
}

std::string format_in(TimePoint t, const Zone& zone) {
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    const auto civil = zone.to_civil(t);
    const std::chrono::weekday weekday{std::chrono::floor<std::chrono::days>(civil)};
    return fmt::format("{} {} {}", kDays[weekday.c_encoding()], format_civil(civil), zone.name());
}

}  // namespace tocsin

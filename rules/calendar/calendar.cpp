// The only user of libical: it parses and finds the days of a recurrence; times become instants by our own zones.
#include "rules/calendar/calendar.hpp"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "core/base/text.hpp"

namespace tocsin::calendar {
namespace {

using std::chrono::seconds;

/// Of one file; who has more wants to mend the first ones first.
constexpr std::size_t kMistakesMax = 20;

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;
struct FreeIterator {
    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};
using Iterator = std::unique_ptr<icalrecur_iterator, FreeIterator>;

/// Whoever takes one may look for other properties of the component, which has one cursor only.
template <class Take>
void each_property(icalcomponent* component, icalproperty_kind kind, Take take) {
    std::vector<icalproperty*> properties;
    for (auto* property = icalcomponent_get_first_property(component, kind); property != nullptr;
         property = icalcomponent_get_next_property(component, kind)) {
        properties.push_back(property);
    }
    for (auto* property : properties) take(property);
}

std::string text_of(const char* text) { return text == nullptr ? std::string() : std::string(trimmed(text)); }

/// Of the whole file, 1-based: the lines on which events begin.
std::vector<std::int32_t> event_lines(std::string_view bytes) {
    std::vector<std::int32_t> lines;
    std::int32_t number = 0;
    for (const auto line : split(bytes, '\n')) {
        ++number;
        if (equal_ignoring_case(trimmed(line), "BEGIN:VEVENT")) lines.push_back(number);
    }
    return lines;
}

/// What a recurrence is counted in: seconds, and no zone.
std::optional<CivilTime> civil_of(const icaltimetype& time) {
    const std::chrono::year_month_day date{std::chrono::year{time.year}, std::chrono::month{static_cast<unsigned>(time.month)},
                                           std::chrono::day{static_cast<unsigned>(time.day)}};
    const bool is_known = icaltime_is_null_time(time) == 0 && date.ok() && time.year >= 1900 && time.year < 2200;
    if (!is_known) return {};
    const auto midnight = std::chrono::local_days{date};
    if (time.is_date != 0) return midnight;
    return midnight + std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} + seconds{std::min(time.second, 59)};
}

/// The clocks that a time of the file goes by.
struct Clocks {
    Zone zone;
    icaltimezone* of_file = nullptr;  ///< Instead of `zone`, where the file defines its own and we do not know its name.

    [[nodiscard]] TimePoint to_utc(CivilTime civil) const {
        if (of_file == nullptr) return zone.to_utc(civil);
        const auto day = std::chrono::floor<std::chrono::days>(civil);
        const std::chrono::year_month_day date{day};
        const std::chrono::hh_mm_ss time{civil - day};
        auto local = icaltime_null_time();
        local.year = static_cast<int>(date.year());
        local.month = static_cast<int>(static_cast<unsigned>(date.month()));
        local.day = static_cast<int>(static_cast<unsigned>(date.day()));
        local.hour = static_cast<int>(time.hours().count());
        local.minute = static_cast<int>(time.minutes().count());
        local.second = static_cast<int>(time.seconds().count());
        return TimePoint{seconds{icaltime_as_timet_with_zone(local, of_file)}};
    }
};

/// A time as it is written: on the wall, and of which wall.
struct Written {
    CivilTime civil;
    Clocks clocks;
    bool is_date = false;
    [[nodiscard]] TimePoint instant() const { return clocks.to_utc(civil); }
};

/// "/freeassociation.sourceforge.net/America/New_York" and the like end in a name that we know.
std::optional<Zone> zone_called(std::string_view tzid) {
    for (auto name = tzid; !name.empty();) {
        if (auto zone = Zone::find(name)) return *zone;
        const auto slash = name.find('/');
        if (slash == std::string_view::npos) return {};
        name.remove_prefix(slash + 1);
    }
    return {};
}

/// libical writes a VTIMEZONE out year by year; what changes more often than a zone can is not given to it.
bool is_plausible(icalcomponent* vtimezone) {
    bool is_yearly = true;
    for (auto* part = icalcomponent_get_first_component(vtimezone, ICAL_ANY_COMPONENT); part != nullptr;
         part = icalcomponent_get_next_component(vtimezone, ICAL_ANY_COMPONENT)) {
        each_property(part, ICAL_RRULE_PROPERTY, [&](icalproperty* rule) {
            is_yearly = is_yearly && icalproperty_get_rrule(rule).freq == ICAL_YEARLY_RECURRENCE;
        });
        each_property(part, ICAL_DTSTART_PROPERTY,
                      [&](icalproperty* start) { is_yearly = is_yearly && icalproperty_get_dtstart(start).year >= 1600; });
    }
    return is_yearly;
}

bool is_bounded(const icalrecurrencetype& rule) {
    if (rule.freq == ICAL_SECONDLY_RECURRENCE || rule.freq == ICAL_MINUTELY_RECURRENCE || rule.freq == ICAL_NO_RECURRENCE)
        return false;
    if (rule.interval < 1) return false;
    if (rule.freq != ICAL_HOURLY_RECURRENCE) return true;
    // By the hour with conditions may look for one that never comes.
    const std::array conditions{rule.by_month[0], rule.by_month_day[0], rule.by_year_day[0],
                                rule.by_day[0],   rule.by_week_no[0],   rule.by_set_pos[0]};
    return std::all_of(conditions.begin(), conditions.end(), [](auto one) {
        return static_cast<int>(one) == static_cast<int>(ICAL_RECURRENCE_ARRAY_MAX) ||
               static_cast<int>(one) == static_cast<int>(ICAL_RECURRENCE_ARRAY_MAX_BYTE);
    });
}

class Reader {
public:
    Reader(std::string_view bytes, const Zone& zone) : zone_(zone), lines_(event_lines(bytes)) {}

    Calendar read(icalcomponent* root) {
        each_calendar(root, [&](icalcomponent* file) { note_changed(file); });
        line_of_next_ = 0;
        each_calendar(root, [&](icalcomponent* file) {
            file_ = file;
            each_event(file, [&](icalcomponent* event) { add(event); });
        });
        std::stable_sort(found_.events.begin(), found_.events.end(),
                         [](const Event& a, const Event& b) { return a.when.from < b.when.from; });
        return std::move(found_);
    }

private:
    template <class Take>
    static void each_calendar(icalcomponent* root, Take take) {
        if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT) return take(root);
        for (auto* file = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT); file != nullptr;
             file = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT)) {
            take(file);
        }
    }
    template <class Take>
    static void each_event(icalcomponent* file, Take take) {
        // Whoever takes one may look for other components of the file, which has one cursor only.
        std::vector<icalcomponent*> events;
        for (auto* event = icalcomponent_get_first_component(file, ICAL_VEVENT_COMPONENT); event != nullptr;
             event = icalcomponent_get_next_component(file, ICAL_VEVENT_COMPONENT)) {
            events.push_back(event);
        }
        for (auto* event : events) take(event);
    }

    void mistake(std::string what) {
        if (found_.mistakes.size() < kMistakesMax) found_.mistakes.push_back({line_, std::move(what)});
    }

    /// A recurrence that was changed by itself has the UID of the others, and says which of them it stands for.
    void note_changed(icalcomponent* file) {
        file_ = file;
        each_event(file, [&](icalcomponent* event) {
            const auto instead_of = written(event, ICAL_RECURRENCEID_PROPERTY, icalproperty_get_recurrenceid);
            if (instead_of) changed_.insert({text_of(icalcomponent_get_uid(event)), instead_of->instant()});
        });
    }

    std::optional<Clocks> clocks_of(icalproperty* property, const icaltimetype& time) {
        if (icaltime_is_utc(time) != 0) return Clocks{Zone{}};
        auto* parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
        if (parameter == nullptr || time.is_date != 0) return Clocks{zone_};
        const auto tzid = text_of(icalparameter_get_tzid(parameter));
        const auto [known, is_new] = clocks_.try_emplace({file_, tzid});
        if (is_new) known->second = clocks_called(tzid);
        return known->second;
    }

    std::optional<Clocks> clocks_called(const std::string& tzid) {
        if (const auto zone = zone_called(tzid)) return Clocks{*zone};
        auto* defined = icalcomponent_get_timezone(file_, tzid.c_str());
        auto* component = defined == nullptr ? nullptr : icaltimezone_get_component(defined);
        if (component != nullptr && is_plausible(component)) return Clocks{Zone{}, defined};
        const auto error = Zone::find(tzid);
        mistake(error ? "" : error.error().message());
        return {};
    }

    template <class Get>
    std::optional<Written> written(icalcomponent* event, icalproperty_kind kind, Get get) {
        auto* property = icalcomponent_get_first_property(event, kind);
        return property == nullptr ? std::nullopt : written(property, get(property));
    }
    std::optional<Written> written(icalproperty* property, const icaltimetype& time) {
        const auto civil = civil_of(time);
        const auto clocks = civil ? clocks_of(property, time) : std::nullopt;
        if (!clocks) return {};
        return Written{*civil, *clocks, time.is_date != 0};
    }

    /// How long an event lasts: to an end on the wall, or for so many days on the wall and so long after that.
    struct Length {
        seconds on_wall{};
        seconds exact{};
        Clocks clocks;  ///< Of the end.
    };
    std::optional<Length> length_of(icalcomponent* event, const Written& start) {
        if (icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY) != nullptr) {
            const auto end = written(event, ICAL_DTEND_PROPERTY, icalproperty_get_dtend);
            if (!end) return {};
            return Length{end->civil - start.civil, {}, end->clocks};
        }
        if (auto* property = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY)) {
            const auto duration = icalproperty_get_duration(property);
            constexpr unsigned kPartMax = 1'000'000;
            const bool is_sane = duration.is_neg == 0 && std::max({duration.weeks, duration.days, duration.hours,
                                                                   duration.minutes, duration.seconds}) <= kPartMax;
            if (!is_sane) return Length{seconds{-1}, {}, start.clocks};
            return Length{std::chrono::days{duration.weeks * 7 + duration.days},
                          std::chrono::hours{duration.hours} + std::chrono::minutes{duration.minutes} + seconds{duration.seconds},
                          start.clocks};
        }
        return Length{start.is_date ? std::chrono::days{1} : seconds{0}, {}, start.clocks};
    }

    void add(icalcomponent* event) {
        line_ = line_of_next_ < lines_.size() ? lines_[line_of_next_] : 0;
        ++line_of_next_;
        if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) return;
        const auto start = written(event, ICAL_DTSTART_PROPERTY, icalproperty_get_dtstart);
        if (!start) return mistake("this event has no DTSTART that can be read");
        const auto length = length_of(event, *start);
        if (!length) return mistake("this event has no DTEND that can be read");
        Event like;
        like.line = line_;
        like.summary = text_of(icalcomponent_get_summary(event));
        each_property(event, ICAL_ATTENDEE_PROPERTY, [&](icalproperty* property) {
            auto address = text_of(icalproperty_get_attendee(property));
            if (lower_ascii(address).starts_with("mailto:")) address.erase(0, 7);
            if (!address.empty()) like.attendees.push_back(std::move(address));
        });
        for (const auto civil : begins_of(event, *start)) {
            const auto from = start->clocks.to_utc(civil);
            const auto until = length->clocks.to_utc(civil + length->on_wall) + length->exact;
            if (until <= from) {
                // A shift in the hour that clocks leave out is none; an event that never lasts is a mistake.
                if (civil == start->civil) mistake("this event ends before it begins, or lasts no time");
                continue;
            }
            if (found_.events.size() >= kEventsMax) {
                return mistake(fmt::format("the calendar has more than {} events, every recurrence counted", kEventsMax));
            }
            like.when = {from, until};
            found_.events.push_back(like);
        }
    }

    /// The begins on the wall, without what is excepted or stands elsewhere.
    std::set<CivilTime> begins_of(icalcomponent* event, const Written& start) {
        std::set<CivilTime> begins{start.civil};
        if (icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) != nullptr) return begins;
        each_property(event, ICAL_RRULE_PROPERTY,
                      [&](icalproperty* rule) { add_recurrences(icalproperty_get_rrule(rule), event, start, begins); });
        each_property(event, ICAL_RDATE_PROPERTY, [&](icalproperty* property) {
            const auto rdate = icalproperty_get_rdate(property);
            const auto time = icaltime_is_null_time(rdate.time) != 0 ? rdate.period.start : rdate.time;
            if (const auto more = written(property, time)) begins.insert(on_wall_of(*more, start));
        });
        each_property(event, ICAL_EXDATE_PROPERTY, [&](icalproperty* property) {
            const auto except = written(property, icalproperty_get_exdate(property));
            if (!except) return;
            if (!except->is_date || start.is_date) begins.erase(on_wall_of(*except, start));
            // A date without a time means every recurrence of that day: not the standard, but what some calendars write.
            if (!except->is_date || start.is_date) return;
            std::erase_if(begins, [&](CivilTime one) { return std::chrono::floor<std::chrono::days>(one) == except->civil; });
        });
        const auto uid = text_of(icalcomponent_get_uid(event));
        std::erase_if(begins, [&](CivilTime one) { return changed_.contains({uid, start.clocks.to_utc(one)}); });
        return begins;
    }

    /// A time written by other clocks (mostly UTC), as those of the event show it.
    static CivilTime on_wall_of(const Written& time, const Written& start) {
        if (time.clocks.of_file != nullptr || start.clocks.of_file != nullptr || time.clocks.zone == start.clocks.zone)
            return time.civil;
        return start.clocks.zone.to_civil(time.instant());
    }

    void add_recurrences(icalrecurrencetype rule, icalcomponent* event, const Written& start, std::set<CivilTime>& begins) {
        if (!is_bounded(rule))
            return mistake("this RRULE cannot be used for shifts: it must go by hours, days, weeks, months or years");
        // UNTIL is an instant, the iterator knows no zones.
        auto until = kEnd;
        if (icaltime_is_null_time(rule.until) == 0) {
            const auto last = civil_of(rule.until);
            if (!last) return mistake("the UNTIL of this RRULE cannot be read");
            const auto end = rule.until.is_date != 0 ? *last + std::chrono::days{1} - seconds{1} : *last;
            const auto exact = icaltime_is_utc(rule.until) != 0 ? Zone{}.to_utc(end) : start.clocks.to_utc(end);
            until = std::min(until, TimePoint{exact + seconds{1}});
            rule.until = icaltime_null_time();
        }
        auto first = icalproperty_get_dtstart(icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY));
        first.zone = nullptr;
        const Iterator iterator{icalrecur_iterator_new(rule, first)};
        if (!iterator) return mistake("this RRULE cannot be read, or never comes");
        for (std::size_t count = 0; count <= kEventsMax; ++count) {
            const auto next = icalrecur_iterator_next(iterator.get());
            const auto civil = civil_of(next);
            if (!civil || start.clocks.to_utc(*civil) >= until) return;
            begins.insert(*civil);
        }
    }

    const Zone& zone_;
    std::vector<std::int32_t> lines_;
    std::size_t line_of_next_ = 0;
    std::int32_t line_ = 0;
    icalcomponent* file_ = nullptr;
    std::map<std::pair<icalcomponent*, std::string>, std::optional<Clocks>> clocks_;
    std::set<std::pair<std::string, TimePoint>> changed_;
    Calendar found_;
};

}  // namespace

Calendar read_calendar(std::string_view bytes, const Zone& zone) {
    const auto nothing = [](std::string what) { return Calendar{{}, {{0, std::move(what)}}}; };
    if (bytes.size() > kBytesMax) return nothing(fmt::format("the calendar is larger than {} bytes", kBytesMax));
    if (bytes.find('\0') != std::string_view::npos) return nothing("this is no iCalendar file: it has bytes that are no text");
    icalerror_set_errors_are_fatal(0);
    const std::string text(bytes);  // With an end that C sees.
    const Component root{icalparser_parse_string(text.c_str())};
    const auto kind = root ? icalcomponent_isa(root.get()) : ICAL_NO_COMPONENT;
    if (kind != ICAL_VCALENDAR_COMPONENT && kind != ICAL_XROOT_COMPONENT)
        return nothing("this is no iCalendar file: it must begin with BEGIN:VCALENDAR");
    return Reader(bytes, zone).read(root.get());
}

}  // namespace tocsin::calendar

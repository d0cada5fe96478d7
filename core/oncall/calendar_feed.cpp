#include "core/oncall/calendar_feed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace tocsin::oncall {
namespace {

/// Octets of a line, the CRLF not counted; a longer one is folded.
constexpr std::size_t kLineOctetsMax = 75;

bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Long lines go on in the next, behind a space; a code point is never torn.
void add_line(std::string& to, std::string_view line) {
    std::size_t room = kLineOctetsMax;
    while (line.size() > room) {
        auto cut = room;
        while (cut > 1 && continues_code_point(line[cut])) --cut;
        to += line.substr(0, cut);
        to += "\r\n ";
        line.remove_prefix(cut);
        room = kLineOctetsMax - 1;
    }
    to += line;
    to += "\r\n";
}

/// A TEXT value: what has a meaning there is escaped, control characters are left out.
std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') safe += '\\';
        if (c == '\n') safe += "\\n";
        if (static_cast<unsigned char>(c) >= 0x20U && c != '\x7F') safe += c;
    }
    return safe;
}

/// "20260308T083000Z"
std::string utc_text(TimePoint t) {
    auto text = format_utc(std::chrono::floor<std::chrono::seconds>(t));
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

void add_event(std::string& to, const FeedEvent& event, const Roster& roster, TimePoint now) {
    const auto& [duty, from, until] = event.shift;
    const auto* person = roster.person(duty.person);
    const auto name = person == nullptr ? duty.person : person->name;
    const auto role = to_string(event.role);
    const auto what = event.role == Role::Primary ? std::string() : fmt::format(" ({})", role);
    add_line(to, "BEGIN:VEVENT");
    add_line(to, fmt::format("UID:{}/{}/{}/{}@tocsin", event.schedule->id, role, duty.person, utc_text(from)));
    add_line(to, fmt::format("DTSTAMP:{}", utc_text(now)));
    add_line(to, fmt::format("DTSTART:{}", utc_text(from)));
    add_line(to, fmt::format("DTEND:{}", utc_text(until)));
    add_line(to, fmt::format("SUMMARY:{}: {}{}", escaped(name), escaped(event.schedule->title), what));
    add_line(to, fmt::format("DESCRIPTION:{}",
                             escaped(fmt::format("{}, {} in {} (by {})", duty.person, role, event.schedule->id, duty.by))));
    add_line(to, "TRANSP:TRANSPARENT");
    add_line(to, "END:VEVENT");
}

bool names_secondary(const Escalation& escalation, const Schedule& schedule) {
    const auto is_it = [&](const Target& target) { return target.id == schedule.id && target.role == Role::Secondary; };
    return is_it(escalation.fallback) ||
           std::any_of(escalation.steps.begin(), escalation.steps.end(),
                       [&](const EscalationStep& step) { return std::any_of(step.page.begin(), step.page.end(), is_it); });
}

}  // namespace

std::vector<FeedEvent> events_of_schedule(const Schedule& schedule, Interval of, Role role) {
    std::vector<FeedEvent> events;
    for (auto& shift : shifts(schedule, of.from, of.until, role)) events.push_back({&schedule, role, std::move(shift)});
    return events;
}

bool has_secondary(const Roster& roster, const Schedule& schedule) {
    const auto is_secondary = [](const auto& part) { return part.role == Role::Secondary; };
    return std::any_of(schedule.layers.begin(), schedule.layers.end(), is_secondary) ||
           std::any_of(schedule.overrides.begin(), schedule.overrides.end(), is_secondary) ||
           std::any_of(roster.escalations.begin(), roster.escalations.end(),
                       [&](const auto& entry) { return names_secondary(entry.second, schedule); });
}

std::vector<FeedEvent> events_of_person(const Roster& roster, std::string_view person, Interval of) {
    std::vector<FeedEvent> events;
    for (const auto& [id, schedule] : roster.schedules) {
        if (!everybody_in(schedule).contains(person)) continue;
        for (const auto role : {Role::Primary, Role::Secondary, Role::Shadow}) {
            if (role == Role::Secondary && !has_secondary(roster, schedule)) continue;
            auto all = events_of_schedule(schedule, of, role);
            std::erase_if(all, [&](const FeedEvent& event) { return event.shift.duty.person != person; });
            std::move(all.begin(), all.end(), std::back_inserter(events));
        }
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const FeedEvent& a, const FeedEvent& b) { return a.shift.from < b.shift.from; });
    return events;
}

std::string calendar_feed(std::string_view title, std::span<const FeedEvent> events, const Roster& roster, TimePoint now) {
    std::string feed;
    add_line(feed, "BEGIN:VCALENDAR");
    add_line(feed, "VERSION:2.0");
    add_line(feed, "PRODID:-//tocsin//on call//EN");
    add_line(feed, "CALSCALE:GREGORIAN");
    add_line(feed, "METHOD:PUBLISH");
    add_line(feed, fmt::format("X-WR-CALNAME:{}", escaped(title)));
    add_line(feed, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    add_line(feed, "X-PUBLISHED-TTL:PT1H");
    for (const auto& event : events) add_event(feed, event, roster, now);
    add_line(feed, "END:VCALENDAR");
    return feed;
}

}  // namespace tocsin::oncall

// Schedules, with every name looked up and every calendar read.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "core/base/text.hpp"
#include "rules/calendar/calendar.hpp"
#include "rules/check/compile_parts.hpp"

namespace tocsin::check {
namespace {

using language::Name;

/// Mistakes of one calendar that are shown; of more, only their number is said.
constexpr std::size_t kMistakesShown = 5;

class ScheduleCompiler {
public:
    ScheduleCompiler(const Compilation& compilation, const language::WrittenSchedule& written)
        : compilation_(compilation), names_(compilation.names), written_(written) {}

    Schedule compile() {
        if (names_.people.has(written_.id.text)) {
            written_.id.at
                .error(fmt::format("\"{}\" is a person too; \"page: {}\" could mean either", written_.id.text, written_.id.text))
                .hints.push_back(fmt::format("the person is at {}", to_string(names_.people.place(written_.id.text))));
        }
        Schedule schedule;
        schedule.id = written_.id.text;
        schedule.title = written_.title;
        schedule.time_zone = written_.time_zone;
        schedule.has_shift_notices = written_.has_shift_notices;
        for (const auto& layer : written_.layers) schedule.layers.push_back(compile_layer(layer));
        for (const auto& override : written_.overrides) {
            (void)names_.people.require(override.person);  // Only its report is wanted.
            schedule.overrides.push_back({override.person.text, override.from, override.until, override.role});
        }
        schedule.holidays = compile_holidays();
        add_vacations(schedule);
        return schedule;
    }

private:
    Layer compile_layer(const language::WrittenLayer& written) const {
        Layer layer;
        layer.name = written.name;
        layer.rotation = written.rotation;
        layer.during = written.during;
        layer.time_zone = written.time_zone;
        layer.role = written.role;
        layer.on = written.on;
        if (written.calendar) layer.calendar = compile_calendar(*written.calendar, layer);
        for (const auto& name : written.people) {
            const bool is_nobody = name.text == language::kNobody;
            if (!is_nobody) (void)names_.people.require(name);  // Only its report is wanted.
            layer.people.push_back(is_nobody ? std::string() : name.text);
        }
        return layer;
    }

    /// The events of a file beside the rulebook's, or at an address, in order; reports what is wrong with it.
    std::vector<calendar::Event> read(const Name& file, const Zone& zone) const {
        const auto& read_file = compilation_.context.read_sample;
        if (!read_file) {
            file.at.error("files cannot be read here");
            return {};
        }
        const auto bytes = read_file(file.at.place().file, file.text);
        if (!bytes) {
            file.at.error(bytes.error().message());
            return {};
        }
        compilation_.calendars.push_back({fmt::format("{} {}", file.at.place().file, file.text), *bytes});
        auto calendar = calendar::read_calendar(*bytes, zone);
        for (const auto& mistake : calendar.mistakes) {
            file.at.error(mistake.line == 0 ? fmt::format("{}: {}", file.text, mistake.what)
                                            : fmt::format("{}:{}: {}", file.text, mistake.line, mistake.what));
        }
        return std::move(calendar.events);
    }

    std::vector<CalendarShift> compile_calendar(const Name& file, const Layer& layer) const {
        const auto events = read(file, layer.time_zone.value_or(written_.time_zone));
        std::vector<std::vector<std::string>> people;
        std::map<std::int32_t, bool> is_known;  // By line: a recurrence says the same as the others.
        for (const auto& event : events) {
            people.push_back(people_of(event));
            if (people.back().empty() && !is_nobody(event.summary)) is_known.emplace(event.line, false);
        }
        std::size_t told = 0;
        for (const auto& event : events) {
            const auto unknown = is_known.find(event.line);
            if (unknown == is_known.end() || unknown->second) continue;
            unknown->second = true;
            if (++told <= kMistakesShown) report_unknown_person(file, event);
        }
        if (told > kMistakesShown)
            file.at.error(fmt::format("{}: and {} more events of nobody known", file.text, told - kMistakesShown));
        return calendar::shifts_of(events, people);
    }

    static bool is_nobody(std::string_view summary) { return equal_ignoring_case(trimmed(summary), language::kNobody); }

    /// Those whom the title names ("lahore-a", "Lahore engineer A, cambridge-a"), else those who are invited.
    std::vector<std::string> people_of(const calendar::Event& event) const {
        std::vector<std::string> people;
        bool all_known = true;
        for (const auto part : split(event.summary, ',')) {
            const auto* person = person_called(trimmed(part));
            all_known = all_known && person != nullptr;
            if (person != nullptr) people.push_back(person->id.text);
        }
        if (all_known || is_nobody(event.summary)) return people;
        people.clear();
        for (const auto& attendee : event.attendees) {
            if (const auto* person = person_called(attendee)) people.push_back(person->id.text);
        }
        return people;
    }

    /// By the name of the entry, the name that people read, or the address.
    const language::WrittenPerson* person_called(std::string_view text) const {
        const auto& people = compilation_.written.people;
        const auto found = std::find_if(people.begin(), people.end(), [&](const language::WrittenPerson& person) {
            const bool has_address = !person.email.empty() && equal_ignoring_case(person.email, text);
            return equal_ignoring_case(person.id.text, text) || equal_ignoring_case(person.name, text) || has_address;
        });
        return found == people.end() ? nullptr : &*found;
    }

    void report_unknown_person(const Name& file, const calendar::Event& event) const {
        std::vector<yaml::NamedPlace> near;
        for (const auto& person : compilation_.written.people) {
            for (const auto& name : {person.id.text, person.name, person.email}) {
                if (!name.empty()) near.push_back({name, person.id.at.place()});
            }
        }
        const auto title = printable(truncated(event.summary, 60));
        auto& reported = file.at.error(fmt::format("{}:{}: no person is called \"{}\"", file.text, event.line, title));
        yaml::hint_nearest(reported, event.summary, near);
        if (reported.hints.empty()) {
            reported.hints.emplace_back(
                "an event's title is a person's name (or several with commas), or it invites them by e-mail");
        }
    }

    std::vector<Interval> compile_holidays() const {
        std::vector<calendar::Event> all;
        for (const auto& file : written_.holidays) {
            auto events = read(file, written_.time_zone);
            std::move(events.begin(), events.end(), std::back_inserter(all));
        }
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.when.from < b.when.from; });
        return calendar::times_of(all);
    }

    void add_vacations(Schedule& schedule) const {
        const auto everybody = everybody_in(schedule);
        for (const auto& person : compilation_.written.people) {
            if (!everybody.contains(person.id.text)) continue;
            for (const auto& [from, until] : person.vacations) schedule.vacations.push_back({person.id.text, from, until});
        }
    }

    const Compilation& compilation_;
    const Names& names_;
    const language::WrittenSchedule& written_;
};

}  // namespace

Schedule compile_schedule(const Compilation& compilation, const language::WrittenSchedule& written) {
    return ScheduleCompiler(compilation, written).compile();
}

}  // namespace tocsin::check

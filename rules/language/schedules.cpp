// The section `schedules`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/text.hpp"
#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

struct Turn {
    Rotation::Unit unit;
    std::int32_t every;
};

/// "12h", "1d", "2w", "1mo"
std::optional<Turn> parse_turn(std::string_view text) {
    constexpr std::array kUnits{
        std::pair{std::string_view("h"), Rotation::Unit::Hours}, std::pair{std::string_view("d"), Rotation::Unit::Days},
        std::pair{std::string_view("w"), Rotation::Unit::Weeks}, std::pair{std::string_view("mo"), Rotation::Unit::Months}};
    constexpr std::int32_t kEveryMax = 1'000;
    std::int32_t every = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), every);
    if (error != std::errc{} || every < 1 || every > kEveryMax) return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    for (const auto& [name, unit] : kUnits) {
        if (text == name) return Turn{unit, every};
    }
    return {};
}

/// "weekly", "2 weeks", "7", "1m"
std::optional<std::string> turn_cure(std::string_view text) {
    constexpr std::array kWords{
        std::pair{std::string_view("hour"), std::string_view("h")}, std::pair{std::string_view("dai"), std::string_view("d")},
        std::pair{std::string_view("day"), std::string_view("d")}, std::pair{std::string_view("week"), std::string_view("w")},
        std::pair{std::string_view("month"), std::string_view("mo")}};
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto number = digits == 0 ? std::string_view("1") : text.substr(0, digits);
    const auto word = lower_ascii(trimmed(text.substr(digits)));
    if (word.empty()) return fmt::format("a unit is missing: {0}d or {0}w?", number);
    if (word == "m") return fmt::format("months are written {}mo", number);
    const auto found = std::find_if(kWords.begin(), kWords.end(), [&](const auto& one) { return word.starts_with(one.first); });
    if (found == kWords.end()) return {};
    return fmt::format("did you mean {}{}?", number, found->second);
}

/// "mon 09:00", "mon-fri 09:00", "09:00": a window of that length of day, of which only the begins matter.
std::optional<std::vector<std::int32_t>> parse_times_of_week(std::string_view text) {
    const auto time = trimmed(text).substr(trimmed(text).rfind(' ') + 1);
    const auto window = parse_weekly_window(fmt::format("{}-{}", text, time));
    if (!window || time.find('-') != std::string_view::npos) return {};
    std::vector<std::int32_t> times;
    for (const auto& span : window->spans) times.push_back(span.begin);
    return times;
}

/// The first of the times at or after a civil time.
CivilTime next_time_of_week(const std::vector<std::int32_t>& times, CivilTime from) {
    const auto day = std::chrono::floor<std::chrono::days>(from);
    const auto monday = day - std::chrono::days{static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1};
    for (const auto minute : times) {
        if (const auto time = monday + std::chrono::minutes{minute}; time >= from) return time;
    }
    return monday + std::chrono::weeks{1} + std::chrono::minutes{times.front()};
}

/// `every: [mon 09:00, fri 17:00]`
std::optional<Rotation> decode_times_of_week(const yaml::Cursor& every, const yaml::Cursor& first) {
    Rotation rotation{Rotation::Unit::TimesOfWeek, 1, {}, {}};
    auto& times = rotation.hand_overs;
    bool is_right = true;
    for (const auto& item : one_or_more(every)) {
        const auto read = item.read("a time of the week such as mon 09:00 or mon-fri 09:00", parse_times_of_week);
        is_right = is_right && read.has_value();
        if (read) times.insert(times.end(), read->begin(), read->end());
    }
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    const auto from = first.civil_time();
    if (!is_right || times.empty() || !from) return {};
    rotation.from = *from;
    const auto next = next_time_of_week(times, *from);
    if (next == *from) return rotation;
    first.error("the rotation must begin at one of its hand-overs")
        .hints.push_back(fmt::format("the first after that is {}", format_civil(next)));
    return {};
}

std::optional<Rotation> decode_rotation(const yaml::Cursor& value) {
    if (!value) return {};
    if (value.is_scalar()) {
        value.wrong("a map").hints.emplace_back(
            "write { every: 1w, from: 2026-01-05 09:00 }: how often, and the first hand-over");
        return {};
    }
    const auto record = value.record({"every", "from"});
    const auto every = record.required("every");
    const bool has_time = every.is_scalar() && every.text_or_blank().value_or("").find(':') != std::string::npos;
    if (every.is_list() || has_time) return decode_times_of_week(every, record.required("from"));
    const auto turn =
        every.read_or_cure("a turn such as 12h, 1d, 1w or 1mo, or times such as [mon 09:00, fri 09:00]", turn_cure, parse_turn);
    const auto from = record.required("from").civil_time();
    if (!turn || !from) return {};
    return Rotation{turn->unit, turn->every, *from, {}};
}

Role decode_role(const yaml::Cursor& value) {
    constexpr std::array<std::string_view, 3> kNames{"primary", "secondary", "shadow"};
    const auto chosen = value.choice(kNames);
    return chosen ? static_cast<Role>(*chosen) : Role::Primary;
}

Layer::Days decode_days(const yaml::Cursor& value) {
    constexpr std::array<std::string_view, 1> kNames{"holidays"};
    return value.choice(kNames) ? Layer::Days::Holidays : Layer::Days::All;
}

/// Who has the shifts: a calendar, or people who take turns.
void decode_turns(const yaml::Record& record, WrittenLayer& layer) {
    layer.calendar = name_at(record["ical"]);
    if (record["ical"]) {
        for (const auto* key : {"people", "rotate"}) {
            if (record[key]) record[key].error(fmt::format("a layer that is kept in a calendar has no \"{}\"", key));
        }
        return;
    }
    layer.rotation = decode_rotation(record["rotate"]);
    for (const auto& item : one_or_more(record.required("people"))) {
        if (auto name = name_at(item)) layer.people.push_back(std::move(*name));
    }
    if (layer.people.size() > 1 && !record["rotate"]) {
        record["people"].error("several people need \"rotate\"; without it the first has every shift");
    }
}

WrittenLayer decode_layer(const yaml::Cursor& value, std::size_t number) {
    WrittenLayer layer;
    layer.name = fmt::format("layer {}", number);
    if (value.is_scalar()) {
        value.wrong("a map").hints.push_back(fmt::format("write {{ people: {} }}", value.text().value_or("a")));
        return layer;
    }
    const auto record =
        value.record({"name", "rotate", "people", "during", "time_zone", "role", "on", "ical"}, {}, other_words::of_layer());
    layer.name = text_or(record["name"], layer.name);
    decode_turns(record, layer);
    layer.during = windows(record["during"]);
    layer.time_zone = record["time_zone"].zone();
    layer.role = decode_role(record["role"]);
    layer.on = decode_days(record["on"]);
    layer.on_at = record["on"];
    return layer;
}

void decode_layers(const yaml::Cursor& list, WrittenSchedule& schedule) {
    std::size_t number = 0;
    for (const auto& item : items(list)) {
        auto layer = decode_layer(item, ++number);
        const auto is_same = [&](const WrittenLayer& other) { return other.name == layer.name; };
        if (std::any_of(schedule.layers.begin(), schedule.layers.end(), is_same)) {
            item.error(fmt::format("two layers of this schedule are called \"{}\"", layer.name));
        }
        schedule.layers.push_back(std::move(layer));
    }
}

void decode_override(const yaml::Cursor& value, WrittenSchedule& schedule) {
    const auto record = value.record({"person", "from", "until", "role"});
    auto person = name_at(record.required("person"));
    const auto from = record.required("from").civil_time();
    const auto until = record.required("until").civil_time();
    if (!person || !from || !until) return;
    const WrittenOverride decoded{std::move(*person), schedule.time_zone.to_utc(*from), schedule.time_zone.to_utc(*until),
                                  decode_role(record["role"])};
    if (decoded.until <= decoded.from) {
        record["until"].error("an override must end after it begins");
        return;
    }
    schedule.overrides.push_back(decoded);
}

/// `ical` for the whole schedule is short for one layer.
void decode_who(const yaml::Record& record, WrittenSchedule& schedule) {
    if (!record["ical"]) return decode_layers(record.required("layers"), schedule);
    WrittenLayer layer;
    layer.name = "calendar";
    layer.calendar = name_at(record["ical"]);
    schedule.layers.push_back(std::move(layer));
    if (record["layers"]) {
        record["ical"]
            .error("a schedule has \"ical\" or \"layers\", not both")
            .hints.emplace_back("a calendar may be one of the layers: layers: [{ ical: FILE }, ...]");
    }
}

WrittenSchedule decode_schedule(const yaml::Entry& entry, Written& written) {
    const auto record =
        entry.value.record({"title", "time_zone", "layers", "ical", "overrides", "holidays", "shift_notices", "waive"}, {},
                           other_words::of_schedule());
    decode_waivers(record["waive"], {entry.key, entry.value}, written);
    WrittenSchedule schedule;
    schedule.id = {entry.name, entry.key};
    schedule.title = text_or(record["title"], entry.name);
    schedule.time_zone = record.required("time_zone").zone().value_or(Zone{});
    decode_who(record, schedule);
    if (record["holidays"]) schedule.holidays = names_at(record["holidays"]);
    for (const auto& layer : schedule.layers) {
        if (layer.on != Layer::Days::Holidays || record["holidays"]) continue;
        layer.on_at.error("this schedule has no \"holidays\"").hints.emplace_back("write holidays: a-file.ics beside \"layers\"");
    }
    schedule.has_shift_notices = record["shift_notices"].boolean().value_or(false);
    // An empty list is what is left when the last override has passed.
    for (const auto& item : record["overrides"].list()) decode_override(item, schedule);
    return schedule;
}

}  // namespace

void decode_schedules(const yaml::Cursor& section, Written& written) {
    for (const auto& entry : declarations(section, "schedule", written)) {
        written.schedules.push_back(decode_schedule(entry, written));
    }
}

}  // namespace tocsin::language

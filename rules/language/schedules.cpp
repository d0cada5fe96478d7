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

std::optional<Rotation> decode_rotation(const yaml::Cursor& value) {
    if (!value) return {};
    if (value.is_scalar()) {
        value.wrong("a map").hints.emplace_back(
            "write { every: 1w, from: 2026-01-05 09:00 }: how often, and the first hand-over");
        return {};
    }
    const auto record = value.record({"every", "from"});
    const auto turn = record.required("every").read_or_cure("a turn such as 12h, 1d, 1w or 1mo", turn_cure, parse_turn);
    const auto from = record.required("from").civil_time();
    if (!turn || !from) return {};
    return Rotation{turn->unit, turn->every, *from};
}

WrittenLayer decode_layer(const yaml::Cursor& value, std::size_t number) {
    if (value.is_scalar()) {
        value.wrong("a map").hints.push_back(fmt::format("write {{ people: {} }}", value.text().value_or("a")));
        return {fmt::format("layer {}", number), {}, {}, {}};
    }
    const auto record = value.record({"name", "rotate", "people", "during"}, {"on"}, other_words::of_layer());
    WrittenLayer layer;
    layer.name = text_or(record["name"], fmt::format("layer {}", number));
    layer.rotation = decode_rotation(record["rotate"]);
    for (const auto& item : one_or_more(record.required("people"))) {
        if (auto name = name_at(item)) layer.people.push_back(std::move(*name));
    }
    layer.during = windows(record["during"]);
    if (layer.people.size() > 1 && !record["rotate"]) {
        record["people"].error("several people need \"rotate\"; without it the first has every shift");
    }
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
    const auto record = value.record({"person", "from", "until"});
    auto person = name_at(record.required("person"));
    const auto from = record.required("from").civil_time();
    const auto until = record.required("until").civil_time();
    if (!person || !from || !until) return;
    const WrittenOverride decoded{std::move(*person), schedule.time_zone.to_utc(*from), schedule.time_zone.to_utc(*until)};
    if (decoded.until <= decoded.from) {
        record["until"].error("an override must end after it begins");
        return;
    }
    schedule.overrides.push_back(decoded);
}

WrittenSchedule decode_schedule(const yaml::Entry& entry, Written& written) {
    const auto record = entry.value.record({"title", "time_zone", "layers", "overrides", "waive"}, {"ical", "holidays"},
                                           other_words::of_schedule());
    decode_waivers(record["waive"], {entry.key, entry.value}, written);
    WrittenSchedule schedule;
    schedule.id = {entry.name, entry.key};
    schedule.title = text_or(record["title"], entry.name);
    schedule.time_zone = record.required("time_zone").zone().value_or(Zone{});
    decode_layers(record.required("layers"), schedule);
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

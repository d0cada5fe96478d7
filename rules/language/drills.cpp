// The section `drills`.
#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/model/weekly_window.hpp"
#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::int64_t kWeeksMax = 52;

std::optional<std::int32_t> every_weeks(std::string_view text) {
    const auto every = parse_duration(text);
    if (!every || every->count() <= 0 || *every % std::chrono::weeks{1} != Duration{0}) return {};
    const auto weeks = *every / std::chrono::weeks{1};
    return weeks <= kWeeksMax ? std::optional(static_cast<std::int32_t>(weeks)) : std::nullopt;
}

/// "mon 10:00 Asia/Karachi": the minute of the week; the zone begins at `zone_at`.
std::optional<std::int32_t> minute_of_week(std::string_view text, std::size_t& zone_at) {
    const auto words = split(text, ' ');
    if (words.size() < 2 || words.size() > 3) return {};
    const auto* day = std::find(kDays.begin(), kDays.end(), lower_ascii(words[0]));
    const auto clock = parse_civil("2026-01-05 " + std::string(words[1]));  // A Monday.
    if (day == kDays.end() || !clock) return {};
    const auto of_day = std::chrono::floor<std::chrono::minutes>(*clock - std::chrono::floor<std::chrono::days>(*clock));
    if (words.size() == 3) zone_at = static_cast<std::size_t>(words[2].data() - text.data());
    return static_cast<std::int32_t>((day - kDays.begin()) * kMinutesOfDay + of_day.count());
}

WrittenDrill decode_drill(const yaml::Entry& entry, Written& written) {
    const auto record = entry.value.record({"page", "at", "every", "within", "waive"});
    decode_waivers(record["waive"], {entry.key, entry.value}, written);
    WrittenDrill drill;
    drill.id = {entry.name, entry.key};
    drill.page = name_at(record.required("page")).value_or(Name{"", entry.key});
    const auto at = record.required("at");
    std::size_t zone_at = 0;
    drill.at = at.read("a day and a time such as mon 10:00 Asia/Karachi", [&](std::string_view text) {
                     return minute_of_week(text, zone_at);
                 }).value_or(0);
    if (zone_at > 0) drill.zone = at.zone(zone_at).value_or(Zone{});
    drill.every_weeks = record["every"].read("a number of weeks such as 1w or 4w", every_weeks).value_or(1);
    drill.within = record["within"].positive_duration().value_or(kDrillWithin);
    return drill;
}

}  // namespace

void decode_drills(const yaml::Cursor& section, Written& written) {
    for (const auto& entry : declarations(section, "drill", written)) written.drills.push_back(decode_drill(entry, written));
}

}  // namespace tocsin::language

// The decoders of the sections, and what they share. Private to rules/language.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/language/written.hpp"
#include "rules/yaml/cursor.hpp"

namespace tocsin::language {

void decode_people(const yaml::Cursor& section, Written& written);
void decode_schedules(const yaml::Cursor& section, Written& written);
void decode_escalations(const yaml::Cursor& section, Written& written);
void decode_services(const yaml::Cursor& section, Written& written);
void decode_heartbeats(const yaml::Cursor& section, Written& written);
void decode_drills(const yaml::Cursor& section, Written& written);
void decode_mappings(const yaml::Cursor& section, Written& written);
void decode_rules(const yaml::Cursor& section, Written& written);
void decode_silences(const yaml::Cursor& section, Written& written);
void decode_tests(const yaml::Cursor& section, Written& written);
void decode_storm(const yaml::Cursor& section, Written& written);

/// How often one service or person may be paged: `10/10m` or `off`.
[[nodiscard]] std::optional<WrittenLimit> paging_limit(const yaml::Cursor& value);

/// The `waive` of an entry: codes and reasons. `about` is what the entry is made of; warnings at places in it are waived.
void decode_waivers(const yaml::Cursor& value, const std::vector<yaml::Cursor>& about, Written& written);

/// The `match` of a rule. Names that the whole rulebook must judge are added to `matched`.
[[nodiscard]] match::Expression decode_match(const yaml::Cursor& map, std::vector<MatchedName>& matched);
/// Reports `service` and `severity` in the `match` of something that is asked before the rules.
void refuse_what_rules_set(const yaml::Cursor& match);
/// `{ at_least: 100 }`, a plain value, or a list of them, for one field.
[[nodiscard]] match::Expression decode_conditions(const std::string& path, const yaml::Cursor& value,
                                                  std::vector<MatchedName>& matched);

/// What a test expects, of one alert and of everything. The record must know the keys of both.
[[nodiscard]] WrittenVerdict decode_expected_verdict(const yaml::Record& record);
[[nodiscard]] WrittenExpect decode_expect(const yaml::Cursor& value);

/// The `after` of a step: a duration, durations by severity, or cases of which the first that holds decides.
void decode_wait(const yaml::Cursor& value, WrittenStep& step);

/// Text that is not blank, with its place.
[[nodiscard]] std::optional<Name> name_at(const yaml::Cursor& value);
/// The items of a list that must have some; reports one that has none.
[[nodiscard]] std::vector<yaml::Cursor> items(const yaml::Cursor& list);
/// The same, where a single value is a list of one.
[[nodiscard]] std::vector<yaml::Cursor> one_or_more(const yaml::Cursor& value);
[[nodiscard]] std::vector<Name> names_at(const yaml::Cursor& one_or_more_names);
/// The keys and values of a section, without those whose key cannot be a name or was declared before; such are reported.
[[nodiscard]] std::vector<yaml::Entry> declarations(const yaml::Cursor& section, std::string_view what, Written& written);
/// Reports a name that was declared before, with both places. True if it is new.
bool declare(const Name& name, std::string_view what, Written& written);

/// One window, or a list of them taken together.
[[nodiscard]] std::optional<WeeklyWindow> windows(const yaml::Cursor& value);
/// The same with a time zone behind each; all must have one zone.
[[nodiscard]] std::optional<match::During> during(const yaml::Cursor& value);
/// "2026-03-08 03:30 America/New_York" or RFC 3339.
[[nodiscard]] std::optional<TimePoint> parse_instant(std::string_view text);
/// The same, or a date or a civil time by the clocks of `zone`; reports anything else.
[[nodiscard]] std::optional<TimePoint> instant(const yaml::Cursor& value, const Zone& zone);
/// "+5m", since the first alert of a test.
[[nodiscard]] std::optional<Duration> parse_offset(std::string_view text);
/// A field's path as authors write it, in the canonical spelling; reports one that no alert can have. `offset` is where in the
/// value it begins.
[[nodiscard]] std::optional<std::string> field_path(const yaml::Cursor& value, std::string_view written, std::size_t offset = 0);
[[nodiscard]] std::optional<Severity> severity(const yaml::Cursor& value);
/// One severity or a list of them.
[[nodiscard]] std::vector<Severity> severities(const yaml::Cursor& value);
[[nodiscard]] std::optional<Urgency> urgency(const yaml::Cursor& value);
/// Text, or `otherwise` where none is written.
[[nodiscard]] std::string text_or(const yaml::Cursor& value, std::string_view otherwise);

/// A text with `${path}` in it.
[[nodiscard]] std::optional<match::Template> decode_template(const yaml::Cursor& value);

/// What rules/match says of a text, at the byte that it names if it names one.
yaml::Diagnostic& report_at_byte(const yaml::Cursor& value, std::string_view message);

}  // namespace tocsin::language

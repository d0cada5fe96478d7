// The sentences and rows that the text and the Markdown of a replay share. Private to rules/check.
#pragma once

#include <string>
#include <vector>

#include "rules/check/replay.hpp"

namespace tocsin::check {

/// "12,345 alerts (12,300 firing, 45 follow-ups) from 2026-10-25T00:00:00Z to ..."
[[nodiscard]] std::string replayed_words(const ReplayReport& report);
/// "whoever is paged acknowledges after 5m; ..."
[[nodiscard]] std::string assumed_words(const ReplayReport& report);
/// "Nothing changes." or "212 alerts, 3 pages more and 43 fewer (2 more and 40 fewer at night), ..."
[[nodiscard]] std::string result_words(const ReplayReport& report);
/// "rule \"LMS 5xx\": severity high -> critical, service lms -> none"
[[nodiscard]] std::string group_words(const ReplayGroup& group);
/// "2026-11-01T03:30:00Z from splunk: LMS answers with 5xx"
[[nodiscard]] std::string example_words(const ReplayGroup& group);
/// "Sun 2026-11-01 03:30 America/New_York by push: LMS answers with 5xx (rule \"LMS 5xx\")"
[[nodiscard]] std::string page_words(const ReplayPage& page);

/// Cells of one row: what, before, after, gained, lost.
using ReplayRow = std::vector<std::string>;
[[nodiscard]] std::vector<ReplayRow> total_rows(const ReplayReport& report);
/// Of those whose pages or notices change.
[[nodiscard]] std::vector<ReplayRow> person_rows(const ReplayReport& report);
/// Of the services whose incidents change.
[[nodiscard]] std::vector<ReplayRow> service_rows(const ReplayReport& report);

/// Groups that are shown; the rest is a number.
inline constexpr std::size_t kReplayGroupsShown = 50;

/// "50 groups of alerts are shown, 12 more are not"; empty if all are.
[[nodiscard]] std::string left_out_words(const ReplayReport& report);

}  // namespace tocsin::check

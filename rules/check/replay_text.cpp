// A replay for a terminal.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "rules/check/explain_page.hpp"
#include "rules/check/replay_report.hpp"
#include "rules/check/replay_words.hpp"

namespace tocsin::check {
namespace {

/// Columns; the first to the left, the others, which are numbers, to the right.
std::string aligned(const std::vector<ReplayRow>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], code_points(row[i]));
    }
    std::string text;
    for (const auto& row : rows) {
        text += "  " + padded(row[0], widths[0]);
        for (std::size_t i = 1; i < row.size(); ++i) text += fmt::format("  {:>{}}", row[i], widths[i]);
        text += "\n";
    }
    return text;
}

std::string section(std::string_view title, const ReplayRow& headings, std::vector<ReplayRow> rows) {
    if (rows.empty()) return {};
    rows.insert(rows.begin(), headings);
    return fmt::format("\n{}\n{}", title, aligned(rows));
}

std::string pages_text(std::string_view name, std::string_view what, const std::vector<ReplayPage>& pages) {
    std::string text;
    for (const auto& page : pages) text += fmt::format("  {} {} {}\n", name, what, page_words(page));
    return text;
}

}  // namespace

std::string replay_to_text(const ReplayReport& report) {
    auto text =
        fmt::format("Replayed {}.\nAssumed: {}.\n\n{}\n", replayed_words(report), assumed_words(report), result_words(report));
    for (const auto& [why, count] : report.not_understood) text += printable(fmt::format("left out {}: {}\n", count, why));
    text += section("In all", {"", "before", "after", "gained", "lost"}, total_rows(report));
    text += section("People", {"", "before", "after", "gained", "lost"}, person_rows(report));
    text += section("Incidents by service", {"", "gained", "lost"}, service_rows(report));
    std::string examples;
    for (const auto& [name, person] : report.people) {
        examples += pages_text(name, "gains", person.gained) + pages_text(name, "loses", person.lost);
    }
    if (!examples.empty()) text += "\nPages, the first of each person\n" + examples;
    if (!report.groups.empty()) text += "\nAlerts\n";
    for (std::size_t i = 0; i < std::min(report.groups.size(), kReplayGroupsShown); ++i) {
        const auto& group = report.groups[i];
        text += fmt::format("  {:>7}  {}\n           e.g. {}\n", group.alerts, group_words(group), example_words(group));
    }
    if (const auto left_out = left_out_words(report); !left_out.empty()) text += fmt::format("  {}\n", left_out);
    return text;
}

}  // namespace tocsin::check

// A replay for a comment on a pull request.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "rules/check/replay_report.hpp"
#include "rules/check/replay_words.hpp"

namespace tocsin::check {
namespace {

/// What came from an alert or a rulebook is text: it opens no table cell, link, mention or tag.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view("\\`*_[]|@#~").find(c) != std::string_view::npos) out += '\\';
        if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '&') {
            out += "&amp;";
        } else if (c == '\n') {
            out += ' ';
        } else {
            out += c;
        }
    }
    return out;
}

std::string table(const ReplayRow& headings, const std::vector<ReplayRow>& rows) {
    auto text = fmt::format("| {} |\n| --- |", fmt::join(headings, " | "));
    for (std::size_t i = 1; i < headings.size(); ++i) text += " ---: |";
    text += "\n";
    for (const auto& row : rows) {
        text += "|";
        for (const auto& cell : row) text += fmt::format(" {} |", escaped(cell));
        text += "\n";
    }
    return text;
}

std::string folded(std::string_view title, const std::string& body) {
    if (body.empty()) return {};
    return fmt::format("\n<details><summary>{}</summary>\n\n{}\n</details>\n", title, body);
}

std::string people(const ReplayReport& report) {
    const auto rows = person_rows(report);
    if (rows.empty()) return {};
    auto text = table({"person", "before", "after", "gained", "lost"}, rows);
    std::string examples;
    for (const auto& [name, person] : report.people) {
        for (const auto& page : person.gained)
            examples += escaped(fmt::format("{} gains {}", name, page_words(page))).insert(0, "- ") + "\n";
        for (const auto& page : person.lost)
            examples += escaped(fmt::format("{} loses {}", name, page_words(page))).insert(0, "- ") + "\n";
    }
    return examples.empty() ? text : text + "\nThe first pages of each:\n\n" + examples;
}

std::string services(const ReplayReport& report) {
    const auto rows = service_rows(report);
    return rows.empty() ? std::string() : table({"service", "gained", "lost"}, rows);
}

std::string alerts(const ReplayReport& report) {
    std::string text;
    for (std::size_t i = 0; i < std::min(report.groups.size(), kReplayGroupsShown); ++i) {
        const auto& group = report.groups[i];
        text +=
            fmt::format("- **{}** {}  \n  e.g. {}\n", group.alerts, escaped(group_words(group)), escaped(example_words(group)));
    }
    if (const auto left_out = left_out_words(report); !left_out.empty()) text += fmt::format("\n{}\n", escaped(left_out));
    return text;
}

std::string assumptions(const ReplayReport& report) {
    auto text = fmt::format("Replayed {} against {} (before) and {} (after). Assumed: {}.\n", replayed_words(report), report.base,
                            report.changed, escaped(assumed_words(report)));
    for (const auto& [why, count] : report.not_understood) text += fmt::format("\nLeft out {}: {}\n", count, escaped(why));
    return text;
}

}  // namespace

std::string replay_to_markdown(const ReplayReport& report) {
    auto text = fmt::format("### Replay: {}\n", escaped(result_words(report)));
    if (report.is_changed()) text += "\n" + table({"", "before", "after", "gained", "lost"}, total_rows(report));
    text += folded("Who is paged more, who less", people(report));
    text += folded("Incidents by service", services(report));
    text += folded("Alerts that mean something else", alerts(report));
    text += folded("What was replayed", assumptions(report));
    return text;
}

}  // namespace tocsin::check

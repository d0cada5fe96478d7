#include "rules/check/replay_words.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace tocsin::check {
namespace {

/// "12,345"
std::string number(std::int64_t value) {
    auto digits = std::to_string(value);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), ",");
    }
    return digits;
}

std::string counted(std::int64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", number(count), noun, count == 1 ? "" : "s");
}

std::string more_and_fewer(const ReplayCount& count) {
    if (count.lost == 0) return fmt::format("{} more", number(count.gained));
    if (count.gained == 0) return fmt::format("{} fewer", number(count.lost));
    return fmt::format("{} more and {} fewer", number(count.gained), number(count.lost));
}

std::string or_none(const std::string& name) { return name.empty() ? "none" : name; }

std::string rule_words(const std::string& rule) { return rule.empty() ? "no rule" : fmt::format("rule \"{}\"", rule); }

ReplayRow row(std::string what, const ReplayCount& count) {
    return {std::move(what), number(count.before), number(count.after), number(count.gained), number(count.lost)};
}

}  // namespace

std::string replayed_words(const ReplayReport& report) {
    if (!report.first) return "no alerts";
    return fmt::format("{} ({} firing, {}) from {} to {}", counted(report.fired + report.follow_ups, "alert"),
                       number(report.fired), counted(report.follow_ups, "follow-up"), format_utc(*report.first),
                       format_utc(report.last));
}

std::string assumed_words(const ReplayReport& report) {
    const auto& [acknowledged_after, resolved_after] = report.assumptions;
    const auto answer = acknowledged_after
                            ? fmt::format("whoever is paged acknowledges after {}", format_duration(*acknowledged_after))
                            : std::string("nobody ever acknowledges");
    return fmt::format("{}; an incident whose rule has no resolve_after is resolved when no alert came for {}", answer,
                       format_duration(resolved_after));
}

std::string result_words(const ReplayReport& report) {
    if (!report.is_changed()) return "Nothing changes.";
    std::string words =
        fmt::format("{} mean{} something else", counted(report.changed_alerts, "alert"), report.changed_alerts == 1 ? "s" : "");
    if (report.incidents.is_changed()) words += fmt::format("; incidents: {}", more_and_fewer(report.incidents));
    if (const auto pages = report.pages(); pages.is_changed()) {
        words += fmt::format("; pages: {}", more_and_fewer(pages));
        if (const auto night = report.night_pages(); night.is_changed()) {
            words += fmt::format(" ({} at night)", more_and_fewer(night));
        }
    } else {
        words += "; the pages stay as they are";
    }
    if (const auto notices = report.notices(); notices.is_changed()) {
        words += fmt::format("; notices: {}", more_and_fewer(notices));
    }
    return words + ".";
}

std::string group_words(const ReplayGroup& group) {
    std::string words = group.rule_before == group.rule_after
                            ? rule_words(group.rule_before)
                            : fmt::format("{} -> {}", rule_words(group.rule_before), rule_words(group.rule_after));
    std::string separator = ": ";
    for (const auto& [what, before, after] : group.differences) {
        words += separator;
        words += what == "incident" ? "another incident key" : fmt::format("{} {} -> {}", what, or_none(before), or_none(after));
        separator = ", ";
    }
    return printable(words);
}

std::string example_words(const ReplayGroup& group) {
    return printable(fmt::format("{} from {}: {}", format_utc(group.example_at), group.example_source, group.example));
}

std::string page_words(const ReplayPage& page) {
    return printable(
        fmt::format("{} by {}: {} ({})", format_in(page.at, page.zone), page.via, page.summary, rule_words(page.rule)));
}

std::vector<ReplayRow> total_rows(const ReplayReport& report) {
    return {row("incidents", report.incidents), row("pages", report.pages()), row("pages at night", report.night_pages()),
            row("notices", report.notices())};
}

std::vector<ReplayRow> person_rows(const ReplayReport& report) {
    std::vector<ReplayRow> rows;
    for (const auto& [name, person] : report.people) {
        if (person.pages.is_changed()) rows.push_back(row(name, person.pages));
        if (person.night_pages.is_changed()) rows.push_back(row(name + ", at night", person.night_pages));
        if (person.notices.is_changed()) rows.push_back(row(name + ", notices", person.notices));
    }
    return rows;
}

std::vector<ReplayRow> service_rows(const ReplayReport& report) {
    std::vector<ReplayRow> rows;
    for (const auto& [name, count] : report.incidents_of) {
        rows.push_back({name.empty() ? "no service" : name, number(count.gained), number(count.lost)});
    }
    return rows;
}

std::string left_out_words(const ReplayReport& report) {
    std::string words;
    if (report.groups.size() > kReplayGroupsShown) {
        words = fmt::format("{} groups of alerts are shown, {} more are not; -o json has them all", kReplayGroupsShown,
                            number(static_cast<std::int64_t>(report.groups.size() - kReplayGroupsShown)));
    }
    if (report.ungrouped > 0) {
        words += fmt::format("{}{} differ in yet other ways", words.empty() ? "" : "; ", counted(report.ungrouped, "alert"));
    }
    return words;
}

}  // namespace tocsin::check

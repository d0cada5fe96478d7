// An explanation for people at a terminal.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "rules/check/explain.hpp"
#include "rules/match/expression.hpp"

namespace tocsin::check {
namespace {

constexpr std::size_t kShownValueMax = 100;
constexpr std::size_t kPathColumnsMax = 48;
/// Of a rule that did not match; `--rule` shows all of it.
constexpr std::size_t kConditionCodePointsMax = 60;
constexpr std::size_t kShownSeenMax = 32;

/// Rows of cells, each column as wide as its widest cell; the last is not padded.
std::string table(const std::vector<std::vector<std::string>>& rows, std::size_t width_max) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], std::min(code_points(row[i]), width_max));
    }
    std::string text;
    for (const auto& row : rows) {
        text += " ";
        for (std::size_t i = 0; i < row.size(); ++i) text += " " + (i + 1 < row.size() ? padded(row[i], widths[i] + 1) : row[i]);
        text += '\n';
    }
    return text;
}

std::string on_one_line(std::string_view value) {
    auto text = truncated(value, kShownValueMax);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
    return text;
}

std::string fields_text(const Explanation& e) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& field : e.fields) rows.push_back({field.path, field.value.empty() ? "\"\"" : on_one_line(field.value)});
    auto text = table(rows, kPathColumnsMax);
    if (e.fields_left_out > 0) text += fmt::format("  and {} fields more, which rules cannot see\n", e.fields_left_out);
    return text;
}

/// One that did not match has one line: its name, and what it failed of.
std::vector<std::string> row_of(const ExplainedRule& rule) {
    const auto& step = rule.step;
    const auto number = fmt::format("{:>3}", rule.number);
    if (!step.is_match)
        return {number, "no", step.rule,
                fmt::format("{}: saw {}", truncated(step.failed_condition, kConditionCodePointsMax),
                            truncated(step.seen, kShownSeenMax))};
    return {number, step.is_deciding ? "YES" : "yes", step.rule,
            fmt::format("{} at {}", step.is_deciding ? "decides" : "goes on", step.place)};
}

/// Nothing for a source without mappings.
std::string reading_text(const Explanation& e) {
    if (!e.reading) return {};
    if (e.reading->mapping.empty()) return fmt::format("Read as usual: no mapping of {} is for it\n\n", e.source);
    std::vector<std::vector<std::string>> rows;
    for (const auto& part : e.reading->parts)
        rows.push_back({part.what, part.note.empty() ? "as it says" : on_one_line(part.note)});
    return fmt::format("Read by the mapping \"{}\" at {}\n{}\n", e.reading->mapping, e.reading->place,
                       table(rows, kPathColumnsMax));
}

std::string trail_text(const Explanation& e) {
    std::vector<std::vector<std::string>> rows;
    if (e.rules_left_out > 0) rows.push_back({"...", "no", fmt::format("{} rules are left out here", e.rules_left_out), ""});
    for (const auto& rule : e.rules) {
        rows.push_back(row_of(rule));
        rows.back().back() = on_one_line(rows.back().back());
        for (const auto& reason : rule.reasons) rows.push_back({"", "", "", "  " + on_one_line(reason)});
        if (!rule.sets.empty()) rows.push_back({"", "", "", "  sets " + on_one_line(rule.sets)});
    }
    if (rows.empty()) return "  the rulebook has no rules\n";
    auto text = table(rows, kPathColumnsMax);
    const bool is_one = e.rules_not_asked == 1;
    if (e.rules_not_asked > 0) {
        text +=
            fmt::format("  {} rule{} behind {} not asked\n", e.rules_not_asked, is_one ? "" : "s", is_one ? "it was" : "it were");
    }
    return text;
}

std::string silence_text(const Explanation& e) {
    if (!e.silence) return fmt::format("none of the {} covers it", e.silences);
    const auto& silence = *e.silence;
    const auto owner = silence.owner.empty() ? std::string() : fmt::format(", owner {}", silence.owner);
    return fmt::format("{}, until {}: {}{} ({})", silence.name, format_utc(silence.until), silence.reason, owner, silence.place);
}

/// What is not so by itself, and what is: nobody has to look the defaults up.
std::string life_text(const Lifecycle& life) {
    match::LifecycleSpec spec;
    if (life.within.count() > 0) spec.within = life.within;
    spec.reopen_within = life.reopen_within;
    if (life.hold_down.count() > 0) spec.hold_down = life.hold_down;
    spec.flapping = life.flapping;
    if (!life.re_page_on_worse) spec.re_page_on_worse = false;
    return spec.text();
}

std::string needs_text(const Explanation& e) {
    return fmt::format("{}: told there while one of these pages for something as bad", fmt::join(e.needs, ", "));
}

std::string verdict_text(const Explanation& e) {
    const auto& v = e.verdict;
    std::vector<std::vector<std::string>> rows;
    const auto add = [&](std::string name, std::string value) { rows.push_back({std::move(name), std::move(value)}); };
    const auto or_none = [](const std::string& text) { return text.empty() ? std::string("none") : text; };
    add("rule", v.rule_index < 0 ? "none matched: to triage" : v.rule);
    add("service", e.service_title.empty() ? or_none(v.service) : fmt::format("{}, {}", v.service, e.service_title));
    add("severity", std::string(to_string(v.severity)));
    add("urgency", std::string(to_string(v.urgency)));
    add("summary", v.summary);
    add("incident", v.incident_key);
    add("its life", life_text(v.lifecycle));
    add("escalation", or_none(v.escalation));
    if (e.silences > 0 || e.silence) add("silence", silence_text(e));
    if (!e.needs.empty()) add("needs", needs_text(e));
    if (!e.runbook.empty()) add("runbook", e.runbook);
    if (v.resolve_after > Duration{}) add("resolves", fmt::format("after {} without an alert", format_duration(v.resolve_after)));
    for (const auto& path : v.missing) add("missing", path + " (the rule needs it to page)");
    if (v.empty_templates > 0) add("warning", fmt::format("{} absent field(s) in the summary", v.empty_templates));
    return table(rows, kPathColumnsMax);
}

std::string pages_text(const Explanation& e) {
    if (e.pages.empty()) {
        const bool is_record = e.verdict.urgency == Urgency::Record;
        return is_record ? "  nobody: it is kept and nobody is told\n" : "  nobody within a day (see the timeline)\n";
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& page : e.pages) {
        rows.push_back({offset_text(page.offset), format_utc(page.at), format_in(page.at, page.zone), page.person,
                        fmt::format("{} ({}{})", page.via, page.channel, page.urgency == Urgency::Notice ? ", notice" : ""),
                        std::string(to_string(page.reason)), page.why});
    }
    auto text = table(rows, kPathColumnsMax);
    if (e.pages_left_out > 0) text += fmt::format("  and {} more\n", e.pages_left_out);
    return text;
}

/// Without the deliveries: every page stands above, and in a rehearsal all arrive.
std::string timeline_text(const Explanation& e) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& entry : e.timeline) {
        if (entry.reason == Reason::PageDelivered) continue;
        rows.push_back({offset_text(entry.at - e.at), std::string(to_string(entry.reason)), on_one_line(entry.detail)});
    }
    return rows.empty() ? "  nothing\n" : table(rows, kPathColumnsMax);
}

}  // namespace

std::string to_text(const Explanation& e) {
    const auto kind = e.kind.empty() || e.kind == e.source ? std::string() : fmt::format(" ({})", e.kind);
    return printable(
        fmt::format("Alert {} of {}{} at {}\n\n{}Fields\n{}\nTrail\n{}\nVerdict\n{}\nWho is told when, if nobody answers\n{}\n"
                    "Timeline\n{}",
                    on_one_line(e.key), e.source, kind, format_utc(e.at), reading_text(e), fields_text(e), trail_text(e),
                    verdict_text(e), pages_text(e), timeline_text(e)));
}

}  // namespace tocsin::check

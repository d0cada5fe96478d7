#include "rules/check/rulebook_tests_expect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace tocsin::check {
namespace {

constexpr Duration kDay = std::chrono::hours{24};

bool expects_silence(const TestExpect& expect) { return expect.no_pages || (expect.pages && expect.pages->empty()); }

std::string shown(std::string_view text) { return text.empty() ? "none" : std::string(text); }

/// One line of a verdict: what is expected of it, if anything.
struct Row {
    std::string_view what;
    std::optional<std::string> expected;
    std::string got;
};

template <class Enum>
std::optional<std::string> word_of(const std::optional<Enum>& value) {
    if (!value) return {};
    return std::string(to_string(*value));
}

std::vector<Row> rows_of(const ExpectedVerdict& expect, const Verdict& got) {
    return {{"rule", expect.rule, got.rule},
            {"service", expect.service, got.service},
            {"severity", word_of(expect.severity), std::string(to_string(got.severity))},
            {"urgency", word_of(expect.urgency), std::string(to_string(got.urgency))},
            {"summary", expect.summary, got.summary},
            {"incident", expect.incident, got.incident_key},
            {"escalation", expect.escalation, got.escalation},
            {"silence", expect.silence, got.silenced ? got.silenced->silence : std::string()}};
}

/// "\"LMS 5xx\" did not match: payload.count at_least 100, saw 8"
std::string why_not(std::string_view rule, const Trail& trail) {
    if (rule.empty()) return {};
    const auto step = std::find_if(trail.begin(), trail.end(), [&](const TrailStep& s) { return s.rule == rule; });
    if (step == trail.end()) return fmt::format("\"{}\" was not asked, as the other stands before it", rule);
    if (step->is_match) return fmt::format("\"{}\" matched too, but goes on", rule);
    return fmt::format("\"{}\" did not match: {}, saw {}", rule, step->failed_condition, step->seen);
}

bool is_of(const ExpectedPage& expected, const ExplainedPage& got) {
    return expected.at == got.offset && expected.person == got.person && (expected.via.empty() || expected.via == got.via) &&
           (expected.channel.empty() || expected.channel == got.channel) && (!expected.reason || *expected.reason == got.reason);
}

std::string recipient_text(const ExpectedPage& page) {
    auto text = fmt::format("{} {}", page.person, page.via.empty() ? "by any contact" : "via " + page.via);
    if (!page.channel.empty()) text += " on " + page.channel;
    if (page.reason) text += fmt::format(", {}", to_string(*page.reason));
    return text;
}

/// How much an expected page says: those that say more choose first among the pages of one instant.
int narrowness(const ExpectedPage& page) {
    return (page.via.empty() ? 0 : 1) + (page.channel.empty() ? 0 : 1) + (page.reason ? 1 : 0);
}

Difference count_difference(std::string what, std::int64_t expected, std::int64_t got) {
    return {std::move(what), fmt::to_string(expected), fmt::to_string(got), {}};
}

std::string state_of(const Incident* incident) {
    if (incident == nullptr) return "none";
    if (incident->is_silenced() && incident->state == IncidentState::Triggered) return "silenced";
    return std::string(to_string(incident->state));
}

/// The first of the reasons that does not follow in the timeline after those before it; null if all do.
const Reason* first_missing(const std::vector<Reason>& reasons, const std::vector<TimelineEntry>& timeline) {
    auto at = timeline.begin();
    for (const auto& reason : reasons) {
        at = std::find_if(at, timeline.end(), [&](const TimelineEntry& entry) { return entry.reason == reason; });
        if (at == timeline.end()) return &reason;
        ++at;
    }
    return nullptr;
}

std::string reasons_of(const std::vector<TimelineEntry>& timeline) {
    std::string text;
    for (const auto& entry : timeline) {
        if (entry.reason == Reason::PageDelivered) continue;  // One for each page, and no news: the pages are shown.
        text += fmt::format("{}{}", text.empty() ? "" : ", ", to_string(entry.reason));
    }
    return shown(text);
}

}  // namespace

Duration horizon_of(const TestExpect& expect, Duration last_given) {
    auto horizon = std::max(last_given, expects_silence(expect) && !expect.until ? kDay : Duration{});
    for (const auto& [until, count] : expect.pages_until) horizon = std::max(horizon, until);
    if (expect.until) return std::max(horizon, *expect.until);
    for (const auto& page : expect.pages.value_or(std::vector<ExpectedPage>{})) horizon = std::max(horizon, page.at);
    return horizon;
}

bool differs(const ExpectedVerdict& expect, const Verdict& got) {
    if (expect == ExpectedVerdict{}) return false;
    const auto rows = rows_of(expect, got);
    return std::any_of(rows.begin(), rows.end(), [](const Row& row) { return row.expected && *row.expected != row.got; });
}

std::vector<Difference> differences_of_verdict(const ExpectedVerdict& expect, const Verdict& got, const Trail& trail) {
    std::vector<Difference> differences;
    for (const auto& row : rows_of(expect, got)) {
        if (!row.expected || *row.expected == row.got) continue;
        differences.push_back({std::string(row.what), shown(*row.expected), shown(row.got),
                               row.what == "rule" ? why_not(*row.expected, trail) : std::string()});
    }
    return differences;
}

std::vector<ComparedPage> compared_pages(const TestExpect& expect, const std::vector<ExplainedPage>& pages, Duration horizon) {
    using Outcome = ComparedPage::Outcome;
    std::vector<ComparedPage> compared;
    if (!expects_silence(expect) && !expect.pages) return compared;
    std::vector<const ExplainedPage*> left;
    for (const auto& page : pages) {
        if (page.offset <= horizon) left.push_back(&page);
    }
    auto expected = expect.pages.value_or(std::vector<ExpectedPage>{});
    std::stable_sort(expected.begin(), expected.end(),
                     [](const ExpectedPage& a, const ExpectedPage& b) { return narrowness(a) > narrowness(b); });
    for (const auto& page : expected) {
        const auto found = std::find_if(left.begin(), left.end(), [&](const ExplainedPage* got) { return is_of(page, *got); });
        if (found == left.end()) {
            compared.push_back({Outcome::Missing, page.at, recipient_text(page), {}});
        } else {
            compared.push_back({Outcome::AsExpected, page.at, recipient_text(**found), reason_text(**found)});
            left.erase(found);
        }
    }
    for (const auto* page : left) {
        compared.push_back({Outcome::Unexpected, page->offset, recipient_text(*page), reason_text(*page)});
    }
    std::stable_sort(compared.begin(), compared.end(), [](const ComparedPage& a, const ComparedPage& b) { return a.at < b.at; });
    return compared;
}

std::vector<Difference> differences_of_outcome(const TestExpect& expect, const Played& played) {
    std::vector<Difference> differences;
    for (const auto& [last, expected] : expect.pages_until) {
        const auto got = std::count_if(played.pages.begin(), played.pages.end(),
                                       [&last = last](const ExplainedPage& page) { return page.offset <= last; });
        if (got != expected) differences.push_back(count_difference("pages until " + offset_text(last), expected, got));
    }
    if (expect.state) {
        const auto got = state_of(played.rehearsal.newest(played.incident_key));
        if (got != *expect.state) differences.push_back({"state at the end", *expect.state, got, {}});
    }
    const auto incidents = static_cast<std::int64_t>(played.rehearsal.incidents().size());
    if (expect.incidents && *expect.incidents != incidents) {
        differences.push_back(count_difference("incidents", *expect.incidents, incidents));
    }
    if (!expect.reasons) return differences;
    if (const auto* missing = first_missing(*expect.reasons, played.rehearsal.timeline())) {
        differences.push_back({"reasons", std::string(to_string(*missing)), reasons_of(played.rehearsal.timeline()), {}});
    }
    return differences;
}

}  // namespace tocsin::check

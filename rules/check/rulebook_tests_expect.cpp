#include "rules/check/rulebook_tests_expect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace tocsin::check {
namespace {

constexpr Duration kDay = std::chrono::hours{24};
constexpr std::size_t kPageLinesMax = 20;

bool expects_silence(const TestExpect& expect) { return expect.no_pages || (expect.pages && expect.pages->empty()); }

std::string in_quotes_or_none(std::string_view text) { return text.empty() ? "none" : fmt::format("\"{}\"", text); }

/// A line about a page, and where it belongs among the others.
struct PageLine {
    Duration at;
    std::string text;
};

void add_sorted(std::vector<PageLine> lines, std::vector<std::string>& differences) {
    std::stable_sort(lines.begin(), lines.end(), [](const PageLine& a, const PageLine& b) { return a.at < b.at; });
    for (std::size_t i = 0; i < std::min(lines.size(), kPageLinesMax); ++i) differences.push_back(std::move(lines[i].text));
    if (lines.size() > kPageLinesMax) differences.push_back(fmt::format("... and {} pages more", lines.size() - kPageLinesMax));
}

PageLine unexpected(const ExplainedPage& page) {
    return {page.offset, fmt::format("got       {}  {}: not expected ({})", offset_text(page.offset), recipient_text(page),
                                     reason_text(page))};
}

PageLine missed(const ExpectedPage& page) {
    const auto via = page.via.empty() ? std::string("by any contact") : "via " + page.via;
    return {page.at, fmt::format("expected  {}  {} {}: did not go out", offset_text(page.at), page.person, via)};
}

bool is_of(const ExpectedPage& expected, const ExplainedPage& got) {
    return expected.at == got.offset && expected.person == got.person && (expected.via.empty() || expected.via == got.via);
}

/// Pages that go out at one instant have no order among them, so each expected one takes any that is left; those that name their
/// contact choose first.
std::vector<PageLine> compare(std::vector<ExpectedPage> expected, std::vector<ExplainedPage> got) {
    std::stable_partition(expected.begin(), expected.end(), [](const ExpectedPage& page) { return !page.via.empty(); });
    std::vector<PageLine> lines;
    for (const auto& page : expected) {
        const auto found = std::find_if(got.begin(), got.end(), [&](const ExplainedPage& g) { return is_of(page, g); });
        if (found == got.end()) {
            lines.push_back(missed(page));
        } else {
            got.erase(found);
        }
    }
    for (const auto& page : got) lines.push_back(unexpected(page));
    return lines;
}

Duration last_of(const std::vector<ExpectedPage>& pages) {
    Duration last{};
    for (const auto& page : pages) last = std::max(last, page.at);
    return last;
}

/// "; \"LMS 5xx\" did not match: payload.count at_least 100, saw 8"
std::string why_not(std::string_view rule, const Trail& trail) {
    const auto step = std::find_if(trail.begin(), trail.end(), [&](const TrailStep& s) { return s.rule == rule; });
    if (step == trail.end()) return fmt::format("; \"{}\" was not asked, as the other stands before it", rule);
    if (step->is_match) return fmt::format("; \"{}\" matched too, but goes on", rule);
    return fmt::format("; \"{}\" did not match: {}, saw {}", rule, step->failed_condition, step->seen);
}

}  // namespace

Duration span_of(const TestExpect& expect) {
    auto span = expects_silence(expect) ? kDay : Duration{};
    if (expect.pages) span = std::max(span, last_of(*expect.pages));
    for (const auto& [until, count] : expect.pages_until) span = std::max(span, until);
    return span;
}

std::vector<std::string> differences_of_verdict(const TestExpect& expect, const Verdict& got, const Trail& trail) {
    std::vector<std::string> differences;
    const auto compare_one = [&](std::string_view what, const auto& expected, std::string_view seen, std::string_view more) {
        if (!expected || *expected == seen) return;
        differences.push_back(
            fmt::format("{}: expected {}, got {}{}", what, in_quotes_or_none(*expected), in_quotes_or_none(seen), more));
    };
    std::optional<std::string_view> severity;
    std::optional<std::string_view> urgency;
    if (expect.severity) severity = to_string(*expect.severity);
    if (expect.urgency) urgency = to_string(*expect.urgency);
    const auto hint = expect.rule && *expect.rule != got.rule ? why_not(*expect.rule, trail) : std::string();
    compare_one("rule", expect.rule, got.rule, hint);
    compare_one("service", expect.service, got.service, {});
    compare_one("severity", severity, to_string(got.severity), {});
    compare_one("urgency", urgency, to_string(got.urgency), {});
    compare_one("summary", expect.summary, got.summary, {});
    compare_one("incident", expect.incident, got.incident_key, {});
    return differences;
}

std::vector<std::string> differences_of_pages(const TestExpect& expect, const std::vector<ExplainedPage>& pages) {
    std::vector<std::string> differences;
    const auto until = [&](Duration last) {
        std::vector<ExplainedPage> early;
        std::copy_if(pages.begin(), pages.end(), std::back_inserter(early),
                     [&](const auto& page) { return page.offset <= last; });
        return early;
    };
    if (expects_silence(expect)) add_sorted(compare({}, until(kDay)), differences);
    if (expect.pages && !expect.pages->empty()) add_sorted(compare(*expect.pages, until(last_of(*expect.pages))), differences);
    for (const auto& [last, count] : expect.pages_until) {
        const auto got = static_cast<std::int64_t>(until(last).size());
        if (got == count) continue;
        differences.push_back(fmt::format("pages until {}: expected {}, got {}", offset_text(last), count, got));
    }
    return differences;
}

}  // namespace tocsin::check

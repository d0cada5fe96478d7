// The results for people: what was expected beside what came.
#include "rules/check/rulebook_tests_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "rules/check/rulebook_tests_words.hpp"

namespace tocsin::check {
namespace {

constexpr std::size_t kPageLinesMax = 30;
constexpr std::size_t kTrailLinesMax = 12;

template <class Lines>
std::size_t widest(const Lines& lines, std::size_t width_max) {
    std::size_t width = 0;
    for (const auto& line : lines) width = std::max(width, std::min(code_points(line), width_max));
    return width;
}

std::string differences_text(const std::vector<Difference>& differences, std::string_view indent) {
    std::vector<std::string> whats;
    for (const auto& one : differences) whats.push_back(one.what);
    const auto width = widest(whats, 40);
    std::string text;
    const auto add = [&](std::string_view what, std::string_view word, std::string_view value) {
        text += fmt::format("{}{}  {:<8}  {}\n", indent, padded(what, width), word, value);
    };
    for (const auto& one : differences) {
        add(one.what, "expected", one.expected);
        add("", "got", one.got);
        if (!one.why.empty()) add("", "because", one.why);
    }
    return text;
}

char mark_of(ComparedPage::Outcome outcome) {
    switch (outcome) {
        case ComparedPage::Outcome::AsExpected: return ' ';
        case ComparedPage::Outcome::Missing: return '-';
        case ComparedPage::Outcome::Unexpected: return '+';
    }
    return ' ';
}

std::string compared_text(const std::vector<ComparedPage>& compared, std::string_view indent) {
    std::vector<std::string> offsets;
    std::vector<std::string> recipients;
    for (const auto& page : compared) {
        offsets.push_back(offset_text(page.at));
        recipients.push_back(page.recipient);
    }
    const auto offset_width = widest(offsets, 20);
    const auto recipient_width = widest(recipients, 60);
    auto text = fmt::format("{}pages (- expected and did not go out, + went out and was not expected)\n", indent);
    for (std::size_t i = 0; i < std::min(compared.size(), kPageLinesMax); ++i) {
        const auto& page = compared[i];
        const auto head = fmt::format("{}{} {}  ", indent, mark_of(page.outcome), padded(offsets[i], offset_width));
        text += page.why.empty() ? fmt::format("{}{}\n", head, page.recipient)
                                 : fmt::format("{}{}  {}\n", head, padded(page.recipient, recipient_width), page.why);
    }
    if (compared.size() > kPageLinesMax) text += fmt::format("{}  and {} more\n", indent, compared.size() - kPageLinesMax);
    return text;
}

/// Rules that matched, and of the others as many as fit.
std::string trail_text(const Trail& trail, std::string_view indent) {
    auto text = fmt::format("{}rules asked\n", indent);
    std::size_t shown = 0;
    std::size_t left_out = 0;
    for (const auto& step : trail) {
        if (!step.is_match && ++shown > kTrailLinesMax) {
            ++left_out;
            continue;
        }
        const auto why = step.is_match ? std::string(step.is_deciding ? "decides" : "goes on")
                                       : fmt::format("{}, saw {}", step.failed_condition, step.seen);
        text += fmt::format("{}  {:<3}  {}: {}  ({})\n", indent, step.is_match ? "yes" : "no", step.rule, why, step.place);
    }
    if (left_out > 0) text += fmt::format("{}  and {} more that did not match\n", indent, left_out);
    return text;
}

std::string conditions_text(const CoverageReport& coverage) {
    std::string text;
    for (const auto& one : coverage.not_tried) {
        const auto never = one.has_held ? "never failed" : one.has_failed ? "never held" : "was never asked";
        text += fmt::format("  {}: {} {}  ({})\n", one.place, one.condition, never, one.rule);
    }
    return text;
}

enum class Passed { Shown, LeftOut };

std::string results_text(const std::vector<TestResult>& results, Passed passed) {
    std::string text;
    for (const auto& result : results) {
        if (result.passed() && passed == Passed::Shown) text += fmt::format("ok    {}\n", result.name);
        if (!result.passed())
            text += fmt::format("FAIL  {}  ({})\n{}", result.name, result.place, failure_text(result, "      "));
    }
    return text;
}

std::string count_text(std::size_t tests, std::size_t failed) {
    return fmt::format("{} test{}: {} passed, {} failed\n", tests, tests == 1 ? "" : "s", tests - failed, failed);
}

}  // namespace

std::string failure_text(const TestResult& result, std::string_view indent) {
    auto text = differences_text(result.differences, indent);
    if (!result.compared.empty()) text += compared_text(result.compared, indent);
    if (!result.trail.empty()) text += trail_text(result.trail, indent);
    return text;
}

std::string coverage_text(const CoverageReport& coverage, CoverageDetail detail) {
    auto text = fmt::format("rules: {} of {} reached by a test ({}%)\n", coverage.rules - coverage.not_reached.size(),
                            coverage.rules, coverage.rules_percent());
    for (const auto& one : coverage.not_reached) text += fmt::format("  {}: {}\n", one.place, one.rule);
    text += fmt::format("conditions: {} of {} seen to hold and to fail ({}%)\n", coverage.conditions - coverage.not_tried.size(),
                        coverage.conditions, coverage.conditions_percent());
    return detail == CoverageDetail::Summary ? text : text + conditions_text(coverage);
}

std::string coverage_gaps_to_text(const CoverageReport& coverage) {
    std::string text;
    for (const auto& one : coverage.not_reached) text += fmt::format("  {}: no test reaches \"{}\"\n", one.place, one.rule);
    return printable(text + conditions_text(coverage));
}

std::string tests_to_text(const TestReport& report, CoverageDetail detail) {
    auto text = results_text(report.results, Passed::Shown);
    if (report.coverage) text += coverage_text(*report.coverage, detail);
    return printable(text + count_text(report.results.size(), report.failed()));
}

std::string failures_to_text(const std::vector<TestResult>& results) {
    const auto failed = std::count_if(results.begin(), results.end(), [](const TestResult& one) { return !one.passed(); });
    return printable(results_text(results, Passed::LeftOut) + count_text(results.size(), static_cast<std::size_t>(failed)));
}

}  // namespace tocsin::check

// The results for CI systems and programs: JUnit, GitHub, JSON.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <utility>

#include "core/base/text.hpp"
#include "rules/check/explain_json.hpp"
#include "rules/check/rulebook_tests_report.hpp"
#include "rules/check/rulebook_tests_words.hpp"

namespace tocsin::check {
namespace {

namespace json = boost::json;

std::string xml_escaped(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

/// "rules/learner.yaml" and "60".
std::pair<std::string, std::string> file_and_line(const std::string& place) {
    const auto colon = place.rfind(':');
    if (colon == std::string::npos) return {place, "1"};
    return {place.substr(0, colon), place.substr(colon + 1)};
}

/// In one line: "severity: expected critical, got moderate".
std::string first_difference(const TestResult& result) {
    if (!result.differences.empty()) {
        const auto& first = result.differences.front();
        return fmt::format("{}: expected {}, got {}", first.what, first.expected, first.got);
    }
    for (const auto& page : result.compared) {
        if (page.outcome == ComparedPage::Outcome::AsExpected) continue;
        const bool is_missing = page.outcome == ComparedPage::Outcome::Missing;
        return fmt::format("{} {} {}", offset_text(page.at), page.recipient, is_missing ? "did not go out" : "was not expected");
    }
    return {};
}

std::string junit_case(const TestResult& result) {
    const auto file = file_and_line(result.place).first;
    const auto head = fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml_escaped(file), xml_escaped(result.name));
    if (result.passed()) return head + "/>\n";
    return fmt::format("{}>\n      <failure message=\"{}\">{}\n{}</failure>\n    </testcase>\n", head,
                       xml_escaped(first_difference(result)), xml_escaped(result.place), xml_escaped(failure_text(result, "")));
}

/// As GitHub asks: in the text after `::`, and more in a property before it.
enum class Part { Property, Text };
std::string github_escaped(std::string_view text, Part part) {
    std::string out;
    for (const char c : printable(text)) {
        switch (c) {
            case '%': out += "%25"; break;
            case '\r': out += "%0D"; break;
            case '\n': out += "%0A"; break;
            case ':': out += part == Part::Property ? "%3A" : ":"; break;
            case ',': out += part == Part::Property ? "%2C" : ","; break;
            default: out += c;
        }
    }
    return out;
}

json::object json_of(const Difference& one) {
    return {{"what", valid_utf8(one.what)},
            {"expected", valid_utf8(one.expected)},
            {"got", valid_utf8(one.got)},
            {"why", valid_utf8(one.why)}};
}

json::object json_of(const ComparedPage& page) {
    const auto outcome = page.outcome == ComparedPage::Outcome::AsExpected ? "as_expected"
                         : page.outcome == ComparedPage::Outcome::Missing  ? "missing"
                                                                           : "unexpected";
    return {{"outcome", outcome},
            {"offset", offset_text(page.at)},
            {"recipient", valid_utf8(page.recipient)},
            {"why", valid_utf8(page.why)}};
}

json::object json_of(const TestResult& result);
json::object json_of(const NotReached& one);
json::object json_of(const NotTried& one);

template <class Values>
json::array array_of(const Values& values) {
    json::array array;
    for (const auto& value : values) array.push_back(json_of(value));
    return array;
}

json::object json_of(const TestResult& result) {
    return {{"name", valid_utf8(result.name)},
            {"place", valid_utf8(result.place)},
            {"passed", result.passed()},
            {"differences", array_of(result.differences)},
            {"compared", array_of(result.compared)},
            {"pages", json_of_pages(result.pages)}};
}

json::object json_of(const NotReached& one) { return {{"name", valid_utf8(one.rule)}, {"place", valid_utf8(one.place)}}; }

json::object json_of(const NotTried& one) {
    return {{"rule", valid_utf8(one.rule)},
            {"place", valid_utf8(one.place)},
            {"condition", valid_utf8(one.condition)},
            {"has_held", one.has_held},
            {"has_failed", one.has_failed}};
}

json::object json_of(const CoverageReport& coverage) {
    return {{"rules", coverage.rules},
            {"rules_percent", coverage.rules_percent()},
            {"conditions", coverage.conditions},
            {"conditions_percent", coverage.conditions_percent()},
            {"not_reached", array_of(coverage.not_reached)},
            {"not_tried", array_of(coverage.not_tried)}};
}

}  // namespace

std::string tests_to_junit(const TestReport& report) {
    const auto counts = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\"", report.results.size(), report.failed());
    auto xml = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {0}>\n  <testsuite name=\"rulebook\" {0}>\n",
                           counts);
    for (const auto& result : report.results) xml += junit_case(result);
    if (report.coverage) {
        const auto text = coverage_text(*report.coverage, CoverageDetail::Conditions);
        xml += fmt::format("    <system-out>{}</system-out>\n", xml_escaped(text));
    }
    return xml + "  </testsuite>\n</testsuites>\n";
}

std::string tests_to_github(const TestReport& report) {
    std::string text;
    for (const auto& result : report.results) {
        if (result.passed()) continue;
        const auto [file, line] = file_and_line(result.place);
        text += fmt::format("::error file={},line={},title={}::{}\n", github_escaped(file, Part::Property),
                            github_escaped(line, Part::Property), github_escaped("tocsin test: " + result.name, Part::Property),
                            github_escaped(failure_text(result, ""), Part::Text));
    }
    auto end = fmt::format("{} of {} tests passed", report.results.size() - report.failed(), report.results.size());
    if (report.coverage) {
        end += fmt::format("; {}% of rules reached, {}% of conditions seen both ways", report.coverage->rules_percent(),
                           report.coverage->conditions_percent());
    }
    return text + fmt::format("::notice title=tocsin test::{}\n", github_escaped(end, Part::Text));
}

std::string tests_to_json(const TestReport& report) {
    const auto failed = report.failed();
    json::object body{{"passed", report.results.size() - failed}, {"failed", failed}, {"tests", array_of(report.results)}};
    body["coverage"] = report.coverage ? json::value(json_of(*report.coverage)) : json::value(nullptr);
    return json::serialize(body);
}

}  // namespace tocsin::check

#include "rules/check/rulebook_tests_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "core/base/text.hpp"
#include "rules/check/explain_json.hpp"

namespace tocsin::check {
namespace {

std::size_t failures_in(const std::vector<TestResult>& results) {
    return static_cast<std::size_t>(
        std::count_if(results.begin(), results.end(), [](const TestResult& r) { return !r.passed(); }));
}

std::string_view plural(std::size_t count) { return count == 1 ? "" : "s"; }

std::string pages_text(const std::vector<ExplainedPage>& pages, std::string_view indent) {
    if (pages.empty()) return fmt::format("{}nothing\n", indent);
    std::size_t offset_width = 0;
    std::size_t recipient_width = 0;
    for (const auto& page : pages) {
        offset_width = std::max(offset_width, code_points(offset_text(page.offset)));
        recipient_width = std::max(recipient_width, code_points(recipient_text(page)));
    }
    std::string text;
    for (const auto& page : pages) {
        text += fmt::format("{}{}  {}  {}\n", indent, padded(offset_text(page.offset), offset_width),
                            padded(recipient_text(page), recipient_width), reason_text(page));
    }
    return text;
}

std::string failure_text(const TestResult& result, std::string_view indent) {
    std::string text;
    for (const auto& difference : result.differences) text += fmt::format("{}{}\n", indent, difference);
    return text + fmt::format("{}what went out:\n", indent) + pages_text(result.pages, fmt::format("{}  ", indent));
}

std::string not_reached_text(const Rulebook& rulebook, const std::vector<TestResult>& results) {
    const auto missing = rules_not_reached(rulebook, results);
    if (missing.empty()) return {};
    const auto all = rulebook.rules().rules().size();
    auto text = fmt::format("{} of {} rule{} no test reached:\n", missing.size(), all, plural(all));
    for (const auto* rule : missing) text += fmt::format("  {}  ({})\n", rule->name, rule->place);
    return text;
}

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

std::string junit_case(const TestResult& result) {
    const auto file = result.place.substr(0, result.place.rfind(':'));
    const auto head = fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml_escaped(file), xml_escaped(result.name));
    if (result.passed()) return head + "/>\n";
    return fmt::format("{}>\n      <failure message=\"{}\">{}\n{}</failure>\n    </testcase>\n", head,
                       xml_escaped(result.differences.front()), xml_escaped(result.place), xml_escaped(failure_text(result, "")));
}

boost::json::object json_of(const TestResult& result) {
    boost::json::array differences;
    for (const auto& difference : result.differences) differences.emplace_back(valid_utf8(difference));
    return {{"name", valid_utf8(result.name)},
            {"place", valid_utf8(result.place)},
            {"passed", result.passed()},
            {"differences", std::move(differences)},
            {"pages", json_of_pages(result.pages)}};
}

}  // namespace

std::string tests_to_text(const Rulebook& rulebook, const std::vector<TestResult>& results) {
    std::string text;
    for (const auto& result : results) {
        text +=
            result.passed() ? fmt::format("ok    {}\n", result.name) : fmt::format("FAIL  {}  ({})\n", result.name, result.place);
        if (!result.passed()) text += failure_text(result, "      ");
    }
    text += not_reached_text(rulebook, results);
    const auto failed = failures_in(results);
    text +=
        fmt::format("{} test{}: {} passed, {} failed\n", results.size(), plural(results.size()), results.size() - failed, failed);
    return printable(text);
}

std::string tests_to_junit(const Rulebook& rulebook, const std::vector<TestResult>& results) {
    const auto counts = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\"", results.size(), failures_in(results));
    auto xml = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {0}>\n  <testsuite name=\"rulebook\" {0}>\n",
                           counts);
    for (const auto& result : results) xml += junit_case(result);
    const auto missing = not_reached_text(rulebook, results);
    if (!missing.empty()) xml += fmt::format("    <system-out>{}</system-out>\n", xml_escaped(missing));
    return xml + "  </testsuite>\n</testsuites>\n";
}

std::string tests_to_json(const Rulebook& rulebook, const std::vector<TestResult>& results) {
    boost::json::array tests;
    for (const auto& result : results) tests.push_back(json_of(result));
    boost::json::array missing;
    for (const auto* rule : rules_not_reached(rulebook, results)) {
        missing.push_back({{"name", valid_utf8(rule->name)}, {"place", valid_utf8(rule->place)}});
    }
    const auto failed = failures_in(results);
    const boost::json::object report{{"passed", results.size() - failed},
                                     {"failed", failed},
                                     {"tests", std::move(tests)},
                                     {"rules_not_reached", std::move(missing)}};
    return boost::json::serialize(report);
}

}  // namespace tocsin::check

// Every mistake in tests/golden/rulebook gives the words beside it, byte for byte. TOCSIN_UPDATE_GOLDEN=1 rewrites them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "rules/rulebook.hpp"
#include "tests/support/places.hpp"

namespace tocsin::compile_golden_test {
namespace {

const std::filesystem::path kGolden = test::source_path("tests/golden/rulebook");
constexpr std::string_view kFileMark = "### ";  ///< Begins another file: "### b.yaml".

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> mistakes() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kGolden)) {
        if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// One file, or several of which all but the first begin with a line "### their-name.yaml".
std::vector<RulebookFile> files_of(const std::string& name) {
    std::vector<RulebookFile> files{{name + ".yaml", ""}};
    auto rest = bytes_of(kGolden / (name + ".yaml"));
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size() - 1) + 1;
        const auto line = rest.substr(0, end);
        rest.erase(0, end);
        if (line.starts_with(kFileMark)) {
            files.push_back({line.substr(kFileMark.size(), line.size() - kFileMark.size() - 1), ""});
        } else {
            files.back().text += line;
        }
    }
    return files;
}

CompileContext context() {
    CompileContext context;
    context.channels = {"email", "ntfy", "sms", "voice"};
    context.sources = {{"splunk", "splunk"}, {"opsgenie-eu", "opsgenie"}, {"uptime-kuma", "generic"}};
    context.horizon = {*parse_rfc3339("2026-02-02T00:00:00Z"), *parse_rfc3339("2027-02-01T00:00:00Z")};
    context.read_sample = [](std::string_view, std::string_view named) -> Result<std::string> {
        if (named == "samples/known.json") return std::string("{}");
        if (named.starts_with("calendars/")) return bytes_of(kGolden / named);
        return Error{Errc::NotFound, "there is no file \"" + std::string(named) + "\""};
    };
    return context;
}

class Mistake : public testing::TestWithParam<std::string> {};

TEST_P(Mistake, IsReportedInTheseWords) {
    const auto files = files_of(GetParam());
    const auto compiled = compile_rulebook(files, context());
    const auto& diagnostics = compiled.diagnostics;
    const auto said = diagnostics.render_with_waived() + diagnostics.summary() + "\n";
    const auto expected = kGolden / (GetParam() + ".expected");
    if (std::getenv("TOCSIN_UPDATE_GOLDEN") != nullptr) std::ofstream(expected, std::ios::binary) << said;

    EXPECT_EQ(said, bytes_of(expected));
    const auto& all = diagnostics.all();
    const auto spoils = [](const yaml::Diagnostic& one) { return one.level == yaml::Level::Error && one.code != "fallback-gap"; };
    EXPECT_EQ(compiled.rulebook == nullptr, std::any_of(all.begin(), all.end(), spoils));
    EXPECT_NE(all.size(), 0U);
    for (const auto& one : all) EXPECT_TRUE(one.level == yaml::Level::Error || !one.code.empty()) << one.message;
}

/// A message without the names, numbers and texts that it repeats from the file: what is left is the kind of mistake.
std::string kind_of(const std::string& message) {
    std::string kind;
    bool is_quoted = false;
    for (const char c : message) {
        if (c == '"') is_quoted = !is_quoted;
        const bool is_digit = c >= '0' && c <= '9';
        if (!is_quoted && !is_digit) kind += c;
    }
    return kind;
}

TEST(Golden, HoldsAtLeastSixtyKindsOfMistakes) {
    std::set<std::string> kinds;
    std::size_t messages = 0;
    for (const auto& name : mistakes()) {
        const auto files = files_of(name);
        const auto compiled = compile_rulebook(files, context());
        for (const auto& diagnostic : compiled.diagnostics.all()) kinds.insert(kind_of(diagnostic.message));
        messages += compiled.diagnostics.all().size();
    }
    EXPECT_GE(kinds.size(), 60U) << "a golden file less; " << messages << " messages in all";
    RecordProperty("kinds", static_cast<int>(kinds.size()));
    RecordProperty("messages", static_cast<int>(messages));
}

INSTANTIATE_TEST_SUITE_P(Golden, Mistake, testing::ValuesIn(mistakes()), [](const auto& one) { return one.param; });

}  // namespace
}  // namespace tocsin::compile_golden_test

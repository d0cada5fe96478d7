// Every block of YAML in rules/README.md compiles, and all of them together are one rulebook without warnings.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/base/text.hpp"
#include "rules/check/rulebook_tests.hpp"
#include "rules/check/rulebook_tests_report.hpp"
#include "rules/language/warnings.hpp"
#include "rules/rulebook.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/rules/check_kit.hpp"

namespace tocsin::compile_readme_test {
namespace {

std::string page() {
    std::ifstream file(test::source_path("rules/README.md"), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The blocks, each as a file whose lines are counted as the page's.
std::vector<RulebookFile> blocks() {
    const auto text = page();
    std::vector<RulebookFile> found;
    bool is_inside = false;
    std::string skipped;
    for (const auto line : split(text, '\n')) {
        skipped += '\n';
        if (is_inside && line == "```") {
            is_inside = false;
        } else if (is_inside) {
            found.back().text += std::string(line) + '\n';
        } else if (line == "```yaml") {
            is_inside = true;
            const auto number = std::to_string(100 + found.size());  // In order also as text.
            found.push_back({"README.md, block " + number, skipped});
        }
    }
    return found;
}

CompileContext context() {
    CompileContext context;
    context.channels = {"email", "ntfy", "sms", "voice"};
    context.sources = {{"splunk", "splunk"}, {"uptime-kuma", "generic"}, {"nightly", "generic"}};
    context.read_sample = [](std::string_view, std::string_view named) -> Result<std::string> {
        std::ifstream file(test::source_path("tests/golden/readme/" + std::string(named)), std::ios::binary);
        if (!file) return Error{Errc::NotFound, "there is no file " + std::string(named)};
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    context.horizon = {*parse_rfc3339("2026-02-02T00:00:00Z"), *parse_rfc3339("2027-02-01T00:00:00Z")};
    return context;
}

TEST(RulesReadme, HasABlockForEverySection) {
    std::string all;
    for (const auto& block : blocks()) all += block.text;
    for (const auto* section : {"people:", "schedules:", "escalations:", "services:", "heartbeats:", "drills:", "mappings:",
                                "rules:", "silences:", "tests:", "default_triage:"}) {
        EXPECT_NE(all.find(std::string("\n") + section), std::string::npos) << section;
    }
}

TEST(RulesReadme, ExplainsTheCodeOfEveryWarning) {
    const auto text = page();
    for (const auto warning : language::warnings()) {
        const auto code = "`" + std::string(to_string(warning)) + "`";
        EXPECT_NE(text.find(code), std::string::npos) << code;
    }
    EXPECT_NE(text.find("`" + std::string(language::kFallbackGap) + "`"), std::string::npos);
}

TEST(RulesReadme, IsOneRulebookWithoutErrorsOrWarnings) {
    const auto files = blocks();
    const auto compiled = compile_rulebook(files, context());
    EXPECT_EQ(compiled.diagnostics.render(), "");
    EXPECT_EQ(compiled.diagnostics.waived(), 1U);
    ASSERT_NE(compiled.rulebook, nullptr);
    EXPECT_EQ(compiled.rulebook->tests().size(), 8U);
}

TEST(RulesReadme, PassesItsOwnTests) {
    const auto files = blocks();
    const auto compiled = compile_rulebook(files, context());
    ASSERT_NE(compiled.rulebook, nullptr) << compiled.diagnostics.render();
    const auto results = check::run_rulebook_tests(*compiled.rulebook, check::kit::real_parser());
    for (const auto& result : results) EXPECT_TRUE(result.passed()) << check::failures_to_text({result});
}

/// What a block says on its own is understood; names from other blocks are all that it may lack.
TEST(RulesReadme, HasBlocksThatLackNothingButNames) {
    for (const auto& block : blocks()) {
        const std::vector<RulebookFile> alone{block};
        const auto compiled = compile_rulebook(alone, context());
        for (const auto& diagnostic : compiled.diagnostics.all()) {
            if (diagnostic.level == yaml::Level::Warning) continue;
            const bool is_name = diagnostic.message.starts_with("no ") ||
                                 diagnostic.message.find(": no person is called") != std::string::npos ||
                                 diagnostic.message.find("whom would it page") != std::string::npos;
            EXPECT_TRUE(is_name) << block.path << ": " << diagnostic.message;
        }
    }
}

}  // namespace
}  // namespace tocsin::compile_readme_test

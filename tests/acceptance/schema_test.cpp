// What editors are told (`tocsin schema`) is what the program accepts: a real validator judges the files that the compiler
// judges.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::test::schema_test {
namespace {

namespace fs = std::filesystem;

/// Golden mistakes that one file does not show, or no pattern: an editor cannot see them, `tocsin check` does.
const std::set<std::string> kBeyondASchema{
    // Names that are declared elsewhere, twice, in a circle, or in tocsin.yaml.
    "contact_unknown_channel", "default_twice", "default_unknown", "escalation_unknown_target", "rule_name_twice",
    "rule_unknown_service", "rule_unknown_source", "same_name_in_two_files", "schedule_named_like_a_person",
    "schedule_unknown_person", "service_depends_on_itself", "service_unknown_names", "rule_pages_nobody",
    // Languages of their own: time zone data, regular expressions.
    "person_bad_zone", "rule_bad_regex", "regexes_of_other_tools",
    // What a rule costs, which only the matching index knows.
    "rule_too_costly",
    // Validators take the last of two equal keys.
    "yaml_duplicate_key"};

Outcome tocsin(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), built_path("tocsin"));
    return run({std::move(arguments)});
}

std::vector<std::string> yaml_files(const std::string& relative) {
    std::vector<std::string> paths;
    for (const auto& entry : fs::recursive_directory_iterator(source_path(relative))) {
        if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

/// The blocks of a page that are marked ```yaml, each as a file in the folder.
std::vector<std::string> blocks_of(const std::string& page, const TempDir& folder) {
    std::vector<std::string> paths;
    std::istringstream text{read_file(source_path(page))};
    std::string block;
    bool is_inside = false;
    for (std::string line; std::getline(text, line);) {
        if (is_inside && line == "```") {
            const auto name = "block-" + std::to_string(paths.size() + 1) + ".yaml";
            folder.write(name, block);
            paths.push_back(folder.path(name));
            block.clear();
        } else if (is_inside) {
            block += line + "\n";
        }
        is_inside = is_inside ? line != "```" : line == "```yaml";
    }
    return paths;
}

class Schema : public testing::Test {
protected:
    void SetUp() override {
        if (run({{"/usr/bin/python3", "-c", "import jsonschema, yaml"}}).exit.code != 0) {
            GTEST_SKIP() << "python3-jsonschema and python3-yaml are not installed";
        }
        folder_.write("rulebook.json", tocsin({"schema"}).out);
        folder_.write("settings.json", tocsin({"schema", "--settings"}).out);
    }

    /// "accepted", or "refused: where: why", by path.
    [[nodiscard]] std::map<std::string, std::string> verdicts(const std::string& schema, const std::vector<std::string>& paths) {
        std::vector<std::string> command{"/usr/bin/python3", source_path("tests/support/check_schema.py"), folder_.path(schema)};
        command.insert(command.end(), paths.begin(), paths.end());
        const auto outcome = run({command});
        EXPECT_EQ(outcome.exit.code, 0) << outcome.error;
        std::map<std::string, std::string> said;
        std::istringstream lines{outcome.out};
        for (std::string path, verdict; std::getline(lines, path, '\t') && std::getline(lines, verdict);) said[path] = verdict;
        EXPECT_EQ(said.size(), paths.size());
        return said;
    }

    TempDir folder_;
};

TEST_F(Schema, AcceptsTheShippedExamplesAndEveryBlockOfTheRulebooksReadme) {
    auto paths = yaml_files("rules/examples");
    const auto blocks = blocks_of("rules/README.md", folder_);
    ASSERT_GE(paths.size(), 5U);
    ASSERT_GE(blocks.size(), 7U);
    paths.insert(paths.end(), blocks.begin(), blocks.end());
    for (const auto& [path, verdict] : verdicts("rulebook.json", paths)) EXPECT_EQ(verdict, "accepted") << path;
}

TEST_F(Schema, AcceptsEveryFormThatTheCompilerTakes) {
    const auto path = source_path("tests/golden/schema/every_form.yaml");
    EXPECT_EQ(verdicts("rulebook.json", {path})[path], "accepted");
    folder_.write("forms/every_form.yaml", read_file(path));
    folder_.write("forms/samples/known.json", "{}");
    for (const auto* calendar : {"calendars/team.ics", "calendars/holidays.ics"}) {
        folder_.write("forms/" + std::string(calendar), read_file(source_path("tests/golden/schema/" + std::string(calendar))));
    }
    const auto check = tocsin({"check", folder_.path("forms")});
    EXPECT_EQ(check.exit.code, 0) << check.out;
}

TEST_F(Schema, RefusesTheGoldenMistakesButForThoseThatItCannotSee) {
    for (const auto& [path, verdict] : verdicts("rulebook.json", yaml_files("tests/golden/rulebook"))) {
        const auto name = fs::path(path).stem().string();
        const auto said = read_file(path.substr(0, path.size() - 5) + ".expected");
        const bool is_mistake = said.find(": error: ") != std::string::npos;
        if (is_mistake && !kBeyondASchema.contains(name)) {
            EXPECT_TRUE(verdict.starts_with("refused")) << name << " is a mistake, and an editor would not say so";
        } else {
            EXPECT_EQ(verdict, "accepted") << name << (is_mistake ? ": take it off the list of what a schema cannot see" : "");
        }
        EXPECT_TRUE(is_mistake || !kBeyondASchema.contains(name)) << name << " is no mistake, and on the list of them";
    }
}

TEST_F(Schema, OfTheSettingsAcceptsTheReadmesAndRefusesMistakes) {
    const auto good = blocks_of("README.md", folder_);
    ASSERT_FALSE(good.empty());
    for (const auto& [path, verdict] : verdicts("settings.json", good)) EXPECT_EQ(verdict, "accepted") << path;
    const std::string least = "data: state\nrulebook: rules\n";
    const std::vector<std::string> mistakes{"rulebook: rules\n",
                                            least + "listen: localhost:9877\n",
                                            least + "sources: { s: { kind: nagios, secret_file: s } }\n",
                                            least + "sources: { s: { kind: splunk } }\n",
                                            least + "sources: { s: { kind: splunk, secret_file: s, credential: s } }\n",
                                            least + "sources: { s: { kind: splunk, secret: 0123456789abcdef } }\n",
                                            least + "sources: { s: { kind: splunk, secret_file: s, secret_in: [] } }\n",
                                            least + "channels: { log: { kind: log, url: \"https://example.org\" } }\n",
                                            least + "channels: { og: { kind: opsgenie, secret_file: s } }\n",
                                            least + "channels: { hook: { kind: webhook, url: \"https://a:b@example.org\" } }\n",
                                            least + "channels: { hook: { kind: webhook, alias: page } }\n",
                                            least + "limits: { body: 1kb }\n",
                                            least + "limits: { drain: 10 }\n",
                                            least + "log: { level: loud }\n"};
    std::vector<std::string> bad;
    for (const auto& text : mistakes) {
        const auto name = "bad-" + std::to_string(bad.size() + 1) + ".yaml";
        folder_.write(name, text);
        bad.push_back(folder_.path(name));
    }
    for (const auto& [path, verdict] : verdicts("settings.json", bad)) {
        EXPECT_TRUE(verdict.starts_with("refused")) << read_file(path);
    }
}

/// The line by which an editor finds the schema, as the README has it.
TEST(SchemaLine, StandsInTheReadmeAndInEveryShippedExample) {
    const std::string line = "# yaml-language-server: $schema=rulebook.schema.json\n";
    EXPECT_NE(read_file(source_path("rules/README.md")).find(line), std::string::npos);
    for (const auto& path : yaml_files("rules/examples")) EXPECT_TRUE(read_file(path).starts_with(line)) << path;
    EXPECT_NE(tocsin({"schema", "--help"}).out.find(line), std::string::npos);
}

}  // namespace
}  // namespace tocsin::test::schema_test

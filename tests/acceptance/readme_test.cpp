// What the README tells people to type works: its settings are read, its commands succeed, and the try-out shows its story.
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::test::readme_test {
namespace {

std::string readme() { return read_file(source_path("README.md")); }

/// The lines of all blocks that are marked ```<language>.
std::vector<std::string> blocks(const std::string& language) {
    std::vector<std::string> lines;
    std::istringstream text{readme()};
    bool is_inside = false;
    for (std::string line; std::getline(text, line);) {
        if (line.rfind("```", 0) == 0) {
            is_inside = line == "```" + language;
        } else if (is_inside) {
            lines.push_back(line);
        }
    }
    return lines;
}

std::string with(std::string text, const std::string& old, const std::string& now) {
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + now.size()))
        text.replace(at, old.size(), now);
    return text;
}

/// As a shell would run it, in the project's folder.
Outcome shell(const std::string& line, std::vector<std::string> environment) {
    const auto path = "cd " + source_path() + " && PATH=" + built_path() + ":$PATH && " + line;
    return run({{"/bin/bash", "-c", path}, std::move(environment)});
}

TEST(Readme, ItsSettingsAreRead) {
    std::string yaml;
    for (const auto& line : blocks("yaml")) yaml += line + "\n";
    ASSERT_NE(yaml.find("sources:"), std::string::npos);
    TempDir folder;
    folder.write("tocsin.yaml", with(yaml, "/etc/tocsin/rules", source_path("rules/examples/learner")));
    for (const auto* name : {"splunk", "opsgenie", "genie", "hook", "opsgenie-key", "mail", "api"}) {
        folder.write(std::string("secrets/") + name, std::string("a-secret-for-the-test-of-") + name);
    }
    const auto outcome = shell("tocsin check --strict --config " + folder.path("tocsin.yaml"), {});
    EXPECT_EQ(outcome.exit.code, 0) << outcome.error << outcome.out;
}

TEST(Readme, ItsCommandsWork) {
    Daemon daemon(Rulebook::tiny());
    ASSERT_EQ(daemon.post("splunk", splunk_alert("disk full")).status, 202U);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("cpu hot")).status, 202U);
    TempDir folder;
    folder.write("token", kApiToken);
    const std::vector<std::string> environment{"TOCSIN_SERVER=http://127.0.0.1:" + std::to_string(daemon.port()),
                                               "TOCSIN_TOKEN_FILE=" + folder.path("token")};
    int tried = 0;
    for (const auto& line : blocks("sh")) {
        if (line.rfind("tocsin ", 0) != 0 || line.rfind("tocsin serve", 0) == 0) continue;
        auto here = with(with(with(line, " 42", " 1"), " 43", " 2"), "./rules", daemon.folder().path("rules"));
        here = with(here, " tocsin.yaml", " " + daemon.folder().path("tocsin.yaml"));
        here = with(with(here, " learner-primary", " primary"), " lahore-b", " ben");
        here = with(with(here, " reassign 1 cambridge-a", " reassign 1 ben"), "--escalation payments", "--escalation site");
        here = with(here, " contact verify lahore-a", " contact verify ana");
        const auto outcome = shell(here, environment);
        EXPECT_EQ(outcome.exit.code, 0) << line << "\n" << outcome.error;
        EXPECT_NE(outcome.out, "") << line;
        ++tried;
    }
    EXPECT_GE(tried, 8);
    EXPECT_EQ(daemon.incident(1)["state"], "resolved");
}

TEST(Readme, TryingItOutTellsTheWholeStory) {
    const auto outcome = shell("deploy/try.sh", {"TOCSIN_BINARY=" + built_path("tocsin")});
    EXPECT_EQ(outcome.exit.code, 0) << outcome.error << outcome.out;
    std::size_t at = 0;
    for (const auto* part : {"LMS answers with 5xx", "first_step", "step_timed_out", "acknowledged", "Opsgenie P1", "resolved",
                             "page_delivered", "tocsin_alerts_accepted_total"}) {
        const auto found = outcome.out.find(part, at);
        ASSERT_NE(found, std::string::npos) << part << " is missing or out of order in\n" << outcome.out;
        at = found;
    }
}

}  // namespace
}  // namespace tocsin::test::readme_test

// Merging, splitting, severity, reopening and holding back through the real program: API, command line and store.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"

namespace tocsin::test::incident_life_test {
namespace {

/// All of one entity are one incident; what the source ends is believed at once.
Rulebook by_entity() {
    auto rulebook = Rulebook::tiny();
    rulebook.yaml += "    incident: { by: [labels.entity] }\n";
    const auto site = rulebook.yaml.find("title: The site");
    rulebook.yaml.insert(site, "runbook: https://runbooks.example.org/site, ");
    return rulebook;
}

std::string opsgenie(const std::string& action, const std::string& key, const std::string& entity) {
    return R"({"action": ")" + action + R"(", "alert": {"alertId": ")" + key + R"(", "message": ")" + key +
           R"(", "priority": "P3", "entity": ")" + entity + R"("}})";
}

class IncidentLife : public testing::Test {
protected:
    void fire(const std::string& key, const std::string& entity) {
        ASSERT_EQ(daemon_.post("opsgenie", opsgenie("Create", key, entity)).status, 202U);
    }
    void end(const std::string& key, const std::string& entity) {
        ASSERT_EQ(daemon_.post("opsgenie", opsgenie("Close", key, entity)).status, 202U);
    }
    [[nodiscard]] HttpAnswer change(std::int64_t id, const std::string& verb, const std::string& body) {
        return daemon_.ask({"POST",
                            "/api/v1/incidents/" + std::to_string(id) + "/" + verb,
                            body,
                            {{"Authorization", std::string("Bearer ") + kApiToken}, {"Content-Type", "application/json"}}});
    }
    /// The program itself, as a person would call it.
    [[nodiscard]] Outcome tocsin(const std::string& line) {
        TempDir folder;
        folder.write("token", kApiToken);
        return run(
            {{"/bin/bash", "-c", built_path("tocsin") + " " + line},
             {"TOCSIN_SERVER=http://127.0.0.1:" + std::to_string(daemon_.port()), "TOCSIN_TOKEN_FILE=" + folder.path("token")}});
    }
    [[nodiscard]] std::string state(std::int64_t id) { return daemon_.incident(id)["state"]; }

    Daemon daemon_{by_entity()};
};

TEST_F(IncidentLife, MergedIncidentGoesOnInTheOtherAlsoAfterARestart) {
    fire("one", "disk");
    fire("two", "host");
    const auto merged = change(1, "merge", R"({"into": 2, "by": "ana"})");
    ASSERT_EQ(merged.status, 200U) << merged.body;
    EXPECT_EQ(merged["id"], "2");
    EXPECT_EQ(merged["firing"], "2");
    EXPECT_EQ(state(1), "resolved");
    EXPECT_EQ(daemon_.incident(1)["merged_into"], "2");
    daemon_.kill();
    daemon_.start();
    fire("three", "disk");
    EXPECT_EQ(daemon_.incident(2)["firing"], "3");
    end("one", "disk");
    end("two", "host");
    EXPECT_EQ(state(2), "triggered");
    end("three", "disk");
    EXPECT_EQ(state(2), "resolved");
}

TEST_F(IncidentLife, WhatCannotBeMergedIsSaid) {
    fire("one", "disk");
    fire("two", "host");
    EXPECT_EQ(change(1, "merge", "{}").status, 400U);
    EXPECT_EQ(change(1, "merge", R"({"into": 1})").status, 409U);
    EXPECT_EQ(change(1, "merge", R"({"into": 77})").status, 404U);
    ASSERT_EQ(daemon_.act(2, "resolve", "ana").status, 200U);
    const auto refused = change(1, "merge", R"({"into": 2})");
    EXPECT_EQ(refused.status, 409U);
    EXPECT_NE(refused.body.find("incident 2 is resolved"), std::string::npos) << refused.body;
    EXPECT_EQ(state(1), "triggered");
}

TEST_F(IncidentLife, SplitOffAlertsAreAnIncidentOfTheirOwn) {
    fire("one", "disk");
    fire("two", "disk");
    const auto mistyped = change(1, "split", R"({"alerts": ["twoo"]})");
    EXPECT_EQ(mistyped.status, 409U);
    EXPECT_NE(mistyped.body.find("did you mean \\\"two\\\"?"), std::string::npos) << mistyped.body;
    const auto split = tocsin("split 1 --alert two --by ana");
    EXPECT_EQ(split.exit.code, 0) << split.error;
    EXPECT_NE(split.out.find("incident 2 triggered"), std::string::npos) << split.out;
    end("two", "disk");
    EXPECT_EQ(state(2), "resolved");
    EXPECT_EQ(state(1), "triggered");
}

TEST_F(IncidentLife, TheCommandLineMergesSeveralAndSetsTheSeverity) {
    for (const auto* entity : {"disk", "host", "rack"}) fire(entity, entity);
    const auto merged = tocsin("merge 1 2 --into 3 --by ana");
    EXPECT_EQ(merged.exit.code, 0) << merged.error;
    EXPECT_NE(merged.out.find("incident 3 triggered"), std::string::npos) << merged.out;
    const auto raised = tocsin("severity 3 critical --note 'the whole rack' --by ana -o json");
    EXPECT_EQ(raised.exit.code, 0) << raised.error;
    EXPECT_NE(raised.out.find(R"("severity":"critical")"), std::string::npos) << raised.out;
    const auto shown = tocsin("incidents 3");
    for (const auto* part : {"took_over", "severity_changed", "the whole rack", "https://runbooks.example.org/site", "firing"}) {
        EXPECT_NE(shown.out.find(part), std::string::npos) << part << " is missing in\n" << shown.out;
    }
    EXPECT_EQ(tocsin("severity 3 terrible").exit.code, 64);
    EXPECT_EQ(tocsin("merge 1 --into 3").exit.code, 0) << "asked for twice is done once";
    EXPECT_EQ(tocsin("merge 3 --into 1").exit.code, 1);
}

TEST_F(IncidentLife, FiringAgainSoonAfterTheEndReopensTheIncident) {
    fire("one", "disk");
    end("one", "disk");
    EXPECT_EQ(state(1), "resolved");
    daemon_.restart();
    fire("one", "disk");
    EXPECT_EQ(state(1), "triggered");
    EXPECT_EQ(daemon_.incident(1)["flaps"], "1");
    ASSERT_EQ(daemon_.act(1, "resolve", "ana").status, 200U);
    fire("one", "disk");
    EXPECT_EQ(state(2), "triggered") << "a person said that it was over";
}

}  // namespace
}  // namespace tocsin::test::incident_life_test

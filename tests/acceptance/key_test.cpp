// Keys of sources: made, used, restricted, replaced, and seen nowhere.
#include <gtest/gtest.h>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::test::key_test {
namespace {

class Keys : public testing::Test {
protected:
    Keys() { folder_.write("token", kApiToken); }
    Outcome tocsin(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), built_path("tocsin"));
        return run(
            {std::move(arguments),
             {"TOCSIN_SERVER=http://127.0.0.1:" + std::to_string(daemon_.port()), "TOCSIN_TOKEN_FILE=" + folder_.path("token")}});
    }
    std::string made(const std::string& name, const std::string& endpoints = "") {
        std::vector<std::string> arguments{"key", "create", "splunk", "--name", name};
        if (!endpoints.empty()) arguments.insert(arguments.end(), {"--for", endpoints});
        const auto outcome = tocsin(std::move(arguments));
        EXPECT_EQ(outcome.exit.code, 0) << outcome.error;
        return outcome.out.substr(0, outcome.out.find('\n'));
    }
    unsigned status_with(const std::string& key, const std::string& alert) {
        return daemon_.ask({"POST", "/in/splunk/" + key, splunk_alert(alert)}).status;
    }
    std::string id_of(const std::string& name) {
        const auto listed = daemon_.get("/api/v1/keys?source=splunk").json();
        for (const auto& key : listed.at("keys").as_array()) {
            if (key.at("name").as_string() == name.c_str()) return std::string(key.at("id").as_string());
        }
        return "none";
    }

    Daemon daemon_{Rulebook::tiny()};
    TempDir folder_;
};

TEST_F(Keys, TwoAreGoodAtOnceAndARevokedOneNoLonger) {
    const auto first = made("2026-10");
    const auto second = made("2026-11");
    EXPECT_EQ(status_with(first, "a"), 202);
    EXPECT_EQ(status_with(second, "b"), 202);
    const auto revoked = tocsin({"key", "revoke", "splunk/2026-10"});
    EXPECT_EQ(revoked.exit.code, 0) << revoked.error;
    EXPECT_EQ(status_with(first, "c"), 401);
    EXPECT_EQ(status_with(second, "d"), 202);

    daemon_.restart();
    EXPECT_EQ(status_with(first, "e"), 401) << "it is on disk";
    EXPECT_EQ(status_with(second, "f"), 202);
    const auto later = tocsin({"key", "revoke", id_of("2026-11"), "--at", "+24h"});
    EXPECT_NE(later.out.find("is good until"), std::string::npos) << later.out;
    EXPECT_EQ(status_with(second, "g"), 202) << "until then";
}

TEST_F(Keys, AreGoodForTheEndpointsThatTheyWereMadeForOnly) {
    const auto key = made("beats", "heartbeats,reads");
    const auto answer = daemon_.ask({"POST", "/in/splunk/" + key, splunk_alert("a")});
    EXPECT_EQ(answer.status, 403);
    EXPECT_NE(answer.body.find("this key of splunk is not good for alerts"), std::string::npos) << answer.body;
    const auto wrong = tocsin({"key", "create", "splunk", "--name", "x", "--for", "alert"});
    EXPECT_EQ(wrong.exit.code, 1);
    EXPECT_NE(wrong.error.find("\"alert\" is no endpoint; there are alerts, actions"), std::string::npos) << wrong.error;
}

TEST_F(Keys, AreShownOnceAndStandNowhereElse) {
    const auto key = made("2026-11");
    ASSERT_EQ(key.size(), 32U) << key;
    ASSERT_EQ(status_with(key, "a"), 202);
    const auto listed = tocsin({"key", "list"});
    EXPECT_NE(listed.out.find("2026-11"), std::string::npos);
    EXPECT_EQ(listed.out.find("never"), std::string::npos) << "it was used\n" << listed.out;
    EXPECT_EQ(listed.out.find(key), std::string::npos);
    EXPECT_EQ(daemon_.log().find(key), std::string::npos);
    EXPECT_EQ(daemon_.get("/metrics").body.find(key), std::string::npos);
    daemon_.stop();
    EXPECT_EQ(daemon_.folder().read("data/tocsin.db").find(key), std::string::npos);
}

TEST_F(Keys, OfASourceThatIsNotThereOrWithANameThatIsTakenAreNotMade) {
    const auto nowhere = tocsin({"key", "create", "splnk", "--name", "x"});
    EXPECT_NE(nowhere.error.find("there is no source called \"splnk\""), std::string::npos) << nowhere.error;
    (void)made("2026-11");
    const auto again = tocsin({"key", "create", "splunk", "--name", "2026-11"});
    EXPECT_NE(again.error.find("splunk has a live key called \"2026-11\""), std::string::npos) << again.error;
}

}  // namespace
}  // namespace tocsin::test::key_test

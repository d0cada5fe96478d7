// An incident is given on, back or time: from the command line and by the API.
#include <gtest/gtest.h>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::test::handing_on_test {
namespace {

class HandingOn : public testing::Test {
protected:
    HandingOn() {
        folder_.write("token", kApiToken);
        EXPECT_EQ(daemon_.post("splunk", splunk_alert("disk full")).status, 202U);
        EXPECT_EQ(next_person(), "ana");
    }
    Outcome tocsin(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), built_path("tocsin"));
        return run(
            {std::move(arguments),
             {"TOCSIN_SERVER=http://127.0.0.1:" + std::to_string(daemon_.port()), "TOCSIN_TOKEN_FILE=" + folder_.path("token")}});
    }
    std::string next_person() {
        const auto page = receiver_.next();
        return page ? page->person() : "nobody: " + daemon_.log();
    }
    HttpAnswer ask(const std::string& verb, const std::string& body) {
        return daemon_.ask(
            {"POST", "/api/v1/incidents/1/" + verb, body, {{"Authorization", std::string("Bearer ") + kApiToken}}});
    }

    Receiver receiver_;
    Daemon daemon_{Rulebook::tiny(), receiver_};
    TempDir folder_;
};

TEST_F(HandingOn, EscalatePagesTheNextStep) {
    const auto done = tocsin({"escalate", "1", "--by", "ana"});
    EXPECT_EQ(done.exit.code, 0) << done.error;
    EXPECT_EQ(next_person(), "ben");
}

TEST_F(HandingOn, ReassignPagesWhomItIsGivenTo) {
    const auto done = tocsin({"reassign", "1", "ben", "--by", "ana"});
    EXPECT_EQ(done.exit.code, 0) << done.error;
    EXPECT_NE(done.out.find("assigned_to"), std::string::npos) << done.out;
    EXPECT_EQ(next_person(), "ben");
}

TEST_F(HandingOn, ReassignToNobodyWhomTheRulebookKnowsSaysWhoIsNear) {
    const auto refused = tocsin({"reassign", "1", "bem"});
    EXPECT_EQ(refused.exit.code, 1);
    EXPECT_NE(refused.error.find("did you mean \"ben\"?"), std::string::npos) << refused.error;
    EXPECT_EQ(ask("reassign", "{}").status, 400U);
    EXPECT_EQ(ask("reassign", R"({"escalation": "nothing"})").status, 400U);
}

TEST_F(HandingOn, UnackPagesAgain) {
    ASSERT_EQ(tocsin({"ack", "1", "--by", "ana"}).exit.code, 0);
    ASSERT_EQ(tocsin({"unack", "1", "--by", "ana"}).exit.code, 0);
    EXPECT_EQ(next_person(), "ana");
}

TEST_F(HandingOn, SnoozeLeavesItAloneForSoLong) {
    const auto done = tocsin({"snooze", "1", "--for", "2h", "-o", "json"});
    EXPECT_EQ(done.exit.code, 0) << done.error;
    EXPECT_EQ(daemon_.incident(1)["state"], "acknowledged");
    EXPECT_NE(done.out.find("snoozed_until"), std::string::npos) << done.out;
    EXPECT_EQ(tocsin({"snooze", "1", "--for", "soon"}).exit.code, 64);
    EXPECT_EQ(ask("snooze", R"({"for": "2 hours"})").status, 400U);
}

}  // namespace
}  // namespace tocsin::test::handing_on_test

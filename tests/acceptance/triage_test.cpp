// The queue of triage, the five answers, and a reply to the sender, from outside.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/daemon.hpp"

namespace tocsin::test::triage_test {
namespace {

/// As Rulebook::tiny() has it, with notices that ben sees, and a place where each sender is told.
Rulebook with_notices(const std::string& reply_to) {
    auto rulebook = Rulebook::tiny();
    const std::string old = "services:\n  site: { title: The site, team: web, escalation: site }\n";
    const auto at = rulebook.yaml.find(old);
    rulebook.yaml.replace(at, old.size(),
                          "services:\n  site: { title: The site, team: web, escalation: site, triage: secondary, reply_to: \"" +
                              reply_to + "\" }\n");
    const auto urgency = rulebook.yaml.find("urgency: page");
    rulebook.yaml.replace(urgency, 13, "urgency: notice\n    actionable: [payload.callback]");
    return rulebook;
}

HttpAnswer post(Daemon& daemon, const std::string& target, const std::string& body) {
    return daemon.ask({"POST", target, body, {{"Authorization", std::string("Bearer ") + kApiToken}}});
}

TEST(Triage, QueuesNoticesWithTheirFiveAnswersUntilSomebodySaysWhatBecomesOfThem) {
    Daemon daemon(with_notices("https://callback.example.org/x"));
    ASSERT_EQ(daemon.post("splunk", splunk_alert("slow")).status, 202U);
    EXPECT_NE(daemon.get("/api/v1/triage").body.find("\"id\":1"), std::string::npos);
    const auto answers = daemon.incident(1).body;
    for (const auto* part : {R"("state":"new")", R"("impact":"high")", R"("yes":false,"missing":["payload.callback"])",
                             R"("communicated":{"at":null,"reply_to":true,"replies":0})", R"("seen_before":0)"}) {
        EXPECT_NE(answers.find(part), std::string::npos) << part << " is not in " << answers;
    }
    EXPECT_EQ(post(daemon, "/api/v1/incidents/1/triage", R"({"state":"gone"})").status, 400U);
    EXPECT_EQ(post(daemon, "/api/v1/incidents/1/triage", R"({"state":"transferred","team":"wbe"})").status, 400U);
    EXPECT_EQ(post(daemon, "/api/v1/incidents/1/triage", R"({"state":"not ours","by":"ben"})").status, 200U);
    EXPECT_EQ(daemon.get("/api/v1/triage").body, R"({"incidents":[]})");
    EXPECT_EQ(daemon.act(1, "resolve", "ben").status, 200U);
    EXPECT_EQ(post(daemon, "/api/v1/incidents/1/triage", R"({"state":"new"})").status, 409U);
    ASSERT_EQ(daemon.post("splunk", splunk_alert("slow")).status, 202U);
    const auto again = daemon.incident(2).body;
    EXPECT_NE(again.find(R"("seen_before":1)"), std::string::npos) << again;
    EXPECT_NE(again.find(R"("how":"resolved","note":"by a test")"), std::string::npos) << again;
}

TEST(Triage, TellsTheSenderOnlyWhereTheSettingsAllowIt) {
    Receiver sender;
    Daemon daemon(with_notices(sender.url("/callback")));
    ASSERT_EQ(daemon.post("splunk", splunk_alert("slow")).status, 202U);
    const auto refused = post(daemon, "/api/v1/incidents/1/communicate", R"({"text":"we look at it","reply":true})");
    EXPECT_EQ(refused.status, 403U) << refused.body;
    EXPECT_NE(refused.body.find("replies"), std::string::npos) << refused.body;
    daemon.stop();
    const auto settings = read_file(daemon.folder().path("tocsin.yaml"));
    const auto host = sender.url("").substr(std::string("http://").size());
    daemon.folder().write("tocsin.yaml", settings + "replies: { hosts: [\"" + host + "\"] }\n");
    daemon.start();
    ASSERT_EQ(post(daemon, "/api/v1/incidents/1/communicate", R"({"text":"we look at it","reply":true})").status, 200U);
    const auto reply = sender.next();
    ASSERT_TRUE(reply) << daemon.log();
    EXPECT_EQ(reply->target, "/callback");
    EXPECT_NE(reply->body.find(R"("event":"reply")"), std::string::npos) << reply->body;
    EXPECT_NE(reply->body.find("we look at it"), std::string::npos) << reply->body;
    EXPECT_EQ(reply->body.find("ben"), std::string::npos) << "whom we page is nobody else's business: " << reply->body;
    EXPECT_NE(daemon.incident(1).body.find("communicated"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::test::triage_test

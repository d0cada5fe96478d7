// What is made of Splunk bodies whose parts are missing, odd, or of the supersets that custom alert actions send.
#include "tests/support/intake_samples.hpp"

namespace tocsin::intake::splunk_test {
namespace {

Alert alert(std::string body) { return alert_of("splunk", std::move(body)); }

TEST(Splunk, TwoRunsOfOneSearchHaveOneKey) {
    const auto first = alert(R"({"sid": "scheduler__a__search__RMD51_at_1_1", "search_name": "n", "app": "a", "owner": "o",
                                 "results_link": "http://one"})");
    const auto second = alert(R"({"sid": "scheduler__a__search__RMD51_at_2_9", "search_name": "n", "app": "a", "owner": "o",
                                  "results_link": "http://two"})");

    EXPECT_EQ(first.key, second.key);
}

TEST(Splunk, SearchesOfOneNameInTwoAppsAreTwoAlerts) {
    EXPECT_NE(alert(R"({"search_name": "n", "app": "a", "owner": "o"})").key,
              alert(R"({"search_name": "n", "app": "b", "owner": "o"})").key);
}

TEST(Splunk, ASlashInANameCannotImitateAnotherApp) {
    EXPECT_EQ(alert(R"({"search_name": "a/b", "app": "c", "owner": ""})").key, R"(a\/b/c/)");
    EXPECT_NE(alert(R"({"search_name": "a/b", "app": "c", "owner": ""})").key,
              alert(R"({"search_name": "a", "app": "b", "owner": "c"})").key);
}

TEST(Splunk, AMissingNameFallsBackToTheSearchsPartOfTheSid) {
    for (const std::string name : {R"("search_name": null, )", R"("search_name": "", )", R"("search_name": "  ", )", ""}) {
        const auto body =
            "{" + name + R"("sid": "scheduler__nobody__search__RMD5aaaa_at_1790000000_9", "app": "a", "owner": "o"})";
        EXPECT_EQ(alert(body).key, "/RMD5aaaa/a/o") << body;
        EXPECT_EQ(alert(body).title, "Splunk alert of app a") << body;
    }
}

TEST(Splunk, AnAdHocSidSaysNothingAboutTheSearch) {
    EXPECT_EQ(alert(R"({"sid": "1537966271.22972", "app": "a", "owner": "o"})").key, "/a/o");
    EXPECT_EQ(alert(R"({"sid": "look_at_this", "app": "a", "owner": "o"})").key, "/a/o");
}

TEST(Splunk, AnEmptyObjectIsStillAnAlertWithAKey) {
    const auto empty = alert("{}");

    EXPECT_EQ(empty.action, AlertAction::Fire);
    EXPECT_EQ(empty.key, "//");
    EXPECT_EQ(empty.title, "Splunk alert");
}

TEST(Splunk, TheTextIsTheRawEventOrElseTheMessage) {
    EXPECT_EQ(alert(R"({"result": {"message": "m", "_raw": "r"}})").text, "r");
    EXPECT_EQ(alert(R"({"result": {"message": "m", "_raw": ""}})").text, "m");
    EXPECT_EQ(alert(R"({"result": {"_raw": ["one", "two"]}})").text, "one\ntwo");
}

TEST(Splunk, TheTextIsElseAShortListOfWhatTheRowSays) {
    const auto row = alert(R"({"result": {"_time": "1", "host": "db01", "empty": "", "user": ["root", "admin"], "n": 7}})");

    EXPECT_EQ(row.text, "host=db01, user=root|admin, n=7");
}

TEST(Splunk, ALongRowIsCutInTheText) {
    std::string body = R"({"result": {)";
    for (int i = 0; i < 50; ++i) body += "\"field" + std::to_string(i) + "\": \"" + std::string(500, 'x') + "\", ";
    const auto row = alert(body + R"("last": ""}})");

    EXPECT_LE(row.text.size(), 310U);
    EXPECT_TRUE(row.text.ends_with("…"));
}

TEST(Splunk, AHostOfManyIsNoLabel) {
    const auto labels = alert(R"({"result": {"host": ["a", "b"], "index": "main"}})").labels;

    ASSERT_EQ(labels.size(), 1U);
    EXPECT_EQ(labels[0].first, "index");
}

TEST(Splunk, ASeverityIsAPriorityOnlyInWordsThatWeKnow) {
    EXPECT_EQ(alert(R"({"result": {"severity": "Critical"}})").priority, "Critical");
    EXPECT_EQ(alert(R"({"result": {"severity": "5", "urgency": "high"}})").priority, "high");
    EXPECT_EQ(alert(R"({"severity": "low", "result": {}})").priority, "low");
    EXPECT_EQ(alert(R"({"result": {"severity": "purple"}})").priority, "");
}

TEST(Splunk, IbmsActionSaysWhenItIsOver) {
    EXPECT_EQ(alert(R"({"search_name": "n", "resolution": true})").action, AlertAction::Resolve);
    EXPECT_EQ(alert(R"({"search_name": "n", "resolution": "true"})").action, AlertAction::Resolve);
    EXPECT_EQ(alert(R"({"search_name": "n", "resolution": false})").action, AlertAction::Fire);
    EXPECT_EQ(alert(R"({"result": {"resolution": "true"}})").action, AlertAction::Fire) << "a row's field is not the envelope's";
}

TEST(Splunk, IbmsSummaryIsTheTextOfARowThatSaysNothing) {
    EXPECT_EQ(alert(R"({"search_name": "n", "summary": "disk full", "result": {"count": "3"}})").text, "disk full");
}

TEST(Splunk, PartsOfTheWrongTypeAreTakenAsAbsent) {
    const auto odd = alert(R"({"search_name": {"a": 1}, "app": ["x"], "owner": 7, "result": "text", "results_link": null})");

    EXPECT_EQ(odd.key, "//7");
    EXPECT_EQ(odd.url, "");
    EXPECT_EQ(odd.title, "Splunk alert");
}

}  // namespace
}  // namespace tocsin::intake::splunk_test

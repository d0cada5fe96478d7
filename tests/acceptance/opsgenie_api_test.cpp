// A client of Opsgenie's API changes one host name and goes on as before.
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "tests/support/daemon.hpp"
#include "tests/support/recorded.hpp"

namespace tocsin::test::opsgenie_api_test {
namespace {

namespace json = boost::json;

constexpr const char* kAlerts = "/v2/alerts";

HttpAnswer ask(Daemon& daemon, const std::string& method, const std::string& target, const std::string& body = "") {
    return daemon.ask({method, target, body, Daemon::proof_of("og")});
}

/// The answer to a write; the test fails if it was not accepted.
std::string accepted(Daemon& daemon, const std::string& method, const std::string& target, const std::string& body = "{}") {
    const auto answer = ask(daemon, method, target, body);
    EXPECT_EQ(answer.status, 202U) << method << " " << target << ": " << answer.body;
    EXPECT_EQ(answer["result"], "Request will be processed");
    return answer["requestId"];
}

json::object data_of(const HttpAnswer& answer) {
    const auto body = answer.json();
    const auto* data = body.is_object() ? body.get_object().if_contains("data") : nullptr;
    if (data == nullptr || !data->is_object()) ADD_FAILURE() << answer.status << ": " << answer.body;
    return data != nullptr && data->is_object() ? data->get_object() : json::object{};
}

json::object shown(Daemon& daemon, const std::string& alias) {
    return data_of(ask(daemon, "GET", fmt::format("{}/{}?identifierType=alias", kAlerts, alias)));
}

json::object status_of(Daemon& daemon, const std::string& request) {
    return data_of(ask(daemon, "GET", fmt::format("{}/requests/{}", kAlerts, request)));
}

std::string create(const std::string& alias, const std::string& message = "disk full") {
    return fmt::format(R"({{"message":"{}","alias":"{}","tags":["t1"],"details":{{"k":"v"}},"priority":"P2"}})", message, alias);
}

TEST(OpsgenieApi, ACreateOpensAnIncidentAndPages) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    const auto answer = ask(daemon, "POST", "/og/v2/alerts/", create("disk"));
    EXPECT_EQ(answer.status, 202U) << answer.body;
    expect_shape("accepted_202.json", answer);
    EXPECT_EQ(answer.header("X-Request-Id"), answer["requestId"]);
    EXPECT_FALSE(answer.header("X-Response-Time").empty());
    EXPECT_EQ(answer.header("X-RateLimit-State"), "OK");
    EXPECT_EQ(answer.header("X-RateLimit-Reason"), "ACCOUNT");
    EXPECT_EQ(answer.header("X-RateLimit-Period-In-Sec"), "60");
    ASSERT_TRUE(receiver.next());
    EXPECT_EQ(daemon.incident(1)["summary"], "disk full");
}

TEST(OpsgenieApi, ARequestIsDoneWhenItIsAnswered) {
    Daemon daemon(Rulebook::tiny());
    const auto request = accepted(daemon, "POST", kAlerts, create("disk"));
    const auto answer = ask(daemon, "GET", fmt::format("{}/requests/{}", kAlerts, request));
    EXPECT_EQ(answer.status, 200U) << answer.body;
    expect_shape("request_status_created.json", answer);
    const auto status = data_of(answer);
    EXPECT_EQ(member(status, "status"), "Created alert");
    EXPECT_EQ(member(status, "isSuccess"), "true");
    EXPECT_EQ(member(status, "alias"), "disk");
    const auto unknown = ask(daemon, "GET", "/v2/alerts/requests/43a29c5c-3dbf-4fa4-9c26-f4f71023e120");
    EXPECT_EQ(unknown.status, 404U);
    EXPECT_EQ(unknown.header("X-Opsgenie-Errortype"), "RequestNotProcessed");
}

TEST(OpsgenieApi, AnAlertIsShownAsOpsgenieShowsIt) {
    Daemon daemon(Rulebook::tiny());
    (void)accepted(daemon, "POST", kAlerts,
                   R"({"message":"New message","responders":[{"id":"ops","type":"team"}],"source":"192.0.2.3"})");
    const auto answer = ask(daemon, "GET", "/v2/alerts/1?identifierType=tiny");
    EXPECT_EQ(answer.status, 200U) << answer.body;
    expect_shape("get_alert.json", answer);
    const auto alert = data_of(answer);
    EXPECT_EQ(member(alert, "id"), member(alert, "alias")) << "without an alias the id is it";
    EXPECT_EQ(ask(daemon, "GET", "/v2/alerts/" + member(alert, "id")).status, 200U);
}

TEST(OpsgenieApi, TheSameAliasCountsUntilItIsClosed) {
    Receiver receiver;
    Daemon daemon(Rulebook::tiny(), receiver);
    (void)accepted(daemon, "POST", kAlerts, create("disk"));
    ASSERT_TRUE(receiver.next());
    (void)accepted(daemon, "POST", kAlerts, create("disk", "another text"));
    const auto again = shown(daemon, "disk");
    EXPECT_EQ(member(again, "count"), "2");
    EXPECT_EQ(member(again, "message"), "disk full");
    EXPECT_TRUE(receiver.stays_quiet_for(std::chrono::milliseconds{300}));
    (void)accepted(daemon, "POST", "/v2/alerts/disk/close?identifierType=alias");
    EXPECT_EQ(daemon.incident(1)["state"], "resolved");
    EXPECT_EQ(ask(daemon, "GET", "/v2/alerts/disk?identifierType=alias").status, 404U);
    EXPECT_EQ(member(data_of(ask(daemon, "GET", "/v2/alerts/" + member(again, "id"))), "status"), "closed");
    (void)accepted(daemon, "POST", kAlerts, create("disk"));
    EXPECT_NE(member(shown(daemon, "disk"), "id"), member(again, "id"));
    ASSERT_TRUE(receiver.next()) << "it fires again";
}

TEST(OpsgenieApi, WhatIsSaidActsOnTheIncident) {
    Daemon daemon(Rulebook::tiny());
    (void)accepted(daemon, "POST", kAlerts, create("disk"));
    const std::string alias = "?identifierType=alias";
    const auto request = accepted(daemon, "POST", "/v2/alerts/disk/acknowledge/" + alias, R"({"user":"ana"})");
    EXPECT_EQ(member(status_of(daemon, request), "status"), "Acknowledged alert");
    EXPECT_EQ(daemon.incident(1)["acknowledged_by"], "ana");
    EXPECT_EQ(member(shown(daemon, "disk"), "acknowledged"), "true");
    (void)accepted(daemon, "POST", "/v2/alerts/disk/unacknowledge" + alias);
    EXPECT_EQ(daemon.incident(1)["state"], "triggered");
    (void)accepted(daemon, "POST", "/v2/alerts/disk/snooze" + alias, sample("opsgenie_api/sdk_snooze.json"));
    EXPECT_EQ(member(shown(daemon, "disk"), "snoozedUntil"), "2030-01-01T00:00:00.000Z");
    (void)accepted(daemon, "PUT", "/v2/alerts/disk/priority" + alias, R"({"priority":"P1"})");
    EXPECT_EQ(daemon.incident(1)["severity"], "critical");
    (void)accepted(daemon, "POST", "/v2/alerts/disk/assign" + alias, R"({"owner":{"username":"ben"}})");
    EXPECT_EQ(daemon.incident(1)["assigned_to"], "ben");
    (void)accepted(daemon, "POST", "/v2/alerts/disk/actions/restart" + alias);
    EXPECT_NE(daemon.incident(1).body.find("custom action restart"), std::string::npos);
    (void)accepted(daemon, "DELETE", "/v2/alerts/disk" + alias);
    EXPECT_EQ(daemon.incident(1)["state"], "resolved");
    EXPECT_EQ(ask(daemon, "GET", "/v2/alerts/1?identifierType=tiny").status, 404U);
}

TEST(OpsgenieApi, FieldsOfAnAlertChange) {
    Daemon daemon(Rulebook::tiny());
    (void)accepted(daemon, "POST", kAlerts, create("disk"));
    const std::string alias = "?identifierType=alias";
    (void)accepted(daemon, "PUT", "/v2/alerts/disk/message" + alias, R"({"message":"disk fuller"})");
    (void)accepted(daemon, "PUT", "/v2/alerts/disk/description" + alias, R"({"description":"99%"})");
    (void)accepted(daemon, "POST", "/v2/alerts/disk/tags" + alias, R"({"tags":["t2","t3"]})");
    (void)accepted(daemon, "DELETE", "/v2/alerts/disk/tags/" + alias + "&tags=t1%2Ct3", "");
    (void)accepted(daemon, "POST", "/v2/alerts/disk/details" + alias, R"({"details":{"l":"w"}})");
    (void)accepted(daemon, "DELETE", "/v2/alerts/disk/details" + alias + "&keys=k", "");
    (void)accepted(daemon, "POST", "/v2/alerts/disk/teams" + alias, R"({"team":{"name":"web"}})");
    (void)accepted(daemon, "POST", "/v2/alerts/disk/notes" + alias, R"({"note":"looking","user":"ana"})");
    const auto alert = shown(daemon, "disk");
    EXPECT_EQ(member(alert, "message"), "disk fuller");
    EXPECT_EQ(member(alert, "description"), "99%");
    EXPECT_EQ(json::serialize(alert.at("tags")), R"(["t2"])");
    EXPECT_EQ(json::serialize(alert.at("details")), R"({"l":"w"})");
    EXPECT_EQ(json::serialize(alert.at("teams")), R"([{"id":"web"}])");
    const auto notes = ask(daemon, "GET", "/v2/alerts/disk/notes" + alias);
    EXPECT_NE(notes.body.find(R"("note":"looking")"), std::string::npos) << notes.body;
    const auto logs = ask(daemon, "GET", "/v2/alerts/disk/logs" + alias);
    EXPECT_NE(logs.body.find("Alert created via og"), std::string::npos) << logs.body;
}

TEST(OpsgenieApi, AnActionOnWhatNobodyKnowsIsTakenAndFails) {
    Daemon daemon(Rulebook::tiny());
    for (const auto* target : {"/v2/alerts/disk/close?identifierType=alias", "/v2/alerts/nothing/close",
                               "/v2/alerts/77/acknowledge?identifierType=tiny"}) {
        const auto status = status_of(daemon, accepted(daemon, "POST", target));
        EXPECT_EQ(member(status, "isSuccess"), "false") << target;
        EXPECT_NE(member(status, "status").find("does not exist"), std::string::npos) << target;
    }
}

TEST(OpsgenieApi, AnUpdateFindsTheCreateThatWasAnsweredOnAnotherConnection) {
    Daemon daemon(Rulebook::tiny());
    HttpClient other(daemon.port());
    for (int i = 0; i < 50; ++i) {
        const auto alias = fmt::format("a{}", i);
        (void)accepted(daemon, "POST", kAlerts, create(alias));
        const auto put = other.ask({"PUT", fmt::format("/v2/alerts/{}/message?identifierType=alias", alias),
                                    R"({"message":"changed"})", Daemon::proof_of("og")});
        ASSERT_EQ(put.status, 202U) << put.body;
        EXPECT_EQ(member(status_of(daemon, put["requestId"]), "isSuccess"), "true") << alias;
    }
}

TEST(OpsgenieApi, WhatOpsgenieRefusesIsRefusedInItsWords) {
    Daemon daemon(Rulebook::tiny());
    const auto no_message = ask(daemon, "POST", kAlerts, sample("opsgenie_api/c_no_message.json"));
    EXPECT_EQ(no_message.status, 422U);
    EXPECT_EQ(no_message["message"], "Request body is not processable. Please check the errors.");
    EXPECT_NE(no_message.body.find(R"("errors":{"message":"may not be empty"})"), std::string::npos) << no_message.body;
    expect_shape("error_401.json", daemon.ask({"POST", kAlerts, create("a"), {{"Authorization", "GenieKey wrong"}}}));
    EXPECT_EQ(daemon.ask({"POST", kAlerts, create("a")})["message"], "Could not authenticate");
    EXPECT_EQ(ask(daemon, "POST", kAlerts, "no json").status, 400U);
    expect_shape("error_403.json", ask(daemon, "POST", "/v2/schedules", "{}"));
    EXPECT_EQ(daemon.log().find(kGenieKey), std::string::npos);
}

TEST(OpsgenieApi, WhoAsksTooOftenIsToldWhenToComeAgain) {
    Daemon daemon(Rulebook::tiny());
    auto settings = read_file(daemon.folder().path("tocsin.yaml"));
    const std::string limits = "limits: { ";
    settings.insert(settings.find(limits) + limits.size(), "requests_per_minute: 2, ");
    daemon.folder().write("tocsin.yaml", settings);
    daemon.restart();
    for (int i = 0; i < 2; ++i) (void)accepted(daemon, "POST", kAlerts, create("disk"));
    const auto throttled = ask(daemon, "POST", kAlerts, create("disk"));
    EXPECT_EQ(throttled.status, 429U);
    expect_shape("error_429.json", throttled);
    EXPECT_EQ(throttled["message"], "TooManyRequests");
    EXPECT_EQ(throttled.header("X-RateLimit-State"), "THROTTLED");
    EXPECT_GT(std::stoi(throttled.header("Retry-After")), 0);
}

TEST(OpsgenieApi, AlertsAreListedSearchedAndCounted) {
    Daemon daemon(Rulebook::tiny());
    for (int i = 0; i < 5; ++i) (void)accepted(daemon, "POST", kAlerts, create(fmt::format("a{}", i), fmt::format("disk {}", i)));
    (void)accepted(daemon, "POST", "/v2/alerts/a1/close?identifierType=alias");
    const auto open = ask(daemon, "GET", "/v2/alerts/?query=status%3A%20open%20AND%20tag%3A%20t1&limit=2&sort=alias&order=asc");
    EXPECT_EQ(open.status, 200U) << open.body;
    const auto body = open.json().as_object();
    ASSERT_EQ(body.at("data").as_array().size(), 2U);
    EXPECT_EQ(member(body.at("data").as_array()[1], "alias"), "a2");
    const auto next = member(body.at("paging"), "next");
    EXPECT_EQ(open.header("X-Paging-next"), next);
    const auto second = ask(daemon, "GET", next.substr(next.find("/v2/")));
    EXPECT_EQ(member(second.json().as_object().at("data").as_array()[0], "alias"), "a3") << next;
    const auto count = ask(daemon, "GET", "/v2/alerts/count?query=status:closed");
    EXPECT_EQ(json::serialize(count.json().as_object().at("data")), R"({"count":1})");
    const auto wrong = ask(daemon, "GET", "/v2/alerts?query=statsu:open");
    EXPECT_EQ(wrong.status, 422U);
    EXPECT_NE(wrong["message"].find("did you mean"), std::string::npos) << wrong.body;
}

TEST(OpsgenieApi, WhatSomebodyResolvesHereIsClosedThere) {
    Daemon daemon(Rulebook::tiny());
    (void)accepted(daemon, "POST", kAlerts, create("disk"));
    const auto before = shown(daemon, "disk");
    EXPECT_EQ(daemon.act(1, "resolve", "ana").status, 200U);
    const auto over = data_of(ask(daemon, "GET", "/v2/alerts/" + member(before, "id")));
    EXPECT_EQ(member(over, "status"), "closed");
    EXPECT_EQ(member(over.at("report"), "closedBy"), "ana");
    (void)accepted(daemon, "POST", kAlerts, create("disk"));
    EXPECT_NE(member(shown(daemon, "disk"), "id"), member(before, "id"));
    EXPECT_EQ(daemon.incident(2)["state"], "triggered");
}

TEST(OpsgenieApi, AlertsSurviveAKill) {
    Daemon daemon(Rulebook::tiny());
    const auto request = accepted(daemon, "POST", kAlerts, create("disk"));
    daemon.kill();
    daemon.start();
    EXPECT_EQ(member(shown(daemon, "disk"), "message"), "disk full");
    EXPECT_EQ(member(status_of(daemon, request), "isSuccess"), "true");
}

TEST(OpsgenieApi, WhoIsOnCallIsAnsweredFromTheRulebook) {
    Daemon daemon(Rulebook::tiny());
    const auto on_call = ask(daemon, "GET", "/v2/schedules/primary/on-calls?scheduleIdentifierType=name");
    EXPECT_EQ(on_call.status, 200U) << on_call.body;
    expect_shape("on_call.json", on_call);
    const auto flat = ask(daemon, "GET", "/v2/schedules/primary/on-calls?flat=true&date=2026-12-01T00:00:00Z");
    EXPECT_EQ(json::serialize(data_of(flat).at("onCallRecipients")), R"(["ana"])");
    EXPECT_EQ(ask(daemon, "GET", "/v2/schedules/primary").status, 200U);
    EXPECT_EQ(ask(daemon, "GET", "/v2/schedules?expand=rotation").status, 200U);
    EXPECT_EQ(ask(daemon, "GET", "/v2/schedules/primary/timeline?interval=2&intervalUnit=weeks").status, 200U);
    EXPECT_EQ(ask(daemon, "GET", "/v2/schedules/primary/next-on-calls").status, 200U);
    EXPECT_EQ(ask(daemon, "GET", "/v2/schedules/nobody/on-calls").status, 404U);
    const auto calendar = ask(daemon, "GET", "/v2/schedules/on-calls/ana.ics");
    EXPECT_TRUE(calendar.body.starts_with("BEGIN:VCALENDAR")) << calendar.body;
    for (const auto* list : {"/v2/users/", "/v2/users/ana", "/v2/teams", "/v2/teams/web", "/v2/escalations",
                             "/v2/escalations/site", "/v2/account", "/v2/alerts/saved-searches/"}) {
        EXPECT_EQ(ask(daemon, "GET", list).status, 200U) << list;
    }
}

TEST(OpsgenieApi, HeartbeatsArePingedAndShown) {
    auto rulebook = Rulebook::tiny();
    rulebook.yaml += "heartbeats:\n  backup: { title: Backup, every: 1h, service: site }\n";
    Daemon daemon(rulebook);
    for (const auto* method : {"GET", "POST", "PUT", "PATCH"}) {
        const auto answer = ask(daemon, method, "/v2/heartbeats/backup/ping");
        EXPECT_EQ(answer.status, 202U) << method << answer.body;
        EXPECT_EQ(answer["result"], "PONG - Heartbeat received");
    }
    EXPECT_EQ(ask(daemon, "GET", "/v2/heartbeats/unknown/ping").status, 202U);
    const auto shown = data_of(ask(daemon, "GET", "/v2/heartbeats/backup"));
    EXPECT_EQ(member(shown, "interval"), "1");
    EXPECT_EQ(member(shown, "intervalUnit"), "hours");
    EXPECT_EQ(member(shown, "expired"), "false");
    EXPECT_NE(member(shown, "lastPingTime"), "");
    EXPECT_EQ(ask(daemon, "POST", "/v2/heartbeats", R"({"name":"new"})").status, 403U);
    EXPECT_EQ(ask(daemon, "GET", "/v2/heartbeats/").status, 200U);
}

}  // namespace
}  // namespace tocsin::test::opsgenie_api_test

// What clients of Opsgenie's API are answered, byte for byte: status line, headers and body of every endpoint.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/daemon.hpp"
#include "tests/support/transcript.hpp"

namespace tocsin::test::answers_opsgenie_test {
namespace {

const std::string kByAlias = "?identifierType=alias";
const std::string kDisk = "/v2/alerts/disk";
const std::string kSomeUuid = "43a29c5c-3dbf-4fa4-9c26-f4f71023e120";

constexpr const char* kWhole = R"({"message":"disk full","alias":"disk","description":"99% of /var","responders":[)"
                               R"({"name":"web","type":"team"},{"username":"ben","type":"user"}],"actions":["restart"],)"
                               R"("tags":["t1","t2"],"details":{"host":"db1"},"entity":"db1","source":"nagios","priority":"P2",)"
                               R"("user":"ana","note":"look at this"})";

class OpsgenieAnswers : public testing::Test {
protected:
    static Rulebook rulebook() {
        auto rulebook = Rulebook::tiny();
        rulebook.yaml += "heartbeats:\n  backup: { title: Backup, every: 1h, service: site }\n";
        return rulebook;
    }
    HttpAnswer write(const std::string& title, const std::string& method, const std::string& target,
                     const std::string& body = "{}") {
        return told_.ask(title, {method, target, body});
    }
    HttpAnswer read(const std::string& title, const std::string& target) { return told_.ask(title, {"GET", target}); }
    void follow(const std::string& title, const HttpAnswer& accepted) {
        (void)read(title, "/v2/alerts/requests/" + accepted["requestId"]);
    }

    Daemon daemon_{rulebook()};
    Transcript told_{daemon_, Daemon::proof_of("og")};
};

TEST_F(OpsgenieAnswers, ToWritesAreWhatItsClientsKnow) {
    follow("what became of it", write("an alert is created", "POST", "/v2/alerts", kWhole));
    (void)write("the same alias is counted", "POST", "/v2/alerts", kWhole);
    follow("acknowledged", write("acknowledge", "POST", kDisk + "/acknowledge" + kByAlias, R"({"user":"ana","note":"mine"})"));
    follow("unacknowledged", write("unacknowledge", "POST", kDisk + "/unacknowledge" + kByAlias));
    follow("snoozed", write("snooze", "POST", kDisk + "/snooze" + kByAlias, R"({"endTime":"2099-01-01T00:00:00Z"})"));
    follow("escalated", write("escalate", "POST", kDisk + "/escalate" + kByAlias, R"({"escalation":{"name":"site"}})"));
    follow("assigned", write("assign", "POST", kDisk + "/assign" + kByAlias, R"({"owner":{"username":"ben"}})"));
    follow("has a responder", write("add a responder", "POST", kDisk + "/responders" + kByAlias,
                                    R"({"responder":{"type":"user","username":"meg"}})"));
    follow("has a team", write("add a team", "POST", kDisk + "/teams" + kByAlias, R"({"team":{"name":"db"}})"));
    follow("has tags", write("add tags", "POST", kDisk + "/tags" + kByAlias, R"({"tags":["t3"]})"));
    follow("has fewer tags", write("remove tags", "DELETE", kDisk + "/tags" + kByAlias + "&tags=t1,t2", ""));
    follow("has details", write("add details", "POST", kDisk + "/details" + kByAlias, R"({"details":{"k":"v"}})"));
    follow("has fewer details", write("remove details", "DELETE", kDisk + "/details" + kByAlias + "&keys=k", ""));
    follow("has a note", write("add a note", "POST", kDisk + "/notes" + kByAlias, R"({"note":"looking","user":"ana"})"));
    follow("did something", write("a custom action", "POST", kDisk + "/actions/restart" + kByAlias));
    follow("has a message", write("change the message", "PUT", kDisk + "/message" + kByAlias, R"({"message":"disk fuller"})"));
    follow("has a description", write("change the description", "PUT", kDisk + "/description" + kByAlias));
    follow("has a priority", write("change the priority", "PUT", kDisk + "/priority" + kByAlias, R"({"priority":"P1"})"));
    const auto id = member(daemon_.ask({"GET", kDisk + kByAlias, "", Daemon::proof_of("og")}).json().at("data"), "id");
    follow("closed", write("close, without a body", "POST", kDisk + "/close" + kByAlias, ""));
    follow("failed", write("close what is closed", "POST", kDisk + "/close" + kByAlias));
    follow("deleted", write("delete", "DELETE", "/v2/alerts/" + id + "?user=ana&source=nagios", ""));
    told_.expect("opsgenie_writes.txt");
}

TEST_F(OpsgenieAnswers, ToReadsAreWhatItsClientsKnow) {
    (void)daemon_.ask({"POST", "/v2/alerts", kWhole, Daemon::proof_of("og")});
    (void)daemon_.ask({"POST", "/v2/alerts", R"({"message":"nothing but a message"})", Daemon::proof_of("og")});
    const auto alert = read("an alert by its alias", kDisk + kByAlias).json().at("data");
    const auto created_at = member(alert, "createdAt");
    EXPECT_TRUE(created_at.size() == 24 && created_at[19] == '.') << "milliseconds, always: " << created_at;
    (void)read("an alert by its number", "/v2/alerts/2?identifierType=tiny");
    (void)read("a list, its first page", "/v2/alerts?query=status%3A%20open&limit=1&sort=tinyId&order=asc");
    (void)read("a list, its last page", "/v2/alerts?query=status%3A%20open&limit=1&sort=tinyId&order=asc&offset=1");
    (void)read("an empty list", "/v2/alerts?query=status%3Aclosed");
    (void)read("how many there are", "/v2/alerts/count?query=tag:t1");
    for (const auto* change : {"acknowledge", "snooze"}) {
        (void)daemon_.ask({"POST", fmt::format("{}/{}{}", kDisk, change, kByAlias),
                           R"({"endTime":"2099-01-01T00:00:00Z","user":"ana","note":"later"})", Daemon::proof_of("og")});
    }
    (void)read("acknowledged and snoozed", kDisk + kByAlias);
    (void)read("notes", kDisk + "/notes" + kByAlias);
    (void)read("logs, a page of them", kDisk + "/logs" + kByAlias + "&limit=2&order=asc");
    (void)read("recipients", kDisk + "/recipients" + kByAlias);
    (void)read("attachments", kDisk + "/attachments?alertIdentifierType=alias");
    (void)read("saved searches", "/v2/alerts/saved-searches");
    (void)daemon_.ask({"POST", kDisk + "/close" + kByAlias, R"({"user":"ben"})", Daemon::proof_of("og")});
    (void)read("closed, with its report", "/v2/alerts/1?identifierType=tiny");
    told_.expect("opsgenie_reads.txt");
}

TEST_F(OpsgenieAnswers, ToWhatIsRefusedSayWhyInItsWords) {
    const HttpHeaders wrong{{"Authorization", "GenieKey wrong"}};
    (void)told_.ask("no key", {"POST", "/v2/alerts", "{}", {{"Content-Type", "application/json"}}});
    (void)told_.ask("a wrong key", {"POST", "/v2/alerts", "{}", wrong});
    const auto made = daemon_.ask({"POST",
                                   "/api/v1/keys",
                                   R"({"source":"og","name":"dashboards","endpoints":["reads"]})",
                                   {{"Authorization", fmt::format("Bearer {}", kApiToken)}}});
    (void)told_.ask("a key that is good for reading alone",
                    {"POST", "/v2/alerts", "{}", {{"Authorization", "GenieKey " + made["key"]}}});
    (void)write("what stands in the rulebook", "POST", "/v2/schedules");
    (void)write("a heartbeat, too", "POST", "/v2/heartbeats", R"({"name":"new"})");
    (void)write("a saved search", "POST", "/v2/alerts/saved-searches", R"({"name":"n","query":"q"})");
    (void)write("an attachment", "POST", kDisk + "/attachments?alertIdentifierType=alias", "");
    (void)read("an attachment that is not there", kDisk + "/attachments/1?alertIdentifierType=alias");
    (void)read("a saved search that is not there", "/v2/alerts/saved-searches/n?identifierType=name");
    (void)read("a part of the API that is not answered", "/v2/integrations");
    (void)read("an alert that is not there", "/v2/alerts/" + kSomeUuid);
    (void)read("a list of notes of an alert that is not there", kDisk + "/notes" + kByAlias);
    (void)read("a request that is not there", "/v2/alerts/requests/" + kSomeUuid);
    (void)write("a wrong method", "PUT", "/v2/alerts");
    (void)write("no JSON", "POST", "/v2/alerts", R"({"message": )");
    (void)write("no object", "POST", "/v2/alerts", "[]");
    (void)write("no message, and an unknown priority", "POST", "/v2/alerts", R"({"priority":"P7"})");
    (void)write("a responder of no type", "POST", "/v2/alerts", R"({"message":"m","responders":[{"name":"x","type":"bb"}]})");
    (void)write("details that are no texts", "POST", "/v2/alerts", R"({"message":"m","details":{"a":{"b":1}}})");
    (void)write("a snooze without an end", "POST", kDisk + "/snooze" + kByAlias);
    (void)write("an empty note", "POST", kDisk + "/notes" + kByAlias);
    (void)write("a priority that does not exist", "PUT", kDisk + "/priority" + kByAlias, R"({"priority":"high"})");
    (void)read("a query with an unknown field", "/v2/alerts?query=statsu:open");
    (void)read("an unknown field to sort by", "/v2/alerts?sort=colour");
    told_.expect("opsgenie_refusals.txt");
}

TEST_F(OpsgenieAnswers, OfHeartbeatsSchedulesAndPeopleAreWhatItsClientsKnow) {
    for (const auto* method : {"GET", "POST", "PUT", "PATCH"}) (void)write("a ping", method, "/v2/heartbeats/backup/ping", "");
    (void)read("a ping of what nobody knows", "/v2/heartbeats/unknown/ping");
    (void)read("a heartbeat", "/v2/heartbeats/backup");
    (void)read("all heartbeats", "/v2/heartbeats");
    (void)read("no heartbeat", "/v2/heartbeats/unknown");
    (void)read("who is on call", "/v2/schedules/primary/on-calls?scheduleIdentifierType=name");
    (void)read("who is on call, flat", "/v2/schedules/primary/on-calls?flat=true");
    (void)read("who is on call at a time", "/v2/schedules/primary/on-calls?date=2040-01-01T00:00:00Z");
    (void)read("at what is no time", "/v2/schedules/primary/on-calls?date=tomorrow");
    (void)read("who is on call anywhere", "/v2/schedules/on-calls?flat=true");
    (void)read("who is next", "/v2/schedules/primary/next-on-calls?flat=true");
    (void)read("the shifts", "/v2/schedules/primary/timeline?date=2040-01-01T00:00:00Z&interval=2&intervalUnit=weeks");
    (void)read("a schedule", "/v2/schedules/primary?identifierType=name");
    (void)read("schedules", "/v2/schedules");
    (void)read("schedules with their rotations", "/v2/schedules?expand=rotation");
    (void)read("rotations", "/v2/schedules/primary/rotations");
    (void)read("overrides", "/v2/schedules/primary/overrides");
    (void)read("no schedule", "/v2/schedules/nobody/on-calls");
    for (const auto* list :
         {"users", "users/ana", "users/nobody", "teams", "teams/web", "escalations", "escalations/site", "account"}) {
        (void)read(list, std::string("/v2/") + list);
    }
    told_.expect("opsgenie_roster.txt");
}

TEST_F(OpsgenieAnswers, ToWhoAsksTooOftenTellWhenToComeAgain) {
    auto settings = read_file(daemon_.folder().path("tocsin.yaml"));
    const std::string limits = "limits: { ";
    settings.insert(settings.find(limits) + limits.size(), "requests_per_minute: 1, ");
    daemon_.folder().write("tocsin.yaml", settings);
    daemon_.restart();
    const auto made = daemon_.ask(
        {"POST", "/api/v1/keys", R"({"source":"og","name":"second"})", {{"Authorization", fmt::format("Bearer {}", kApiToken)}}});
    (void)read("the only one of this minute", "/v2/alerts/count");
    (void)read("one too many", "/v2/alerts/count");
    (void)told_.ask("another key of the same source",
                    {"GET", "/v2/alerts/count", "", {{"Authorization", "GenieKey " + made["key"]}}});
    told_.expect("opsgenie_throttled.txt");
}

}  // namespace
}  // namespace tocsin::test::answers_opsgenie_test

// Every recorded, documented or composed body of Opsgenie's outgoing webhook is understood as tests/samples/INDEX.md says.
#include "tests/support/intake_samples.hpp"

namespace tocsin::intake::opsgenie_samples_test {
namespace {

const std::string kDisk = "8418d193-2dab-4490-b331-8c02cdd196b7-1706330997671";
const std::string kDoc = "052652ac-5d1c-464a-812a-7dd18bbfba8c";
const std::string kDiskTitle = "Disk almost full on db01";

std::vector<ExpectedSample> recorded_from_2020_on() {
    return {
        {.file = "close_2024.json",
         .action = AlertAction::Resolve,
         .key = "fa73cd5e-5a0c-462a-82c6-61a72807aa03-1706330997671",
         .title = "ALERT TESTING API",
         .priority = "P5",
         .fields = {{"status", "resolved"}, {"labels.TicketId", "175697"}, {"payload.alert.updatedAt", "1703849510592000000"}}},
        {.file = "create_2020_responders.json",
         .key = "7ec331d7-f5f3-4f78-a49c-2ad886df69fe-1593475564295",
         .title = "asdf",
         .priority = "P3",
         .fields = {{"payload.alert.responders.name", "operations"},
                    {"payload.alert.teams", "6ee84e52-f33e-45d9-87ab-533fd69d5591"},
                    {"labels.integrationName", "operations_Webhook_2"}}},
        {.file = "create_2021_updatedat_string.json",
         .key = "6552a02b-ff34-4e65-a1cc-83eb3fccdcef-1625246953480",
         .title = "[Site24x7] education-v2-prod-api status is: TROUBLE",
         .priority = "P3",
         .fields = {{"labels.alias", "-"},
                    {"tags",
                     "st:sla:100 | st:environment:prod | st:application:education | account_site24x7:AWS PROD | "
                     "st:owner:Example Owner | st:sev:2 | Name:education-v2-prod-api"},
                    {"labels.\"Monitor Type\"", "R53_HEALTHCHECK"},
                    {"payload.alert.details.\"Poll Frequency\"", "1"},
                    {"payload.alert.updatedAt", "1625246954020000000"}}},
        {.file = "create_2024_nonascii_details.json",
         .key = "fa73cd5e-5a0c-462a-82c6-61a72807aa03-1706330997671",
         .title = "ALERT TESTING API",
         .priority = "P5",
         .fields = {{"text", "description1"},
                    {"labels.Category", "xxCare / Övervakning - Larm"},
                    {"payload.integrationId", "fb03dcd1-xx35-4e4b-ade6-08f3909e3b92"},
                    {"tags", "OverwriteQuietHours | SuppressAlertNotification"}}},
    };
}

std::vector<ExpectedSample> recorded_in_2017() {
    return {
        {.file = "create_2017_all_strings.json",
         .key = "97260ae4-a5c3-488a-8215-640445dd2710",
         .title = "[Zabbix] db-01118.example.net - Available memory less than 5%",
         .priority = "P2",
         .fields = {{"tags", "component:mysql env:live location:my.live site:sg1"},
                    {"payload.alert.insertedAt", "1510825641455000173"},
                    {"labels.source", "Zabbix"},
                    {"labels.sourceName", "web"}}},
        {.file = "create_2017_numeric_priority.json",
         .key = "ec03dad6-62c8-4c94-b38b-d88f398e900f",
         .title = "another alert",
         .priority = "P3",
         .fields = {{"payload.alert.priority", "3"},
                    {"payload.alert.insertedAt", "1502709956288000110"},
                    {"labels.alias", "alert-alias"},
                    {"labels.entity", "Server"}}},
        {.file = "create_2017_p4_uuid_alias.json",
         .key = "68cbcf70-3d39-4b99-9b79-0eb1e85a205c",
         .title = "[Zabbix] db6.example - Number of concurrent connections for bob_live superior to 25",
         .priority = "P4",
         .fields = {{"payload.alert.tinyId", "8373"}}},
        {.file = "custom_action_addtojira.json",
         .action = AlertAction::Other,
         .key = "ce07a005-dcfd-4aaf-bfff-2b9ca00cdfd5",
         .title = "[Zabbix] mtdb1.example - Free disk space is less than 12% on volume /",
         .priority = "P2",
         .fields = {{"payload.action", "AddToJIRA"}, {"payload.alert.updatedAt", "1506933926998113946"}}},
    };
}

std::vector<ExpectedSample> documented() {
    return {
        {.file = "doc_acknowledge.json",
         .action = AlertAction::Acknowledge,
         .key = kDoc,
         .title = "test alert",
         .fields = {{"status", "acknowledged"},
                    {"payload.alert.updatedAt", "1420452224764002246"},
                    {"payload.alert.createdAt", "1420452191104"}}},
        {.file = "doc_addnote.json",
         .action = AlertAction::Note,
         .key = kDoc,
         .title = "test alert",
         .fields = {{"payload.alert.note", "note to test alert"}}},
        {.file = "doc_addrecipient.json",
         .action = AlertAction::Update,
         .key = kDoc,
         .title = "test alert",
         .fields = {{"payload.alert.recipient", "team2_escalation"}}},
        {.file = "doc_addtags.json",
         .action = AlertAction::Update,
         .key = kDoc,
         .title = "test alert",
         .fields = {{"payload.alert.addedTags", "tag1,tag2,tag3"}, {"tags", "tag1 | tag2 | tag3"}}},
        {.file = "doc_addteam.json",
         .action = AlertAction::Update,
         .key = kDoc,
         .title = "test alert",
         .fields = {{"payload.alert.team", "team2"}}},
        {.file = "doc_assignownership.json",
         .action = AlertAction::Update,
         .key = kDoc,
         .title = "test alert",
         .fields = {{"payload.alert.owner", "user2@example.org"}, {"status", "firing"}}},
        {.file = "doc_close.json",
         .action = AlertAction::Resolve,
         .key = kDoc,
         .title = "test alert",
         .fields = {{"status", "resolved"}}},
        {.file = "doc_customaction.json",
         .action = AlertAction::Other,
         .key = kDoc,
         .title = "test alert",
         .fields = {{"payload.action", "TestAction"}}},
        {.file = "doc_delete.json",
         .action = AlertAction::Resolve,
         .key = kDoc,
         .title = "test alert",
         .fields = {{"status", "resolved"}}},
        {.file = "doc_escalate.json",
         .action = AlertAction::Escalate,
         .key = "7ba97e3a-d328-4b5e-8f9a-39e945a3869a",
         .title = "Opsgenie alert 7ba97e3a-d328-4b5e-8f9a-39e945a3869a",
         .fields = {{"payload.escalationName", "test_esc"},
                    {"payload.escalationNotify.name", "test@example.org"},
                    {"payload.headers.foo", "***"}}},
    };
}

ExpectedSample disk(std::string file, AlertAction action, std::vector<std::pair<std::string, std::string>> fields = {}) {
    return {std::move(file), action, kDisk, kDiskTitle, "P2", std::move(fields)};
}

std::vector<ExpectedSample> composed() {
    auto message = disk("c_update_message.json", AlertAction::Update, {{"payload.alert.oldMessage", kDiskTitle}});
    message.title = "Disk full on db01";
    auto priority = disk("c_update_priority.json", AlertAction::Update, {{"payload.alert.oldPriority", "P2"}});
    priority.priority = "P1";
    return {
        disk("c_add_responder.json", AlertAction::Update, {{"payload.alert.responder.name", "db"}}),
        disk("c_create_details_truncated.json", AlertAction::Fire, {{"text", std::string(1'000, 'x')}}),
        disk("c_escalate_next.json", AlertAction::Escalate, {{"payload.escalationNotify.name", "second@example.org"}}),
        disk("c_escalate_to_next.json", AlertAction::Escalate),
        disk("c_snooze.json", AlertAction::Snooze, {{"status", "snoozed"}}),
        disk("c_snooze_ended.json", AlertAction::EndSnooze, {{"status", "firing"}}),
        disk("c_unknown_action.json", AlertAction::Other, {{"payload.action", "SomethingNew2027"}, {"tags", "prod | db"}}),
        disk("c_update_description.json", AlertAction::Update, {{"text", "new text"}}),
        message,
        priority,
    };
}

const std::vector<ExpectedSample>& table() {
    static const std::vector<ExpectedSample> all = [] {
        auto rows = recorded_in_2017();
        for (const auto& more : {recorded_from_2020_on(), documented(), composed()})
            rows.insert(rows.end(), more.begin(), more.end());
        return rows;
    }();
    return all;
}

class OpsgenieSample : public testing::TestWithParam<std::string> {};

TEST_P(OpsgenieSample, IsUnderstoodAsTheIndexSays) {
    const auto* expected = find_expected(table(), GetParam());
    ASSERT_NE(expected, nullptr) << "say in opsgenie_samples_test.cpp what must be understood of " << GetParam();

    const auto result = parsed("opsgenie", sample("opsgenie_webhook", GetParam()));
    const auto& arrival = result.arrivals.at(0);

    expect_sample(arrival, *expected);
    EXPECT_TRUE(arrival.alert.is_followed_up);
    EXPECT_EQ(arrival.alert.until.has_value(), expected->action == AlertAction::Snooze);
    EXPECT_EQ(arrival.alert.action_name, arrival.fields.first("payload.action"));
    EXPECT_EQ(arrival.alert.kind, "opsgenie");
    EXPECT_TRUE(result.mended.empty());
}

INSTANTIATE_TEST_SUITE_P(Corpus, OpsgenieSample, testing::ValuesIn(sample_names("opsgenie_webhook")), test_name);

TEST(OpsgenieSamples, EachExpectationHasItsFile) {
    const auto names = sample_names("opsgenie_webhook");
    for (const auto& expected : table()) EXPECT_TRUE(std::count(names.begin(), names.end(), expected.file)) << expected.file;
}

TEST(OpsgenieSamples, TheSnoozeEndsWhenTheBodySays) {
    const auto alert = alert_of("opsgenie", sample("opsgenie_webhook", "c_snooze.json"));

    ASSERT_TRUE(alert.until);
    EXPECT_EQ(format_utc(*alert.until), "2024-01-27T06:00:00Z");
}

TEST(OpsgenieSamples, TheActorIsWhoActed) {
    EXPECT_EQ(alert_of("opsgenie", sample("opsgenie_webhook", "doc_assignownership.json")).actor, "user1@example.org");
    EXPECT_EQ(alert_of("opsgenie", sample("opsgenie_webhook", "doc_addnote.json")).note, "note to test alert");
    EXPECT_EQ(alert_of("opsgenie", sample("opsgenie_webhook", "create_2024_nonascii_details.json")).actor, "");
}

}  // namespace
}  // namespace tocsin::intake::opsgenie_samples_test

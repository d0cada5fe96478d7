// What is made of Opsgenie bodies whose parts are missing, odd or undocumented.
#include <limits>

#include "daemon/intake/opsgenie_webhook.hpp"
#include "tests/support/intake_samples.hpp"

namespace tocsin::intake::opsgenie_test {
namespace {

Alert alert(std::string body) { return alert_of("opsgenie", std::move(body)); }

Alert snoozed(const std::string& members) { return alert(R"({"action": "Snooze", "alert": {"alertId": "a", )" + members + "}}"); }

TEST(Opsgenie, EveryDocumentedActionHasItsMeaning) {
    const std::vector<std::pair<std::string, AlertAction>> meanings{{"Create", AlertAction::Fire},
                                                                    {"Acknowledge", AlertAction::Acknowledge},
                                                                    {"UnAcknowledge", AlertAction::Unacknowledge},
                                                                    {"Close", AlertAction::Resolve},
                                                                    {"Delete", AlertAction::Resolve},
                                                                    {"AddNote", AlertAction::Note},
                                                                    {"AddTags", AlertAction::Update},
                                                                    {"RemoveTags", AlertAction::Update},
                                                                    {"AddTeam", AlertAction::Update},
                                                                    {"AddRecipient", AlertAction::Update},
                                                                    {"AddResponder", AlertAction::Update},
                                                                    {"AssignOwnership", AlertAction::Update},
                                                                    {"TakeOwnership", AlertAction::Update},
                                                                    {"Escalate", AlertAction::Escalate},
                                                                    {"EscalateNext", AlertAction::Escalate},
                                                                    {"EscalateToNext", AlertAction::Escalate},
                                                                    {"SnoozeEnded", AlertAction::EndSnooze},
                                                                    {"UpdatePriority", AlertAction::Update},
                                                                    {"UpdateMessage", AlertAction::Update},
                                                                    {"UpdateDescription", AlertAction::Update}};
    for (const auto& [name, action] : meanings) {
        const auto understood = alert(R"({"action": ")" + name + R"(", "alert": {"alertId": "a"}})");
        EXPECT_EQ(to_string(understood.action), to_string(action)) << name;
        EXPECT_EQ(understood.action_name, name);
    }
}

TEST(Opsgenie, ACustomActionThatIsCalledLikeAKnownOneInOtherLettersEndsNothing) {
    for (const std::string name : {"close", "CLOSE", "Close ", "delete", "acknowledge", "snooze", "restart the server"}) {
        EXPECT_EQ(alert(R"({"action": ")" + name + R"(", "alert": {"alertId": "a"}})").action, AlertAction::Other) << name;
    }
}

TEST(Opsgenie, TheProgramThatDidItIsKnownForAllButWhatFires) {
    const auto through = [](const std::string& action) {
        return alert(R"({"action": ")" + action + R"(", "alert": {"alertId": "a", "source": "x"}, "source": {"name": "tocsin"}})")
            .through;
    };
    EXPECT_EQ(through("Acknowledge"), "tocsin");
    EXPECT_EQ(through("Create"), "");
}

TEST(Opsgenie, AMessageWithoutAnyActionFires) {
    EXPECT_EQ(alert(R"({"alert": {"alertId": "a", "message": "help"}})").action, AlertAction::Fire);
    EXPECT_EQ(alert(R"({"alert": {"alertId": "a"}})").action, AlertAction::Other);
}

TEST(Opsgenie, TheKeyIsTheAlertIdAlsoAsANumber) {
    EXPECT_EQ(alert(R"({"alert": {"alertId": "x", "alias": "y"}})").key, "x");
    EXPECT_EQ(alert(R"({"alert": {"alertId": 9007199254740993}})").key, "9007199254740993");
}

TEST(Opsgenie, WithoutAnAlertIdTheNextBestNameIsTheKey) {
    EXPECT_EQ(alert(R"({"alert": {"alias": "disk/db01", "tinyId": 7}})").key, "alias:disk/db01");
    EXPECT_EQ(alert(R"({"alert": {"alertId": "", "tinyId": 7, "message": "m"}})").key, "tinyId:7");
    EXPECT_EQ(alert(R"({"alert": {"alertId": null, "message": "m"}})").key, "message:m");
    EXPECT_EQ(alert(R"({"action": "Create"})").key, "unnamed");
}

TEST(Opsgenie, WithoutAnAlertObjectTheEnvelopeIsAsked) {
    const auto flat = alert(R"({"action": "Create", "alertId": "a", "message": "m", "priority": "P1", "tags": ["t"]})");

    EXPECT_EQ(flat.key, "a");
    EXPECT_EQ(flat.title, "m");
    EXPECT_EQ(flat.priority, "P1");
    EXPECT_EQ(flat.tags, std::vector<std::string>{"t"});
}

TEST(Opsgenie, PrioritiesInAllSpellingsBecomeP1ToP5) {
    const auto priority = [](const std::string& sent) { return alert(R"({"alert": {"priority": )" + sent + "}}").priority; };
    EXPECT_EQ(priority("\"P3\""), "P3");
    EXPECT_EQ(priority("\"p3\""), "P3");
    EXPECT_EQ(priority("3"), "P3");
    EXPECT_EQ(priority("\"2\""), "P2");
    EXPECT_EQ(priority("null"), "");
    EXPECT_EQ(priority("\"urgent\""), "urgent");
    EXPECT_EQ(priority("9"), "9");
}

TEST(Opsgenie, ASnoozeEndsWhenEitherFieldSays) {
    const auto six = parse_rfc3339("2024-01-27T06:00:00Z");
    EXPECT_EQ(snoozed(R"("snoozeEndDate": "2024-01-27T07:00:00.000+0100")").until, six);
    EXPECT_EQ(snoozed(R"("snoozedUntil": 1706335200000)").until, six);
    EXPECT_EQ(snoozed(R"("snoozedUntil": "1706335200000")").until, six);
    EXPECT_EQ(snoozed(R"("snoozeEndDate": 1706335200000000000)").until, six);
    EXPECT_EQ(snoozed(R"("snoozeEndDate": "next week", "snoozedUntil": 1706335200000)").until, six);
    EXPECT_EQ(alert(R"({"action": "Snooze", "snoozeEndDate": 1706335200000, "alert": {"alertId": "a"}})").until, six);
}

TEST(Opsgenie, ASnoozeWithoutAReadableEndSilencesNothing) {
    for (const std::string members :
         {R"("x": 1)", R"("snoozeEndDate": "tomorrow")", R"("snoozeEndDate": null)", R"("snoozeEndDate": -5)",
          R"("snoozeEndDate": 1e400)", R"("snoozeEndDate": 99999999999999999999)", R"("snoozeEndDate": {})"}) {
        const auto understood = snoozed(members);
        EXPECT_EQ(understood.action, AlertAction::Other) << members;
        EXPECT_EQ(understood.action_name, "Snooze");
        EXPECT_FALSE(understood.until);
    }
}

TEST(Opsgenie, TheUnitOfATimeIsKnownByItsSize) {
    const auto six = parse_rfc3339("2024-01-27T06:00:00Z");
    EXPECT_EQ(opsgenie_time("1706335200"), six);
    EXPECT_EQ(opsgenie_time("1706335200000"), six);
    EXPECT_EQ(opsgenie_time("1706335200000000"), six);
    EXPECT_EQ(opsgenie_time("1706335200000000000"), six);
    EXPECT_TRUE(opsgenie_time(std::to_string(std::numeric_limits<std::int64_t>::max())));
    EXPECT_FALSE(opsgenie_time("0"));
    EXPECT_FALSE(opsgenie_time(""));
    EXPECT_FALSE(opsgenie_time("1706335200000 ms"));
    EXPECT_FALSE(opsgenie_time("0001-01-01T00:00:00Z")) << "Java's and Go's word for no time at all";
}

TEST(Opsgenie, TagsMayBeAListOrOneText) {
    EXPECT_EQ(alert(R"({"alert": {"tags": ["a b", 7, "", null]}})").tags, (std::vector<std::string>{"a b", "7"}));
    EXPECT_EQ(alert(R"({"alert": {"tags": "a, b,,c"}})").tags, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(Opsgenie, DetailsAreLabelsWhateverTheirType) {
    const auto fields =
        fields_of("opsgenie", R"({"alert": {"details": {"env": "prod", "n": 7, "list": ["a", "b"], "o": {"x": 1}}}})");

    EXPECT_EQ(fields.first("labels.env"), "prod");
    EXPECT_EQ(fields.first("labels.n"), "7");
    EXPECT_EQ(fields.first("labels.list"), "a, b");
    EXPECT_FALSE(fields.has("labels.o"));
    EXPECT_EQ(fields.first("payload.alert.details.o.x"), "1");
}

TEST(Opsgenie, TagsAndLabelsWithoutEndAreCut) {
    std::string body = R"({"alert": {"details": {)";
    for (int i = 0; i < 2'000; ++i) body += "\"k" + std::to_string(i) + "\": 1, ";
    body += R"("last": 1}, "tags": ")" + std::string(4'000, ',') + std::string(2'000, 't');
    for (int i = 0; i < 2'000; ++i) body += ",t";
    const auto cut = alert(body + "\"}}");

    EXPECT_EQ(cut.labels.size(), 500U);
    EXPECT_EQ(cut.tags.size(), 500U);
}

TEST(Opsgenie, TheActorIsNamedAsWellAsTheBodyCan) {
    EXPECT_EQ(alert(R"({"action": "Close", "actorUserId": "id", "alert": {"username": "u", "userFullName": "n"}})").actor, "u");
    EXPECT_EQ(alert(R"({"action": "Close", "actorUserId": "id", "alert": {"username": ""}})").actor, "id");
    EXPECT_EQ(alert(R"({"action": "Close", "alert": {}})").actor, "");
}

TEST(Opsgenie, AnUpdateWithoutAMessageHasNoTitleToOverwriteTheOldOne) {
    EXPECT_EQ(alert(R"({"action": "AddTags", "alert": {"alertId": "a"}})").title, "");
    EXPECT_EQ(alert(R"({"action": "Create", "alert": {"alertId": "a"}})").title, "Opsgenie alert a");
}

}  // namespace
}  // namespace tocsin::intake::opsgenie_test

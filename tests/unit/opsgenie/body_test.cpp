// Bodies of Opsgenie clients: read, refused, mended, kept.
#include "daemon/opsgenie/body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "core/base/text.hpp"
#include "daemon/intake/json_mend.hpp"
#include "daemon/intake/opsgenie_api.hpp"
#include "daemon/intake/parser.hpp"
#include "tests/support/places.hpp"

namespace tocsin::opsgenie::body_test {
namespace {

using Kind = engine::DossierChange::Kind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

std::string sample(const std::string& name) {
    std::ifstream file(test::source_path("tests/samples/opsgenie_api/" + name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

ReadChange created(std::string body) {
    intake::JsonReader reader;
    EXPECT_TRUE(intake::read_mended(reader, body)) << body;
    return read_create(reader.root());
}

ReadChange changed(Kind kind, std::string body, std::string_view query = {}) {
    intake::JsonReader reader;
    EXPECT_TRUE(intake::read_mended(reader, body)) << body;
    AlertPath path;
    path.change = kind;
    return read_change(path, query, reader.root());
}

TEST(Create, TakesEveryField) {
    const auto read = created(sample("sdk_create.json"));
    EXPECT_THAT(read.errors, IsEmpty());
    EXPECT_THAT(read.mended, IsEmpty());
    const auto& dossier = read.change.created;
    EXPECT_EQ(dossier.message, "m");
    EXPECT_EQ(dossier.description, "d");
    EXPECT_EQ(dossier.entity, "e");
    EXPECT_EQ(dossier.origin, "s");
    EXPECT_EQ(dossier.priority, "P2");
    EXPECT_THAT(dossier.tags, ElementsAre("t1", "t2"));
    EXPECT_THAT(dossier.actions, ElementsAre("r"));
    EXPECT_THAT(dossier.details, ElementsAre(Pair("k", "v")));
    EXPECT_THAT(dossier.responders, ElementsAre(Responder{"team", "ops"}));
    EXPECT_EQ(read.change.user, "u");
    EXPECT_EQ(read.change.note, "n");
}

TEST(Create, RefusesWhatOpsgenieRefuses) {
    EXPECT_THAT(created(sample("c_no_message.json")).errors, ElementsAre(Pair("message", "may not be empty")));
    EXPECT_THAT(created(sample("c_bad_priority.json")).errors,
                ElementsAre(Pair("priority", "should be one of [ P1, P2, P3, P4, P5 ]")));
    EXPECT_THAT(created(sample("c_bad_responder_type.json")).errors,
                ElementsAre(Pair("responders#type", "Invalid recipient type 'bb'")));
    EXPECT_THAT(created(sample("c_nested_details.json")).errors, ElementsAre(Pair("details", testing::_)));
}

TEST(Create, MendsWhatIsOnlyTooMuch) {
    const auto tags = created(sample("c_21_tags.json"));
    EXPECT_THAT(tags.errors, IsEmpty());
    EXPECT_THAT(tags.change.created.tags, SizeIs(20));
    EXPECT_EQ(tags.change.remark, "21 tags, the first 20 are kept");
    const auto message = created(sample("c_message_131.json"));
    EXPECT_THAT(message.errors, IsEmpty());
    EXPECT_EQ(code_points(message.change.created.message), 130U);
    const auto details = created(sample("c_details_8001.json"));
    EXPECT_THAT(details.errors, IsEmpty());
    EXPECT_THAT(details.mended, SizeIs(1));
}

TEST(Create, CountsCodePointsAndNotBytes) { EXPECT_THAT(created(sample("grafana_create_truncated.json")).mended, IsEmpty()); }

TEST(Alias, ThatIsTooLongKeepsItsOwnHash) {
    const std::string common(600, 'a');
    const auto one = intake::opsgenie_alias(common + "1");
    const auto other = intake::opsgenie_alias(common + "2");
    EXPECT_NE(one, other);
    EXPECT_LE(code_points(one), 512U);
    EXPECT_EQ(intake::opsgenie_alias(std::string(512, 'b')), std::string(512, 'b'));
}

TEST(Change, NeedsWhatItIsAbout) {
    EXPECT_THAT(changed(Kind::Snooze, "{}").errors, ElementsAre(Pair("endTime", testing::_)));
    EXPECT_THAT(changed(Kind::AddNote, "{}").errors, ElementsAre(Pair("note", "may not be empty")));
    EXPECT_THAT(changed(Kind::UpdateMessage, "{\"message\":\" \"}").errors, ElementsAre(Pair("message", "may not be empty")));
    EXPECT_THAT(changed(Kind::RemoveTags, "{}").errors, ElementsAre(Pair("tags", "may not be empty")));
    EXPECT_THAT(changed(Kind::Close, "{}").errors, IsEmpty());
    EXPECT_THAT(changed(Kind::UpdateDescription, "{}").errors, IsEmpty()) << "Alertmanager empties it so";
}

TEST(Change, ReadsItsOwnFields) {
    EXPECT_EQ(changed(Kind::Assign, sample("sdk_assign.json")).change.text, "u@example.org");
    EXPECT_EQ(changed(Kind::Snooze, sample("sdk_snooze.json")).change.until, parse_rfc3339("2030-01-01T00:00:00Z"));
    EXPECT_THAT(changed(Kind::RemoveDetails, "{}", "keys=a%2Cb,%20c").change.names, ElementsAre("a", "b", "c"));
}

/// What the rules' parser makes of a payload that payload_of() made.
Alert kept(const engine::DossierChange& change) {
    auto parsed = intake::parse("opsgenie_api", "og", payload_of(change, {"og", {}, "disk/db01"}));
    EXPECT_TRUE(parsed);
    return parsed ? std::move(parsed->arrivals.front().alert) : Alert{};
}

TEST(Payload, SaysWhatWasAskedInTheWordsOfTheWebhook) {
    engine::DossierChange change;
    change.kind = Kind::Snooze;
    change.user = "ana";
    change.until = parse_rfc3339("2030-01-01T00:00:00Z");
    const auto alert = kept(change);
    EXPECT_EQ(alert.action, AlertAction::Snooze);
    EXPECT_EQ(alert.until, change.until);
    EXPECT_EQ(alert.key, "disk/db01");
    EXPECT_EQ(alert.actor, "ana");
    change.kind = Kind::Close;
    EXPECT_EQ(kept(change).action, AlertAction::Resolve);
    change.kind = Kind::UpdatePriority;
    change.text = "P1";
    EXPECT_EQ(kept(change).action, AlertAction::Update);
    EXPECT_EQ(kept(change).action_name, "UpdatePriority");
}

TEST(Payload, ACustomActionThatIsCalledCloseClosesNothing) {
    engine::DossierChange change;
    change.kind = Kind::Custom;
    change.text = "Close";
    EXPECT_EQ(kept(change).action, AlertAction::Other);
}

TEST(Payload, ACreateIsReadLikeAnyOther) {
    auto parsed = intake::parse("opsgenie_api", "og", sample("am_create_full.json"));
    ASSERT_TRUE(parsed);
    const auto& arrival = parsed->arrivals.front();
    EXPECT_EQ(arrival.alert.action, AlertAction::Fire);
    EXPECT_EQ(arrival.alert.key, "c8585f9b51f733fdc2786ad26589d86072c7d1a8e8fed5f15dcfbda766fd53c0");
    EXPECT_EQ(arrival.alert.priority, "P1");
    EXPECT_EQ(arrival.fields.first("labels.cluster"), "prod-eu");
    EXPECT_EQ(arrival.fields.first("labels.teams"), "db");
    EXPECT_EQ(arrival.fields.first("payload.entity"), "api-1:9090");
}

}  // namespace
}  // namespace tocsin::opsgenie::body_test

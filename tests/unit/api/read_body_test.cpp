// A body, read by the mappings of a rulebook; what they cannot read stands as usual.
#include "daemon/api/read_body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace tocsin::api::read_body_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::shared_ptr<const Rulebook> rulebook_with(const std::string& mappings) {
    const std::vector<RulebookFile> files{{"m.yaml", "mappings:\n" + mappings}};
    auto compiled = compile_rulebook(files, {});
    EXPECT_EQ(compiled.diagnostics.errors(), 0U) << compiled.diagnostics.render();
    return compiled.rulebook;
}

class ReadBody : public testing::Test {
protected:
    void use(const std::string& mappings) { rulebook_ = rulebook_with(mappings); }

    intake::Parsed all(const std::string& body, const std::string& kind = "generic") const {
        auto parsed = read_body(*rulebook_, {kind, "s", body, TimePoint{}});
        EXPECT_TRUE(parsed) << parsed.error().message();
        return parsed ? std::move(*parsed) : intake::Parsed{};
    }
    intake::Arrival one(const std::string& body, const std::string& kind = "generic") const {
        auto parsed = all(body, kind);
        EXPECT_EQ(parsed.arrivals.size(), 1U) << body;
        return std::move(parsed.arrivals.at(0));
    }

    std::shared_ptr<const Rulebook> rulebook_;
};

constexpr const char* kUptime = R"(  - name: Uptime
    source: s
    key: "${payload.monitor.id}"
    title: "${payload.monitor.name} is down"
    text: "${payload.msg}"
    url: "${payload.monitor.url}"
    status: { from: "${payload.beat}", firing: 0, resolved: 1, acknowledged: Seen }
    priority: { from: "${payload.level}", critical: [5, Disaster], low: 2 }
    labels: { host: "${payload.monitor.host}" }
    tags: ["${payload.monitor.tags.name}", "team ${payload.team}"]
)";

TEST_F(ReadBody, SaysWhatTheMappingSays) {
    use(kUptime);
    const auto read = one(R"({"beat":0,"level":"DISASTER","team":"web","msg":"refused","host":"usual",
        "monitor":{"id":7,"name":"shop","url":"https://shop.example.org","host":"web1","tags":[{"name":"a"},{"name":"b"}]}})");
    EXPECT_EQ(read.alert.key, "7");
    EXPECT_EQ(read.alert.title, "shop is down");
    EXPECT_EQ(read.alert.text, "refused");
    EXPECT_EQ(read.alert.url, "https://shop.example.org");
    EXPECT_EQ(read.alert.action, AlertAction::Fire);
    EXPECT_EQ(read.alert.priority, "critical");
    EXPECT_THAT(read.alert.tags, ElementsAre("a", "b", "team web"));
    EXPECT_EQ(read.fields.first("labels.host"), "web1") << "in place of the usual one";
    EXPECT_EQ(read.fields.first("title"), "shop is down") << "rules see it too";
    EXPECT_EQ(read.fields.first("status"), "firing");
    EXPECT_EQ(read.fields.first("payload.monitor.name"), "shop");
    EXPECT_EQ(read.reading->mapping, "Uptime");
    EXPECT_EQ(read.reading->place, "m.yaml:2");
    EXPECT_EQ(read.reading->missed, 0U);
    EXPECT_TRUE(read.alert.is_followed_up);
}

TEST_F(ReadBody, KnowsTheSendersWordsForAState) {
    use(kUptime);
    const auto action_of = [&](const std::string& word) {
        return one(R"({"monitor":{"id":1},"beat":")" + word + "\"}").alert.action;
    };
    EXPECT_EQ(action_of("1"), AlertAction::Resolve);
    EXPECT_EQ(action_of("0"), AlertAction::Fire);
    EXPECT_EQ(action_of(" SEEN "), AlertAction::Acknowledge);
    EXPECT_EQ(action_of("recovered"), AlertAction::Resolve) << "in no list: as usual";
    EXPECT_EQ(action_of("2"), AlertAction::Fire);
}

TEST_F(ReadBody, LeavesAsUsualWhatItCannotFillAndSaysWhy) {
    use(kUptime);
    const auto read = one(R"({"title":"usual title","id":"usual-id","status":"resolved","level":"","monitor":{"name":null}})");
    EXPECT_EQ(read.alert.title, "usual title");
    EXPECT_EQ(read.alert.key, "usual-id");
    EXPECT_EQ(read.alert.action, AlertAction::Resolve);
    EXPECT_EQ(read.alert.priority, "");
    EXPECT_EQ(read.reading->missed, 7U) << "key, title, text, url, status, host, team; a priority is there, and blank";
    std::string said;
    for (const auto& part : read.reading->parts) said += part.what + ": " + part.note + "\n";
    EXPECT_THAT(said, HasSubstr("key: as usual: payload.monitor.id is not there\n"));
    EXPECT_THAT(said, HasSubstr("title: as usual: payload.monitor.name is not there\n"));
    EXPECT_THAT(said, HasSubstr("priority: as usual: it is blank\n"));
}

TEST_F(ReadBody, TakesTheFirstOfSeveralThatCanBeFilled) {
    use("  - { name: m, source: s, title: [\"${payload.a.b}\", \"${payload.blank}\", \"${payload.c|upper}\", last], key: "
        "\"${payload.id:-none}\" }\n");
    EXPECT_EQ(one(R"({"c":"deep","blank":" "})").alert.title, "DEEP");
    EXPECT_EQ(one(R"({"a":{"b":"x"},"c":"y"})").alert.title, "x");
    EXPECT_EQ(one("{}").alert.title, "last");
    EXPECT_EQ(one("{}").alert.key, "none");
    EXPECT_EQ(one(R"({"c":"deep"})").reading->missed, 0U) << "one of them could be filled";
}

TEST_F(ReadBody, WithoutAKeyTheTitleIsOne) {
    use("  - { name: m, source: s, title: \"${payload.what}\" }\n");
    EXPECT_EQ(one(R"({"what":"disk"})").alert.key, "disk");
    use("  - { name: m, source: s, key: \"${payload.what}\" }\n");
    EXPECT_EQ(one(R"({"what":"disk"})").alert.title, "alert disk");
}

TEST_F(ReadBody, TheFirstMappingThatIsForTheAlertCounts) {
    use(R"(  - { name: a, source: s, match: { payload.type: issue }, title: "issue ${payload.n}" }
  - { name: other source, source: t, title: wrong }
  - { name: b, source: [t, s], match: { payload.type: metric }, title: "metric ${payload.n}" }
)");
    EXPECT_EQ(one(R"({"type":"issue","n":1})").alert.title, "issue 1");
    EXPECT_EQ(one(R"({"type":"metric","n":2})").alert.title, "metric 2");
    const auto neither = one(R"({"type":"x","title":"usual"})");
    EXPECT_EQ(neither.alert.title, "usual");
    EXPECT_EQ(neither.reading->mapping, "");
}

TEST_F(ReadBody, ReadsTextsThatHoldJson) {
    use(R"(  - name: m
    source: s
    match: { payload.Message.State: { present: true } }
    json: payload.Message
    key: "${payload.Message.Name}"
    status: { from: "${payload.Message.State}", resolved: OK }
)");
    const auto read = one(R"({"Message":"{\"Name\":\"queue\",\"State\":\"OK\",\"n\":[1,2]}"})");
    EXPECT_EQ(read.alert.key, "queue");
    EXPECT_EQ(read.alert.action, AlertAction::Resolve);
    EXPECT_EQ(read.fields.first("payload.Message.n"), "1");
    EXPECT_THAT(std::string(read.fields.first("payload.Message")), HasSubstr("queue")) << "the text stays";
    const auto secret = one(R"({"Message":"{\"State\":\"x\",\"Authorization\":\"Bearer abc\"}"})");
    EXPECT_EQ(secret.fields.first("payload.Message.Authorization"), "***");
    EXPECT_EQ(one(R"({"Message":"{\"Name\": no json"})").reading->mapping, "");
    EXPECT_EQ(one(R"({"Message":7})").reading->mapping, "");
}

constexpr const char* kEach = R"(  - name: m
    source: s
    each: payload.report.checks
    key: "${payload.report.site}/${payload.report.checks.id}"
    title: "${payload.report.checks.id}"
    status: { from: "${payload.report.checks.exit}", resolved: 0 }
)";

TEST_F(ReadBody, EachElementOfTheListIsAnAlertThatIsReadAgainAsTheSame) {
    use(kEach);
    const auto parsed =
        all(R"({"v":1,"report":{"checks":[{"id":"a","exit":0},{"id":"b\"","exit":1.50}],"site":"x","n":{"m":[1]}},"w":null})");
    ASSERT_EQ(parsed.arrivals.size(), 2U);
    EXPECT_EQ(parsed.arrivals[0].alert.key, "x/a");
    EXPECT_EQ(parsed.arrivals[0].alert.action, AlertAction::Resolve);
    EXPECT_EQ(parsed.arrivals[1].alert.key, "x/b\"");
    EXPECT_EQ(parsed.arrivals[1].payload,
              R"({"v":1,"w":null,"report":{"site":"x","n":{"m":[1]},"checks":[{"id":"b\"","exit":1.50}]}})");
    for (const auto& arrival : parsed.arrivals) {
        const auto again = one(arrival.payload);
        EXPECT_EQ(again.alert.key, arrival.alert.key);
        EXPECT_EQ(again.alert.title, arrival.alert.title);
        EXPECT_EQ(again.alert.action, arrival.alert.action);
    }
}

TEST_F(ReadBody, ABodyWithoutTheListIsOneAlert) {
    use(kEach);
    for (const auto* body :
         {R"({"title":"t"})", R"({"title":"t","report":{"checks":[]}})", R"({"title":"t","report":{"checks":"x"}})"}) {
        EXPECT_EQ(one(body).alert.title, "t") << body;
    }
    EXPECT_EQ(one(R"({"report":{"site":"x","checks":[{"id":"a"}]}})").alert.key, "x/a");
}

TEST_F(ReadBody, OfABodyThatIsAListEachIsReadByItsOwnMapping) {
    use(R"(  - { name: a, source: s, match: { payload.type: a }, key: "a${payload.n}" }
  - { name: b, source: s, each: payload.in, key: "b${payload.in.n}" }
)");
    const auto parsed = all(R"([{"type":"a","n":1},{"in":[{"n":2},{"n":3}]},{"in":[{"n":4}]}])");
    std::vector<std::string> keys;
    for (const auto& arrival : parsed.arrivals) keys.push_back(arrival.alert.key);
    EXPECT_THAT(keys, ElementsAre("a1", "b2", "b3", "b4"));
}

TEST_F(ReadBody, RefusesMoreAlertsThanAreTakenAtOnce) {
    use("  - { name: m, source: s, each: payload.l }\n");
    std::string inner = "{\"l\":[1";
    for (int i = 0; i < 6'000; ++i) inner += ",1";
    inner += "]}";
    EXPECT_EQ(all(inner).arrivals.size(), 6'001U);
    const auto twice = read_body(*rulebook_, {"generic", "s", "[" + inner + "," + inner + "]", TimePoint{}});
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code(), Errc::TooLarge);
}

TEST_F(ReadBody, OfAnEventTheDataIsMappedAsWell) {
    use("  - { name: m, source: s, title: \"${payload.data.what}\", key: \"${payload.subject}\" }\n");
    const auto read =
        one(R"({"specversion":"1.0","type":"t","source":"/x","subject":"disk","data":{"what":"full"}})", "cloudevents");
    EXPECT_EQ(read.alert.title, "full");
    EXPECT_EQ(read.alert.key, "disk");
}

TEST_F(ReadBody, LeavesOtherSourcesAndOtherKindsAlone) {
    use("  - { name: m, source: s, title: mapped }\n");
    const auto other = read_body(*rulebook_, {"generic", "t", R"({"title":"usual"})", TimePoint{}});
    EXPECT_EQ(other->arrivals[0].alert.title, "usual");
    EXPECT_FALSE(other->arrivals[0].reading);
    EXPECT_EQ(one(R"({"search_name":"usual"})", "splunk").alert.title, "usual");
}

}  // namespace
}  // namespace tocsin::api::read_body_test

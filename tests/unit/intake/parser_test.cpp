// What holds for every kind of body: fields as they were spelled, mending, limits, and that a stored payload reads the same
// again.
#include "daemon/intake/parser.hpp"

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "tests/support/intake_samples.hpp"

namespace tocsin::intake::parser_test {
namespace {

std::string nested(std::size_t depth) {
    std::string body = "{\"a\":";
    for (std::size_t i = 1; i < depth; ++i) body += '[';
    body += "7";
    for (std::size_t i = 1; i < depth; ++i) body += ']';
    return body + "}";
}

TEST(Parser, KnowsItsKinds) {
    EXPECT_EQ(kinds(),
              (std::vector<std::string>{"alertmanager", "cloudevents", "generic", "grafana", "mail", "opsgenie", "opsgenie_api",
                                        "pagerduty", "prometheus", "splunk", "splunk_o11y", "tocsin", "victorops"}));
}

TEST(Parser, AnUnknownKindIsToldWithThoseThatThereAre) {
    const auto result = parse("nagios", "a-source", "{}");

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code(), Errc::NotFound);
    EXPECT_EQ(result.error().message(),
              "there is no kind of source called \"nagios\", only alertmanager, cloudevents, generic, "
              "grafana, mail, opsgenie, opsgenie_api, pagerduty, prometheus, splunk, splunk_o11y, tocsin, victorops");
}

TEST(Parser, NumbersKeepTheSendersSpelling) {
    const auto fields = fields_of("splunk", R"({"a": 1.50, "b": 9007199254740993, "c": -0, "d": 1e400, "e": 1E+2,
                                               "f": 123456789012345678901234567890, "g": 0.1})");

    EXPECT_EQ(fields.first("payload.a"), "1.50");
    EXPECT_EQ(fields.first("payload.b"), "9007199254740993");
    EXPECT_EQ(fields.first("payload.c"), "-0");
    EXPECT_EQ(fields.first("payload.d"), "1e400");
    EXPECT_EQ(fields.first("payload.e"), "1E+2");
    EXPECT_EQ(fields.first("payload.f"), "123456789012345678901234567890");
    EXPECT_EQ(fields.first("payload.g"), "0.1");
}

TEST(Parser, EachFieldSaysItsType) {
    const auto fields = fields_of("splunk", R"({"text": "1", "number": 1, "boolean": true, "null": null})");
    const auto type_of = [&](std::string_view path) {
        std::optional<FieldType> found;
        (void)fields.any_of(path, [&](std::string_view, FieldType type) {
            found = type;
            return true;
        });
        return found;
    };

    EXPECT_EQ(type_of("payload.text"), FieldType::Text);
    EXPECT_EQ(type_of("payload.number"), FieldType::Number);
    EXPECT_EQ(type_of("payload.boolean"), FieldType::Boolean);
    EXPECT_EQ(type_of("payload.null"), FieldType::Null);
    EXPECT_EQ(fields.first("payload.boolean"), "true");
}

TEST(Parser, ElementsStandUnderTheArraysPathInTheirOrder) {
    const auto fields = fields_of("splunk", R"({"a": ["x", ["y", 2], {"b": "z"}, {"b": null}, [], {}]})");

    EXPECT_EQ(all_of(fields, "payload.a"), (std::vector<std::string>{"x", "y", "2"}));
    EXPECT_EQ(all_of(fields, "payload.a.b"), (std::vector<std::string>{"z", ""}));
}

TEST(Parser, ARepeatedKeyIsTwoFieldsAndTheFirstCounts) {
    const auto result = parsed("splunk", R"({"search_name": "one", "search_name": "two"})");

    EXPECT_EQ(all_of(result.arrivals[0].fields, "payload.search_name"), (std::vector<std::string>{"one", "two"}));
    EXPECT_EQ(result.arrivals[0].alert.title, "one");
}

TEST(Parser, EscapesInKeysAndTextsAreUndone) {
    const auto fields = fields_of("splunk", R"({"a\u002eb": "\u0000\t\"\\\/é\ud83d\udea8"})");

    EXPECT_EQ(fields.first("payload.\"a.b\""), std::string_view("\0\t\"\\/é🚨", 11));
}

TEST(Parser, TheNamesOfTheAlertStandBeforeThePayload) {
    const auto fields = fields_of("splunk", sample("splunk", "rt_syslog_sudo.json"));

    EXPECT_EQ(fields[0].path, "source");
    EXPECT_EQ(fields[1].path, "kind");
}

TEST(Parser, TheAlertIsUnderstoodEvenWhereFieldsHadToBeLeftOut) {
    std::string body = R"({"junk": [)";
    for (std::size_t i = 0; i < limits::kFieldsMax; ++i) body += "1,";
    body += R"(1], "action": "Close", "alert": {"alertId": "a"}})";

    const auto arrival = parsed("opsgenie", body).arrivals.at(0);

    EXPECT_EQ(arrival.alert.action, AlertAction::Resolve);
    EXPECT_EQ(arrival.alert.key, "a");
    EXPECT_EQ(arrival.fields.first("key"), "a");
    EXPECT_EQ(arrival.fields.size(), limits::kFieldsMax);
    EXPECT_GT(arrival.fields.left_out(), 0U);
}

TEST(Parser, DepthIsTakenToTheLimitAndNoFurther) {
    EXPECT_TRUE(fields_of("splunk", nested(limits::kJsonDepthMax)).has("payload.a"));
    EXPECT_EQ(error_of(nested(limits::kJsonDepthMax + 1)),
              "reading what a-source sent: nested deeper than 64 levels at byte 69, line 1, column 69");
    EXPECT_NE(error_of(nested(100'000)), "(it was taken)");
}

TEST(Parser, AByteOrderMarkIsSkipped) {
    const auto result = parsed("splunk", "\xEF\xBB\xBF{\"search_name\": \"n\"}");

    EXPECT_EQ(result.arrivals[0].alert.title, "n");
    EXPECT_EQ(result.payload, "{\"search_name\": \"n\"}");
}

TEST(Parser, BytesThatAreNoUtf8AreReplaced) {
    const auto result = parsed("splunk", "{\"search_name\": \"caf\xE9\", \"k\xFFy\": \"\xED\xA0\x80\"}");

    EXPECT_EQ(result.arrivals[0].alert.title, "caf\uFFFD");
    EXPECT_EQ(result.mended, std::vector<std::string_view>{"invalid_utf8"});
    EXPECT_EQ(result.payload, valid_utf8(result.payload));
}

TEST(Parser, LoneSurrogatesAreReplacedAndPairsAreNot) {
    const auto result =
        parsed("splunk", R"({"a": "\ud83d\udea8", "b": "\uD83D", "c": "\udea8\ud83d", "d": "\\ud83d", "e": "\ud83d\ud83d\udea8",
                                            "f\udfff": "\ud83dx"})");
    const auto& fields = result.arrivals[0].fields;

    EXPECT_EQ(fields.first("payload.a"), "🚨");
    EXPECT_EQ(fields.first("payload.b"), "\uFFFD");
    EXPECT_EQ(fields.first("payload.c"), "\uFFFD\uFFFD");
    EXPECT_EQ(fields.first("payload.d"), "\\ud83d");
    EXPECT_EQ(fields.first("payload.e"), "\uFFFD🚨");
    EXPECT_EQ(fields.first("payload.f\uFFFD"), "\uFFFDx");
    EXPECT_EQ(result.mended, std::vector<std::string_view>{"lone_surrogate"});
}

TEST(Parser, BothRepairsMayBeNeededAtOnce) {
    const auto mended = parsed("splunk", "{\"a\": \"\xE9\\ud83d\"}").mended;

    EXPECT_EQ(mended, (std::vector<std::string_view>{"invalid_utf8", "lone_surrogate"}));
}

TEST(Parser, ABodyOfMegabytesIsTakenAndTheNextSmallOneToo) {
    const std::string text(3'000'000, 'x');
    EXPECT_EQ(fields_of("splunk", R"({"result": {"_raw": ")" + text + "\"}}").first("text"), text);
    EXPECT_EQ(alert_of("splunk", R"({"search_name": "n"})").title, "n");
}

TEST(Parser, AStoredPayloadReadsTheSameAgain) {
    for (const std::string folder : {"splunk", "opsgenie_webhook"}) {
        const auto* kind = folder == "splunk" ? "splunk" : "opsgenie";
        for (const auto& name : sample_names(folder)) {
            const auto once = parsed(kind, sample(folder, name));
            const auto twice = parsed(kind, once.payload);
            EXPECT_EQ(listed(once.arrivals[0].fields), listed(twice.arrivals[0].fields)) << name;
            EXPECT_EQ(once.payload, twice.payload) << name;
            EXPECT_TRUE(twice.mended.empty()) << name;
        }
    }
}

}  // namespace
}  // namespace tocsin::intake::parser_test

// The flat fields that rules see of an alert.
#include "core/model/fields.hpp"

#include <gtest/gtest.h>

#include "core/base/limits.hpp"

namespace tocsin::fields_test {
namespace {

std::string keyed(std::string_view key) {
    std::string path = "labels";
    append_key(path, key);
    return path;
}

TEST(Fields, KeepValuesUnderTheirPathsInOrder) {
    Fields fields;
    fields.add("tags", "a");
    fields.add("other", "x", FieldType::Number);
    fields.add("tags", "b");
    std::vector<std::string> seen;
    (void)fields.any_of("tags", [&](std::string_view value, FieldType) {
        seen.emplace_back(value);
        return false;
    });
    EXPECT_EQ(seen, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(fields.first("tags"), "a");
    EXPECT_EQ(fields[1].type, FieldType::Number);
    EXPECT_EQ(fields[2].path, "tags");
}

TEST(Fields, StopAtTheFirstValueThatIsWanted) {
    Fields fields;
    fields.add("tags", "a");
    fields.add("tags", "b");
    int visits = 0;
    EXPECT_TRUE(fields.any_of("tags", [&](std::string_view, FieldType) { return ++visits == 1; }));
    EXPECT_EQ(visits, 1);
}

TEST(Fields, TellAbsentFromEmpty) {
    Fields fields;
    fields.add("here", "");
    EXPECT_TRUE(fields.has("here"));
    EXPECT_FALSE(fields.has("her"));
    EXPECT_FALSE(fields.has("there"));
    EXPECT_EQ(fields.first("there"), "");
}

TEST(Fields, DoNotMixUpAPathWithTheValueAfterIt) {
    Fields fields;
    fields.add("ab", "c");
    EXPECT_FALSE(fields.has("a"));
    EXPECT_FALSE(fields.has("abc"));
}

TEST(Fields, CountWhatIsOverTheLimit) {
    Fields fields;
    for (std::size_t i = 0; i < limits::kFieldsMax; ++i) ASSERT_TRUE(fields.add("path", "value"));
    EXPECT_FALSE(fields.add("path", "one more"));
    EXPECT_EQ(fields.size(), limits::kFieldsMax);
    EXPECT_EQ(fields.left_out(), 1U);
}

TEST(Fields, CopyWhatTheyAreGiven) {
    Fields fields;
    {
        const std::string path(100, 'p');
        const std::string value(5'000, 'v');
        fields.add(path, value);
    }
    for (int i = 0; i < 100; ++i) fields.add("more", std::string(100, 'x'));
    EXPECT_EQ(fields[0].path, std::string(100, 'p'));
    EXPECT_EQ(fields[0].value, std::string(5'000, 'v'));
}

TEST(Fields, OfAnAlertHaveTheSameNamesWhateverTheSource) {
    Alert alert;
    alert.source = "splunk-prod";
    alert.kind = "splunk";
    alert.action = AlertAction::Resolve;
    alert.key = "k1";
    alert.title = "LMS 5xx";
    alert.priority = "P1";
    alert.tags = {"lms", "5xx"};
    alert.labels = {{"environment", "prod"}, {"a.b", "dotted"}};
    Fields fields;
    fields.add_alert(alert);
    EXPECT_EQ(fields.first("source"), "splunk-prod");
    EXPECT_EQ(fields.first("kind"), "splunk");
    EXPECT_EQ(fields.first("status"), "resolved");
    EXPECT_EQ(fields.first("key"), "k1");
    EXPECT_EQ(fields.first("priority"), "P1");
    EXPECT_EQ(fields.first("labels.environment"), "prod");
    EXPECT_EQ(fields.first("labels.\"a.b\""), "dotted");
    EXPECT_TRUE(fields.any_of("tags", [](std::string_view tag, FieldType) { return tag == "5xx"; }));
}

TEST(Fields, OfAnAlertLeaveOutWhatIsEmpty) {
    Fields fields;
    fields.add_alert(Alert{});
    EXPECT_EQ(fields.size(), 1U);
    EXPECT_EQ(fields.first("status"), "firing");
}

TEST(AppendKey, LeavesPlainKeysAsTheyAre) {
    EXPECT_EQ(keyed("host"), "labels.host");
    EXPECT_EQ(keyed("k8s-app_name@1/2:{x}(y)é"), "labels.k8s-app_name@1/2:{x}(y)é");
}

TEST(AppendKey, QuotesKeysThatWouldBeMisread) {
    EXPECT_EQ(keyed("a.b"), R"(labels."a.b")");
    EXPECT_EQ(keyed(""), R"(labels."")");
    EXPECT_EQ(keyed("two words"), R"(labels."two words")");
    EXPECT_EQ(keyed(R"(say "hi\")"), R"(labels."say \"hi\\\"")");
}

}  // namespace
}  // namespace tocsin::fields_test

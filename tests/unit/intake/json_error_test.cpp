// A body that is refused is told with what was found and where, so that the sender can mend it.
#include "daemon/intake/json_error.hpp"

#include "tests/support/intake_samples.hpp"

namespace tocsin::intake::json_error_test {
namespace {

std::string told(std::string_view body) {
    const auto error = json_error(body);
    return error ? error->message() : "";
}

TEST(JsonError, AnEmptyBodyIsCalledEmpty) {
    EXPECT_EQ(told(""), "the body is empty; a JSON object is expected");
    EXPECT_EQ(told(" \r\n\t "), "the body is empty; a JSON object is expected");
}

TEST(JsonError, TheFirstUnexpectedCharacterIsToldWithItsPlace) {
    EXPECT_EQ(told("payload=%7B%7D"), "not JSON: unexpected 'p' at byte 1, line 1, column 1");
    EXPECT_EQ(told("{\n  \"a\": 1,\n  \"b\": x\n}"), "not JSON: unexpected 'x' at byte 20, line 3, column 8");
    EXPECT_EQ(told("{\"a\": 1,}"), "not JSON: unexpected '}' at byte 9, line 1, column 9");
    EXPECT_EQ(told("{\"a\": 1} {\"b\": 2}"), "not JSON: unexpected '{' at byte 10, line 1, column 10");
    EXPECT_EQ(told("{'a': 1}"), "not JSON: unexpected ''' at byte 2, line 1, column 2");
}

TEST(JsonError, ColumnsCountCharactersAndBytesCountBytes) {
    EXPECT_EQ(told("{\"é🚨\": x}"), "not JSON: unexpected 'x' at byte 12, line 1, column 8");
}

TEST(JsonError, WhatCannotBePrintedIsToldByItsCode) {
    EXPECT_EQ(told("{\"a\": \"line\nbreak\"}"), "not JSON: unexpected control character U+000A at byte 12, line 1, column 12");
    EXPECT_EQ(told("{\"a\": \xFF}"), "not JSON: unexpected byte 0xFF at byte 7, line 1, column 7");
    EXPECT_EQ(told(std::string_view("{}\0", 3)), "not JSON: unexpected control character U+0000 at byte 3, line 1, column 3");
}

TEST(JsonError, ABodyThatWasCutOffIsCalledSo) {
    EXPECT_EQ(told("{\"a\": \"b"), "not JSON: the body ends too early, at byte 9, line 1, column 9");
    EXPECT_EQ(told("{\"a\": [1, 2"), "not JSON: the body ends too early, at byte 12, line 1, column 12");
    EXPECT_EQ(told("{\"a\": \"\\u12"), "not JSON: the body ends too early, at byte 12, line 1, column 12");
}

TEST(JsonError, AnotherShapeThanAnObjectIsNamed) {
    EXPECT_EQ(told(" [{}]"), "not a JSON object: an array at byte 2, line 1, column 2");
    EXPECT_EQ(told("\"text\""), "not a JSON object: a string at byte 1, line 1, column 1");
    EXPECT_EQ(told("null"), "not a JSON object: a single value at byte 1, line 1, column 1");
}

TEST(JsonError, AGoodObjectIsNoError) {
    EXPECT_EQ(told("{}"), "");
    EXPECT_EQ(told(R"( {"a": [1, -2.5e+10, true, false, null, "x\n\u00e9", {}], "b": {"c": []}} )"), "");
}

class NotJson : public testing::TestWithParam<const char*> {};

TEST_P(NotJson, IsRefusedWithAPlace) {
    const auto message = error_of(GetParam());
    EXPECT_NE(message.find(" at byte "), std::string::npos) << message;
}

INSTANTIATE_TEST_SUITE_P(Bodies, NotJson,
                         testing::Values("{", "}", "[", "[]", "1", "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{,}",
                                         "{\"a\":1,,\"b\":2}", "{\"a\":1 \"b\":2}", "{\"a\":[1}", "{\"a\":[1 2]}", "{\"a\":[1,]}",
                                         "{\"a\":{\"b\":1]}", "{\"a\":01}", "{\"a\":-}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}",
                                         "{\"a\":1e}", "{\"a\":0x10}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":nul}",
                                         "{\"a\":nulll}", "{\"a\":truefalse}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}",
                                         "{\"a\":\"\t\"}", "{\"a\":1}}", "{\"a\":1}]", "{\"a\":1},", "{\"a\":1}x",
                                         "{\"a\":\"b\"\"c\"}", "{\"a\":\"b\"c}", "{a:1}", "{1:1}", "{\"a\":1,\"a}",
                                         "{\"a\":\"b\\\"}", "// comment\n{}", "{\"a\":[[]}", "{\"a\":{}", "{}{}", "{\"a\":tru}",
                                         "{\"a\":\"\\ud83d\" x}"));

}  // namespace
}  // namespace tocsin::intake::json_error_test

// What differs from run to run is put in place so that equal ids stay equal, and nothing else is touched.
#include "tests/support/placeholders.hpp"

#include <gtest/gtest.h>

#include "core/base/time.hpp"
#include "tests/support/stopwatch.hpp"

namespace tocsin::test::placeholders_test {
namespace {

const std::string kFirst = "01a20e5a-21f4-746f-a217-e8056f5e4d4f";
const std::string kTrace = "0af7651916cd43dd8448eb211c80319c";

TEST(Placeholders, TheSameIdIsTheSameWord) {
    Placeholders placeholders;
    EXPECT_EQ(placeholders.in_place(kFirst + " " + kTrace), "<id 1> <id 2>");
    EXPECT_EQ(placeholders.in_place("/requests/" + kTrace + "?a=\"" + kFirst + "\""), "/requests/<id 2>?a=\"<id 1>\"");
}

TEST(Placeholders, WhatATestWroteStays) {
    Placeholders placeholders;
    const std::string written =
        "43a29c5c-3dbf-4fa4-9c26-f4f71023e120 2099-01-01T00:00:00Z 2040-01-01T00:00:00.000Z " + kTrace + "ff";
    EXPECT_EQ(placeholders.in_place(written), written);
}

TEST(Placeholders, TimesNearNowAndWhatWasMeasuredAreWords) {
    Placeholders placeholders;
    EXPECT_EQ(placeholders.in_place("at " + format_utc(wall_now() + std::chrono::hours{1}) + "."), "at <now>.");
    EXPECT_EQ(placeholders.in_place(R"({"took":0.031,"count":31})"), R"({"took":<measured>,"count":31})");
    EXPECT_EQ(placeholders.in_place("Retry-After: 30\n"), "Retry-After: <measured>\n");
}

}  // namespace
}  // namespace tocsin::test::placeholders_test

// What log lines look like, and that nothing a sender writes can break out of one.
#include "daemon/observe/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "core/base/text.hpp"
#include "daemon/observe/log_line.hpp"

namespace tocsin::log::log_test {
namespace {

using testing::ContainsRegex;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

std::string text(std::string_view message, std::initializer_list<Field> fields) {
    return format_line(Format::Text, {Level::Info, Event::Accepted, message, fields});
}

std::string json(std::string_view message, std::initializer_list<Field> fields) {
    return format_line(Format::Json, {Level::Info, Event::Accepted, message, fields});
}

/// A log that writes into memory while it lives.
class Log : public testing::Test {
protected:
    void start_with(Options options) {
        options.write = [this](std::string_view line) { lines_.emplace_back(line); };
        ASSERT_TRUE(start(std::move(options)));
    }
    const std::vector<std::string>& stopped() {
        stop();
        return lines_;
    }
    ~Log() override { stop(); }

    std::vector<std::string> lines_;
};

TEST(LogLine, NamesTheEventThenTheFieldsThenTheMessage) {
    EXPECT_EQ(text("taken as a repeat", {{"source", "splunk"}, {"incident", IncidentId{42}}, {"took_us", -7}}),
              R"(event=accepted source=splunk incident=42 took_us=-7 msg="taken as a repeat")");
}

TEST(LogLine, LeavesOutAnEmptyMessage) { EXPECT_EQ(text("", {{"source", "splunk"}}), "event=accepted source=splunk"); }

TEST(LogLine, QuotesAValueThatIsEmptyOrCouldBeTakenForMore) {
    EXPECT_EQ(text("", {{"a", ""}, {"b", "x y"}, {"c", "k=v"}, {"d", "say \"no\""}, {"e", "C:\\x"}}),
              R"(event=accepted a="" b="x y" c="k=v" d="say \"no\"" e="C:\\x")");
}

TEST(LogLine, CannotBeBrokenIntoTwo) {
    const auto line = text("one\ntwo", {{"title", "disk\r\n2026-11-22T07:50:00.123Z critical event=page"}});
    EXPECT_EQ(line, "event=accepted title=\"disk\xEF\xBF\xBD\\n2026-11-22T07:50:00.123Z critical event=page\" msg=\"one\\ntwo\"");
}

TEST(LogLine, ShowsNoControlCharacterAndNoBrokenUtf8) {
    EXPECT_EQ(text("", {{"title", "\x1b[2Jx\xff\x80y"}}), "event=accepted title=\xEF\xBF\xBD[2Jx\xEF\xBF\xBD\xEF\xBF\xBDy");
}

TEST(LogLine, KeepsTextOfOtherScripts) { EXPECT_EQ(text("", {{"who", "لاہور"}}), "event=accepted who=لاہور"); }

TEST(LogLine, CutsALongValueByCodePoints) {
    std::string value;
    for (std::size_t i = 0; i < kValueCodePointsMax + 1; ++i) value += "é";
    const auto line = text("", {{"v", value}});
    EXPECT_THAT(line, EndsWith("é…"));
    EXPECT_EQ(code_points(line), std::string_view("event=accepted v=").size() + kValueCodePointsMax);
}

TEST(LogLine, IsJsonMembersWithNumbersAsNumbers) {
    EXPECT_EQ(json("a \"b\"\n\\", {{"incident", 42}, {"source", "splunk\t"}}),
              R"("event":"accepted","incident":42,"source":"splunk\t","msg":"a \"b\"\n\\")");
}

TEST(LogLine, CarriesThePriorityForJournald) {
    const auto line = [](Level level) { return format_line(Format::Journald, {level, Event::Stopped, "", {}}); };
    EXPECT_EQ(line(Level::Debug), "<7>event=stopped");
    EXPECT_EQ(line(Level::Info), "<6>event=stopped");
    EXPECT_EQ(line(Level::Warning), "<4>event=stopped");
    EXPECT_EQ(line(Level::Error), "<3>event=stopped");
    EXPECT_EQ(line(Level::Critical), "<2>event=stopped");
}

TEST(LogEvents, AreListedInTheOrderOfTheEnumWithWhatToDo) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < kEvents.size(); ++i) {
        EXPECT_EQ(static_cast<std::size_t>(kEvents[i].event), i) << kEvents[i].name;
        EXPECT_THAT(std::string(kEvents[i].name), testing::MatchesRegex("[a-z_]+"));
        EXPECT_FALSE(kEvents[i].meaning.empty());
        EXPECT_FALSE(kEvents[i].what_to_do.empty());
        names.insert(kEvents[i].name);
    }
    EXPECT_THAT(names, SizeIs(kEvents.size()));
    EXPECT_EQ(static_cast<std::size_t>(Event::HeartbeatNotSent) + 1, kEvents.size())
        << "the last one of the enum has its line too";
}

TEST(LogNames, AreReadAsTheyAreWritten) {
    for (const auto level : {Level::Debug, Level::Info, Level::Warning, Level::Error, Level::Critical}) {
        EXPECT_EQ(parse_level(to_string(level)), level);
    }
    EXPECT_EQ(parse_format("journald"), Format::Journald);
    EXPECT_EQ(parse_format("json"), Format::Json);
    EXPECT_EQ(parse_format("text"), Format::Text);
    EXPECT_EQ(parse_level("loud"), std::nullopt);
    EXPECT_EQ(parse_format("xml"), std::nullopt);
}

TEST_F(Log, PutsTimeAndLevelBeforeALineOfText) {
    start_with({});
    info(Event::Started, "", {{"version", "0.1.0"}});
    ASSERT_THAT(stopped(), SizeIs(1));
    EXPECT_THAT(
        lines_[0],
        ContainsRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z info event=started version=0.1.0\n$"));
}

TEST_F(Log, WritesOneJsonObjectPerLine) {
    start_with({.format = Format::Json});
    warning(Event::Mended, "", {{"what", "lone_surrogate"}});
    ASSERT_THAT(stopped(), SizeIs(1));
    EXPECT_THAT(lines_[0], ContainsRegex("^[{]\"time\":\"[-0-9T:.]+Z\",\"level\":\"warning\","
                                         "\"event\":\"mended\",\"what\":\"lone_surrogate\"[}]\n$"));
}

TEST_F(Log, TakesBracesAndPercentSignsAsTheyAre) {
    start_with({.format = Format::Journald});
    info(Event::Started, "{} %v {0}", {{"k", "%l{"}});
    EXPECT_THAT(stopped(), testing::ElementsAre("<6>event=started k=%l{ msg=\"{} %v {0}\"\n"));
}

TEST_F(Log, WritesNothingBelowItsLevel) {
    start_with({.level = Level::Warning, .format = Format::Journald});
    info(Event::Started, "");
    set_level(Level::Debug);
    debug(Event::Committed, "");
    EXPECT_THAT(stopped(), testing::ElementsAre("<7>event=committed\n"));
}

/// A writer that waits until it is let go, so that the queue fills.
struct Gate {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_open = false;
    bool is_reached = false;

    void pass() {
        std::unique_lock lock(mutex);
        is_reached = true;
        changed.notify_all();
        changed.wait(lock, [&] { return is_open; });
    }
    void wait_until_reached() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return is_reached; });
    }
    void open() {
        const std::lock_guard lock(mutex);
        is_open = true;
        changed.notify_all();
    }
};

TEST(LogQueue, DropsTheOldestWhenItIsFullAndCountsThem) {
    Gate gate;
    std::vector<std::string> lines;
    Options options{.format = Format::Journald, .lines_max = 4};
    options.write = [&](std::string_view line) {
        gate.pass();
        lines.emplace_back(line);
    };
    ASSERT_TRUE(start(std::move(options)));
    info(Event::Decided, "", {{"n", 0}});
    gate.wait_until_reached();
    for (int n = 1; n <= 10; ++n) info(Event::Decided, "", {{"n", n}});
    EXPECT_EQ(dropped(), 6U);
    gate.open();
    stop();
    ASSERT_THAT(lines, SizeIs(5));
    EXPECT_EQ(lines[0], "<6>event=decided n=0\n");
    EXPECT_EQ(lines[1], "<6>event=decided n=7\n");
    EXPECT_EQ(lines[4], "<6>event=decided n=10\n");
}

TEST_F(Log, HasWrittenACriticalLineBeforeItReturns) {
    start_with({.format = Format::Journald});
    critical(Event::NobodyReachable, "", {{"incident", 7}});
    EXPECT_THAT(lines_, testing::ElementsAre("<2>event=nobody_reachable incident=7\n"));
}

TEST_F(Log, TakesLinesFromManyThreads) {
    start_with({.format = Format::Journald});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([t] {
            for (int n = 0; n < 100; ++n) info(Event::Decided, "", {{"thread", t}, {"n", n}});
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_THAT(stopped(), SizeIs(400));
}

TEST(LogUnstarted, SaysWarningsOnStderr) {
    testing::internal::CaptureStderr();
    info(Event::Started, "quiet");
    warning(Event::Mended, "loud");
    const auto said = testing::internal::GetCapturedStderr();
    EXPECT_THAT(said, HasSubstr("warning event=mended msg=\"loud\"\n"));
    EXPECT_THAT(said, Not(HasSubstr("quiet")));
    EXPECT_THAT(said, StartsWith("2"));
}

}  // namespace
}  // namespace tocsin::log::log_test

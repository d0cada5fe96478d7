// When `tocsin test --watch` sees that something has changed.
#include "daemon/cli/watch.hpp"

#include <gtest/gtest.h>
#include <csignal>

#include <chrono>
#include <string>

#include "tests/support/temp_dir.hpp"

namespace tocsin::cli::watch_test {
namespace {

TEST(WatchStamp, ChangesWithNamesSizesAndNotWithHiddenFiles) {
    test::TempDir folder;
    folder.write("rules/a.yaml", "rules: []\n");
    const auto stamp = [&] { return stamp_of({folder.path("rules")}); };
    const auto first = stamp();
    EXPECT_EQ(stamp(), first);
    folder.write("rules/.a.yaml.swp", "half");
    folder.write("rules/.git/index", "x");
    EXPECT_EQ(stamp(), first);
    folder.write("rules/a.yaml", "rules: [ ]\n");
    const auto second = stamp();
    EXPECT_NE(second, first);
    folder.write("rules/samples/a.json", "{}");
    EXPECT_NE(stamp(), second);
}

TEST(WatchStamp, OfWhatIsNotThereIsAStampToo) { EXPECT_EQ(stamp_of({"/nonexistent/rules"}), stamp_of({"/nonexistent/rules"})); }

TEST(Watch, RunsARoundForEachChangeAndEndsWhenItIsToldTo) {
    int looks = 0;
    int rounds = 0;
    const auto stamp = [&] {
        if (++looks == 6) std::raise(SIGINT);
        return std::string(looks < 3 ? "before" : "after");
    };
    watch({stamp, [&] { ++rounds; }, std::chrono::milliseconds{1}});
    EXPECT_EQ(rounds, 2);
    EXPECT_GE(looks, 6);
}

}  // namespace
}  // namespace tocsin::cli::watch_test

// The loop: posts, timers, signals.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>

#include "tests/unit/http/wire.hpp"

namespace tocsin::http::loop_test {
namespace {

TEST(HttpLoop, RunsPostsInOrderOnItsThread) {
    LoopThread thread;
    std::vector<int> order;
    for (int i = 0; i < 3; ++i) thread.loop().post([&order, i] { order.push_back(i); });
    std::thread::id ran_on;
    thread.run([&] { ran_on = std::this_thread::get_id(); });
    EXPECT_EQ(order, (std::vector{0, 1, 2}));
    EXPECT_NE(ran_on, std::this_thread::get_id());
}

TEST(HttpLoop, SaysWheneverThereIsSomethingToBeRead) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    {
        LoopThread thread;
        std::string read;
        std::promise<void> done;
        auto is_done = done.get_future();
        thread.run([&] {
            thread.loop().on_readable(ends[0], [&] {
                char byte = 0;
                ASSERT_EQ(::read(ends[0], &byte, 1), 1) << "it was called for nothing";
                read += byte;
                if (read == "abc") done.set_value();
            });
        });
        EXPECT_EQ(::write(ends[1], "ab", 2), 2);
        EXPECT_EQ(::write(ends[1], "c", 1), 1);
        EXPECT_EQ(is_done.wait_for(std::chrono::seconds{10}), std::future_status::ready);
    }
    ::close(ends[1]);  // Before that the loop would have been told of the end, again and again.
}

TEST(HttpLoop, RunsTimersInTheOrderInWhichTheyAreDue) {
    LoopThread thread;
    std::vector<std::string> order;
    std::promise<void> done;
    auto is_done = done.get_future();
    thread.run([&] {
        thread.loop().after(std::chrono::milliseconds{30}, [&] {
            order.emplace_back("later");
            done.set_value();
        });
        thread.loop().after(std::chrono::milliseconds{1}, [&] { order.emplace_back("sooner"); });
    });
    await(is_done);
    EXPECT_EQ(order, (std::vector<std::string>{"sooner", "later"}));
}

TEST(HttpLoop, TellsOfASignalEachTimeItComes) {
    LoopThread thread;
    std::promise<int> first;
    std::promise<int> second;
    auto is_first = first.get_future();
    auto is_second = second.get_future();
    int count = 0;
    thread.run([&] {
        thread.loop().on_signals({SIGUSR1, SIGUSR2}, [&](int signal) { (count++ == 0 ? first : second).set_value(signal); });
    });
    ASSERT_EQ(::kill(::getpid(), SIGUSR1), 0);
    EXPECT_EQ(await(is_first), SIGUSR1);
    ASSERT_EQ(::kill(::getpid(), SIGUSR2), 0);
    EXPECT_EQ(await(is_second), SIGUSR2);
}

TEST(HttpLoop, MayBeDestroyedWithTimersThatAreNotDue) {
    LoopThread thread;
    thread.run([&] { thread.loop().after(std::chrono::hours{1}, [] { FAIL() << "an hour has not passed"; }); });
}

}  // namespace
}  // namespace tocsin::http::loop_test

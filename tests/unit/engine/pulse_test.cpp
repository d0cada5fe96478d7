// When tocsin's own heartbeat must stay away.
#include "core/engine/pulse.hpp"

#include <gtest/gtest.h>

namespace tocsin::engine::pulse_test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST(Pulse, IsGivenWhileAllIsWell) { EXPECT_EQ(reason_to_withhold({seconds{1}, false, seconds{30}}, {}), std::nullopt); }

TEST(Pulse, IsWithheldWhileTheStoreRefuses) {
    EXPECT_EQ(reason_to_withhold({seconds{1}, true, {}}, {}), "the store refuses to commit");
}

TEST(Pulse, IsWithheldWhileTheEngineIsLate) {
    EXPECT_EQ(reason_to_withhold({seconds{30}, false, {}}, {}), std::nullopt);
    EXPECT_EQ(reason_to_withhold({seconds{31}, false, {}}, {}), "the engine has not answered for 31s");
}

TEST(Pulse, IsWithheldWhileAPageIsOverdue) {
    EXPECT_EQ(reason_to_withhold({{}, false, minutes{3}}, {}), "a page has been due for 3m");
}

}  // namespace
}  // namespace tocsin::engine::pulse_test

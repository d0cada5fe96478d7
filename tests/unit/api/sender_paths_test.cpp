// What senders write into paths and queries behind the part by which they are known.
#include "daemon/api/sender_paths.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::api::sender_paths_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SenderPaths, AlertmanagersMayHaveTheSecretInFront) {
    EXPECT_EQ(alertmanager_path("api/v2/alerts")->endpoint, "alerts");
    EXPECT_EQ(alertmanager_path("api/v2/alerts")->secret, "");
    const auto path = alertmanager_path("a-secret/api/v2/silence/7/");
    ASSERT_TRUE(path);
    EXPECT_EQ(path->secret, "a-secret");
    EXPECT_EQ(path->endpoint, "silence/7");
    EXPECT_EQ(alertmanager_path("a-secret/api/v1/alerts")->secret, "a-secret");
    EXPECT_EQ(alertmanager_path("api/v1/alerts/")->endpoint, "alerts");
    for (const auto* other : {"", "a-secret", "a-secret/", "myapi/v2", "heartbeat/backup"}) {
        EXPECT_FALSE(alertmanager_path(other)) << other;
    }
}

TEST(SenderPaths, HeartbeatsMayHaveTheSecretInFront) {
    EXPECT_EQ(beat_path("heartbeat/backup")->heartbeat, "backup");
    EXPECT_EQ(beat_path("a-secret/heartbeat/nightly%20backup")->heartbeat, "nightly%20backup");
    EXPECT_EQ(beat_path("a-secret/heartbeat/x")->secret, "a-secret");
    EXPECT_FALSE(beat_path("a-secret"));
    EXPECT_FALSE(beat_path("a-secret/b/heartbeat/x"));
}

TEST(SenderPaths, SplunkOnCallsAreTheKeyAndWhereItGoes) {
    const auto keys = victorops_keys("a%2Dkey/sre%C3%A9/");
    EXPECT_EQ(keys.api_key, "a-key");
    EXPECT_EQ(keys.routing_key, "sre\xC3\xA9");
    EXPECT_EQ(victorops_keys("a-key").routing_key, "");
    EXPECT_EQ(victorops_keys("a-key/%FF").routing_key, "\xEF\xBF\xBD") << "what is shown of it is UTF-8";
}

TEST(SenderPaths, AParameterMayBeRepeated) {
    EXPECT_THAT(all_query_values("filter=a%3D%22x+y%22&active=true&filter=b%21%3Dc&filter", "filter"),
                ElementsAre("a=\"x y\"", "b!=c"));
    EXPECT_THAT(all_query_values("", "filter"), IsEmpty());
}

}  // namespace
}  // namespace tocsin::api::sender_paths_test

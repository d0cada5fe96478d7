// Where requests of Opsgenie clients go.
#include "daemon/opsgenie/path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::opsgenie::path_test {
namespace {

using Kind = engine::DossierChange::Kind;
using testing::ElementsAre;
using testing::IsEmpty;
using What = AlertPath::What;

AlertPath read(std::string_view method, std::string_view path) {
    const auto place = place_of(path);
    EXPECT_TRUE(place) << path;
    return place ? alert_path(method, place->segments) : AlertPath{};
}

TEST(Path, AnyPrefixAndASlashAtTheEndAreTaken) {
    for (const auto* path : {"/v2/alerts", "/v2/alerts/", "/og/v2/alerts", "/jsm/ops/integration/v2/alerts/", "//v2/alerts"}) {
        const auto place = place_of(path);
        ASSERT_TRUE(place) << path;
        EXPECT_EQ(place->resource, Resource::Alerts) << path;
        EXPECT_THAT(place->segments, IsEmpty()) << path;
    }
}

TEST(Path, OtherApisAreLeftAlone) {
    for (const auto* path : {"/in/splunk", "/api/v1/incidents", "/api/v2/alerts", "/metrics", "/v2/enqueue", "/v2", "/"}) {
        EXPECT_FALSE(place_of(path)) << path;
    }
}

TEST(Path, TheActionIsTheLastSegmentAndTheRestTheIdentifier) {
    const auto path = read("POST", "/v2/alerts/disk/db01%20\xC3\xA9/acknowledge/");
    EXPECT_EQ(path.what, What::Change);
    EXPECT_EQ(path.change, Kind::Acknowledge);
    EXPECT_EQ(path.identifier, "disk/db01 \xC3\xA9");
}

TEST(Path, BytesThatAreNoUtf8AreLatin1) {
    EXPECT_EQ(read("GET", "/v2/alerts/caf\xE9").identifier, "caf\xC3\xA9");
    EXPECT_EQ(read("GET", "/v2/alerts/caf%E9").identifier, "caf\xC3\xA9");
}

TEST(Path, AnAliasMayBeCalledLikeAnAction) {
    EXPECT_EQ(read("GET", "/v2/alerts/notes").what, What::Show);
    EXPECT_EQ(read("GET", "/v2/alerts/notes/notes").what, What::Notes);
    EXPECT_EQ(read("GET", "/v2/alerts/web/close").identifier, "web/close");
    EXPECT_EQ(read("DELETE", "/v2/alerts/web/close").change, Kind::Delete);
}

TEST(Path, WhatIsNoAlertIsKnown) {
    EXPECT_EQ(read("GET", "/v2/alerts/count").what, What::Count);
    EXPECT_EQ(read("GET", "/v2/alerts/").what, What::List);
    EXPECT_EQ(read("POST", "/v2/alerts/").what, What::Create);
    const auto status = read("GET", "/v2/alerts/requests/43a29c5c-3dbf-4fa4-9c26-f4f71023e120");
    EXPECT_EQ(status.what, What::RequestStatus);
    EXPECT_EQ(status.identifier, "43a29c5c-3dbf-4fa4-9c26-f4f71023e120");
    EXPECT_EQ(read("GET", "/v2/alerts/saved-searches/").what, What::SavedSearches);
    EXPECT_EQ(read("PUT", "/v2/alerts").what, What::WrongMethod);
}

TEST(Path, ACustomActionHasItsOwnName) {
    const auto path = read("POST", "/v2/alerts/a/b/actions/restart%20it");
    EXPECT_EQ(path.change, Kind::Custom);
    EXPECT_EQ(path.identifier, "a/b");
    EXPECT_EQ(path.action, "restart it");
}

TEST(Path, AQueryThatNodesSdkDidNotBeginIsOne) {
    const auto target = target_of("/v2/alerts/5d1f/tags/&tags=a%2Cb&user=ana", "");
    EXPECT_EQ(target.path, "/v2/alerts/5d1f/tags");
    EXPECT_EQ(parameter(target.query, "tags"), "a,b");
    EXPECT_EQ(parameter(target.query, "user"), "ana");
    EXPECT_EQ(target_of("/v2/alerts/a/logs/&limit=5", "").query, "limit=5");
    for (const auto* path : {"/v2/alerts/&a", "/v2/alerts/x/&a/close", "/v2/alerts/tags/&a/notes", "/v2/alerts", ""}) {
        EXPECT_EQ(target_of(path, "").path, path) << "an alias may have such characters";
    }
    EXPECT_EQ(target_of("/v2/alerts/a/tags/&b", "tags=c").query, "tags=c");
}

TEST(Path, AttachmentsAreListedAskedForOrChanged) {
    EXPECT_EQ(read("GET", "/v2/alerts/a/attachments").what, What::Attachments);
    EXPECT_EQ(read("GET", "/v2/alerts/a/attachments/7").what, What::Attachment);
    EXPECT_EQ(read("POST", "/v2/alerts/a/attachments").what, What::AttachmentChange);
    EXPECT_EQ(read("DELETE", "/v2/alerts/a/attachments/7").what, What::AttachmentChange);
    EXPECT_EQ(read("DELETE", "/v2/alerts/a/attachments/7").identifier, "a");
}

TEST(Path, ParametersAreDecodedWithPlusForSpace) {
    EXPECT_EQ(parameter("a=1&query=status%3A+open&b", "query"), "status: open");
    EXPECT_EQ(parameter("a=1", "query"), "");
}

}  // namespace
}  // namespace tocsin::opsgenie::path_test

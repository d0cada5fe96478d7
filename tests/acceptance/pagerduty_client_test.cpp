// PagerDuty's own client for Node.js, which speaks TLS alone, with tocsin behind a proxy that does.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"

namespace tocsin::test::pagerduty_client_test {
namespace {

/// A certificate of localhost's own, and its key.
void make_certificate(const TempDir& folder) {
    const auto made =
        run({{"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
              "subjectAltName=DNS:localhost", "-keyout", folder.path("key.pem"), "-out", folder.path("certificate.pem")}});
    ASSERT_EQ(made.exit.code, 0) << made.error;
}

TEST(PagerDutyClient, SendsTriggersAcknowledgementsResolvesAndChanges) {
    const auto installed = run({{source_path("tests/acceptance/clients/install.sh"), built_path("")}});
    ASSERT_EQ(installed.exit.code, 0) << installed.error << installed.out;
    TempDir folder;
    make_certificate(folder);
    Daemon daemon(Rulebook::tiny());

    const auto walked =
        run({{"node", source_path("tests/acceptance/clients/pagerduty_walk.js"), built_path("clients/node_modules"),
              folder.path("key.pem"), folder.path("certificate.pem"), std::to_string(daemon.port()), sender_secret("pagerduty")},
             {"NODE_EXTRA_CA_CERTS=" + folder.path("certificate.pem")}});
    ASSERT_EQ(walked.exit.code, 0) << walked.error << walked.out;
    EXPECT_EQ(walked.out, "walked\n");

    const auto acknowledged = daemon.incident(1);
    EXPECT_EQ(acknowledged["state"], "acknowledged");
    EXPECT_EQ(acknowledged["summary"], "disk full");
    EXPECT_EQ(acknowledged["alerts"], "2") << "two triggers with one key";
    const auto resolved = daemon.incident(2);
    EXPECT_EQ(resolved["state"], "triggered") << "it came back";
    EXPECT_EQ(resolved["url"], "https://m.example.org");
    EXPECT_EQ(daemon.get("/api/v1/incidents/3").status, 404U) << "changes and ends of what nobody knows open nothing";
    EXPECT_EQ(daemon.log().find(sender_secret("pagerduty")), std::string::npos);
}

}  // namespace
}  // namespace tocsin::test::pagerduty_client_test

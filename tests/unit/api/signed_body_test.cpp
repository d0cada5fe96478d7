// What a signature proves, and until when.
#include "daemon/api/signed_body.hpp"

#include <gtest/gtest.h>

#include "core/base/limits.hpp"
#include "daemon/http/signature.hpp"

namespace tocsin::api::signed_body_test {
namespace {

constexpr const char* kBody = R"({"status":"firing"})";
const TimePoint kNow = from_unix_ms(1'795'533'800'000);

config::SourceSettings source(const std::string& kind) {
    config::SourceSettings made;
    made.kind = kind;
    made.secret.value = "grafana-secret-0123456789";
    made.accepts_signature = true;
    return made;
}

/// With these headers, as Grafana sends it.
Signature judged(const std::string& signature, const std::string& time, const config::SourceSettings& of = source("grafana")) {
    http::Request request;
    request.body = kBody;
    request.header = [&](std::string_view name) -> std::string_view {
        if (name == "X-Grafana-Alerting-Signature" || name == "X-SFX-Signature") return signature;
        return name == "X-Grafana-Alerting-Timestamp" ? time : std::string_view{};
    };
    return signature_of(of, request, kNow);
}

Signature signed_at(const std::string& time) {
    return judged(http::hmac_sha256_hex({source("grafana").secret.value, time + ":" + kBody}), time);
}
std::string seconds(TimePoint at) { return std::to_string(to_unix_ms(at) / 1'000); }

TEST(SignedBody, IsGoodForAFewMinutesBeforeAndAfter) {
    EXPECT_EQ(signed_at(seconds(kNow)), Signature::Good);
    EXPECT_EQ(signed_at(seconds(kNow - limits::kSignatureAgeMax)), Signature::Good);
    EXPECT_EQ(signed_at(seconds(kNow - limits::kSignatureAgeMax - std::chrono::seconds{1})), Signature::Stale);
    EXPECT_EQ(signed_at(seconds(kNow + limits::kSignatureAgeMax)), Signature::Good);
    EXPECT_EQ(signed_at(seconds(kNow + limits::kSignatureAgeMax + std::chrono::seconds{1})), Signature::Stale);
}

TEST(SignedBody, ATimeThatIsNoneIsTooOld) {
    for (const auto* time : {"soon", "-1", "17955338001795533800", "1.5", " 1795533800"})
        EXPECT_EQ(signed_at(time), Signature::Stale) << time;
}

TEST(SignedBody, ATimeThatWasNotSignedProvesNothing) {
    const auto old = seconds(kNow - std::chrono::hours{1});
    const auto signature = http::hmac_sha256_hex({source("grafana").secret.value, old + ":" + kBody});
    EXPECT_EQ(judged(signature, old), Signature::Stale);
    EXPECT_EQ(judged(signature, seconds(kNow)), Signature::None);
    EXPECT_EQ(judged(signature, ""), Signature::None) << "nor is it good without";
}

TEST(SignedBody, WithoutATimeTheBodyAloneIsSigned) {
    const auto hex = http::hmac_sha256_hex({source("grafana").secret.value, kBody});
    EXPECT_EQ(judged(hex, ""), Signature::Good);
    EXPECT_EQ(judged("", ""), Signature::None);
    auto forbidden = source("grafana");
    forbidden.accepts_signature = false;
    EXPECT_EQ(judged(hex, "", forbidden), Signature::None);
    const auto base64 = http::hmac_sha256_base64({source("splunk_o11y").secret.value, kBody});
    EXPECT_EQ(judged(base64, "", source("splunk_o11y")), Signature::Good);
    EXPECT_EQ(judged(base64, ""), Signature::None) << "each kind signs in its own way";
}

}  // namespace
}  // namespace tocsin::api::signed_body_test

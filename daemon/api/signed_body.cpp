#include "daemon/api/signed_body.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "daemon/http/signature.hpp"

namespace tocsin::api {
namespace {

/// Seconds since 1970.
std::optional<TimePoint> unix_time(std::string_view digits) {
    std::int64_t seconds = 0;
    const auto* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, seconds);
    constexpr std::int64_t kSecondsMax = 100'000'000'000;  // Some thousands of years, so that milliseconds do not overflow.
    if (read.ec != std::errc{} || read.ptr != end || seconds < 0 || seconds > kSecondsMax) return {};
    return from_unix_ms(seconds * 1'000);
}

Signature judged(std::string_view signed_at, TimePoint now) {
    if (signed_at.empty()) return Signature::Good;
    const auto at = unix_time(signed_at);
    const bool is_recent = at && *at <= now + limits::kSignatureAgeMax && *at >= now - limits::kSignatureAgeMax;
    return is_recent ? Signature::Good : Signature::Stale;
}

}  // namespace

Signature signature_of(const config::SourceSettings& source, const http::Request& request, TimePoint now) {
    const std::string_view secret = source.secret.value;
    // Of keys only their hashes are known: they can sign nothing.
    if (!source.accepts_signature || secret.empty()) return Signature::None;
    if (source.kind == "splunk_o11y") {
        const auto ours = http::hmac_sha256_base64({secret, request.body});
        return equal_in_constant_time(request.header("X-SFX-Signature"), ours) ? Signature::Good : Signature::None;
    }
    const auto time = request.header("X-Grafana-Alerting-Timestamp");
    const auto signed_text = time.empty() ? request.body : fmt::format("{}:{}", time, request.body);
    const auto ours = http::hmac_sha256_hex({secret, signed_text});
    if (!equal_in_constant_time(request.header("X-Grafana-Alerting-Signature"), ours)) return Signature::None;
    return judged(time, now);
}

}  // namespace tocsin::api

// Fuzz target: whatever a sender writes into a path, a query, a matcher, a silence or a signature, what is read of it is sound.
#include "core/base/assert.hpp"
#include "core/base/text.hpp"
#include "daemon/api/alertmanager_matchers.hpp"
#include "daemon/api/alertmanager_silence_body.hpp"
#include "daemon/api/sender_paths.hpp"
#include "daemon/http/signature.hpp"

#include <boost/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::api {
namespace {

namespace json = boost::json;

void check_utf8(const std::string& text) { TOCSIN_ASSERT(valid_utf8(text) == text, "what is said of it is UTF-8"); }

void check_paths(std::string_view path) {
    if (const auto alertmanager = alertmanager_path(path)) {
        TOCSIN_ASSERT(alertmanager->secret.size() + alertmanager->endpoint.size() <= path.size() + 8,
                      "both are parts of the path");
    }
    if (const auto beat = beat_path(path)) {
        TOCSIN_ASSERT(path.ends_with(beat->heartbeat) && path.starts_with(beat->secret), "both are parts of the path");
    }
    const auto keys = victorops_keys(path);
    TOCSIN_ASSERT(keys.api_key.size() <= path.size(), "decoding makes nothing longer");
    check_utf8(keys.routing_key);
}

/// Conditions that were made of matchers say which matchers they were.
void check_matcher(std::string_view text) {
    const auto matcher = parse_am_matcher(text);
    if (!matcher) return check_utf8(matcher.error().message());
    (void)holds(*matcher, [](std::string_view name) { return name; });
    const auto back = matchers_of(json::value(conditions_of({*matcher})));
    TOCSIN_ASSERT(!back || (back->size() == 1 && back->front().name == matcher->name), "a matcher is found again");
}

void check_silence(const std::string& text) {
    boost::system::error_code ec;
    const auto body = json::parse(text, ec);
    if (ec || !body.is_object()) return;
    const auto asked = silence_asked_by(body.get_object());
    if (!asked) return check_utf8(asked.error().message());
    const auto ours = json::parse(*asked, ec);
    TOCSIN_ASSERT(!ec && ours.is_object() && ours.get_object().contains("match"), "a silence is asked for in JSON");
}

void check_signature(std::string_view text) {
    if (const auto decoded = http::base64_decoded(text)) {
        TOCSIN_ASSERT(decoded->size() <= text.size(), "decoding makes nothing longer");
    }
    TOCSIN_ASSERT(!equal_in_constant_time(text, http::hmac_sha256_base64({"a-secret-that-nobody-has", "body"})),
                  "a signature is not guessed");
}

}  // namespace
}  // namespace tocsin::api

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    tocsin::api::check_paths(text);
    for (const auto& value : tocsin::api::all_query_values(text, "filter")) tocsin::api::check_matcher(value);
    tocsin::api::check_matcher(text);
    tocsin::api::check_silence(text);
    tocsin::api::check_signature(text);
    return 0;
}

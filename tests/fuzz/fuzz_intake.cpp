// Fuzz target: whatever bytes a sender posts, both kinds either refuse them with a reason or make a sound alert of them.
#include "core/base/assert.hpp"
#include "core/base/limits.hpp"
#include "daemon/intake/json.hpp"
#include "daemon/intake/json_error.hpp"
#include "daemon/intake/json_secrets.hpp"
#include "daemon/intake/parser.hpp"

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::intake {
namespace {

/// By simdjson's judgement: our own has a part in what is judged here.
void check_text(std::string_view text) {
    TOCSIN_ASSERT(simdjson::validate_utf8(text.data(), text.size()), "what leaves intake is UTF-8");
}

void check_alert(const Alert& alert) {
    TOCSIN_ASSERT(!alert.key.empty(), "every alert has a key");
    TOCSIN_ASSERT(alert.until.has_value() == (alert.action == AlertAction::Snooze), "a snooze has an end, and nothing else has");
    for (const auto& text : {alert.title, alert.text, alert.url, alert.priority, alert.actor, alert.note, alert.action_name}) {
        check_text(text);
    }
}

void check_fields(const Fields& fields) {
    TOCSIN_ASSERT(fields.size() <= limits::kFieldsMax, "the bound on fields holds");
    for (std::size_t i = 0; i < fields.size(); ++i) {
        check_text(fields[i].path);
        check_text(fields[i].value);
    }
}

void check_no_secret(const std::string& payload) {
    std::string body = payload;
    JsonReader reader;
    TOCSIN_ASSERT(reader.read(body), "what is kept is JSON");
    const auto& nodes = reader.nodes();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (!is_secret_key(nodes[i].key)) continue;
        for (auto inside = i; inside < nodes[i].end; ++inside) {
            if (nodes[inside].type != JsonType::Text && nodes[inside].type != JsonType::Number) continue;
            TOCSIN_ASSERT(nodes[inside].value.empty() || nodes[inside].value == kHiddenValue,
                          "no value under a secret key is kept");
        }
    }
}

void check_same(const Fields& a, const Fields& b) {
    TOCSIN_ASSERT(a.size() == b.size() && a.left_out() == b.left_out(), "a kept payload has the same fields");
    for (std::size_t i = 0; i < a.size(); ++i) {
        TOCSIN_ASSERT(a[i].path == b[i].path && a[i].value == b[i].value, "a kept payload has the same fields");
    }
}

void check(std::string_view kind, const std::string& body) {
    const auto parsed = parse(kind, "fuzz", body);
    if (!parsed) {
        TOCSIN_ASSERT(parsed.error().code() == Errc::Invalid, "a body is refused only for what it is");
        check_text(parsed.error().message());
        return;
    }
    TOCSIN_ASSERT(parsed->arrivals.size() == 1, "one body is one alert");
    check_alert(parsed->arrivals[0].alert);
    check_fields(parsed->arrivals[0].fields);
    check_text(parsed->payload);
    check_no_secret(parsed->payload);
    const auto again = parse(kind, "fuzz", parsed->payload);
    TOCSIN_ASSERT(again && again->payload == parsed->payload && again->mended.empty(), "a kept payload needs no change");
    check_same(parsed->arrivals[0].fields, again->arrivals[0].fields);
}

}  // namespace
}  // namespace tocsin::intake

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string body(reinterpret_cast<const char*>(data), size);
    for (const auto& kind : tocsin::intake::kinds()) tocsin::intake::check(kind, body);
    return 0;
}

// Fuzz target: whatever bytes a sender posts, each kind either refuses them with a reason or makes sound alerts of them.
#include "core/base/assert.hpp"
#include "core/base/limits.hpp"
#include "daemon/intake/cloudevents.hpp"
#include "daemon/intake/json.hpp"
#include "daemon/intake/json_error.hpp"
#include "daemon/intake/json_fields.hpp"
#include "daemon/intake/json_secrets.hpp"
#include "daemon/intake/pagerduty.hpp"
#include "daemon/intake/parser.hpp"
#include "daemon/intake/split.hpp"
#include "daemon/intake/victorops.hpp"

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

void check_kept(std::string_view kind, const Arrival& arrival, const std::string& kept) {
    check_alert(arrival.alert);
    check_fields(arrival.fields);
    check_text(kept);
    check_no_secret(kept);
    const auto again = parse(kind, "fuzz", kept);
    TOCSIN_ASSERT(again && again->mended.empty() && again->arrivals.size() == 1, "what is kept of an alert is one alert");
    TOCSIN_ASSERT((again->arrivals[0].payload.empty() ? again->payload : again->arrivals[0].payload) == kept,
                  "a kept payload needs no change");
    check_same(arrival.fields, again->arrivals[0].fields);
}

void check(std::string_view kind, const std::string& body) {
    constexpr TimePoint kReceived{std::chrono::days{20'000}};
    const auto parsed = parse(kind, "fuzz", body, kReceived);
    if (!parsed) {
        const auto code = parsed.error().code();
        TOCSIN_ASSERT(code == Errc::Invalid || code == Errc::TooLarge, "a body is refused only for what it is");
        check_text(parsed.error().message());
        return;
    }
    for (const auto& arrival : parsed->arrivals) {
        check_kept(kind, arrival, arrival.payload.empty() ? parsed->payload : arrival.payload);
    }
    for (const auto& refused : parsed->refused) check_text(refused);
}

/// What is added at the door stands in the alert.
void check_door(const std::string& body) {
    if (const auto event = read_pagerduty_event(body, PagerDutyEndpoint::Enqueue, "new-key"); event && event->errors.empty()) {
        const auto parsed = parse("pagerduty", "fuzz", event->body);
        TOCSIN_ASSERT(parsed && !event->dedup_key.empty(), "an event is an alert, and has a key");
    }
    if (const auto message = read_victorops_message(body, {"new-id", "sre"})) {
        const auto parsed = parse("victorops", "fuzz", message->body);
        TOCSIN_ASSERT(parsed && !message->entity_id.empty(), "a message is an alert, and has an id");
    }
    const auto event = structured_event(body, [](std::string_view name) { return name == "ce-id" ? std::string_view("1") : ""; });
    if (const auto parsed = parse("cloudevents", "fuzz", event); !parsed) {
        TOCSIN_ASSERT(parsed.error().message().find("nested deeper") != std::string::npos,
                      "any event can be put into an envelope");
    }
}

/// What a mapping asks for: a list taken apart, and texts that hold JSON.
void check_mapped(const std::string& body) {
    const std::vector<std::string> way{"alerts"};
    if (const auto parts = split_body(body, way); parts && *parts) {
        for (const auto& part : (*parts)->bodies) {
            const auto again = split_body(part, way);
            TOCSIN_ASSERT(again && !*again, "a part is one alert");
            TOCSIN_ASSERT(parse("generic", "fuzz", part), "a part is a body");
        }
    }
    auto parsed = parse("generic", "fuzz", body);
    if (!parsed) return;
    for (auto& arrival : parsed->arrivals) {
        const auto before = arrival.fields.size();
        for (std::size_t i = 0; i < before; ++i) add_json_in(std::string(arrival.fields[i].path), arrival.fields);
        check_fields(arrival.fields);
    }
}

}  // namespace
}  // namespace tocsin::intake

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string body(reinterpret_cast<const char*>(data), size);
    for (const auto& kind : tocsin::intake::kinds()) tocsin::intake::check(kind, body);
    tocsin::intake::check_door(body);
    tocsin::intake::check_mapped(body);
    return 0;
}

// The way from a body to arrivals that all kinds share: read, mend, hide secrets, split, understand, flatten.
#include "daemon/intake/parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "daemon/intake/alertmanager.hpp"
#include "daemon/intake/cloudevents.hpp"
#include "daemon/intake/generic.hpp"
#include "daemon/intake/grafana.hpp"
#include "daemon/intake/json.hpp"
#include "daemon/intake/json_fields.hpp"
#include "daemon/intake/json_mend.hpp"
#include "daemon/intake/json_secrets.hpp"
#include "daemon/intake/mail.hpp"
#include "daemon/intake/opsgenie_api.hpp"
#include "daemon/intake/opsgenie_webhook.hpp"
#include "daemon/intake/own_alert.hpp"
#include "daemon/intake/pagerduty.hpp"
#include "daemon/intake/prometheus.hpp"
#include "daemon/intake/split.hpp"
#include "daemon/intake/splunk.hpp"
#include "daemon/intake/splunk_o11y.hpp"
#include "daemon/intake/victorops.hpp"

namespace tocsin::intake {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// Opsgenie repeats in some bodies the headers that it was told to send, and with them what proves to us that it is Opsgenie.
constexpr std::array<std::string_view, 1> kOpsgenieSecrets{"headers"};
/// The key by which an event names and proves its source.
constexpr std::array<std::string_view, 1> kPagerDutySecrets{"routing_key"};

/// Larger bodies are rare and have a reader of their own, so that one of them does not swell the thread's for ever.
constexpr std::size_t kBodyBytesForThreadReader = 256 * 1'024;

struct Kind {
    std::string_view name;
    Alert (*understand)(JsonView body);
    std::span<const std::string_view> secret_members{};
    Split split = nullptr;
    JsonRoot root = JsonRoot::Object;
    std::string (*as_json)(std::string body) = nullptr;  ///< For senders that send something else.
};

constexpr std::array kKinds{
    Kind{.name = "alertmanager", .understand = alertmanager_alert, .split = split_alertmanager},
    Kind{.name = "cloudevents", .understand = cloudevents_alert, .split = split_root, .root = JsonRoot::ObjectOrArray},
    Kind{.name = "generic", .understand = generic_alert, .split = split_root, .root = JsonRoot::ObjectOrArray},
    Kind{.name = "grafana", .understand = grafana_alert, .split = split_grafana},
    Kind{.name = "mail", .understand = mail_alert, .as_json = mail_as_json},
    Kind{.name = "opsgenie", .understand = opsgenie_alert, .secret_members = kOpsgenieSecrets},
    Kind{.name = "opsgenie_api", .understand = opsgenie_api_alert},
    Kind{.name = "pagerduty", .understand = pagerduty_alert, .secret_members = kPagerDutySecrets},
    Kind{.name = "prometheus", .understand = prometheus_alert, .split = split_prometheus, .root = JsonRoot::ObjectOrArray},
    Kind{.name = "splunk", .understand = splunk_alert},
    Kind{.name = "splunk_o11y", .understand = splunk_o11y_alert},
    Kind{.name = kOwnSource, .understand = own_alert},
    Kind{.name = "victorops", .understand = victorops_alert},
};

/// Its buffers are half the work of reading a small body.
JsonReader& thread_reader() {
    thread_local JsonReader reader;
    return reader;
}

Arrival arrival_of(const Kind& kind, std::string_view source, JsonView body) {
    Arrival arrival;
    arrival.alert = kind.understand(body);
    arrival.alert.source = source;
    arrival.alert.kind = kind.name;
    arrival.fields.add_alert(arrival.alert);
    add_payload(body, arrival.fields);
    return arrival;
}

/// The parts are JSON of our own writing, and without secrets.
Result<void> add_parts(const Kind& kind, std::string_view source, Parts parts, Parsed& parsed) {
    JsonReader reader;
    for (auto& part : parts.bodies) {
        if (!reader.read(part)) return Error{Errc::Internal, "a part of a body that was read cannot be read"};
        auto& arrival = parsed.arrivals.emplace_back(arrival_of(kind, source, reader.root()));
        arrival.payload = std::move(part);
    }
    parsed.refused = std::move(parts.refused);
    return {};
}

}  // namespace

Result<Parsed> parse(std::string_view kind, std::string_view source, std::string body, std::optional<TimePoint> received_at) {
    const auto* known = std::find_if(kKinds.begin(), kKinds.end(), [kind](const Kind& k) { return k.name == kind; });
    if (known == kKinds.end()) {
        return Error{Errc::NotFound,
                     fmt::format("there is no kind of source called \"{}\", only {}", kind, fmt::join(kinds(), ", "))};
    }
    if (known->as_json != nullptr) body = known->as_json(std::move(body));
    std::optional<JsonReader> own_reader;
    if (body.size() > kBodyBytesForThreadReader) own_reader.emplace();
    auto& reader = own_reader ? *own_reader : thread_reader();
    if (body.starts_with(kByteOrderMark)) body.erase(0, kByteOrderMark.size());
    auto mended = read_mended(reader, body, known->root);
    if (!mended) return mended.error().in(fmt::format("reading what {} sent", source));
    auto without_secrets = hide_secrets(reader, body, known->secret_members);

    Parsed parsed;
    parsed.mended = std::move(*mended);
    std::optional<Parts> parts;
    if (known->split != nullptr) {
        auto split = known->split(reader.root(), received_at);
        if (!split) return split.error().in(fmt::format("reading what {} sent", source));
        parts = std::move(*split);
    }
    if (!parts) parsed.arrivals.push_back(arrival_of(*known, source, reader.root()));
    parsed.payload = without_secrets ? std::move(*without_secrets) : std::move(body);
    if (!parts) return parsed;
    if (auto added = add_parts(*known, source, std::move(*parts), parsed); !added) return added.error();
    return parsed;
}

const std::vector<std::string>& kinds() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const auto& kind : kKinds) all.emplace_back(kind.name);
        return all;
    }();
    return names;
}

}  // namespace tocsin::intake

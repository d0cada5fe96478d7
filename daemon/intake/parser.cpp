// The way from a body to an arrival that all kinds share: read, mend, hide secrets, understand, flatten.
#include "daemon/intake/parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "daemon/intake/json.hpp"
#include "daemon/intake/json_fields.hpp"
#include "daemon/intake/json_mend.hpp"
#include "daemon/intake/json_secrets.hpp"
#include "daemon/intake/opsgenie_api.hpp"
#include "daemon/intake/opsgenie_webhook.hpp"
#include "daemon/intake/own_alert.hpp"
#include "daemon/intake/splunk.hpp"

namespace tocsin::intake {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// Opsgenie repeats in some bodies the headers that it was told to send, and with them what proves to us that it is Opsgenie.
constexpr std::array<std::string_view, 1> kOpsgenieSecrets{"headers"};

/// Larger bodies are rare and have a reader of their own, so that one of them does not swell the thread's for ever.
constexpr std::size_t kBodyBytesForThreadReader = 256 * 1'024;

struct Kind {
    std::string_view name;
    Alert (*understand)(JsonView body);
    std::span<const std::string_view> secret_members;
};

constexpr std::array kKinds{Kind{"opsgenie", opsgenie_alert, kOpsgenieSecrets}, Kind{"opsgenie_api", opsgenie_api_alert, {}},
                            Kind{"splunk", splunk_alert, {}}, Kind{kOwnSource, own_alert, {}}};

/// Its buffers are half the work of reading a small body.
JsonReader& thread_reader() {
    thread_local JsonReader reader;
    return reader;
}

}  // namespace

Result<Parsed> parse(std::string_view kind, std::string_view source, std::string body) {
    const auto* known = std::find_if(kKinds.begin(), kKinds.end(), [kind](const Kind& k) { return k.name == kind; });
    if (known == kKinds.end()) {
        return Error{Errc::NotFound,
                     fmt::format("there is no kind of source called \"{}\", only {}", kind, fmt::join(kinds(), ", "))};
    }
    std::optional<JsonReader> own_reader;
    if (body.size() > kBodyBytesForThreadReader) own_reader.emplace();
    auto& reader = own_reader ? *own_reader : thread_reader();
    if (body.starts_with(kByteOrderMark)) body.erase(0, kByteOrderMark.size());
    auto mended = read_mended(reader, body);
    if (!mended) return mended.error().in(fmt::format("reading what {} sent", source));
    auto without_secrets = hide_secrets(reader, body, known->secret_members);

    Parsed parsed;
    auto& arrival = parsed.arrivals.emplace_back();
    arrival.alert = known->understand(reader.root());
    arrival.alert.source = source;
    arrival.alert.kind = kind;
    arrival.fields.add_alert(arrival.alert);
    add_payload(reader.root(), arrival.fields);
    parsed.payload = without_secrets ? std::move(*without_secrets) : std::move(body);
    parsed.mended = std::move(*mended);
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

#include "daemon/api/keys.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/asked.hpp"
#include "daemon/config/key_text.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr std::string_view kKeys = "/api/v1/keys";
constexpr std::string_view kRevoke = "/revoke";
constexpr std::size_t kIdCharacters = 12;
constexpr std::size_t kLiveKeysMax = 100;  ///< Of one source.
constexpr std::size_t kKeyNameMax = 100;

json::object key_json(const SourceKey& key, TimePoint now) {
    json::array endpoints;
    for (const auto endpoint : key.endpoints) endpoints.emplace_back(to_string(endpoint));
    const auto or_null = [](std::optional<TimePoint> at) { return at ? json::value(format_utc(*at)) : json::value(); };
    return {{"id", key.id},
            {"source", key.source},
            {"name", key.name},
            {"state", is_live(key, now) ? "live" : "revoked"},
            {"endpoints", std::move(endpoints)},
            {"made_by", key.made_by},
            {"created_at", format_utc(key.created_at)},
            {"last_used_at", or_null(key.last_used_at)},
            {"revoked_at", or_null(key.revoked_at)}};
}

http::Response key_list(const Services& services, const http::Request& request) {
    const auto source = query_value(request.query, "source");
    json::array keys;
    for (const auto& key : services.keys.keys()) {
        if (source.empty() || key.source == source) keys.emplace_back(key_json(key, services.clock.now()));
    }
    return json_answer(200, {{"keys", std::move(keys)}});
}

/// A list of words, or one.
Result<std::vector<Endpoint>> endpoints_of(const Asked& asked) {
    std::vector<Endpoint> endpoints;
    const auto words = asked.texts("endpoints");
    if (!words) return words.error();
    for (const auto& word : *words) {
        const auto endpoint = parse_endpoint(word);
        if (!endpoint) {
            return Error{Errc::Invalid,
                         fmt::format("\"{}\" is no endpoint; there are {}", printable(word), fmt::join(endpoint_names(), ", "))};
        }
        if (std::find(endpoints.begin(), endpoints.end(), *endpoint) == endpoints.end()) endpoints.push_back(*endpoint);
    }
    return endpoints;
}

/// `key.name` and its source are those of no other that is live.
Result<void> has_room(const std::vector<SourceKey>& keys, const SourceKey& key) {
    std::size_t live = 0;
    for (const auto& other : keys) {
        if (other.source != key.source || !is_live(other, key.created_at)) continue;
        ++live;
        if (other.name == key.name) {
            return Error{Errc::Invalid,
                         fmt::format("{} has a live key called \"{}\": give this one another name", key.source, key.name)};
        }
    }
    if (live < kLiveKeysMax) return {};
    return Error{Errc::Invalid, fmt::format("{} has {} live keys: revoke some first", key.source, live)};
}

Result<SourceKey> wanted_key(const Services& services, const Asked& asked, const config::TokenSettings& token) {
    SourceKey key;
    auto source = asked.needed("source", "whose key it is");
    if (!source) return source.error();
    if (services.settings.sources.count(*source) == 0) {
        return Error{Errc::NotFound,
                     fmt::format("there is no source called \"{}\"; see `sources` in tocsin.yaml", printable(*source))};
    }
    auto name = asked.needed("name", "what tells it from the source's other keys, such as \"2026-11\"");
    if (!name) return name.error();
    auto endpoints = endpoints_of(asked);
    if (!endpoints) return endpoints.error();
    key.source = std::move(*source);
    key.name = truncated(*name, kKeyNameMax);
    key.endpoints = std::move(*endpoints);
    key.made_by = asked.by(token.name);
    key.created_at = services.clock.now();
    return key;
}

/// Keeps it, and then what the database holds is what counts.
void keep(Services& services, const SourceKey& key, std::function<void(Result<void>)> done) {
    struct Kept {
        Result<void> outcome;
        Result<std::vector<SourceKey>> all;
    };
    auto kept = std::make_shared<Kept>(Kept{{}, std::vector<SourceKey>{}});
    services.run_blocking(
        [kept, key, &book = services.key_book] {
            kept->outcome = book.keep(key);
            kept->all = book.keys();
        },
        [kept, &services, done = std::move(done)] {
            if (kept->outcome && kept->all) services.keys.hold(std::move(*kept->all));
            done(kept->outcome ? (kept->all ? Result<void>{} : Result<void>{kept->all.error()}) : kept->outcome);
        });
}

void make_key(Services& services, const Asked& asked, const config::TokenSettings& token, http::Respond respond) {
    auto key = wanted_key(services, asked, token);
    if (!key) return respond(refusal(key.error()));
    if (auto room = has_room(services.keys.keys(), *key); !room) return respond(refusal(room.error()));
    const bool is_opsgenie = services.settings.sources.at(key->source).kind.starts_with("opsgenie");
    const auto shown = config::new_key(is_opsgenie ? config::KeyForm::Uuid : config::KeyForm::Plain);
    key->hash = config::key_hash(shown);
    key->id = key->hash.substr(0, kIdCharacters);
    keep(services, *key, [key = *key, shown, &services, respond = std::move(respond)](const Result<void>& kept) {
        if (!kept) return respond(refusal(kept.error()));
        log::info(log::Event::KeyChanged, "made", {{"source", key.source}, {"key", key.id}, {"by", key.made_by}});
        auto body = key_json(key, services.clock.now());
        body["key"] = shown;
        respond(json_answer(201, body));
    });
}

void revoke_key(Services& services, std::string_view id, const Asked& asked, http::Respond respond) {
    const auto& keys = services.keys.keys();
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const SourceKey& key) {
        return key.id == id || (key.source + "/" + key.name == id && is_live(key, services.clock.now()));
    });
    if (found == keys.end()) {
        return respond(refusal(Error{Errc::NotFound, fmt::format("there is no key {}; see `tocsin key list`", printable(id))}));
    }
    const auto now = services.clock.now();
    const auto at = asked.instant("at", {Zone{}, now, now});
    if (!at) return respond(refusal(at.error()));
    auto key = *found;
    if (!is_live(key, now)) return respond(json_answer(200, key_json(key, now)));
    key.revoked_at = std::max(at->value_or(now), now);
    keep(services, key, [key, &services, respond = std::move(respond)](const Result<void>& kept) {
        if (!kept) return respond(refusal(kept.error()));
        log::info(log::Event::KeyChanged, "revoked",
                  {{"source", key.source}, {"key", key.id}, {"at", format_utc(*key.revoked_at)}});
        respond(json_answer(200, key_json(key, services.clock.now())));
    });
}

}  // namespace

bool is_about_keys(std::string_view path) {
    return path.starts_with(kKeys) && (path.size() == kKeys.size() || path[kKeys.size()] == '/');
}

void answer_keys(Services& services, const http::Request& request, const config::TokenSettings& token, http::Respond respond) {
    auto rest = std::string_view(request.path).substr(kKeys.size());
    const bool is_all = rest.empty() || rest == "/";
    if (is_all && (request.method == "GET" || request.method == "HEAD")) return respond(key_list(services, request));
    if (request.method != "POST") return respond(wrong_method(is_all ? "GET, POST" : "POST"));
    const auto asked = Asked::read(request.body);
    if (!asked) return respond(refusal(asked.error()));
    if (is_all) return make_key(services, *asked, token, std::move(respond));
    if (!rest.ends_with(kRevoke)) return respond(refusal(404, "use /api/v1/keys/<id>/revoke"));
    rest.remove_suffix(kRevoke.size());
    revoke_key(services, percent_decoded(rest.substr(1)), *asked, std::move(respond));
}

void keep_key_uses(Services& services) {
    auto uses = services.keys.take_uses();
    if (uses.empty()) return;
    auto kept = std::make_shared<Result<void>>();
    services.run_blocking([kept, uses = std::move(uses), &book = services.key_book] { *kept = book.note_uses(uses); },
                          [kept] {
                              if (!*kept) log::error(log::Event::StoreFailed, kept->error().message());
                          });
}

}  // namespace tocsin::api

#include "daemon/api/auth.hpp"

#include <algorithm>
#include <string>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/http/signature.hpp"

namespace tocsin::api {
namespace {

/// What stands behind the scheme ("bearer ") in Authorization; empty if that names another one.
std::string_view credentials(const http::Request& request, std::string_view scheme) {
    const auto value = request.header("Authorization");
    if (value.size() < scheme.size() || !equal_ignoring_case(value.substr(0, scheme.size()), scheme)) return {};
    return trimmed(value.substr(scheme.size()));
}

/// What Authorization shows: a bearer token, or the password of basic authentication, whose user name says nothing to us.
std::string bearer(const http::Request& request) {
    if (const auto token = credentials(request, "bearer "); !token.empty()) return std::string(token);
    const auto basic = http::base64_decoded(credentials(request, "basic "));
    const auto colon = basic ? basic->find(':') : std::string::npos;
    return colon == std::string::npos ? std::string() : basic->substr(colon + 1);
}

bool shows(std::string_view shown, const config::Secret& secret) {
    return !secret.value.empty() && equal_in_constant_time(shown, secret.value);
}

using Scope = config::TokenSettings::Scope;

template <class IsEnough>
const config::TokenSettings* token_with(const config::Settings& settings, std::string_view shown, IsEnough is_enough) {
    const config::TokenSettings* found = nullptr;
    for (const auto& token : settings.tokens) {  // All of them, so that the time does not tell which one was near.
        if (shows(shown, token.secret) && is_enough(token.scope)) found = &token;
    }
    return found;
}

}  // namespace

Proof proof_of(Services& services, const config::SourceSettings& source, std::string_view shown, Endpoint wanted) {
    if (shows(shown, source.secret)) return Proof::Enough;
    const auto now = services.clock.now();
    const auto* key = services.keys.find(shown, now);
    if (key == nullptr || key->source != source.name) return Proof::None;
    services.keys.note_use(*key, now);
    return is_good_for(*key, wanted) ? Proof::Enough : Proof::OfOtherEndpoints;
}

Proof proof_of(Services& services, const config::SourceSettings& source, const Shown& shown, Endpoint wanted) {
    const auto& request = shown.request;
    auto best = Proof::None;
    const auto look_at = [&](std::string_view text) { best = std::max(best, proof_of(services, source, text, wanted)); };
    if (source.accepts_bearer) look_at(bearer(request));
    if (!source.header.empty() && best == Proof::None) look_at(request.header(source.header));
    if (source.accepts_in_path && best == Proof::None) look_at(percent_decoded(shown.in_path));
    if (source.accepts_in_query && best == Proof::None) look_at(query_value(request.query, "token"));
    return best;
}

KeyOwner owner_of(Services& services, const KindAndKey& key, Endpoint wanted) {
    const auto& sources = services.settings.sources;
    KeyOwner owner;
    for (const auto& [name, source] : sources) {  // All of them, as above.
        if (source.kind == key.kind && shows(key.shown, source.secret)) owner = {&source, Proof::Enough, {}};
    }
    if (owner.source != nullptr) return owner;
    const auto now = services.clock.now();
    const auto* made = services.keys.find(key.shown, now);
    const auto source = made == nullptr ? sources.end() : sources.find(made->source);
    if (source == sources.end() || source->second.kind != key.kind) return owner;
    services.keys.note_use(*made, now);
    return {&source->second, is_good_for(*made, wanted) ? Proof::Enough : Proof::OfOtherEndpoints, made->id};
}

const config::SourceSettings* source_with(Services& services, const KindAndKey& key) {
    const auto owner = owner_of(services, key, Endpoint::Alerts);
    return owner.proof == Proof::Enough ? owner.source : nullptr;
}

const config::TokenSettings* token_of(const config::Settings& settings, const http::Request& request) {
    return token_with(settings, bearer(request), [](Scope scope) { return scope == Scope::Everything; });
}

const config::TokenSettings* calendar_token_of(const config::Settings& settings, const http::Request& request) {
    if (const auto* token = token_with(settings, bearer(request), [](Scope) { return true; })) return token;
    return token_with(settings, query_value(request.query, "token"), [](Scope scope) { return scope == Scope::Calendars; });
}

}  // namespace tocsin::api

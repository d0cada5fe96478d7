#include "daemon/api/auth.hpp"

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"

namespace tocsin::api {
namespace {

std::string_view bearer(const http::Request& request) {
    constexpr std::string_view kScheme = "bearer ";
    const auto value = request.header("Authorization");
    if (value.size() < kScheme.size() || !equal_ignoring_case(value.substr(0, kScheme.size()), kScheme)) return {};
    return trimmed(value.substr(kScheme.size()));
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

bool is_source(const config::SourceSettings& source, const http::Request& request, std::string_view in_path) {
    if (source.accepts_bearer && shows(bearer(request), source.secret)) return true;
    if (!source.header.empty() && shows(request.header(source.header), source.secret)) return true;
    if (source.accepts_in_path && shows(percent_decoded(in_path), source.secret)) return true;
    return source.accepts_in_query && shows(query_value(request.query, "token"), source.secret);
}

const config::TokenSettings* token_of(const config::Settings& settings, const http::Request& request) {
    return token_with(settings, bearer(request), [](Scope scope) { return scope == Scope::Everything; });
}

const config::TokenSettings* calendar_token_of(const config::Settings& settings, const http::Request& request) {
    if (const auto* token = token_with(settings, bearer(request), [](Scope) { return true; })) return token;
    return token_with(settings, query_value(request.query, "token"), [](Scope scope) { return scope == Scope::Calendars; });
}

}  // namespace tocsin::api

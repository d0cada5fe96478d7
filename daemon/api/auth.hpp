// Who is there: sources prove themselves to /in, tokens to the API. Every comparison of a secret takes the same time.
#pragma once

#include <optional>
#include <string_view>

#include "daemon/config/settings.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// Whether the request holds the source's secret in one of the places that its settings allow: `Authorization: Bearer`, its
/// header, the rest of the path (`in_path`), or the query's `token`.
[[nodiscard]] bool is_source(const config::SourceSettings& source, const http::Request& request, std::string_view in_path);

/// The token that `Authorization: Bearer` shows, or null. One that is good for calendars only is none here.
[[nodiscard]] const config::TokenSettings* token_of(const config::Settings& settings, const http::Request& request);

/// The same for a calendar: any token as Bearer, or one that is good for calendars only as the query's `token`. Others are not
/// taken from an address, which is kept in too many places.
[[nodiscard]] const config::TokenSettings* calendar_token_of(const config::Settings& settings, const http::Request& request);

}  // namespace tocsin::api

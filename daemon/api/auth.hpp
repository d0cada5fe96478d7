// Who is there: sources prove themselves to /in, tokens to the API. Every comparison of a secret takes the same time.
#pragma once

#include <optional>
#include <string_view>

#include "core/model/source_key.hpp"
#include "daemon/api/services.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// What somebody proved: nothing, to be the source but with a key that is not good for what is wanted, or enough.
enum class Proof : std::uint8_t { None, OfOtherEndpoints, Enough };

/// Whether `shown` is the source's secret or one of its live keys; the use of a key is noted.
[[nodiscard]] Proof proof_of(Services& services, const config::SourceSettings& source, std::string_view shown, Endpoint wanted);

/// The same for a request that shows it in one of the places that the source's settings allow: `Authorization` (Bearer, or
/// Basic with it as the password), its header, the rest of the path (`in_path`), or the query's `token`.
struct Shown {
    const http::Request& request;
    std::string_view in_path;
};
[[nodiscard]] Proof proof_of(Services& services, const config::SourceSettings& source, const Shown& shown, Endpoint wanted);

/// The key of a sender whose protocol leaves no room for a name: the key alone says which source it is.
struct KindAndKey {
    std::string_view kind;
    std::string_view shown;
};
/// Whose it is.
struct KeyOwner {
    const config::SourceSettings* source = nullptr;  ///< Null: nobody's.
    Proof proof = Proof::None;
    std::string_view key_id;  ///< Of a key; empty for the secret in the settings. Good until keys change.
};
/// However many sources there are, what is shown is hashed once.
[[nodiscard]] KeyOwner owner_of(Services& services, const KindAndKey& key, Endpoint wanted);
/// The source of that kind with that secret, or with that key if it is good for alerts; or null.
[[nodiscard]] const config::SourceSettings* source_with(Services& services, const KindAndKey& key);

/// The token that `Authorization: Bearer` shows (or Basic, as its password), or null. One that is good for calendars only is none
/// here.
[[nodiscard]] const config::TokenSettings* token_of(const config::Settings& settings, const http::Request& request);

/// The same for a calendar: any token as Bearer, or one that is good for calendars only as the query's `token`. Others are not
/// taken from an address, which is kept in too many places.
[[nodiscard]] const config::TokenSettings* calendar_token_of(const config::Settings& settings, const http::Request& request);

}  // namespace tocsin::api

// What a channel makes of a provider's answer, or of none: delivered, to be tried again, or refused for good; and the words for
// it, without secrets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "daemon/http/client.hpp"

namespace tocsin::notify {

/// "https://hooks.example.org", with the port if it is not the usual one: all that may be shown of a URL, since people put
/// secrets into paths and queries.
[[nodiscard]] std::string place_of(const http::Url& url);

/// The statuses that mean "not now": 408, 425, 429 and 5xx. Every other one that is no success is an answer for good, redirects
/// too: they are not followed, because what may be forged there is where a page goes.
[[nodiscard]] bool is_temporary(unsigned status);

/// One attempt with one provider, for the texts of its errors.
class Dealing {
public:
    /// `secrets`: texts that must not be repeated, whoever says them; the URL's path and query are taken care of here.
    Dealing(const http::Url& url, std::vector<std::string> secrets);

    /// No answer. Unavailable and TimedOut may be tried again, Cancelled too (we are stopping: the page stays in the outbox);
    /// otherwise as the client says, which for a certificate that does not hold is never.
    [[nodiscard]] Error failed(const Error& error) const;
    /// An answer that is no success: Unavailable, to be tried again (after Retry-After, if there is one), or Rejected, never.
    /// `said`: the provider's own words, or empty.
    [[nodiscard]] Error refused(const http::ClientResponse& response, std::string_view said, TimePoint now) const;

private:
    std::string place_;
    std::vector<std::string> secrets_;
};

}  // namespace tocsin::notify

#include "daemon/notify/dealing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/notify/page_text.hpp"

namespace tocsin::notify {
namespace {

constexpr std::size_t kSaidCodePointsMax = 200;
/// A shorter path ("/", "/in") holds no secret, and blanking it would only garble the text.
constexpr std::size_t kSecretTargetBytesMin = 6;

}  // namespace

std::string place_of(const http::Url& url) {
    const auto host = url.host.find(':') == std::string::npos ? url.host : fmt::format("[{}]", url.host);
    const bool is_usual_port = url.port == (url.is_tls ? 443 : 80);
    const auto scheme = url.is_tls ? "https" : "http";
    return is_usual_port ? fmt::format("{}://{}", scheme, host) : fmt::format("{}://{}:{}", scheme, host, url.port);
}

bool is_temporary(unsigned status) { return status == 408 || status == 425 || status == 429 || (status >= 500 && status <= 599); }

Dealing::Dealing(const http::Url& url, std::vector<std::string> secrets) : place_(place_of(url)), secrets_(std::move(secrets)) {
    std::erase(secrets_, std::string{});
    if (url.target.size() >= kSecretTargetBytesMin) secrets_.push_back(url.target);
    if (const auto query = url.target.find('?'); query != std::string::npos && query + 1 < url.target.size()) {
        secrets_.push_back(url.target.substr(query + 1));
    }
    // The longest first: one may be part of another.
    std::sort(secrets_.begin(), secrets_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

Error Dealing::failed(const Error& error) const {
    auto retry = error.retry();
    const bool may_pass = error.code() == Errc::Unavailable || error.code() == Errc::TimedOut || error.code() == Errc::Cancelled;
    if (may_pass && !retry.allowed()) retry = Retry::now();
    return Error{error.code(), one_line(without_secrets(error.message(), secrets_)), retry}.in("posting to " + place_);
}

Error Dealing::refused(const http::ClientResponse& response, std::string_view said, TimePoint now) const {
    auto message = fmt::format("answered {}", response.status);
    if (response.status >= 300 && response.status <= 399)
        message += ", a redirect, which is not followed: set the URL it leads to";
    if (response.status >= 200 && response.status <= 299) message += ", which is not the answer of this API: is the url right?";
    // Blanked before it is cut: half a secret is one too.
    const auto words = truncated(one_line(without_secrets(std::string(trimmed(said)), secrets_)), kSaidCodePointsMax);
    if (!words.empty()) message += ": " + words;

    const auto doing = "posting to " + place_;
    if (!is_temporary(response.status)) return Error{Errc::Rejected, std::move(message)}.in(doing);
    const auto delay = response.retry_after(now);
    return Error{Errc::Unavailable, std::move(message), delay ? Retry::after(*delay) : Retry::now()}.in(doing);
}

}  // namespace tocsin::notify

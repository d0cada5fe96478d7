#include "daemon/app/fetch.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "core/base/limits.hpp"
#include "daemon/app/application.hpp"
#include "daemon/http/loop.hpp"
#include "daemon/notify/dealing.hpp"

namespace tocsin::app {

Result<std::string> fetch(const http::Url& url, const FetchOptions& options, const Clock& clock) {
    http::Loop loop;
    // One byte more than allowed tells that there was more.
    http::Client client{loop, {.response_bytes_max = options.bytes_max + 1, .ca_file = options.ca_file}};
    http::ClientRequest request;
    request.method = "GET";
    request.url = url;
    request.headers = {{"User-Agent", std::string("tocsin/") + version()}};
    std::optional<Result<http::ClientResponse>> response;
    client.send(std::move(request), clock.monotonic() + limits::kSendTimeout, [&](Result<http::ClientResponse> answer) {
        response.emplace(std::move(answer));
        loop.stop();
    });
    loop.run();
    const auto getting = "getting " + notify::place_of(url);
    if (!*response) return response->error().in(getting);
    auto& answer = **response;
    if (answer.status >= 300 && answer.status <= 399) {
        return Error{Errc::Rejected,
                     fmt::format("answered {}, a redirect, which is not followed: write where it leads to", answer.status)}
            .in(getting);
    }
    if (answer.status != 200) return Error{Errc::Rejected, fmt::format("answered {}", answer.status)}.in(getting);
    if (answer.body.size() > options.bytes_max) {
        return Error{Errc::TooLarge, fmt::format("it is larger than {} bytes", options.bytes_max)}.in(getting);
    }
    return std::move(answer.body);
}

}  // namespace tocsin::app

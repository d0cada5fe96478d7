#include "daemon/app/beat.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/limits.hpp"
#include "daemon/app/application.hpp"
#include "daemon/http/client.hpp"

namespace tocsin::app {

void send_beat(http::Client& client, const std::string& url, const Clock& clock, std::function<void(Result<void>)> on_sent) {
    auto parsed = http::parse_url(url);
    if (!parsed) return on_sent(parsed.error());
    http::ClientRequest request;
    request.method = "GET";
    request.url = std::move(*parsed);
    request.headers = {{"User-Agent", std::string("tocsin/") + version()}};
    client.send(std::move(request), clock.monotonic() + limits::kSendTimeout,
                [on_sent = std::move(on_sent)](const Result<http::ClientResponse>& response) {
                    if (!response) return on_sent(response.error());
                    if (response->status >= 200 && response->status <= 299) return on_sent({});
                    on_sent(Error{Errc::Rejected, fmt::format("it was answered {}", response->status)});
                });
}

}  // namespace tocsin::app

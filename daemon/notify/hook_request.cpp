#include "daemon/notify/hook_request.hpp"

#include <fmt/format.h>

#include <utility>

#include "daemon/http/signature.hpp"
#include "daemon/notify/dealing.hpp"

namespace tocsin::notify {

void post_to_hook(const Hook& hook, const std::string& idempotency_key, std::string body, const Outside& outside,
                  Deadline deadline, Notifier::OnOutcome on_outcome) {
    http::ClientRequest request;
    request.url = hook.url;
    request.body = std::move(body);
    const auto timestamp = fmt::to_string(to_unix_ms(outside.clock->now()) / 1000);
    request.headers = {{"Content-Type", "application/json"},
                       {"User-Agent", "tocsin/" + outside.version},
                       {"Idempotency-Key", idempotency_key},
                       {"X-Tocsin-Timestamp", timestamp}};
    if (!hook.secret.empty()) {
        const auto signed_text = timestamp + "." + request.body;
        request.headers.emplace_back("X-Tocsin-Signature", "v1=" + http::hmac_sha256_hex({hook.secret, signed_text}));
    }
    auto on_response = [dealing = Dealing(hook.url, {hook.secret}), channel = hook.channel, clock = outside.clock,
                        on_outcome = std::move(on_outcome)](Result<http::ClientResponse> response) {
        if (!response) return on_outcome(dealing.failed(response.error()).in(channel));
        if (response->status >= 200 && response->status <= 299) return on_outcome(Receipt{});
        on_outcome(dealing.refused(*response, "", clock->now()).in(channel));
    };
    outside.transport(std::move(request), deadline, std::move(on_response));
}

}  // namespace tocsin::notify

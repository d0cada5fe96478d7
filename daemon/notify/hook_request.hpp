// A POST of JSON to somebody's hook, signed if there is a secret, and what its answer means.
#pragma once

#include <string>

#include "daemon/http/client.hpp"
#include "daemon/notify/channel.hpp"

namespace tocsin::notify {

struct Hook {
    std::string channel;  ///< For errors: "channel hook".
    http::Url url;
    std::string secret;  ///< Empty: nothing is signed.
};

/// One attempt: delivered with any 2xx.
void post_to_hook(const Hook& hook, const std::string& idempotency_key, std::string body, const Outside& outside,
                  Deadline deadline, Notifier::OnOutcome on_outcome);

}  // namespace tocsin::notify

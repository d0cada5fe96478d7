// A request to Opsgenie's alert API, or to whatever else speaks it, and what its answer means.
#pragma once

#include <string>

#include "daemon/http/client.hpp"
#include "daemon/notify/channel.hpp"

namespace tocsin::notify {

struct OpsgenieAccount {
    http::Url alerts;  ///< Of the alerts, without a query.
    std::string key;
};

/// From "https://api.opsgenie.com" or the like, and an API key. Invalid, with what is wrong; neither is shown.
[[nodiscard]] Result<OpsgenieAccount> opsgenie_account(const std::string& base, const std::string& key);

struct OpsgenieCall {
    std::string doing;  ///< For errors: "channel og".
    OpsgenieAccount account;
    std::string path;  ///< Below the alerts, with the query; empty: a new alert.
    std::string body;
};

/// One attempt: delivered with 202; the receipt is Opsgenie's request id. It means that Opsgenie has queued the request; what
/// becomes of it there is not asked.
void post_to_opsgenie(const OpsgenieCall& call, const Outside& outside, Deadline deadline, Notifier::OnOutcome on_outcome);

}  // namespace tocsin::notify

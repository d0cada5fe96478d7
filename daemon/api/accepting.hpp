// From parsed alerts to what became of them after the commit: what every endpoint that takes alerts does.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/verdict.hpp"
#include "core/runtime/message.hpp"
#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"
#include "daemon/intake/parser.hpp"
#include "daemon/observe/metrics.hpp"

namespace tocsin::api {

/// What can be told to the sender of one alert.
struct AcceptedAlert {
    /// Null for one that does not fire.
    explicit AcceptedAlert(const Verdict* verdict);

    bool has_verdict = false;  ///< Of an alert that fires.
    std::string rule;
    std::string service;
    Severity severity = Severity::Moderate;
    Urgency urgency = Urgency::Notice;
    std::optional<Silencing> silenced;
    std::optional<runtime::Answer::About> incident;
};

/// Called once, on the io thread, when all alerts of the request are committed, with one of these for each in their order; or
/// with why one of them could not be.
using OnAccepted = std::function<void(Result<std::vector<AcceptedAlert>>)>;

/// One request with alerts.
struct Accepting {
    std::string source;
    std::string trace;
    OnAccepted on_accepted;
};

/// Classifies the alerts and hands them to the engine. Of a request without any, all are committed at once.
void accept(Services& services, intake::Parsed parsed, Accepting request);

/// A trace that the sender brought along (W3C traceparent: version-trace-parent-flags), or a new one.
[[nodiscard]] std::string trace_of(Services& services, const http::Request& request);

/// Answers, counts and logs that what a source sent was not taken.
void refuse(Services& services, std::string_view source, observe::Refusal why, http::Response response,
            const http::Respond& respond);

/// What is taken by POST alone: 405 with `answer`'s body.
[[nodiscard]] http::Response only_by_post(http::Response answer);

/// A body that was not taken, and how to say so.
struct NotTaken {
    unsigned status = 400;
    observe::Refusal why = observe::Refusal::BadRequest;
    std::string error;
};
[[nodiscard]] http::Response refusal(const NotTaken& what);
/// Parses what a source sent, and counts what had to be mended. 400 for what is nothing of its kind, 413 for too much, 503 while
/// the mailbox is full.
[[nodiscard]] std::variant<intake::Parsed, NotTaken> take_body(Services& services, const config::SourceSettings& source,
                                                               std::string body);

}  // namespace tocsin::api

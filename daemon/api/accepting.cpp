#include "daemon/api/accepting.hpp"

#include <memory>
#include <utility>

#include "core/engine/relay.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/intake.hpp"
#include "daemon/api/read_body.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::api {
namespace {

/// One request under way: its alerts are committed one by one (most have just one), and answered together.
class Pending {
public:
    Pending(Services& services, Accepting request, std::size_t alerts)
        : services_(services), request_(std::move(request)), waits_for_(alerts) {
        told_.reserve(alerts);
    }

    /// In the order of the alerts.
    void tell(const Verdict* verdict) { told_.emplace_back(verdict); }
    [[nodiscard]] const std::string& trace() const { return request_.trace; }

    void answered(std::size_t i, Result<runtime::Answer> answer) {
        if (answer) {
            told_[i].incident = answer->incident;
        } else if (!error_) {
            error_ = answer.error();
        }
        if (--waits_for_ == 0) finish();
    }

    void finish() {
        if (error_) return request_.on_accepted(*error_);
        for (std::size_t i = 0; i < told_.size(); ++i) services_.metrics.accepted(request_.source);
        log::debug(log::Event::Accepted, "", {{"source", request_.source}, {"trace", request_.trace}});
        request_.on_accepted(std::move(told_));
    }

private:
    Services& services_;
    Accepting request_;
    std::size_t waits_for_;
    std::vector<AcceptedAlert> told_;
    std::optional<Error> error_;
};

}  // namespace

AcceptedAlert::AcceptedAlert(const Verdict* verdict) {
    if (verdict == nullptr) return;
    has_verdict = true;
    rule = verdict->rule;
    service = verdict->service;
    severity = verdict->severity;
    urgency = verdict->urgency;
    silenced = verdict->silenced;
}

void accept(Services& services, intake::Parsed parsed, Accepting request) {
    const auto pending = std::make_shared<Pending>(services, std::move(request), parsed.arrivals.size());
    if (parsed.arrivals.empty()) return pending->finish();
    const auto rulebook = services.rulebook();
    const auto own_name = config::own_name(services.settings);
    for (std::size_t i = 0; i < parsed.arrivals.size(); ++i) {
        auto& arrival = parsed.arrivals[i];
        if (engine::is_own_page(arrival.alert, own_name)) arrival.alert.action = AlertAction::Other;
        runtime::AlertMessage alert;
        if (arrival.alert.action == AlertAction::Fire) {
            alert.verdict = classified(services, *rulebook, arrival);
            pending->tell(&alert.verdict);
        } else {
            pending->tell(nullptr);
        }
        alert.alert = std::move(arrival.alert);
        // Those of a body of several alerts have their own; what is left is the whole body of the only one.
        alert.payload = arrival.payload.empty() ? std::move(parsed.payload) : std::move(arrival.payload);
        alert.trace = pending->trace();
        runtime::Message message{std::move(alert),
                                 [pending, i](Result<runtime::Answer> answer) { pending->answered(i, std::move(answer)); }};
        if (services.mailbox.post(message) != runtime::Mailbox::Posted::Taken) {
            pending->answered(i, Error{Errc::Unavailable, "too much is waiting to be stored; send it again"});
        }
    }
}

void accept(Services& services, intake::Parsed parsed, Answering request) {
    auto on_accepted = [&services, source = request.source, trace = request.trace, accepted = std::move(request.accepted),
                        respond = std::move(request.respond)](const Result<std::vector<AcceptedAlert>>& told) {
        if (!told) return refuse(services, source, observe::Refusal::Store, come_again(told.error().message()), respond);
        auto response = accepted;
        response.headers.emplace_back("X-Tocsin-Trace", trace);
        respond(std::move(response));
    };
    accept(services, std::move(parsed), Accepting{std::move(request.source), std::move(request.trace), std::move(on_accepted)});
}

std::string trace_of(Services& services, const http::Request& request) {
    constexpr std::size_t kTraceAt = 3;
    constexpr std::size_t kTraceDigits = 32;
    const auto parent = request.header("traceparent");
    if (parent.size() >= kTraceAt + kTraceDigits + 1 && parent[2] == '-' && parent[kTraceAt + kTraceDigits] == '-') {
        const auto trace = parent.substr(kTraceAt, kTraceDigits);
        if (trace.find_first_not_of("0123456789abcdef") == std::string_view::npos) return std::string(trace);
    }
    return new_trace_id(services.rng);
}

void refuse(Services& services, std::string_view source, observe::Refusal why, http::Response response,
            const http::Respond& respond) {
    services.metrics.refused(source, why);
    log::info(log::Event::Refused, response.body, {{"source", source}, {"reason", to_string(why)}, {"status", response.status}});
    respond(std::move(response));
}

http::Response refusal(const NotTaken& what) {
    return what.status == 503 ? come_again(what.error) : refusal(what.status, what.error);
}

std::variant<intake::Parsed, NotTaken> take_body(Services& services, const config::SourceSettings& source, std::string body) {
    auto parsed = read_body(*services.rulebook(), {source.kind, source.name, std::move(body), services.clock.now()});
    if (!parsed) {
        const auto& error = parsed.error();
        if (error.code() == Errc::TooLarge) return NotTaken{413, observe::Refusal::TooLarge, error.message()};
        if (error.code() == Errc::Internal) return NotTaken{503, observe::Refusal::Store, error.message()};
        return NotTaken{400, observe::Refusal::NotJson, error.message()};
    }
    for (const auto what : parsed->mended) services.metrics.mended(what);
    for (const auto& arrival : parsed->arrivals) {
        if (arrival.reading && arrival.reading->missed > 0) services.metrics.mapping_missed(source.name);
    }
    if (services.mailbox.is_full()) {
        return NotTaken{503, observe::Refusal::Overloaded, "too much is waiting to be stored; send it again"};
    }
    return std::move(*parsed);
}

}  // namespace tocsin::api

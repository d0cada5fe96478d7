#include "daemon/api/intake.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/api/answers.hpp"
#include "daemon/api/auth.hpp"
#include "daemon/api/heartbeats.hpp"
#include "daemon/intake/parser.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

using observe::Refusal;

/// An answer about one alert takes no memory but its own text.
constexpr std::size_t kAnswerRoomBytes = 2'048;
constexpr std::size_t kAnswerMembers = 11;

void refuse(Services& services, std::string_view source, Refusal why, http::Response response, const http::Respond& respond) {
    services.metrics.refused(source, why);
    log::info(log::Event::Refused, response.body, {{"source", source}, {"reason", to_string(why)}, {"status", response.status}});
    respond(std::move(response));
}

/// What is told to the sender of one alert.
struct Told {
    explicit Told(const Verdict* verdict) {
        if (verdict == nullptr) return;
        has_verdict = true;
        rule = verdict->rule;
        service = verdict->service;
        severity = verdict->severity;
        urgency = verdict->urgency;
        silenced = verdict->silenced;
    }

    bool has_verdict = false;
    std::string rule;
    std::string service;
    Severity severity = Severity::Moderate;
    Urgency urgency = Urgency::Notice;
    std::optional<Silencing> silenced;
    std::optional<runtime::Answer::About> incident;
};

void add_told(const Told& told, json::object& body) {
    if (told.incident) {
        body["incident"] = told.incident->id.value;
        body["state"] = to_string(told.incident->state);
        body["new"] = told.incident->is_new;
    } else {
        body["incident"] = nullptr;
    }
    if (!told.has_verdict) return;
    body["rule"] = told.rule;
    body["service"] = told.service;
    body["severity"] = to_string(told.severity);
    body["urgency"] = to_string(told.urgency);
    if (!told.silenced) return;
    body["silence"] = told.silenced->silence;
    body["silenced_until"] = format_utc(told.silenced->until);
}

/// One request under way: its alerts are committed one by one (most have just one), and answered together.
class Pending {
public:
    Pending(Services& services, std::string_view source, std::string trace, std::size_t alerts, http::Respond respond)
        : services_(services), source_(source), trace_(std::move(trace)), respond_(std::move(respond)), waits_for_(alerts) {
        told_.reserve(alerts);
    }

    /// In the order of the alerts.
    void tell(const Verdict* verdict) { told_.emplace_back(verdict); }
    [[nodiscard]] const std::string& trace() const { return trace_; }

    void answered(std::size_t i, Result<runtime::Answer> answer) {
        if (answer) {
            told_[i].incident = answer->incident;
        } else if (!error_) {
            error_ = answer.error();
        }
        if (--waits_for_ == 0) finish();
    }

private:
    void finish() {
        if (error_) return refuse(services_, source_, Refusal::Store, come_again(error_->message()), respond_);
        std::array<unsigned char, kAnswerRoomBytes> room;
        json::monotonic_resource memory(room.data(), room.size());
        json::object body(&memory);
        body.reserve(kAnswerMembers);
        body["result"] = "accepted";
        body["trace"] = trace_;
        if (told_.size() == 1) {
            add_told(told_.front(), body);
        } else {
            auto& alerts = body["alerts"].emplace_array();
            for (const auto& told : told_) add_told(told, alerts.emplace_back(json::object_kind).get_object());
        }
        for (std::size_t i = 0; i < told_.size(); ++i) services_.metrics.accepted(source_);
        auto response = json_answer(202, body);
        response.headers.emplace_back("X-Tocsin-Trace", trace_);
        log::debug(log::Event::Accepted, "", {{"source", source_}, {"trace", trace_}});
        respond_(std::move(response));
    }

    Services& services_;
    std::string source_;
    std::string trace_;
    http::Respond respond_;
    std::size_t waits_for_;
    std::vector<Told> told_;
    std::optional<Error> error_;
};

void hand_over(Services& services, intake::Parsed parsed, const std::shared_ptr<Pending>& pending) {
    const auto rulebook = services.rulebook();
    for (std::size_t i = 0; i < parsed.arrivals.size(); ++i) {
        auto& arrival = parsed.arrivals[i];
        runtime::AlertMessage alert;
        if (arrival.alert.action == AlertAction::Fire) {
            alert.verdict = classified(services, *rulebook, arrival);
            pending->tell(&alert.verdict);
        } else {
            pending->tell(nullptr);
        }
        alert.alert = std::move(arrival.alert);
        alert.payload = i + 1 == parsed.arrivals.size() ? std::move(parsed.payload) : parsed.payload;
        alert.trace = pending->trace();
        runtime::Message message{std::move(alert),
                                 [pending, i](Result<runtime::Answer> answer) { pending->answered(i, std::move(answer)); }};
        if (services.mailbox.post(message) != runtime::Mailbox::Posted::Taken) {
            pending->answered(i, Error{Errc::Unavailable, "too much is waiting to be stored; send it again"});
        }
    }
}

/// A trace that the sender brought along (W3C traceparent: version-trace-parent-flags), or a new one.
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

}  // namespace

Verdict classified(Services& services, const Rulebook& rulebook, const intake::Arrival& arrival) {
    auto verdict = rulebook.classify(arrival.fields, services.clock.now());
    services.metrics.rule_matched(verdict.rule_index);
    if (verdict.silenced) services.metrics.silenced();
    if (verdict.empty_templates > 0) services.metrics.templates_empty(verdict.empty_templates);
    return verdict;
}

void take_alerts(Services& services, http::Request& request, std::string_view rest, http::Respond respond) {
    const auto slash = rest.find('/');
    const auto name = rest.substr(0, slash);
    const auto in_path = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    const auto beat = beat_path(in_path);
    const auto found = services.settings.sources.find(std::string(name));
    const bool is_known = found != services.settings.sources.end();
    const auto wanted = beat ? Endpoint::Heartbeats : Endpoint::Alerts;
    const Shown shown{request, beat ? beat->secret : in_path};
    const auto proof = is_known ? proof_of(services, found->second, shown, wanted) : Proof::None;
    if (proof == Proof::None) {
        // The same words for both: a stranger does not learn which sources there are.
        return refuse(services, name, is_known ? Refusal::Unauthorized : Refusal::UnknownSource,
                      refusal(401, "the source is unknown or its secret is wrong; see `sources` in tocsin.yaml"), respond);
    }
    const auto& source = found->second;
    if (proof == Proof::OfOtherEndpoints) {
        const auto text = fmt::format("this key of {} is not good for {}; see `tocsin key list`", source.name, to_string(wanted));
        return refuse(services, name, Refusal::Unauthorized, refusal(403, text), respond);
    }
    if (beat) return take_beat(services, source, beat->heartbeat, std::move(respond));
    if (request.method != "POST" && request.method != "PUT") {
        return refuse(services, name, Refusal::BadRequest, refusal(405, "alerts are sent with POST"), respond);
    }
    auto parsed = intake::parse(source.kind, source.name, std::move(request.body));
    if (!parsed) return refuse(services, source.name, Refusal::NotJson, refusal(400, parsed.error().message()), respond);
    for (const auto what : parsed->mended) services.metrics.mended(what);
    if (services.mailbox.is_full()) {
        return refuse(services, source.name, Refusal::Overloaded, come_again("too much is waiting to be stored; send it again"),
                      respond);
    }
    auto trace = trace_of(services, request);
    const auto alerts = parsed->arrivals.size();
    hand_over(services, std::move(*parsed),
              std::make_shared<Pending>(services, source.name, std::move(trace), alerts, std::move(respond)));
}

}  // namespace tocsin::api

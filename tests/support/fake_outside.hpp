// A world for channels: a transport that remembers what was asked and answers what it was told, and a clock that stands still.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/notify/channel.hpp"

namespace tocsin::test {

class StoppedClock final : public Clock {
public:
    explicit StoppedClock(TimePoint now) : now_(now) {}
    [[nodiscard]] TimePoint now() const override { return now_; }
    [[nodiscard]] MonotonicPoint monotonic() const override { return {}; }

private:
    TimePoint now_;
};

/// Must outlive the channels that were given outside().
class FakeOutside {
public:
    /// 2026-11-22T07:50:00.123Z.
    static constexpr TimePoint kNow = TimePoint{Duration{1'795'333'800'123}};

    [[nodiscard]] notify::Outside outside() {
        const auto transport = [this](http::ClientRequest request, Deadline by, http::Client::OnResponse respond) {
            requests.push_back(std::move(request));
            deadlines.push_back(by);
            respond(answer);
        };
        const auto runbook_of = [](const std::string& service) {
            return service.empty() ? service : "https://runbooks.example.org/" + service;
        };
        const auto mail = [this](notify::SmtpMail sent, Duration, Notifier::OnOutcome on_outcome) {
            mails.push_back(std::move(sent));
            on_outcome(mailed);
        };
        return {transport,  &clock,
                "0.1.0",    "https://tocsin.example.org/incidents/",
                runbook_of, [this](const Notification& written) { lines.push_back(written.page.key()); },
                mail};
    }

    /// What the transport answers from now on.
    void answers(unsigned status, std::string body = {}, std::vector<std::pair<std::string, std::string>> headers = {}) {
        answer = http::ClientResponse{status, std::move(body), std::move(headers)};
    }

    StoppedClock clock{kNow};
    Result<http::ClientResponse> answer = http::ClientResponse{};
    std::vector<http::ClientRequest> requests;
    std::vector<Deadline> deadlines;
    std::vector<std::string> lines;
    Result<Receipt> mailed = Receipt{};  ///< What becomes of every mail.
    std::vector<notify::SmtpMail> mails;
};

[[nodiscard]] inline std::string header(const http::ClientRequest& request, std::string_view name) {
    for (const auto& [key, value] : request.headers) {
        if (key == name) return value;
    }
    return {};
}

/// The outcome of one attempt; nothing if the channel said nothing.
[[nodiscard]] inline std::optional<Result<Receipt>> outcome_of(notify::Channel& channel, const Notification& notification) {
    std::optional<Result<Receipt>> outcome;
    channel.send(notification, Deadline{}, [&](Result<Receipt> ended) { outcome.emplace(std::move(ended)); });
    return outcome;
}

/// Incident 42 of the service checkout, and the page of its second step.
[[nodiscard]] inline Notification a_notification() {
    Notification notification;
    auto& [page, incident, held] = notification;
    incident.id = IncidentId{42};
    incident.key = "splunk/checkout errors";
    incident.source = "splunk";
    incident.service = "checkout";
    incident.summary = "Checkout errors above 5 %";
    incident.url = "https://splunk.example.org/app/search/@go?sid=1";
    incident.severity = Severity::High;
    incident.opened_at = TimePoint{Duration{1'795'333'500'000}};
    incident.alerts = 3;
    page.id = PageId{7};
    page.incident = incident.id;
    page.step = 1;
    page.person = "lahore-a";
    page.via = "push";
    page.channel = "hook";
    page.address = "topic-a";
    page.reason = Reason::StepTimedOut;
    page.why = "on call in learner-secondary (layer day)";
    page.due_at = TimePoint{Duration{1'795'333'800'000}};
    page.decided_at = page.due_at;
    return notification;
}

}  // namespace tocsin::test

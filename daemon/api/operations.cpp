#include "daemon/api/operations.hpp"

#include <boost/json.hpp>

#include <memory>
#include <utility>
#include <vector>

#include "daemon/api/answers.hpp"
#include "daemon/api/people.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

std::string_view to_string(ReloadOutcome::Result result) {
    switch (result) {
        case ReloadOutcome::Result::Loaded: return "loaded";
        case ReloadOutcome::Result::Partial: return "partial";
        case ReloadOutcome::Result::Refused: return "refused";
    }
    return "refused";
}

std::string_view to_string(RulebookStatus::FileState state) {
    switch (state) {
        case RulebookStatus::FileState::Current: return "current";
        case RulebookStatus::FileState::Stale: return "stale";
        case RulebookStatus::FileState::LeftOut: return "left_out";
    }
    return "stale";
}

json::object reload_json(const ReloadOutcome& outcome) {
    json::array stale;
    for (const auto& file : outcome.stale) stale.emplace_back(file);
    return {{"result", to_string(outcome.result)},
            {"rulebook", outcome.hash},
            {"summary", outcome.summary},
            {"stale", std::move(stale)},
            {"diagnostics", outcome.diagnostics}};
}

void show_heartbeats(observe::Metrics& metrics, const std::vector<Watch>& watches) {
    std::vector<observe::GaugeSample> samples;
    for (const auto& watch : watches) {
        const auto name = heartbeat_of(watch.key);
        if (!name) continue;
        const std::vector<std::pair<std::string, std::string>> labels{{"heartbeat", std::string(*name)}};
        samples.push_back({observe::metric::kHeartbeatMissing, labels, watch.missing_since ? 1.0 : 0.0});
        if (!watch.last_at) continue;
        const auto at = static_cast<double>(to_unix_ms(*watch.last_at)) / 1000;
        samples.push_back({observe::metric::kHeartbeatLast, labels, at});
    }
    metrics.show_gauges("heartbeats", std::move(samples));
}

}  // namespace

void show_metrics(Services& services, http::Respond respond) {
    struct Counts {
        Result<std::vector<IncidentCount>> open = std::vector<IncidentCount>{};
        Result<OutboxState> outbox = OutboxState{};
        Result<std::vector<Watch>> watches = std::vector<Watch>{};
        Result<std::vector<Verification>> verifications = std::vector<Verification>{};
    };
    auto counts = std::make_shared<Counts>();
    const auto now = services.clock.now();
    services.run_blocking(
        [counts, &reader = services.reader, &book = services.contact_book, now] {
            counts->verifications = book.verifications();
            counts->open = reader.open_counts();
            counts->outbox = reader.outbox(now);
            counts->watches = reader.watches();
        },
        [counts, &services, now, respond = std::move(respond)] {
            if (counts->open && counts->outbox) {
                services.metrics.update(*counts->open, *counts->outbox, now);
                if (counts->watches) show_heartbeats(services.metrics, *counts->watches);
            } else {
                // What the process knows by itself is still worth having while the store is in trouble.
                log::error(log::Event::StoreFailed,
                           counts->open ? counts->outbox.error().message() : counts->open.error().message());
            }
            if (counts->verifications) {
                services.metrics.contacts_unverified(
                    unverified_contacts(services.rulebook()->roster(), *counts->verifications, now));
            }
            http::Response response;
            response.body = services.metrics.text();
            response.content_type = observe::Metrics::kContentType;
            respond(std::move(response));
        });
}

void show_healthy(http::Respond respond) { respond(json_answer(200, {{"status", "healthy"}})); }

void show_ready(Services& services, http::Respond respond) {
    if (!services.is_ready()) return respond(come_again("not ready: starting, stopping, or the store refuses to commit"));
    respond(json_answer(200, {{"status", "ready"}, {"rulebook", services.rulebook()->hash()}}));
}

void reload(Services& services, http::Respond respond) {
    services.reload([respond = std::move(respond)](const ReloadOutcome& outcome) {
        const bool is_refused = outcome.result == ReloadOutcome::Result::Refused;
        auto body = reload_json(outcome);
        if (is_refused) body["error"] = "the rulebook has mistakes; the one before it stays in force";
        respond(json_answer(is_refused ? 422 : 200, body));
    });
}

void show_rulebook(Services& services, http::Respond respond) {
    const auto status = services.rulebook_status();
    json::array files;
    bool is_current = status.last_reload.result != ReloadOutcome::Result::Refused;
    for (const auto& file : status.files) {
        is_current = is_current && file.state == RulebookStatus::FileState::Current;
        json::object shown{{"path", file.path}, {"hash", file.hash}, {"state", to_string(file.state)}};
        if (!file.problems.empty()) shown["problems"] = file.problems;
        files.push_back(std::move(shown));
    }
    json::array calendars;
    for (const auto& [name, fetched_at, problem] : status.calendars) {
        json::object shown{{"name", name}, {"fetched_at", nullptr}};
        if (fetched_at != TimePoint{}) shown["fetched_at"] = format_utc(fetched_at);
        if (!problem.empty()) shown["problem"] = problem;
        calendars.push_back(std::move(shown));
    }
    auto last = reload_json(status.last_reload);
    last["at"] = format_utc(status.last_reload_at);
    respond(json_answer(200, {{"rulebook", status.last_reload.hash},
                              {"state", is_current ? "current" : "stale"},
                              {"loaded_at", format_utc(status.loaded_at)},
                              {"files", std::move(files)},
                              {"calendars", std::move(calendars)},
                              {"last_reload", std::move(last)}}));
}

}  // namespace tocsin::api

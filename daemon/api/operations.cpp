#include "daemon/api/operations.hpp"

#include <boost/json.hpp>

#include <memory>
#include <utility>
#include <vector>

#include "daemon/api/answers.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::api {
namespace json = boost::json;

void show_metrics(Services& services, http::Respond respond) {
    struct Counts {
        Result<std::vector<IncidentCount>> open = std::vector<IncidentCount>{};
        Result<OutboxState> outbox = OutboxState{};
    };
    auto counts = std::make_shared<Counts>();
    const auto now = services.clock.now();
    services.run_blocking(
        [counts, &reader = services.reader, now] {
            counts->open = reader.open_counts();
            counts->outbox = reader.outbox(now);
        },
        [counts, &services, now, respond = std::move(respond)] {
            if (counts->open && counts->outbox) {
                services.metrics.update(*counts->open, *counts->outbox, now);
            } else {
                // What the process knows by itself is still worth having while the store is in trouble.
                log::error(log::Event::StoreFailed,
                           counts->open ? counts->outbox.error().message() : counts->open.error().message());
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
        json::object body{{"result", outcome.is_loaded ? "loaded" : "refused"},
                          {"rulebook", outcome.hash},
                          {"summary", outcome.summary},
                          {"diagnostics", outcome.diagnostics}};
        if (!outcome.is_loaded) body["error"] = "the rulebook has mistakes; the one before it stays in force";
        respond(json_answer(outcome.is_loaded ? 200 : 422, body));
    });
}

}  // namespace tocsin::api

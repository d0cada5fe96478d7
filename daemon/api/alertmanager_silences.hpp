// Alertmanager's silences, which are ours that were made at run time, and those of the rulebook to look at.
#pragma once

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/api/answers.hpp"
#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// The id by which Alertmanager's clients know a silence of ours, which they want to be a UUID; the name itself of one that was
/// not made at run time.
[[nodiscard]] std::string am_id_of(std::string_view silence);
/// Such an id, "silence-7" or "7".
[[nodiscard]] std::optional<ArrangementId> am_silence_id(std::string_view text);

void show_am_silences(Services& services, const http::Request& request, http::Respond respond);
void show_am_silence(Services& services, ArrangementId id, http::Respond respond);
/// One with an id of its own replaces that. What is open and matches is silenced, too, as Alertmanager does.
void make_am_silence(Services& services, http::Request& request, const config::TokenSettings& token, http::Respond respond);
void end_am_silence(Services& services, ArrangementId id, const config::TokenSettings& token, http::Respond respond);

/// As answer_with(), for an array.
template <class Read>
void answer_array(Services& services, Read read, http::Respond respond) {
    auto response = std::make_shared<http::Response>();
    services.run_blocking(
        [response, read = std::move(read)] {
            const Result<boost::json::array> body = read();
            if (!body) {
                *response = refusal(body.error());
                return;
            }
            response->body = boost::json::serialize(*body);
        },
        [response, respond = std::move(respond)] { respond(std::move(*response)); });
}

}  // namespace tocsin::api

#include "daemon/api/victorops.hpp"

#include <boost/json.hpp>

#include <string>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/api/accepting.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/auth.hpp"
#include "daemon/api/sender_paths.hpp"
#include "daemon/intake/victorops.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

using observe::Refusal;

constexpr std::string_view kMessages = "/integrations/generic/20131114/alert/";

http::Response failure(unsigned status, std::string_view message) {
    return json_answer(status, {{"result", "failure"}, {"message", valid_utf8(message)}});
}

http::Response not_posted() {
    auto response = failure(405, "messages are sent with POST");
    response.headers.emplace_back("Allow", "POST");
    return response;
}

}  // namespace

bool is_of_victorops(std::string_view path) { return path.starts_with(kMessages); }

void take_victorops_message(Services& services, http::Request& request, http::Respond respond) {
    const auto keys = victorops_keys(request.path.substr(kMessages.size()));
    const auto* source = source_with(services, {"victorops", keys.api_key});
    if (source == nullptr) return refuse(services, "", Refusal::Unauthorized, failure(401, "the api key is not known"), respond);
    if (request.method != "POST") {
        return refuse(services, source->name, Refusal::BadRequest, not_posted(), respond);
    }
    const auto new_id = new_trace_id(services.rng);
    auto message = intake::read_victorops_message(std::move(request.body), {new_id, keys.routing_key});
    if (!message) return refuse(services, source->name, Refusal::NotJson, failure(400, message.error().message()), respond);
    if (!message->has_type) {
        return refuse(services, source->name, Refusal::BadRequest, failure(400, "Missing fields: message_type"), respond);
    }
    auto taken = take_body(services, *source, std::move(message->body));
    if (const auto* not_taken = std::get_if<NotTaken>(&taken)) {
        return refuse(services, source->name, not_taken->why, refusal(*not_taken), respond);
    }
    accept(services, std::move(std::get<intake::Parsed>(taken)),
           Answering{source->name, trace_of(services, request),
                     json_answer(200, {{"result", "success"}, {"entity_id", message->entity_id}}), std::move(respond)});
}

}  // namespace tocsin::api

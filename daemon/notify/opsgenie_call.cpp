#include "daemon/notify/opsgenie_call.hpp"

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/notify/dealing.hpp"
#include "daemon/notify/settings_check.hpp"

namespace tocsin::notify {
namespace {

namespace json = boost::json;

/// The object that an answer is; an empty one if it is something else.
json::object object_of(const std::string& body) {
    boost::system::error_code error;
    auto answer = json::parse(body, error);
    return !error && answer.is_object() ? std::move(answer.get_object()) : json::object{};
}

std::string text_of(const json::object& object, std::string_view key) {
    const auto* member = object.if_contains(key);
    return member != nullptr && member->is_string() ? std::string(member->get_string()) : std::string{};
}

/// What Opsgenie says is wrong: its message, and the fields that it names.
std::string complaint(const std::string& body) {
    const auto answer = object_of(body);
    auto said = text_of(answer, "message");
    if (const auto* errors = answer.if_contains("errors"); errors != nullptr && errors->is_object()) {
        said += " " + json::serialize(*errors);
    }
    return said;
}

std::string request_id(const std::string& body) { return printable(text_of(object_of(body), "requestId")); }

Result<http::Url> alerts_url(const std::string& base) {
    if (base.empty())
        return Error{Errc::Invalid, "\"url\" is missing, such as https://api.opsgenie.com or https://api.eu.opsgenie.com"};
    auto url = check_url(base);
    if (!url) return url.error();
    if (url->target.find('?') != std::string::npos) return Error{Errc::Invalid, "url must not have a query"};
    while (url->target.ends_with('/')) url->target.pop_back();
    url->target += "/v2/alerts";
    return url;
}

}  // namespace

Result<OpsgenieAccount> opsgenie_account(const std::string& base, const std::string& key) {
    auto url = alerts_url(base);
    if (!url) return url.error();
    if (key.empty()) return Error{Errc::Invalid, "the secret is missing: the API key of an API integration"};
    if (auto checked = check_header_secret(key); !checked) return checked.error();
    return OpsgenieAccount{std::move(*url), key};
}

void post_to_opsgenie(const OpsgenieCall& call, const Outside& outside, Deadline deadline, Notifier::OnOutcome on_outcome) {
    http::ClientRequest request;
    request.url = call.account.alerts;
    request.url.target += call.path;
    request.body = call.body;
    request.headers = {{"Content-Type", "application/json"},
                       {"User-Agent", "tocsin/" + outside.version},
                       {"Authorization", "GenieKey " + call.account.key}};
    auto on_response = [dealing = Dealing(call.account.alerts, {call.account.key}), doing = call.doing, clock = outside.clock,
                        on_outcome = std::move(on_outcome)](Result<http::ClientResponse> response) {
        if (!response) return on_outcome(dealing.failed(response.error()).in(doing));
        if (response->status == 202) return on_outcome(Receipt{request_id(response->body)});
        on_outcome(dealing.refused(*response, complaint(response->body), clock->now()).in(doing));
    };
    outside.transport(std::move(request), deadline, std::move(on_response));
}

}  // namespace tocsin::notify

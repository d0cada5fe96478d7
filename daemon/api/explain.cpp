#include "daemon/api/explain.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/read_body.hpp"
#include "daemon/intake/json.hpp"
#include "daemon/intake/parser.hpp"
#include "rules/check/explain.hpp"
#include "rules/check/explain_json.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

using intake::JsonType;
using intake::JsonView;

/// What is asked, once it is understood.
struct Question {
    std::string source;
    std::string kind;
    std::string payload;
    TimePoint at;
};

/// A value of the body as JSON again, every number as it was spelled.
void append_json(const std::string& body, JsonView value, std::string& out) {
    const auto& node = value.node();
    if (node.type != JsonType::Object && node.type != JsonType::Array) {
        out.append(body, node.raw_begin, node.raw_bytes);
        return;
    }
    const bool is_object = node.type == JsonType::Object;
    out += is_object ? '{' : '[';
    bool is_first = true;
    value.each([&](JsonView inner) {
        if (!std::exchange(is_first, false)) out += ',';
        if (is_object) out += json::serialize(json::string(inner.key())) + ":";
        append_json(body, inner, out);
    });
    out += is_object ? '}' : ']';
}

Result<void> read_sender(const config::Settings& settings, JsonView root, Question& question) {
    question.source = root.find("source").text();
    question.kind = root.find("kind").text();
    const auto source = settings.sources.find(question.source);
    if (question.kind.empty() && source != settings.sources.end()) question.kind = source->second.kind;
    if (question.kind.empty() && !question.source.empty()) {
        return Error{Errc::Invalid,
                     fmt::format("no source is called \"{}\"; name another, or say its \"kind\"", printable(question.source))};
    }
    const auto kinds = intake::kinds();
    if (std::find(kinds.begin(), kinds.end(), question.kind) == kinds.end()) {
        return Error{Errc::Invalid,
                     fmt::format("a \"source\" of the settings or a \"kind\" is needed: one of {}", fmt::join(kinds, ", "))};
    }
    if (question.source.empty()) question.source = question.kind;
    return {};
}

Result<Question> question_of(const Services& services, std::string& body) {
    intake::JsonReader reader;
    if (!reader.read(body)) return Error{Errc::Invalid, "the body is not a JSON object"};
    const auto root = reader.root();
    Question question;
    if (auto known = read_sender(services.settings, root, question); !known) return known.error();
    const auto payload = root.find("payload");
    if (payload.is_object()) append_json(body, payload, question.payload);
    if (payload.exists() && payload.node().type == JsonType::Text) question.payload = payload.text();
    if (question.payload.empty()) {
        return Error{Errc::Invalid, "\"payload\" is needed: what the sender would post, as an object or as a text"};
    }
    question.at = services.clock.now();
    const auto at = root.find("at");
    if (!at.exists()) return question;
    const auto instant = parse_rfc3339(at.text());
    if (!instant) return Error{Errc::Invalid, "\"at\" is not a time such as 2026-03-08T08:30:00Z"};
    question.at = *instant;
    return question;
}

http::Response answer_to(Question question, const Rulebook& rulebook) {
    const auto parsed = parse_alert(rulebook, {question.kind, question.source, std::move(question.payload), question.at});
    if (!parsed) return refusal(400, fmt::format("the payload: {}", parsed.error().message()));
    json::array alerts;
    for (const auto& alert : *parsed) alerts.push_back(check::json_of(check::explain(rulebook, alert, question.at)));
    return json_answer(200, {{"rulebook", rulebook.hash()}, {"alerts", std::move(alerts)}});
}

}  // namespace

void explain(Services& services, http::Request& request, http::Respond respond) {
    auto question = question_of(services, request.body);
    if (!question) return respond(refusal(question.error()));
    // Off the io thread: a trail through 100,000 rules takes its time.
    auto response = std::make_shared<http::Response>();
    services.run_blocking([response, question = std::move(*question),
                           rulebook = services.rulebook()]() mutable { *response = answer_to(std::move(question), *rulebook); },
                          [response, respond = std::move(respond)] { respond(std::move(*response)); });
}

}  // namespace tocsin::api

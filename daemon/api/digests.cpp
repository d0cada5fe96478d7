#include "daemon/api/digests.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/asked.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr std::string_view kAcknowledge = "/acknowledge";

struct Digest {
    std::vector<Page> pages;
    std::vector<Incident> incidents;  ///< Each once, in the order of the pages.
};

Result<Digest> read(StoreReader& reader, const std::string& name) {
    auto pages = reader.digest(name);
    if (!pages) return pages.error();
    if (pages->empty()) return Error{Errc::NotFound, fmt::format("there is no digest \"{}\"", printable(name))};
    Digest digest{std::move(*pages), {}};
    for (const auto& page : digest.pages) {
        const auto is_it = [&](const Incident& incident) { return incident.id == page.incident; };
        if (std::any_of(digest.incidents.begin(), digest.incidents.end(), is_it)) continue;
        auto incident = reader.incident(page.incident);
        if (!incident) return incident.error();
        digest.incidents.push_back(std::move(*incident));
    }
    return digest;
}

json::object to_json(const std::string& name, const Digest& digest) {
    json::array incidents;
    for (const auto& incident : digest.incidents) incidents.push_back(api::to_json(incident));
    json::array pages;
    for (const auto& page : digest.pages) pages.push_back(api::to_json(page));
    return {{"digest", name}, {"incidents", std::move(incidents)}, {"pages", std::move(pages)}};
}

/// Reads on the blocking thread; `then` gets it on the io thread.
template <class Then>
void with_digest(Services& services, const std::string& name, Then then) {
    auto found = std::make_shared<Result<Digest>>(Digest{});
    services.run_blocking([&reader = services.reader, name, found] { *found = read(reader, name); },
                          [found, then = std::move(then)] { then(*found); });
}

void show(Services& services, const std::string& name, http::Respond respond) {
    with_digest(services, name, [name, respond = std::move(respond)](const Result<Digest>& digest) {
        respond(digest ? json_answer(200, to_json(name, *digest)) : refusal(digest.error()));
    });
}

/// One answer for many messages: the first error, else what the digest is then.
struct Gathered {
    std::size_t left = 0;
    Result<void> outcome{};
    std::function<void(const Result<void>&)> done;

    void take(const Result<runtime::Answer>& answer) {
        if (!answer && outcome) outcome = answer.error();
        if (--left == 0) done(outcome);
    }
};

void acknowledge(Services& services, const Digest& digest, const std::string& by, std::function<void(const Result<void>&)> done) {
    std::vector<IncidentId> waiting;
    for (const auto& incident : digest.incidents) {
        if (incident.state == IncidentState::Triggered) waiting.push_back(incident.id);
    }
    if (waiting.empty()) return done({});
    auto gathered = std::make_shared<Gathered>();
    gathered->left = waiting.size();
    gathered->done = std::move(done);
    for (const auto id : waiting) {
        runtime::Message message{runtime::ActionMessage{id, engine::Acknowledge{by}},
                                 [gathered](const Result<runtime::Answer>& answer) { gathered->take(answer); }};
        if (services.mailbox.post(message) == runtime::Mailbox::Posted::Taken) continue;
        gathered->take(Error{Errc::Unavailable, "too much is waiting; try again"});
    }
}

}  // namespace

void answer_digests(Services& services, const http::Request& request, std::string_view rest, const config::TokenSettings& token,
                    http::Respond respond) {
    const bool is_acknowledgement = rest.ends_with(kAcknowledge);
    if (is_acknowledgement) rest.remove_suffix(kAcknowledge.size());
    const auto name = percent_decoded(rest);
    const bool is_read = request.method == "GET" || request.method == "HEAD";
    if (is_acknowledgement ? request.method != "POST" : !is_read) {
        return respond(wrong_method(is_acknowledgement ? "POST" : "GET"));
    }
    if (!is_acknowledgement) return show(services, name, std::move(respond));
    const auto asked = Asked::read(request.body);
    if (!asked) return respond(refusal(asked.error()));
    with_digest(services, name,
                [&services, name, by = asked->by(token.name), respond = std::move(respond)](const Result<Digest>& digest) {
                    if (!digest) return respond(refusal(digest.error()));
                    acknowledge(services, *digest, by, [&services, name, respond](const Result<void>& done) {
                        if (!done) return respond(refusal(done.error()));
                        show(services, name, respond);
                    });
                });
}

}  // namespace tocsin::api

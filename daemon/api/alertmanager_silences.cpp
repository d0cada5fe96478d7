#include "daemon/api/alertmanager_silences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/text.hpp"
#include "daemon/api/alertmanager_matchers.hpp"
#include "daemon/api/alertmanager_silence_body.hpp"
#include "daemon/api/arrangement_json.hpp"
#include "daemon/api/reading.hpp"
#include "daemon/api/sender_paths.hpp"
#include "daemon/api/silences.hpp"
#include "rules/match/silence_set.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr std::string_view kUuidRoot = "00000000-0000-4000-8000-";
constexpr std::size_t kUuidDigits = 12;

json::array matchers_json(const std::string& match) {
    boost::system::error_code ec;
    const auto conditions = json::parse(match, ec);
    json::array matchers;
    if (const auto known = ec ? std::nullopt : matchers_of(conditions)) {
        for (const auto& matcher : *known) matchers.push_back(api::to_json(matcher));
    } else {  // Conditions that Alertmanager has no words for are shown as they are.
        matchers.push_back(api::to_json(AmMatcher{"tocsin_match", match, false, true}));
    }
    return matchers;
}

std::string_view am_state(std::string_view state) {
    if (state == "holds") return "active";
    return state == "to_come" ? "pending" : "expired";
}

json::object am_silence(const MadeSilence& made, TimePoint now) {
    return {{"id", am_id_of(made.name())},
            {"status", {{"state", am_state(state_of(made, now))}}},
            {"updatedAt", format_utc(made.origin.ended_at.value_or(made.origin.made_at))},
            {"comment", made.origin.reason},
            {"createdBy", made.origin.made_by},
            {"startsAt", format_utc(made.from)},
            {"endsAt", format_utc(made.origin.ended_at ? std::min(*made.origin.ended_at, made.until) : made.until)},
            {"matchers", matchers_json(made.match)}};
}

json::object am_silence(const match::SilenceSpec& spec, TimePoint now) {
    const bool is_over = spec.until && *spec.until <= now;
    constexpr TimePoint kNoEnd{std::chrono::days{73'000}};  // The year 2169.
    return {{"id", spec.name},
            {"status",
             {{"state", is_over                    ? "expired"
                        : match::end_of(spec, now) ? "active"
                                                   : "pending"}}},
            {"updatedAt", format_utc(now)},
            {"comment", spec.reason},
            {"createdBy", spec.owner.empty() ? "rulebook" : spec.owner},
            {"startsAt", format_utc(spec.from.value_or(now))},
            {"endsAt", format_utc(spec.until.value_or(kNoEnd))},
            {"matchers", json::array{api::to_json(AmMatcher{"tocsin_silence", spec.name, false, true})}}};
}

http::Response am_error(unsigned status, std::string_view text) {
    http::Response response;
    response.status = status;
    response.body = json::serialize(json::value(valid_utf8(text)));
    return response;
}

/// As Alertmanager does: a silence is shown if each filter holds for one of its matchers.
bool is_asked_for(const json::object& silence, const std::vector<AmMatcher>& filters) {
    const auto& matchers = silence.at("matchers").get_array();
    return std::all_of(filters.begin(), filters.end(), [&](const AmMatcher& filter) {
        return std::any_of(matchers.begin(), matchers.end(), [&](const json::value& matcher) {
            const auto value = text_in(matcher.get_object(), "value");
            return text_in(matcher.get_object(), "name") == filter.name &&
                   holds(filter, [&](std::string_view) { return std::string_view(value); });
        });
    });
}

std::string error_in(const http::Response& response) {
    boost::system::error_code ec;
    const auto body = json::parse(response.body, ec);
    return ec || !body.is_object() ? response.body : text_in(body.get_object(), "error");
}

/// Our own answer about a silence in Alertmanager's form.
http::Response am_made(const http::Response& ours) {
    if (ours.status != 201) {
        auto response = am_error(ours.status, error_in(ours));
        response.headers = ours.headers;
        return response;
    }
    boost::system::error_code ec;
    const auto body = json::parse(ours.body, ec);
    const auto name = ec || !body.is_object() ? std::string() : text_in(body.get_object(), "name");
    return json_answer(200, {{"silenceID", am_id_of(name)}});
}

/// A request of our own API, by the same client.
http::Request with_body(const http::Request& request, std::string body) {
    auto ours = request;
    ours.body = std::move(body);
    return ours;
}

}  // namespace

std::string am_id_of(std::string_view silence) {
    const auto made = made_silence(silence);
    return made ? fmt::format("{}{:0{}}", kUuidRoot, made->value, kUuidDigits) : std::string(silence);
}

std::optional<ArrangementId> am_silence_id(std::string_view text) {
    if (const auto made = made_silence(text)) return made;
    if (text.starts_with(kUuidRoot)) text.remove_prefix(kUuidRoot.size());
    ArrangementId id;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || id.value <= 0) return {};
    return id;
}

void show_am_silences(Services& services, const http::Request& request, http::Respond respond) {
    std::vector<AmMatcher> filters;
    for (const auto& text : all_query_values(request.query, "filter")) {
        auto matcher = parse_am_matcher(text);
        if (!matcher) return respond(am_error(400, matcher.error().message()));
        filters.push_back(std::move(*matcher));
    }
    answer_array(
        services,
        [&reader = services.reader, rulebook = services.rulebook(), now = services.clock.now(),
         filters = std::move(filters)]() -> Result<json::array> {
            const auto made = reader.silences(kListMax);
            if (!made) return made.error();
            json::array all;
            for (const auto& one : *made) all.push_back(am_silence(one, now));
            for (const auto& spec : rulebook->silences().silences()) {
                if (!made_silence(spec.name)) all.push_back(am_silence(spec, now));
            }
            json::array shown;
            for (auto& silence : all) {
                if (is_asked_for(silence.get_object(), filters)) shown.push_back(std::move(silence));
            }
            return shown;
        },
        std::move(respond));
}

void show_am_silence(Services& services, ArrangementId id, http::Respond respond) {
    answer_with(
        services,
        [&reader = services.reader, now = services.clock.now(), id]() -> Result<json::object> {
            const auto made = reader.silences(kListMax);
            if (!made) return made.error();
            for (const auto& one : *made) {
                if (one.id == id) return am_silence(one, now);
            }
            return Error{Errc::NotFound, fmt::format("there is no silence {}", id.value)};
        },
        std::move(respond));
}

void make_am_silence(Services& services, http::Request& request, const config::TokenSettings& token, http::Respond respond) {
    boost::system::error_code ec;
    const auto body = json::parse(request.body, ec);
    if (ec || !body.is_object()) return respond(am_error(400, "the body is no JSON object"));
    const auto asked = silence_asked_by(body.get_object());
    if (!asked) return respond(am_error(400, asked.error().message()));
    const auto replaced = am_silence_id(text_in(body.get_object(), "id"));
    const auto by = text_in(body.get_object(), "createdBy");
    const auto ended_by = by.empty() ? token.name : by;
    // The new one first: what both cover must not be uncovered in between, and page.
    make_silence(services, with_body(request, *asked), token.name,
                 [&services, replaced, ended_by, respond = std::move(respond)](const http::Response& made) {
                     if (made.status != 201 || !replaced) return respond(am_made(made));
                     end_silence(services, {*replaced, ended_by},
                                 [made, respond](const http::Response& /*what was over already*/) { respond(am_made(made)); });
                 });
}

void end_am_silence(Services& services, ArrangementId id, const config::TokenSettings& token, http::Respond respond) {
    end_silence(services, {id, token.name}, [respond = std::move(respond)](const http::Response& ended) {
        if (ended.status == 200) return respond(http::Response{});
        auto response = am_error(ended.status, error_in(ended));
        response.headers = ended.headers;
        respond(std::move(response));
    });
}

}  // namespace tocsin::api

#include "daemon/api/silences.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include "daemon/api/answers.hpp"
#include "daemon/api/arrangement_json.hpp"
#include "daemon/api/judging.hpp"
#include "daemon/api/reading.hpp"
#include "daemon/api/silence_asked.hpp"
#include "rules/check/made_silence.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

Judge judge_of(Services& services) { return {services.reader, services.settings, services.rulebook(), services.clock.now()}; }

void post(Services& services, runtime::Message message, const http::Respond& respond) {
    if (services.mailbox.post(message) != runtime::Mailbox::Posted::Taken) respond(come_again("too much is waiting; try again"));
}

/// The silence alone, holding whatever its times: what it would hide.
Result<match::SilenceSet> alone(const MadeSilence& made) {
    auto spec = check::spec_of(made);
    if (!spec) return spec.error();
    spec->during.reset();
    spec->from.reset();
    spec->until = TimePoint::max();
    std::vector<match::SilenceSpec> specs;
    specs.push_back(std::move(*spec));
    return match::SilenceSet(std::move(specs));
}

/// Those in force with this one changed: added, moved, or without it if `made` is ended. A new one has no name yet.
Result<match::SilenceSet> in_force_with(const Rulebook& rulebook, const MadeSilence& made) {
    std::vector<match::SilenceSpec> specs;
    for (const auto& spec : rulebook.silences().silences()) {
        if (spec.name != made.name()) specs.push_back(spec);
    }
    if (!made.origin.ended_at) {
        auto spec = check::spec_of(made);
        if (!spec) return spec.error();
        if (!made.id.is_set()) spec->name.clear();
        specs.push_back(std::move(*spec));
    }
    return match::SilenceSet(std::move(specs));
}

json::object hidden_json(const Judge::Hidden& hidden) {
    json::array examples;
    for (const auto& incident : hidden.examples) examples.push_back({{"id", incident.id.value}, {"summary", incident.summary}});
    return {{"incidents", hidden.incidents},
            {"incidents_open", hidden.incidents_open},
            {"alerts", hidden.alerts},
            {"alerts_looked_at", hidden.alerts_looked_at},
            {"examples", std::move(examples)},
            {"text", fmt::format("hides {} of {} open incidents, and {} of the last {} alerts", hidden.incidents,
                                 hidden.incidents_open, hidden.alerts, hidden.alerts_looked_at)}};
}

json::object shown(const WantedSilence& wanted, const Judge::Hidden& hidden) {
    auto body = api::to_json(wanted.made);
    body["hides"] = hidden_json(hidden);
    auto& warnings = body["warnings"].emplace_array();
    for (const auto& warning : wanted.warnings) warnings.emplace_back(warning);
    const auto half = hidden.incidents_open / 2;
    if (hidden.incidents > half && hidden.incidents > 1) {
        warnings.emplace_back(
            fmt::format("it hides {} of {} open incidents: is that what you mean?", hidden.incidents, hidden.incidents_open));
    }
    return body;
}

/// Of the blocking thread.
struct Prepared {
    json::object body;
    std::vector<runtime::JudgedIncident> judged;
};

/// Runs `prepare` on the blocking thread, and `go_on` with what it found on the io thread.
template <class Prepare, class GoOn>
void prepare_then(Services& services, Prepare prepare, GoOn go_on, http::Respond respond) {
    auto prepared = std::make_shared<Result<Prepared>>(Prepared{});
    services.run_blocking([prepared, prepare = std::move(prepare)] { *prepared = prepare(); },
                          [prepared, go_on = std::move(go_on), respond = std::move(respond)]() mutable {
                              if (!*prepared) return respond(refusal(prepared->error()));
                              go_on(std::move(**prepared), std::move(respond));
                          });
}

/// Whether it silences what is open and matches, too.
enum class LaidOver : std::uint8_t { NothingThatIsOpen, WhatIsOpen };

Result<Prepared> prepared_to_make(const Judge& judge, const WantedSilence& wanted, LaidOver over) {
    const auto only = alone(wanted.made);
    if (!only) return only.error();
    const auto hidden = judge.hidden_by(*only);
    if (!hidden) return hidden.error();
    Prepared prepared{shown(wanted, *hidden), {}};
    if (over == LaidOver::NothingThatIsOpen) return prepared;
    const auto silences = in_force_with(*judge.rulebook, wanted.made);
    if (!silences) return silences.error();
    auto judged = judge.judge(*silences, [](const Incident&) { return true; });
    if (!judged) return judged.error();
    for (auto& one : *judged) {
        if (one.silencing) prepared.judged.push_back(std::move(one));
    }
    return prepared;
}

/// What the change says of the incidents in which the silence has a part.
Result<Prepared> prepared_to_change(const Judge& judge, const MadeSilence& changed) {
    const auto silences = in_force_with(*judge.rulebook, changed);
    if (!silences) return silences.error();
    auto judged = judge.judge(*silences, [&](const Incident& incident) { return incident.is_silenced_by(changed.name()); });
    if (!judged) return judged.error();
    return Prepared{api::to_json(changed), std::move(*judged)};
}

json::object written_json(const match::SilenceSpec& spec, TimePoint now) {
    const auto time = [](const std::optional<TimePoint>& at) { return at ? json::value(format_utc(*at)) : json::value(nullptr); };
    const bool is_over = spec.until && *spec.until <= now;
    return {{"id", nullptr},
            {"name", spec.name},
            {"place", spec.place},
            {"from", time(spec.from)},
            {"until", time(spec.until)},
            {"reason", spec.reason},
            {"made_by", spec.owner},
            {"state", is_over                    ? "over"
                      : match::end_of(spec, now) ? "holds"
                                                 : "to_come"},
            {"origin", "rulebook"}};
}

Result<MadeSilence> standing(StoreReader& reader, ArrangementId id, TimePoint now) {
    const auto all = reader.silences(kListMax);
    if (!all) return all.error();
    for (const auto& made : *all) {
        if (made.id == id && made.is_to_come(now)) return made;
    }
    return Error{Errc::NotFound, fmt::format("there is no silence {} that holds or is to come", id.value)};
}

runtime::OnAnswer answer_body(json::object body, unsigned status, const http::Respond& respond) {
    return [body = std::move(body), status, respond](const Result<runtime::Answer>& answer) mutable {
        if (!answer) return respond(refusal(answer.error()));
        if (!answer->made.empty()) {
            body["id"] = answer->made.front().value;
            body["name"] = fmt::format("silence-{}", answer->made.front().value);
        }
        respond(json_answer(status, body));
    };
}

}  // namespace

void list_silences(Services& services, const http::Request& request, http::Respond respond) {
    const bool is_all = query_value(request.query, "all") == "true";
    answer_with(
        services,
        [&reader = services.reader, rulebook = services.rulebook(), now = services.clock.now(),
         is_all]() -> Result<json::object> {
            const auto made = reader.silences(kListMax);
            if (!made) return made.error();
            json::array all;
            for (const auto& one : *made) {
                const auto state = state_of(one, now);
                if (!is_all && !one.is_to_come(now)) continue;
                auto body = api::to_json(one);
                body["state"] = state;
                const auto spec = check::spec_of(one);
                body["no_effect"] = spec ? json::value(nullptr) : json::value(spec.error().message());
                all.push_back(std::move(body));
            }
            for (const auto& spec : rulebook->silences().silences()) {
                if (made_silence(spec.name)) continue;
                if (is_all || !spec.until || *spec.until > now) all.push_back(written_json(spec, now));
            }
            return json::object{{"silences", std::move(all)}};
        },
        std::move(respond));
}

void preview_silence(Services& services, const http::Request& request, http::Respond respond) {
    const auto asked = Asked::read(request.body);
    if (!asked) return respond(refusal(asked.error()));
    auto judge = judge_of(services);
    auto wanted = wanted_silence(*asked, {*judge.rulebook, services.settings, judge.now}, "");
    if (!wanted) return respond(refusal(wanted.error()));
    answer_with(
        services,
        [judge, wanted = std::move(*wanted)]() -> Result<json::object> {
            auto prepared = prepared_to_make(judge, wanted, LaidOver::NothingThatIsOpen);
            if (!prepared) return prepared.error();
            return std::move(prepared->body);
        },
        std::move(respond));
}

void make_silence(Services& services, const http::Request& request, const std::string& by, http::Respond respond) {
    const auto asked = Asked::read(request.body);
    if (!asked) return respond(refusal(asked.error()));
    auto judge = judge_of(services);
    auto wanted = wanted_silence(*asked, {*judge.rulebook, services.settings, judge.now}, by);
    if (!wanted) return respond(refusal(wanted.error()));
    wanted->made.origin.made_at = judge.now;  // As the engine will set it, or nearly so.
    const auto over = asked->is_true("open") ? LaidOver::WhatIsOpen : LaidOver::NothingThatIsOpen;
    auto made = wanted->made;
    prepare_then(
        services, [judge, wanted = std::move(*wanted), over] { return prepared_to_make(judge, wanted, over); },
        [&services, made = std::move(made)](Prepared prepared, const http::Respond& answer) {
            prepared.body["silenced_incidents"] = prepared.judged.size();
            runtime::MakeSilence make{made, std::move(prepared.judged)};
            post(services, {runtime::ArrangeMessage{std::move(make)}, answer_body(std::move(prepared.body), 201, answer)},
                 answer);
        },
        std::move(respond));
}

void extend_silence(Services& services, const http::Request& request, const SilenceAsked& which, http::Respond respond) {
    const auto asked = Asked::read(request.body);
    if (!asked) return respond(refusal(asked.error()));
    auto judge = judge_of(services);
    const auto by = asked->by(which.by);
    auto until = std::make_shared<TimePoint>();
    prepare_then(
        services,
        [judge, id = which.id, until, asked = *asked]() -> Result<Prepared> {
            auto made = standing(judge.reader, id, judge.now);
            if (!made) return made.error();
            const auto wanted = asked.instant("until", {Zone{}, made->until, judge.now});
            if (!wanted) return wanted.error();
            if (!*wanted) return Error{Errc::Invalid, "\"until\" is needed: a time, or +2h from the end that it has"};
            if (**wanted <= made->until) {
                return Error{Errc::Invalid,
                             fmt::format("it holds until {} already; to make it shorter, end it", format_utc(made->until))};
            }
            const auto ends = checked_end(*made, **wanted, {*judge.rulebook, judge.settings, judge.now});
            if (!ends) return ends.error();
            made->until = *until = *ends;
            return prepared_to_change(judge, *made);
        },
        [&services, id = which.id, by, until](Prepared prepared, const http::Respond& answer) {
            runtime::ExtendSilence extend{id, *until, by, std::move(prepared.judged)};
            post(services, {runtime::ArrangeMessage{std::move(extend)}, answer_body(std::move(prepared.body), 200, answer)},
                 answer);
        },
        std::move(respond));
}

void end_silence(Services& services, const SilenceAsked& which, http::Respond respond) {
    auto judge = judge_of(services);
    prepare_then(
        services,
        [judge, which]() -> Result<Prepared> {
            auto made = standing(judge.reader, which.id, judge.now);
            if (!made) return made.error();
            made->origin.ended_at = judge.now;
            made->origin.ended_by = which.by;
            return prepared_to_change(judge, *made);
        },
        [&services, which](Prepared prepared, const http::Respond& answer) {
            runtime::EndSilence end{which.id, fmt::format("silence-{}", which.id.value), which.by, std::move(prepared.judged)};
            post(services, {runtime::ArrangeMessage{std::move(end)}, answer_body(std::move(prepared.body), 200, answer)}, answer);
        },
        std::move(respond));
}

}  // namespace tocsin::api

#include "daemon/api/overrides.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/text.hpp"
#include "core/oncall/swap.hpp"
#include "core/oncall/with_overrides.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/arrangement_json.hpp"
#include "daemon/api/asked.hpp"
#include "daemon/api/reading.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

/// What stands around an override, shown before and after.
constexpr Duration kAround = std::chrono::hours{12};
constexpr Duration kLongest = std::chrono::days{366};

/// Overrides that somebody wants made, of one schedule.
struct Wanted {
    const Schedule& schedule;
    std::vector<MadeOverride> overrides;
};

template <class Map>
Error unknown(std::string_view what, const std::string& name, const Map& known) {
    std::vector<std::string> names;
    for (const auto& [id, value] : known) names.push_back(id);
    const auto near = nearest(name, names);
    return {Errc::Invalid, fmt::format("no {} is called \"{}\"{}", what, printable(name),
                                       near ? fmt::format("; did you mean \"{}\"?", *near) : std::string{})};
}

Result<const Schedule*> schedule_of(const Asked& asked, const Roster& roster) {
    const auto name = asked.needed("schedule", "the schedule's name");
    if (!name) return name.error();
    const auto* schedule = roster.schedule(*name);
    if (schedule == nullptr) return unknown("schedule", *name, roster.schedules);
    return schedule;
}

Result<std::string> person_of(const Asked& asked, std::string_view key, const Roster& roster) {
    const auto name = asked.needed(key, "the name of who is to be on call");
    if (!name) return name.error();
    if (roster.person(*name) == nullptr) return unknown("person", *name, roster.people);
    return *name;
}

Result<Role> role_of(const Asked& asked) {
    const auto name = asked.text("role");
    if (name.empty()) return Role::Primary;
    if (const auto role = parse_role(name)) return *role;
    return Error{Errc::Invalid, "\"role\" is primary, secondary or shadow"};
}

Origin origin_of(const Asked& asked, const std::string& by) { return {asked.by(by), {}, asked.text("reason"), {}, {}}; }

Result<MadeOverride> override_of(const Asked& asked, const Schedule& schedule, const Roster& roster, TimePoint now) {
    const auto person = person_of(asked, "person", roster);
    if (!person) return person.error();
    const auto from = asked.instant("from", {schedule.time_zone, now, now});
    if (!from) return from.error();
    const auto begins = std::max(now, from->value_or(now));
    const auto until = asked.instant("until", {schedule.time_zone, begins, now});
    if (!until) return until.error();
    if (!*until) return Error{Errc::Invalid, "\"until\" is needed: an override ends by itself"};
    if (**until <= begins) return Error{Errc::Invalid, "the override would be over before it begins"};
    if (**until - begins > kLongest) return Error{Errc::Invalid, "an override of more than a year is a change of the rulebook"};
    const auto role = role_of(asked);
    if (!role) return role.error();
    return MadeOverride{{}, schedule.id, *person, begins, **until, {}, *role};
}

json::array shifts_json(const Schedule& schedule, Interval of, Role role) {
    json::array all;
    for (const auto& shift : oncall::shifts(schedule, of.from, of.until, role)) {
        all.push_back({{"person", shift.duty.person},
                       {"by", shift.duty.by},
                       {"from", format_utc(shift.from)},
                       {"until", format_utc(shift.until)}});
    }
    return all;
}

/// The stretch that matters, as it is and as it will be.
json::object before_and_after(const Wanted& wanted, TimePoint now) {
    auto after = wanted.schedule;
    auto from = wanted.overrides.front().from;
    auto until = wanted.overrides.front().until;
    for (const auto& made : wanted.overrides) {
        after.overrides.push_back({made.person, made.from, made.until, made.role});
        from = std::min(from, made.from);
        until = std::max(until, made.until);
    }
    from = std::max(now, from - kAround);
    until += kAround;
    const auto role = wanted.overrides.front().role;
    return {{"before", shifts_json(wanted.schedule, {from, until}, role)}, {"after", shifts_json(after, {from, until}, role)}};
}

/// Makes them all or none, and answers what they change.
void make(Services& services, const Asked& asked, Wanted wanted, http::Respond respond) {
    auto body = before_and_after(wanted, services.clock.now());
    const auto list = [](const std::vector<MadeOverride>& overrides) {
        json::array all;
        for (const auto& made : overrides) all.push_back(api::to_json(made));
        return all;
    };
    if (asked.is_true("dry_run")) {
        body["overrides"] = list(wanted.overrides);
        return respond(json_answer(200, body));
    }
    for (auto& made : wanted.overrides) made.origin.made_at = services.clock.now();  // As the engine will set it, or nearly so.
    runtime::Message message{runtime::ArrangeMessage{runtime::MakeOverrides{wanted.overrides}}, {}};
    message.on_answer = [overrides = std::move(wanted.overrides), body = std::move(body), list,
                         respond](const Result<runtime::Answer>& answer) mutable {
        if (!answer) return respond(refusal(answer.error()));
        for (std::size_t i = 0; i < overrides.size(); ++i) overrides[i].id = answer->made.at(i);
        body["overrides"] = list(overrides);
        respond(json_answer(201, body));
    };
    if (services.mailbox.post(message) != runtime::Mailbox::Posted::Taken) respond(come_again("too much is waiting; try again"));
}

/// Those of the rulebook, which can be changed there only.
json::array written_overrides(const Roster& roster, const std::vector<MadeOverride>& made, const std::string& wanted) {
    json::array all;
    for (const auto& [id, schedule] : roster.schedules) {
        if (!wanted.empty() && wanted != id) continue;
        for (const auto& one : schedule.overrides) {
            const auto is_it = [&](const MadeOverride& m) {
                const auto stretch = m.in_force();
                return m.schedule == id && stretch && stretch->person == one.person && stretch->from == one.from &&
                       stretch->until == one.until && stretch->role == one.role;
            };
            if (std::any_of(made.begin(), made.end(), is_it)) continue;
            all.push_back({{"id", nullptr},
                           {"schedule", id},
                           {"person", one.person},
                           {"role", to_string(one.role)},
                           {"from", format_utc(one.from)},
                           {"until", format_utc(one.until)},
                           {"origin", "rulebook"}});
        }
    }
    return all;
}

}  // namespace

void list_overrides(Services& services, const http::Request& request, http::Respond respond) {
    const auto wanted = query_value(request.query, "schedule");
    const bool is_all = query_value(request.query, "all") == "true";
    answer_with(
        services,
        [&reader = services.reader, rulebook = services.rulebook(), now = services.clock.now(), wanted,
         is_all]() -> Result<json::object> {
            const auto made = reader.overrides(kListMax);
            if (!made) return made.error();
            json::array all;
            for (const auto& one : *made) {
                const auto state = state_of(one, now);
                const bool is_past = state == "over" || state == "ended";
                if ((is_past && !is_all) || (!wanted.empty() && wanted != one.schedule)) continue;
                auto body = api::to_json(one);
                body["state"] = state;
                const auto why = oncall::why_idle(one, rulebook->roster());
                body["no_effect"] = why ? json::value(*why) : json::value(nullptr);
                all.push_back(std::move(body));
            }
            for (auto& one : written_overrides(rulebook->roster(), *made, wanted)) {
                const auto until = parse_rfc3339(one.at("until").get_string());
                if (is_all || !until || *until > now) all.push_back(std::move(one));
            }
            return json::object{{"overrides", std::move(all)}};
        },
        std::move(respond));
}

void make_override(Services& services, const http::Request& request, const std::string& by, http::Respond respond) {
    const auto asked = Asked::read(request.body);
    if (!asked) return respond(refusal(asked.error()));
    const auto rulebook = services.rulebook();
    const auto schedule = schedule_of(*asked, rulebook->roster());
    if (!schedule) return respond(refusal(schedule.error()));
    auto made = override_of(*asked, **schedule, rulebook->roster(), services.clock.now());
    if (!made) return respond(refusal(made.error()));
    made->origin = origin_of(*asked, by);
    make(services, *asked, {**schedule, {std::move(*made)}}, std::move(respond));
}

void swap_shifts(Services& services, const http::Request& request, const std::string& by, http::Respond respond) {
    const auto asked = Asked::read(request.body);
    if (!asked) return respond(refusal(asked.error()));
    const auto rulebook = services.rulebook();
    const auto now = services.clock.now();
    const auto schedule = schedule_of(*asked, rulebook->roster());
    if (!schedule) return respond(refusal(schedule.error()));
    const auto with = person_of(*asked, "with", rulebook->roster());
    if (!with) return respond(refusal(with.error()));
    const auto at = asked->instant("at", {(*schedule)->time_zone, now, now});
    if (!at) return respond(refusal(at.error()));
    const auto role = role_of(*asked);
    if (!role) return respond(refusal(role.error()));
    const auto found = oncall::swap(**schedule, *with, std::max(now, at->value_or(now)), now, *role);
    if (!found) return respond(refusal(found.error()));
    auto origin = origin_of(*asked, by);
    if (origin.reason.empty()) origin.reason = fmt::format("{} and {} change places", found->first.duty.person, *with);
    const auto taken = [&](const oncall::Shift& shift, const std::string& person) {
        return MadeOverride{{}, (*schedule)->id, person, shift.from, shift.until, origin, *role};
    };
    make(services, *asked, {**schedule, {taken(found->first, *with), taken(found->second, found->first.duty.person)}},
         std::move(respond));
}

void end_override(Services& services, ArrangementId id, const std::string& by, http::Respond respond) {
    runtime::Message message{runtime::ArrangeMessage{runtime::EndOverride{id, by}}, {}};
    message.on_answer = [id, respond](const Result<runtime::Answer>& answer) {
        if (!answer) return respond(refusal(answer.error()));
        respond(json_answer(200, {{"id", id.value}, {"result", "ended"}}));
    };
    if (services.mailbox.post(message) != runtime::Mailbox::Posted::Taken) respond(come_again("too much is waiting; try again"));
}

}  // namespace tocsin::api

#include "core/engine/reach.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/model/weekly_window.hpp"
#include "core/oncall/coverage.hpp"

namespace tocsin::engine {
namespace {

std::string why_not(const Person& person) {
    return person.contacts.empty() ? fmt::format("{} has no contact", person.id)
                                   : fmt::format("{} has no contact that \"paged\" names", person.id);
}

void take(Reach& reach, const Recipient& recipient) {
    if (!oncall::can_be_paged(*recipient.person)) {
        reach.skipped.push_back(why_not(*recipient.person));
        return;
    }
    const auto is_same = [&](const Recipient& other) { return other.person == recipient.person; };
    if (std::none_of(reach.to.begin(), reach.to.end(), is_same)) reach.to.push_back(recipient);
}

void add(Reach& reach, const Target& target, const Roster& roster, TimePoint now) {
    const auto found = recipients({&target, 1}, roster, now);
    for (const auto& recipient : found) take(reach, recipient);
    if (!found.empty()) return;
    const bool is_known =
        target.kind == Target::Kind::Person ? roster.person(target.id) != nullptr : roster.schedule(target.id) != nullptr;
    reach.skipped.push_back(is_known ? fmt::format("nobody is on call in {}", to_string(target))
                                     : fmt::format("{} is not in the rulebook", target.id));
}

/// The people of a schedule whose layers hold now, whosever shift it is, and whoever is on call by an override.
void add_people(std::vector<Recipient>& to, const Schedule& schedule, const Roster& roster, TimePoint now) {
    const auto add_one = [&](const std::string& id, std::string why) {
        const auto* person = roster.person(id);
        const bool is_there = std::any_of(to.begin(), to.end(), [&](const Recipient& r) { return r.person == person; });
        if (person != nullptr && !is_there) to.push_back({person, std::move(why)});
    };
    const auto is_away = [&](const std::string& id) {
        return std::any_of(schedule.vacations.begin(), schedule.vacations.end(), [&](const Vacation& vacation) {
            return vacation.person == id && vacation.from <= now && now < vacation.until;
        });
    };
    for (const auto& layer : schedule.layers) {
        const auto civil = layer.time_zone.value_or(schedule.time_zone).to_civil(now);
        if (layer.role == Role::Shadow || (layer.during && !is_within(*layer.during, civil))) continue;
        for (const auto& id : layer.people) {
            if (!is_away(id)) add_one(id, fmt::format("of {} ({})", schedule.id, layer.name));
        }
    }
    const Target on_call{Target::Kind::Schedule, schedule.id};
    for (const auto& recipient : recipients({&on_call, 1}, roster, now)) add_one(recipient.person->id, recipient.why);
}

/// Everybody among whom the turns go round, in their order.
std::vector<Recipient> circle(const EscalationStep& step, const Roster& roster, TimePoint now) {
    std::vector<Recipient> all;
    for (const auto& target : step.page) {
        const auto* schedule = target.kind == Target::Kind::Schedule ? roster.schedule(target.id) : nullptr;
        if (schedule != nullptr) {
            add_people(all, *schedule, roster, now);
            continue;
        }
        for (auto& recipient : recipients({&target, 1}, roster, now)) {
            const auto is_same = [&](const Recipient& other) { return other.person == recipient.person; };
            if (std::none_of(all.begin(), all.end(), is_same)) all.push_back(std::move(recipient));
        }
    }
    return all;
}

std::size_t turn_of(const Escalation& policy, const EscalationStep& step, const Incident& incident) {
    std::int64_t by_turns = 0;
    std::int64_t before = 0;
    for (const auto& other : policy.steps) {
        if (&other == &step) before = by_turns;
        if (other.pick == EscalationStep::Pick::OneByTurns) ++by_turns;
    }
    return static_cast<std::size_t>(incident.id.value + incident.cycle + incident.round * by_turns + before);
}

bool has_acknowledged(const Incident& incident, const Person& person) {
    const auto& all = incident.acknowledgers;
    return std::find(all.begin(), all.end(), person.id) != all.end();
}

Reach reach_all(std::span<const Target> targets, const Incident& incident, const Roster& roster, TimePoint now) {
    Reach reach;
    for (const auto& target : targets) add(reach, target, roster, now);
    std::erase_if(reach.to, [&](const Recipient& recipient) { return has_acknowledged(incident, *recipient.person); });
    return reach;
}

Reach reach_next(const Escalation& policy, const EscalationStep& step, const Incident& incident, const Roster& roster,
                 TimePoint now) {
    const auto all = circle(step, roster, now);
    if (all.empty()) return reach_all(step.page, incident, roster, now);  // Only to say why.
    Reach reach;
    const auto turn = turn_of(policy, step, incident);
    for (std::size_t i = 0; i < all.size() && reach.to.empty(); ++i) {
        auto one = all[(turn + i) % all.size()];
        if (has_acknowledged(incident, *one.person)) continue;
        one.why += fmt::format(", by turns, one of {}", all.size());
        take(reach, one);
    }
    return reach;
}

}  // namespace

Reach reach(const Escalation& policy, const EscalationStep& step, const Incident& incident, const Roster& roster, TimePoint now) {
    if (step.pick == EscalationStep::Pick::OneByTurns) return reach_next(policy, step, incident, roster, now);
    return reach_all(step.page, incident, roster, now);
}

Reach reach(const Target& target, const Incident& incident, const Roster& roster, TimePoint now) {
    return reach_all({&target, 1}, incident, roster, now);
}

}  // namespace tocsin::engine

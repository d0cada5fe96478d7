#include "core/engine/silence_notice.hpp"

#include <fmt/format.h>

#include <optional>

#include "core/engine/topic_notice.hpp"
#include "core/oncall/on_call.hpp"

namespace tocsin::engine {
namespace {

const Person* who_does_triage(const Roster& roster, TimePoint now) {
    const auto* schedule = roster.schedule(roster.default_triage);
    const auto duty = schedule == nullptr ? std::nullopt : oncall::on_call(*schedule, now);
    return duty ? roster.person(duty->person) : nullptr;
}

}  // namespace

Told told_of(const MadeSilence& made) { return {made.name(), made.until}; }

std::vector<Page> silence_notice(const MadeSilence& made, const Roster& roster, TimePoint now) {
    const auto* author = roster.person(made.origin.made_by);
    if (author == nullptr) author = who_does_triage(roster, now);
    if (author == nullptr) return {};
    const auto text = fmt::format(
        "Silence {} ends soon: {}\n\n{}, of {}\n\nWhat it covers and still fires then is paged for. To make it "
        "longer: tocsin silence extend {} --for 1h\n",
        made.id.value, time_for(*author, made.until), made.origin.reason, made.match, made.id.value);
    return notices_to(*author,
                      {fmt::format("{}-ends-{}", made.name(), to_unix_ms(made.until) / 1000), text, Reason::SilenceEndsSoon,
                       "silenced by " + made.origin.made_by},
                      now);
}

}  // namespace tocsin::engine

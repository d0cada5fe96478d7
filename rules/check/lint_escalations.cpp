// Warnings about escalations that ask for what cannot be: steps that reach nobody, more acknowledgements than there are people,
// shifts to follow where no step names a schedule.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/oncall/coverage.hpp"
#include "rules/check/lint.hpp"
#include "rules/language/warnings.hpp"

namespace tocsin::check {
namespace {

using language::warn;
using language::Warning;
using People = std::set<std::string, std::less<>>;

/// Whom a page to the target may reach, at whatever time.
void add_reachable(const Target& target, const Roster& roster, People& people) {
    const auto add = [&](const std::string& id) {
        const auto* person = roster.person(id);
        if (person != nullptr && oncall::can_be_paged(*person)) people.insert(id);
    };
    if (target.kind == Target::Kind::Person) return add(target.id);
    const auto* schedule = roster.schedule(target.id);
    if (schedule == nullptr) return;
    for (const auto& layer : schedule->layers) std::for_each(layer.people.begin(), layer.people.end(), add);
    for (const auto& override : schedule->overrides) add(override.person);
}

People reachable(const EscalationStep& step, const Roster& roster) {
    People people;
    for (const auto& target : step.page) add_reachable(target, roster, people);
    return people;
}

class EscalationLint {
public:
    EscalationLint(const language::WrittenEscalation& written, const Escalation& escalation, const Roster& roster)
        : written_(written), escalation_(escalation), roster_(roster) {}

    void run() {
        add_reachable(escalation_.fallback, roster_, all_);
        for (std::size_t i = 0; i < escalation_.steps.size(); ++i) lint_step(i);
        lint_count(written_.acknowledgements);
        for (const auto& step : written_.steps) lint_count(step.acknowledgements);
        lint_hand_over();
    }

private:
    /// The coverage proof looks at the first step, at every instant; this at all of them, at none.
    void lint_step(std::size_t index) {
        const auto people = reachable(escalation_.steps[index], roster_);
        all_.insert(people.begin(), people.end());
        if (!people.empty() || index == 0) return;
        warn(written_.steps[index].at, Warning::StepWithoutAnybody,
             fmt::format("step {} of \"{}\" can never page anybody: whom it names has no contact", index + 1, escalation_.id));
    }

    void lint_count(const std::optional<language::WrittenCount>& count) const {
        if (!count || static_cast<std::size_t>(count->value) <= all_.size()) return;
        warn(
            count->at, Warning::TooManyAcknowledgements,
            fmt::format("{} people must acknowledge, but \"{}\" can page no more than {}: such an incident is never acknowledged",
                        count->value, escalation_.id, all_.size()));
    }

    void lint_hand_over() const {
        if (escalation_.hand_over == Escalation::HandOver::Stay) return;
        const auto names_schedule = [](const EscalationStep& step) {
            return std::any_of(step.page.begin(), step.page.end(),
                               [](const Target& target) { return target.kind == Target::Kind::Schedule; });
        };
        if (std::any_of(escalation_.steps.begin(), escalation_.steps.end(), names_schedule)) return;
        warn(written_.hand_over_at, Warning::IdleHandOver,
             fmt::format("no step of \"{}\" names a schedule, so there is no shift to follow", escalation_.id));
    }

    const language::WrittenEscalation& written_;
    const Escalation& escalation_;
    const Roster& roster_;
    People all_;
};

}  // namespace

void lint_escalations(const Compilation& compilation, const Roster& roster) {
    for (const auto& written : compilation.written.escalations) {
        const auto* escalation = roster.escalation(written.id.text);
        if (escalation != nullptr && written.fallback) EscalationLint(written, *escalation, roster).run();
    }
}

}  // namespace tocsin::check

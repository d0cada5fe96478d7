#include "core/model/incident.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tocsin {
namespace {

template <class Enum, std::size_t N>
std::optional<Enum> find_name(const Enum (&values)[N], std::string_view text) {
    const auto* found = std::find_if(std::begin(values), std::end(values), [&](Enum value) { return to_string(value) == text; });
    if (found == std::end(values)) return {};
    return *found;
}

}  // namespace

std::string_view to_string(IncidentState state) {
    switch (state) {
        case IncidentState::Triggered: return "triggered";
        case IncidentState::Acknowledged: return "acknowledged";
        case IncidentState::Resolved: return "resolved";
    }
    return "triggered";
}

std::optional<IncidentState> parse_incident_state(std::string_view text) {
    constexpr IncidentState kAll[] = {IncidentState::Triggered, IncidentState::Acknowledged, IncidentState::Resolved};
    return find_name(kAll, text);
}

std::string_view to_string(TriageState state) {
    switch (state) {
        case TriageState::None: return "none";
        case TriageState::New: return "new";
        case TriageState::NeedsInformation: return "needs_information";
        case TriageState::Scheduled: return "scheduled";
        case TriageState::Transferred: return "transferred";
        case TriageState::NotOurs: return "not_ours";
    }
    return "none";
}

std::optional<TriageState> parse_triage_state(std::string_view text) {
    constexpr TriageState kAll[] = {TriageState::None,      TriageState::New,         TriageState::NeedsInformation,
                                    TriageState::Scheduled, TriageState::Transferred, TriageState::NotOurs};
    return find_name(kAll, text);
}

std::string_view to_string(PageState state) {
    switch (state) {
        case PageState::Pending: return "pending";
        case PageState::Delivered: return "delivered";
        case PageState::Failed: return "failed";
        case PageState::Overtaken: return "overtaken";
        case PageState::Digested: return "digested";
    }
    return "pending";
}

std::optional<PageState> parse_page_state(std::string_view text) {
    constexpr PageState kAll[] = {PageState::Pending, PageState::Delivered, PageState::Failed, PageState::Overtaken,
                                  PageState::Digested};
    return find_name(kAll, text);
}

std::optional<TimePoint> Incident::wake_at() const {
    std::optional<TimePoint> earliest;
    const auto consider = [&earliest](const std::optional<TimePoint>& due) {
        if (due && (!earliest || *due < *earliest)) earliest = due;
    };
    for (const auto& due : {resolve_due_at, resolve_held_until}) consider(due);
    if (is_held()) return earliest;
    for (const auto& due :
         {step_due_at, acknowledgement_ends_at, hand_over_due_at, snoozed_until, silenced_until, flapping_until}) {
        consider(due);
    }
    return earliest;
}

bool Incident::is_silenced_by(std::string_view name) const {
    if (!is_silenced()) return false;
    return silence == name || std::find(also_silenced_by.begin(), also_silenced_by.end(), name) != also_silenced_by.end();
}

std::string Page::step_name() const {
    return step == kFallbackStep   ? "fallback"
           : step == kNoticeStep   ? "notice"
           : step == kAssignedStep ? "assigned"
           : step == kReplyStep    ? "reply"
           : step == kRelayStep    ? "relay"
                                   : fmt::to_string(step);
}

std::string Page::key() const {
    if (is_digest()) return fmt::format("digest-{}-{}", digest, via);
    if (is_relay()) return fmt::format("{}-relay-{}-{}-{}", incident.value, id.value, person, via);
    if (is_about_topic()) return fmt::format("{}-{}-{}", topic, person, via);
    return fmt::format("{}-{}-{}-{}-{}-{}", incident.value, cycle, round, step_name(), person, via);
}

}  // namespace tocsin

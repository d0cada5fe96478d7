#include "core/engine/triage.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "core/engine/escalation.hpp"

namespace tocsin::engine {
namespace {

constexpr std::string_view kBetween = ", ";

Page reply(const Incident& incident, const std::string& text, TimePoint now) {
    Page page;
    page.incident = incident.id;
    page.urgency = Urgency::Notice;
    page.cycle = incident.cycle;
    page.round = incident.replies;
    page.step = kReplyStep;
    page.person = "sender";
    page.via = "reply";
    page.channel = kReplyChannel;
    page.address = incident.reply_to;
    page.reason = Reason::Communicated;
    page.why = text;
    page.decided_at = now;
    page.due_at = now;
    page.give_up_at = now + limits::kPageDeadline;
    return page;
}

}  // namespace

void take_answers(Incident& incident, const Fired& fired) {
    if (!fired.reply_to.empty()) incident.reply_to = fired.reply_to;
    if (incident.missing.empty()) return;
    std::string still_missing;
    for (auto left = std::string_view(incident.missing); !left.empty();) {
        const auto end = left.find(kBetween);
        const auto field = left.substr(0, end);
        left = end == std::string_view::npos ? std::string_view{} : left.substr(end + kBetween.size());
        if (std::find(fired.missing.begin(), fired.missing.end(), field) == fired.missing.end()) continue;
        still_missing += still_missing.empty() ? "" : kBetween;
        still_missing += field;
    }
    incident.missing = std::move(still_missing);
}

void set_triage(Transition& t, const Triage& by, TimePoint now) {
    auto& incident = t.incident;
    const auto before = to_string(incident.triage);
    incident.triage = by.state;
    incident.triage_detail = by.detail;
    if (by.state == TriageState::Scheduled && by.until && by.detail.empty()) incident.triage_detail = format_utc(*by.until);
    auto what = fmt::format("{} -> {}", before, to_string(by.state));
    if (by.state == TriageState::Scheduled && by.until) what += fmt::format(" until {}", format_utc(*by.until));
    if (!by.detail.empty()) what += fmt::format(": {}", by.detail);
    record(t, now, Reason::TriageChanged, by.actor, std::move(what));
}

void end_schedule(Transition& t, TimePoint now) {
    if (t.incident.triage != TriageState::Scheduled) return;
    Triage anew;
    anew.state = TriageState::New;
    set_triage(t, anew, now);
}

const Schedule* triage_schedule_of_team(std::string_view team, const Roster& roster) {
    for (const auto& [id, service] : roster.services) {
        if (service.team != team) continue;
        if (const auto* schedule = roster.schedule(service.triage)) return schedule;
    }
    return nullptr;
}

const Schedule* triage_schedule(const Incident& incident, const Roster& roster) {
    if (incident.triage == TriageState::Transferred) {
        if (const auto* of_team = triage_schedule_of_team(incident.triage_detail, roster)) return of_team;
    }
    const auto* service = roster.service(incident.service);
    const auto* of_service = service != nullptr ? roster.schedule(service->triage) : nullptr;
    return of_service != nullptr ? of_service : roster.schedule(roster.default_triage);
}

void communicate(Transition& t, const Communicate& by, TimePoint now) {
    auto& incident = t.incident;
    incident.communicated_at = now;
    if (by.how == Communicate::How::Reply && !incident.reply_to.empty()) {
        ++incident.replies;
        t.pages.push_back(reply(incident, by.text, now));
        return record(t, now, Reason::Communicated, by.actor, fmt::format("to the sender: {}", by.text));
    }
    record(t, now, Reason::Communicated, by.actor, by.text);
}

}  // namespace tocsin::engine

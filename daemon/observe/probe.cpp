#include "daemon/observe/probe.hpp"

namespace tocsin::observe {
namespace {

log::Event event_of(Reason reason) {
    if (reason == Reason::NobodyReachable) return log::Event::NobodyReachable;
    if (reason == Reason::EscalationMissing) return log::Event::EscalationMissing;
    return log::Event::Decided;
}

AttemptOutcome outcome_of(const Result<void>& outcome) {
    if (outcome) return AttemptOutcome::Delivered;
    return outcome.error().retry().allowed() ? AttemptOutcome::Delayed : AttemptOutcome::Failed;
}

/// Whether the page's way began when the incident was opened and led straight out: a contact of a later moment was meant to wait.
/// After a failed attempt due_at no longer tells; such a page is counted, since a slow one must not be hidden.
bool is_straight_from_the_alert(const Page& page) {
    return page.reason == Reason::FirstStep && (page.attempts > 0 || page.due_at <= page.decided_at);
}

}  // namespace

log::Level level_of(Reason reason) {
    switch (reason) {
        case Reason::NobodyReachable:
        case Reason::EscalationMissing: return log::Level::Critical;
        case Reason::GaveUp:
        case Reason::PageFailed:
        case Reason::PageExpired: return log::Level::Error;
        case Reason::StepEmpty:
        case Reason::PersonSkipped:
        case Reason::RelayFailed:
        case Reason::StepFailed:
        case Reason::Fallback: return log::Level::Warning;
        // Each attempt has its own line already, with the error; see page_attempted().
        case Reason::PageDelivered:
        case Reason::PageDelayed:
        case Reason::SourceSaid: return log::Level::Debug;
        default: return log::Level::Info;
    }
}

void ObservedProbe::committed(std::size_t messages, std::chrono::nanoseconds took) {
    metrics_.committed(messages, took);
    if (!log::is_on(log::Level::Debug)) return;
    const auto took_us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    log::debug(log::Event::Committed, "", {{"messages", messages}, {"took_us", took_us}});
}

void ObservedProbe::commit_failed(std::size_t messages, const Error& error) {
    metrics_.commit_failed();
    log::error(log::Event::CommitFailed, "the senders were told to come again",
               {{"messages", messages}, {"error", error.message()}});
}

void ObservedProbe::happened(const TimelineEntry& entry, const Incident& incident) {
    metrics_.decided(entry.reason);
    log::write(level_of(entry.reason), event_of(entry.reason), entry.detail,
               {{"reason", to_string(entry.reason)},
                {"incident", entry.incident},
                {"severity", to_string(incident.severity)},
                {"service", incident.service},
                {"actor", entry.actor}});
}

void ObservedProbe::page_attempted(const Page& page, const Result<void>& outcome, std::chrono::milliseconds since_decided) {
    if (!outcome && outcome.error().code() == Errc::Cancelled) return;  // We are stopping: the page stays in the store.
    const auto kind = outcome_of(outcome);
    metrics_.page_attempted(page.channel, kind);
    if (kind == AttemptOutcome::Delivered && is_straight_from_the_alert(page)) metrics_.accept_to_page(since_decided);
    if (kind == AttemptOutcome::Delivered) {
        log::info(
            log::Event::PageDelivered, "",
            {{"incident", page.incident}, {"page", page.key()}, {"channel", page.channel}, {"took_ms", since_decided.count()}});
        return;
    }
    const bool is_delayed = kind == AttemptOutcome::Delayed;
    log::write(is_delayed ? log::Level::Warning : log::Level::Error,
               is_delayed ? log::Event::PageDelayed : log::Event::PageFailed, "",
               {{"incident", page.incident},
                {"page", page.key()},
                {"channel", page.channel},
                {"attempt", page.attempts + 1},
                {"error", outcome.error().message()}});
}

void ObservedProbe::mailbox_depth(std::size_t messages) { metrics_.mailbox_depth(messages); }

void log_page(const Notification& notification) {
    const auto& [page, incident, held] = notification;
    // Critical, whatever the incident: such a line is written before this returns and at every level that can be set, and only so
    // may the channel say that it has delivered.
    if (!incident.id.is_set()) {
        log::critical(log::Event::Page, page.text,
                      {{"key", page.key()},
                       {"urgency", to_string(page.urgency)},
                       {"person", page.person},
                       {"via", page.via},
                       {"reason", to_string(page.reason)},
                       {"why", page.why}});
        return;
    }
    log::critical(log::Event::Page, incident.summary,
                  {{"key", page.key()},
                   {"urgency", to_string(page.urgency)},
                   {"person", page.person},
                   {"via", page.via},
                   {"incident", incident.id},
                   {"severity", to_string(incident.severity)},
                   {"service", incident.service},
                   {"reason", to_string(page.reason)},
                   {"why", page.why}});
}

}  // namespace tocsin::observe

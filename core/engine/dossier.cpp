#include "core/engine/dossier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tocsin::engine {
namespace {

using Change = DossierChange::Kind;

/// Of one dossier; what is beyond is refused, as the client can do without.
constexpr std::size_t kTagsMax = 100;
constexpr std::size_t kDetailsMax = 500;
constexpr std::size_t kRespondersMax = 100;

struct Wording {
    Change kind;
    std::string_view name;
    std::string_view done;
};

constexpr std::array kWordings{
    Wording{Change::Create, "Create", "Created alert"},
    Wording{Change::Acknowledge, "Acknowledge", "Acknowledged alert"},
    Wording{Change::Unacknowledge, "UnAcknowledge", "UnAcknowledged alert"},
    Wording{Change::Close, "Close", "Closed alert"},
    Wording{Change::Delete, "Delete", "Deleted alert"},
    Wording{Change::Snooze, "Snooze", "Snoozed alert"},
    Wording{Change::Escalate, "EscalateToNext", "Escalated alert"},
    Wording{Change::Assign, "AssignOwnership", "Assigned alert"},
    Wording{Change::AddResponder, "AddResponder", "Added responder to alert"},
    Wording{Change::AddTags, "AddTags", "Added tags to alert"},
    Wording{Change::RemoveTags, "RemoveTags", "Removed tags from alert"},
    Wording{Change::AddDetails, "AddDetails", "Added details to alert"},
    Wording{Change::RemoveDetails, "RemoveDetails", "Removed details from alert"},
    Wording{Change::AddNote, "AddNote", "Added note to alert"},
    Wording{Change::UpdateMessage, "UpdateMessage", "Updated message of alert"},
    Wording{Change::UpdateDescription, "UpdateDescription", "Updated description of alert"},
    Wording{Change::UpdatePriority, "UpdatePriority", "Updated priority of alert"},
    Wording{Change::Custom, "Custom", "Executed custom action on alert"},
};

const Wording& wording(Change kind) {
    return *std::find_if(kWordings.begin(), kWordings.end(), [kind](const Wording& known) { return known.kind == kind; });
}

std::string asker_of(const Dossier& dossier, const DossierChange& change) {
    return change.user.empty() ? dossier.source : change.user;
}

/// What needs an open alert: the rest is about what was written down.
bool needs_open(Change kind) {
    switch (kind) {
        case Change::Acknowledge:
        case Change::Unacknowledge:
        case Change::Close:
        case Change::Snooze:
        case Change::Escalate:
        case Change::Assign:
        case Change::AddResponder: return true;
        default: return false;
    }
}

DossierStep failed(Dossier before, std::string why) {
    DossierStep step;
    step.outcome = DossierRequest::Outcome::Failed;
    step.status = std::move(why);
    step.dossier = std::move(before);
    return step;
}

void add_unless_there(std::vector<std::string>& all, const std::vector<std::string>& more) {
    for (const auto& one : more) {
        if (all.size() < kTagsMax && std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
    }
}

void put_details(Dossier& dossier, const DossierChange& change) {
    for (const auto& detail : change.details) {
        const auto known = std::find_if(dossier.details.begin(), dossier.details.end(),
                                        [&](const auto& one) { return one.first == detail.first; });
        if (known != dossier.details.end()) {
            known->second = detail.second;
        } else if (dossier.details.size() < kDetailsMax) {
            dossier.details.push_back(detail);
        }
    }
}

void put_responders(Dossier& dossier, const std::vector<Responder>& more) {
    for (const auto& one : more) {
        const bool is_there = std::find(dossier.responders.begin(), dossier.responders.end(), one) != dossier.responders.end();
        if (!is_there && dossier.responders.size() < kRespondersMax) dossier.responders.push_back(one);
    }
}

bool is_named(const DossierChange& change, const std::string& name) {
    return std::find(change.names.begin(), change.names.end(), name) != change.names.end();
}

void close_dossier(Dossier& dossier, DossierState state, const std::string& by, TimePoint now) {
    if (dossier.state == DossierState::Open) {
        dossier.closed_at = now;
        dossier.closed_by = by;
    }
    dossier.state = state;
    dossier.snoozed_until.reset();
}

/// A table: one line for each kind.
void make_change(Dossier& dossier, const DossierChange& change, TimePoint now) {
    const auto actor = asker_of(dossier, change);
    switch (change.kind) {
        case Change::Create:
            ++dossier.count;
            dossier.last_occurred_at = now;
            break;
        case Change::Acknowledge:
            dossier.acknowledged_at = now;
            dossier.acknowledged_by = actor;
            if (dossier.owner.empty()) dossier.owner = actor;
            break;
        case Change::Unacknowledge:
            dossier.acknowledged_at.reset();
            dossier.acknowledged_by.clear();
            break;
        case Change::Close: close_dossier(dossier, DossierState::Closed, actor, now); break;
        case Change::Delete: close_dossier(dossier, DossierState::Deleted, actor, now); break;
        case Change::Snooze: dossier.snoozed_until = change.until; break;
        case Change::Assign: dossier.owner = change.text; break;
        case Change::AddResponder: put_responders(dossier, change.responders); break;
        case Change::AddTags: add_unless_there(dossier.tags, change.names); break;
        case Change::RemoveTags: std::erase_if(dossier.tags, [&](const auto& tag) { return is_named(change, tag); }); break;
        case Change::AddDetails: put_details(dossier, change); break;
        case Change::RemoveDetails:
            std::erase_if(dossier.details, [&](const auto& detail) { return is_named(change, detail.first); });
            break;
        case Change::UpdateMessage: dossier.message = change.text; break;
        case Change::UpdateDescription: dossier.description = change.text; break;
        case Change::UpdatePriority: dossier.priority = change.text; break;
        case Change::AddNote:
        case Change::Escalate:
        case Change::Custom: break;
    }
    dossier.updated_at = now;
}

std::string log_line(const DossierChange& change) {
    std::string line(wording(change.kind).done);
    for (const auto& responder : change.responders) line += fmt::format(", {} {}", responder.type, responder.name);
    if (!change.names.empty()) line += fmt::format(": {}", fmt::join(change.names, ", "));
    for (const auto& [key, value] : change.details) line += fmt::format(", {}", key);
    const bool is_long = change.kind == Change::UpdateDescription;
    if (!change.text.empty() && !is_long) line += fmt::format(": {}", change.text);
    return line;
}

void write_down(DossierStep& step, const DossierChange& change, std::string line, TimePoint now) {
    using Kind = DossierEntry::Kind;
    const auto actor = asker_of(step.dossier, change);
    if (!line.empty()) step.entries.push_back({step.dossier.id, Kind::Log, now, actor, std::move(line)});
    if (!change.note.empty()) step.entries.push_back({step.dossier.id, Kind::Note, now, actor, change.note});
}

}  // namespace

std::string_view to_string(DossierChange::Kind kind) { return wording(kind).name; }

DossierStep begin_dossier(const DossierChange& change, TimePoint now) {
    DossierStep step;
    step.status = wording(Change::Create).done;
    step.dossier = change.created;
    step.dossier.created_at = step.dossier.updated_at = step.dossier.last_occurred_at = now;
    step.reaches_engine = true;
    write_down(step, change, fmt::format("Alert created via {}", step.dossier.source), now);
    if (!change.remark.empty()) {
        step.entries.push_back({step.dossier.id, DossierEntry::Kind::Log, now, std::string(), change.remark});
    }
    return step;
}

DossierStep change_dossier(Dossier before, const DossierStanding& standing, const DossierChange& change, TimePoint now) {
    if (!standing.is_open && needs_open(change.kind)) return failed(std::move(before), "Alert is already closed");
    if (change.kind == Change::Acknowledge && standing.acknowledged_at && !standing.snoozed_until) {
        return failed(std::move(before), "Alert is already acknowledged");
    }
    DossierStep step;
    step.status = wording(change.kind).done;
    step.reaches_engine = standing.is_open;
    step.dossier = std::move(before);
    make_change(step.dossier, change, now);
    const bool is_repeat = change.kind == Change::Create;  // The count says it; a log line each would have no end.
    write_down(step, change, is_repeat || change.kind == Change::AddNote ? std::string() : log_line(change), now);
    return step;
}

DossierStep no_dossier(const DossierName& wanted) {
    return failed({}, wanted.id.empty() ? fmt::format("Alert with alias [{}] does not exist", wanted.alias)
                                        : fmt::format("Alert with id [{}] does not exist", wanted.id));
}

}  // namespace tocsin::engine

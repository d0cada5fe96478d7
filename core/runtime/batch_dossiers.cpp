// The part of a batch that is about dossiers: each is written in the transaction that changes its incident.
#include <algorithm>
#include <utility>

#include "core/runtime/batch.hpp"

namespace tocsin::runtime {

const Dossier* Batch::find_dossier(const DossierName& name) {
    const auto is_it = [&](const DossierWork& work) {
        const auto& dossier = work.dossier;
        if (dossier.source != name.source) return false;
        if (!name.id.empty()) return dossier.id == name.id && dossier.state != DossierState::Deleted;
        return dossier.alias == name.alias && dossier.state == DossierState::Open;
    };
    const auto found = std::find_if(dossiers_.rbegin(), dossiers_.rend(), is_it);
    return found == dossiers_.rend() ? nullptr : &found->dossier;
}

DossierStanding Batch::standing(const Dossier& dossier) {
    const auto* work = find(dossier.incident);
    while (work != nullptr && !work->incident.is_open() && work->incident.merged_into.is_set()) {
        const auto* next = find(work->incident.merged_into);
        if (next == nullptr) break;
        work = next;
    }
    return standing_of(dossier, work == nullptr ? nullptr : &work->incident, context_.now);
}

void Batch::put(Dossier dossier) {
    const auto found =
        std::find_if(dossiers_.begin(), dossiers_.end(), [&](const DossierWork& work) { return work.dossier.id == dossier.id; });
    if (found == dossiers_.end()) {
        dossiers_.push_back({std::move(dossier), true});
    } else {
        *found = {std::move(dossier), true};
    }
}

/// A Create of what somebody resolved here begins a new one, as a Create of what was closed does.
engine::DossierStep Batch::step_dossier(const DossierMessage& message) {
    const bool is_create = message.change.kind == engine::DossierChange::Kind::Create;
    const auto* known = find_dossier(message.name);
    if (known == nullptr) {
        return is_create ? engine::begin_dossier(message.change, context_.now) : engine::no_dossier(message.name);
    }
    const auto stands = standing(*known);
    if (stands.is_open || !message.name.id.empty()) {
        return engine::change_dossier(*known, stands, message.change, context_.now);
    }
    if (!is_create) return engine::no_dossier(message.name);
    auto over = *known;
    over.state = DossierState::Closed;
    over.closed_at = stands.closed_at.value_or(context_.now);
    over.closed_by = stands.closed_by;
    put(std::move(over));
    return engine::begin_dossier(message.change, context_.now);
}

Result<Answer> Batch::apply_dossier(DossierMessage& message) {
    using Outcome = DossierRequest::Outcome;
    auto step = step_dossier(message);
    const bool is_done = step.outcome == Outcome::Done;
    Answer answer;
    if (is_done && step.reaches_engine) {
        auto told = apply_alert(message.alert);
        if (!told) return told;
        answer = std::move(*told);
        auto* work = answer.incident ? find(answer.incident->id) : nullptr;
        if (work != nullptr && message.event) advance(*work, *message.event);
        if (work != nullptr && message.change.kind == engine::DossierChange::Kind::Create) {
            step.dossier.incident = work->incident.id;
        }
    }
    writes_.dossier_requests.push_back({message.request, message.name.source, std::string(to_string(message.change.kind)),
                                        context_.now, step.outcome, std::move(step.status), step.dossier.id,
                                        is_done ? step.dossier.alias : message.name.alias});
    if (!is_done) return answer;
    std::move(step.entries.begin(), step.entries.end(), std::back_inserter(writes_.dossier_entries));
    put(std::move(step.dossier));
    return answer;
}

}  // namespace tocsin::runtime

// The part of a batch that is about digests: what is too late goes into one, and what becomes of one.
#include <utility>

#include "core/engine/delivery.hpp"
#include "core/runtime/batch.hpp"

namespace tocsin::runtime {

Answer Batch::apply_stale(const StaleMessage& message) {
    auto* work = find(message.page.incident);
    const bool is_wanted = work != nullptr && work->incident.state == IncidentState::Triggered;
    if (!is_wanted || message.page.cycle != work->incident.cycle) return {};  // It is overtaken.
    auto folded = others_.fold(message.page);
    writes_.folded.push_back(message.page);
    writes_.folded.back().digest = folded.digest;
    std::move(folded.pages.begin(), folded.pages.end(), std::back_inserter(writes_.pages));
    work->incident.is_digested = work->incident.is_open();
    work->is_changed = true;
    writes_.timeline.push_back({work->incident.id, context_.now, Reason::Digested, {}, std::move(folded.detail)});
    return answer_about(*work);
}

/// What a digest holds goes the way of the digest.
Answer Batch::apply_digest_attempt(const AttemptMessage& message) {
    const auto& [digest, words, held] = message.notification;
    const auto outcome = message.outcome ? Result<void>{} : Result<void>{message.outcome.error()};
    auto page = held.empty() ? digest : engine::after_attempt(digest, outcome, context_.now, context_.rng);
    if (held.empty()) page.state = PageState::Overtaken;
    writes_.attempted.push_back(page);
    for (const auto& [of_incident, incident] : held) {
        auto* work = find(of_incident.incident);
        if (work == nullptr) continue;
        auto of_it = page;
        of_it.incident = of_incident.incident;
        of_it.cycle = of_incident.cycle;
        of_it.round = of_incident.round;
        of_it.step = of_incident.step;
        if (page.state == PageState::Delivered)
            advance(*work, engine::Delivered{std::move(of_it)});
        else if (page.state == PageState::Failed)
            advance(*work, engine::Undelivered{std::move(of_it)});
    }
    return {};
}

}  // namespace tocsin::runtime

#include "rules/check/explain.hpp"

#include <algorithm>
#include <chrono>

#include "core/base/text.hpp"
#include "core/engine/dependency.hpp"
#include "rules/check/explain_reasons.hpp"

namespace tocsin::check {
namespace {

constexpr Duration kLookAhead = std::chrono::hours{24};
constexpr std::size_t kFieldCodePointsMax = 2'000;

void add_fields(Explanation& explanation, const Fields& fields) {
    explanation.fields_left_out = fields.left_out();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto field = fields[i];
        explanation.fields.push_back({std::string(field.path), truncated(field.value, kFieldCodePointsMax), field.type});
    }
}

/// Those that matched, and of the others the ones nearest to the decision.
void add_rules(Explanation& explanation, const Rulebook& rulebook, const Fields& fields, Trail trail) {
    const auto all = rulebook.rules().rules();
    explanation.rules_not_asked = all.size() - trail.size();
    const auto others =
        static_cast<std::size_t>(std::count_if(trail.begin(), trail.end(), [](const TrailStep& step) { return !step.is_match; }));
    explanation.rules_left_out = others > kRulesMax ? others - kRulesMax : 0;
    std::size_t passed_over = 0;
    for (std::size_t i = 0; i < trail.size(); ++i) {
        if (!trail[i].is_match && passed_over < explanation.rules_left_out) {
            ++passed_over;
            continue;
        }
        auto& one = explanation.rules.emplace_back();
        one.number = i + 1;
        one.step = std::move(trail[i]);
        if (!one.step.is_match) continue;
        one.reasons = reasons_of_match(all[i], fields);
        one.sets = settings_of(all[i]);
    }
}

void add_silence(Explanation& explanation, const Rulebook& rulebook) {
    explanation.silences = rulebook.silences().silences().size();
    const auto& silenced = explanation.verdict.silenced;
    if (!silenced) return;
    auto& silence = explanation.silence.emplace();
    silence.name = silenced->silence;
    silence.until = silenced->until;
    const auto* spec = rulebook.silences().find(silenced->silence);
    if (spec == nullptr) return;
    silence.place = spec->place;
    silence.reason = spec->reason;
    silence.owner = spec->owner;
}

}  // namespace

Explanation explain(const Rulebook& rulebook, const ParsedAlert& parsed, TimePoint at) {
    const auto& [alert, fields, reading] = parsed;
    Explanation explanation;
    explanation.reading = reading;
    explanation.at = at;
    explanation.source = alert.source;
    explanation.kind = alert.kind;
    explanation.key = alert.key;
    add_fields(explanation, fields);

    Trail trail;
    explanation.verdict = rulebook.classify(fields, at, &trail);
    add_rules(explanation, rulebook, fields, std::move(trail));
    add_silence(explanation, rulebook);
    if (const auto* service = rulebook.roster().service(explanation.verdict.service)) {
        explanation.service_title = service->title;
        explanation.runbook = service->runbook;
    }
    const auto needs = engine::needs_of(explanation.verdict.service, rulebook.roster());
    explanation.needs.assign(needs.begin(), needs.end());

    engine::Rehearsal rehearsal(rulebook.roster());
    rehearsal.alert(alert, explanation.verdict, at);
    rehearsal.run_until((explanation.silence ? explanation.silence->until : at) + kLookAhead);
    explanation.pages = explained_pages(rehearsal, rulebook.roster(), at);
    if (explanation.pages.size() > kPagesMax) {
        explanation.pages_left_out = explanation.pages.size() - kPagesMax;
        explanation.pages.resize(kPagesMax);
    }
    explanation.timeline = rehearsal.timeline();
    explanation.timeline.resize(std::min(explanation.timeline.size(), 4 * kPagesMax));
    return explanation;
}

}  // namespace tocsin::check

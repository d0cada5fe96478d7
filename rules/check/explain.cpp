#include "rules/check/explain.hpp"

#include <chrono>

#include "rules/check/explain_reasons.hpp"

namespace tocsin::check {
namespace {

constexpr Duration kLookAhead = std::chrono::hours{24};

std::vector<ExplainedRule> explained_rules(const Rulebook& rulebook, const Fields& fields, Trail trail) {
    std::vector<ExplainedRule> rules;
    for (std::size_t i = 0; i < trail.size(); ++i) {
        auto& one = rules.emplace_back();
        one.step = std::move(trail[i]);
        if (!one.step.is_match) continue;
        const auto& rule = rulebook.rules().rules()[i];
        one.reasons = reasons_of_match(rule, fields);
        one.sets = settings_of(rule);
    }
    return rules;
}

}  // namespace

Explanation explain(const Rulebook& rulebook, const Alert& alert, const Fields& fields, TimePoint at) {
    Explanation explanation;
    explanation.at = at;
    explanation.source = alert.source;
    explanation.kind = alert.kind;
    explanation.key = alert.key;
    explanation.fields_left_out = fields.left_out();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto field = fields[i];
        explanation.fields.push_back({std::string(field.path), std::string(field.value), field.type});
    }

    Trail trail;
    explanation.verdict = rulebook.classify(fields, at, &trail);
    explanation.rules_not_asked = rulebook.rules().rules().size() - trail.size();
    explanation.rules = explained_rules(rulebook, fields, std::move(trail));
    if (const auto* service = rulebook.roster().service(explanation.verdict.service)) {
        explanation.service_title = service->title;
        explanation.runbook = service->runbook;
    }

    engine::Rehearsal rehearsal(rulebook.roster());
    rehearsal.alert(alert, explanation.verdict, at);
    rehearsal.run_until(at + kLookAhead);
    explanation.pages = explained_pages(rehearsal, rulebook.roster(), at);
    explanation.timeline = rehearsal.timeline();
    return explanation;
}

}  // namespace tocsin::check

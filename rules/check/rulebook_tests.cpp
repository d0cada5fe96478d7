#include "rules/check/rulebook_tests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/check/rulebook_tests_expect.hpp"

namespace tocsin::check {
namespace {

/// One test being played.
class Play {
public:
    Play(const Rulebook& rulebook, const RulebookTest& test, const ParseAlert& parse)
        : rulebook_(rulebook), test_(test), parse_(parse), rehearsal_(rulebook.roster()) {
        result_.name = test.name;
        result_.place = test.place;
    }

    TestResult run() {
        auto given = test_.given;
        std::stable_sort(given.begin(), given.end(), [](const TestGiven& a, const TestGiven& b) { return a.at < b.at; });
        const auto is_alert = [](const TestGiven& g) { return g.kind == TestGiven::Kind::Alert; };
        const auto first = std::find_if(given.begin(), given.end(), is_alert);
        if (first == given.end()) {
            result_.differences.emplace_back("the test gives no alert, so nothing can happen");
            return std::move(result_);
        }
        first_ = first->at;
        for (const auto& step : given) take(step);
        judge(std::max(given.back().at, first_ + span_of(test_.expect)));
        return std::move(result_);
    }

private:
    void take(const TestGiven& given) {
        switch (given.kind) {
            case TestGiven::Kind::Alert: return take_alert(given);
            case TestGiven::Kind::Acknowledge: return rehearsal_.acknowledge(given.person, given.at);
            case TestGiven::Kind::Resolve: return rehearsal_.resolve(given.person, given.at);
        }
    }

    void take_alert(const TestGiven& given) {
        const auto parsed = parse_(given.source_kind, given.source, given.payload);
        if (!parsed || parsed->empty()) {
            const auto why = parsed ? std::string("its payload holds no alert") : parsed.error().message();
            result_.differences.push_back(
                fmt::format("the alert of {} at {} was not understood: {}", given.source, offset_text(given.at - first_), why));
            return;
        }
        for (const auto& one : *parsed) {
            Trail trail;
            const auto verdict = rulebook_.classify(one.fields, given.at, &trail);
            for (std::size_t i = 0; i < trail.size(); ++i) {
                if (trail[i].is_match) reached_.insert(static_cast<std::int32_t>(i));
            }
            rehearsal_.alert(one.alert, verdict, given.at);
            if (verdict_) continue;
            verdict_ = verdict;
            trail_ = std::move(trail);
        }
    }

    void judge(TimePoint until) {
        rehearsal_.run_until(until);
        result_.pages = explained_pages(rehearsal_, rulebook_.roster(), first_);
        result_.rules_reached.assign(reached_.begin(), reached_.end());
        const auto add = [this](std::vector<std::string> differences) {
            std::move(differences.begin(), differences.end(), std::back_inserter(result_.differences));
        };
        if (verdict_) add(differences_of_verdict(test_.expect, *verdict_, trail_));
        add(differences_of_pages(test_.expect, result_.pages));
    }

    const Rulebook& rulebook_;
    const RulebookTest& test_;
    const ParseAlert& parse_;
    engine::Rehearsal rehearsal_;
    TimePoint first_;
    std::optional<Verdict> verdict_;  ///< Of the first alert, as is the trail.
    Trail trail_;
    std::set<std::int32_t> reached_;
    TestResult result_;
};

}  // namespace

std::vector<TestResult> run_rulebook_tests(const Rulebook& rulebook, const ParseAlert& parse) {
    std::vector<TestResult> results;
    for (const auto& test : rulebook.tests()) results.push_back(Play(rulebook, test, parse).run());
    return results;
}

std::vector<const match::RuleSpec*> rules_not_reached(const Rulebook& rulebook, const std::vector<TestResult>& results) {
    std::set<std::int32_t> reached;
    for (const auto& result : results) reached.insert(result.rules_reached.begin(), result.rules_reached.end());
    std::vector<const match::RuleSpec*> missing;
    std::int32_t index = 0;
    for (const auto& rule : rulebook.rules().rules()) {
        if (!reached.contains(index++)) missing.push_back(&rule);
    }
    return missing;
}

}  // namespace tocsin::check

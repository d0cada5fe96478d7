#include "rules/check/rulebook_tests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/text.hpp"
#include "rules/check/rulebook_tests_expect.hpp"

namespace tocsin::check {
namespace {

/// One test being played.
class Play {
public:
    /// `coverage` may be null.
    Play(const Rulebook& rulebook, const RulebookTest& test, const ParseAlert& parse, Coverage* coverage)
        : rulebook_(rulebook), test_(test), parse_(parse), coverage_(coverage), rehearsal_(rulebook.roster()) {
        result_.name = test.name;
        result_.place = test.place;
    }

    TestResult run() {
        auto given = test_.given;
        const auto rank = [](const TestGiven& one) { return one.kind == TestGiven::Kind::Silence ? 0 : 1; };
        std::stable_sort(given.begin(), given.end(),
                         [&](const TestGiven& a, const TestGiven& b) { return a.at != b.at ? a.at < b.at : rank(a) < rank(b); });
        const auto is_alert = [](const TestGiven& g) { return g.kind == TestGiven::Kind::Alert; };
        const auto first = std::find_if(given.begin(), given.end(), is_alert);
        if (first == given.end()) {
            result_.differences.push_back({"given", "an alert", "none, so nothing can happen", {}});
            return std::move(result_);
        }
        first_ = first->at;
        for (const auto& step : given) take(step);
        judge(horizon_of(test_.expect, given.back().at - first_));
        return std::move(result_);
    }

private:
    void take(const TestGiven& given) {
        switch (given.kind) {
            case TestGiven::Kind::Alert: return take_alert(given);
            case TestGiven::Kind::Acknowledge: return answer(given, engine::Acknowledge{given.person});
            case TestGiven::Kind::Snooze: return answer(given, engine::Snooze{given.person, given.at + given.lasts});
            case TestGiven::Kind::Resolve: return answer(given, engine::Resolve{given.person, {}});
            case TestGiven::Kind::ChangeSeverity: return answer(given, engine::ChangeSeverity{given.person, given.severity, {}});
            case TestGiven::Kind::Merge: return merge(given);
            case TestGiven::Kind::Split: return split(given);
            case TestGiven::Kind::Silence: return take_silence(given.silence);
        }
    }

    void answer(const TestGiven& given, const engine::Event& event) {
        if (given.of.empty()) return rehearsal_.act_on_all(event, given.at);
        if (const auto id = incident_of(given.of.front(), given)) rehearsal_.act(*id, event, given.at);
    }

    void merge(const TestGiven& given) {
        const auto from = incident_of(given.of.front(), given);
        const auto into = incident_of(given.into, given);
        if (!from || !into) return;
        const auto merged = rehearsal_.merge(*from, *into, given.person, given.at);
        if (!merged) fails(given, merged.error().message());
    }

    void split(const TestGiven& given) {
        const auto from = incident_of(given.of.front(), given);
        if (!from) return;
        std::vector<std::string> keys;
        for (const auto& name : given.of) keys.push_back(named_.at(name).alert.key);
        const auto split = rehearsal_.split(*from, keys, given.person, given.at);
        if (!split) fails(given, split.error().message());
    }

    /// The one that an alert is in by then, whoever merged or split it.
    std::optional<IncidentId> incident_of(const std::string& name, const TestGiven& given) {
        rehearsal_.run_until(given.at);
        const auto found = named_.find(name);
        if (found == named_.end() || !found->second.incident.is_set()) {
            fails(given, fmt::format("the alert \"{}\" opened no incident and belongs to none", name));
            return {};
        }
        return rehearsal_.home_now(found->second.alert, found->second.incident);
    }

    void fails(const TestGiven& given, const std::string& why) {
        result_.differences.push_back(
            {fmt::format("what {} does at {}", given.person, offset_text(given.at - first_)), "that it can be done", why, {}});
    }

    void take_silence(const match::SilenceSpec& silence) {
        const auto& in_force = silences().silences();
        std::vector<match::SilenceSpec> all(in_force.begin(), in_force.end());
        all.push_back(silence);
        own_silences_.emplace(std::move(all));
    }

    [[nodiscard]] const match::SilenceSet& silences() const { return own_silences_ ? *own_silences_ : rulebook_.silences(); }

    void take_alert(const TestGiven& given) {
        const auto parsed = parse_(rulebook_, {given.source_kind, given.source, given.payload, given.at});
        if (!parsed || parsed->empty()) {
            const auto why = parsed ? std::string("its payload holds no alert") : parsed.error().message();
            result_.differences.push_back({fmt::format("the alert of {} at {}", given.source, offset_text(given.at - first_)),
                                           "one that is understood",
                                           why,
                                           {}});
            return;
        }
        for (std::size_t i = 0; i < parsed->size(); ++i) {
            const auto& one = (*parsed)[i];
            const auto verdict = rulebook_.classify(one.fields, given.at, silences());
            if (coverage_ != nullptr) coverage_->see(one.fields, verdict, given.at);
            const auto incident = rehearsal_.alert(one.alert, verdict, given.at);
            if (i == 0 && !given.name.empty()) named_[given.name] = {one.alert, incident};
            if (incident_key_.empty()) {
                judge_verdict(test_.expect.verdict, {verdict, one.fields, given.at}, {});
                incident_key_ = verdict.incident_key;
            }
            if (i == 0) judge_verdict(given.expect, {verdict, one.fields, given.at}, offset_text(given.at - first_));
        }
    }

    /// An alert that has a name in the test.
    struct NamedAlert {
        Alert alert;
        IncidentId incident;  ///< That it went to.
    };
    struct Judged {
        const Verdict& verdict;
        const Fields& fields;
        TimePoint at;
    };
    /// `offset` names the alert, if it is not the test's first.
    void judge_verdict(const ExpectedVerdict& expect, const Judged& got, const std::string& offset) {
        if (!differs(expect, got.verdict)) return;
        Trail trail;
        (void)rulebook_.classify(got.fields, got.at, silences(), &trail);  // Once more, with the way: nobody waits for a failure.
        for (auto& difference : differences_of_verdict(expect, got.verdict, trail)) {
            if (!offset.empty()) difference.what += fmt::format(" of the alert at {}", offset);
            result_.differences.push_back(std::move(difference));
        }
        if (result_.trail.empty()) result_.trail = std::move(trail);
    }

    void judge(Duration horizon) {
        rehearsal_.run_until(first_ + horizon);
        result_.pages = explained_pages(rehearsal_, rulebook_.roster(), first_);
        result_.compared = compared_pages(test_.expect, result_.pages, horizon);
        for (auto& difference : differences_of_outcome(test_.expect, {rehearsal_, incident_key_, result_.pages})) {
            result_.differences.push_back(std::move(difference));
        }
    }

    const Rulebook& rulebook_;
    const RulebookTest& test_;
    const ParseAlert& parse_;
    Coverage* coverage_;
    engine::Rehearsal rehearsal_;
    std::optional<match::SilenceSet> own_silences_;  ///< The rulebook's and the test's, once it has any.
    TimePoint first_;
    std::string incident_key_;  ///< Of the first alert.
    std::map<std::string, NamedAlert> named_;
    TestResult result_;
};

bool is_chosen(std::string_view name, std::string_view filter) {
    return lower_ascii(name).find(lower_ascii(filter)) != std::string::npos;
}

}  // namespace

bool TestResult::passed() const {
    return differences.empty() && std::all_of(compared.begin(), compared.end(), [](const ComparedPage& page) {
               return page.outcome == ComparedPage::Outcome::AsExpected;
           });
}

std::size_t TestReport::failed() const {
    return static_cast<std::size_t>(std::count_if(results.begin(), results.end(), [](const auto& one) { return !one.passed(); }));
}

std::vector<TestResult> run_rulebook_tests(const Rulebook& rulebook, const ParseAlert& parse) {
    std::vector<TestResult> results;
    for (const auto& test : rulebook.tests()) results.push_back(Play(rulebook, test, parse, nullptr).run());
    return results;
}

TestReport test_report(const Rulebook& rulebook, const ParseAlert& parse, std::string_view filter) {
    TestReport report;
    Coverage coverage(rulebook.rules());
    for (const auto& test : rulebook.tests()) {
        if (is_chosen(test.name, filter)) report.results.push_back(Play(rulebook, test, parse, &coverage).run());
    }
    if (filter.empty()) report.coverage = coverage.report();
    return report;
}

}  // namespace tocsin::check

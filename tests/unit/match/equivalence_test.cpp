// The index against the plain evaluator, on random rules and alerts: never a difference.
//
// In the suite a few hundred thousand pairs of rule and alert; TOCSIN_MATCH_ROUNDS=100000 (of 20 to 6,000 pairs each) for longer,
// TOCSIN_MATCH_SEED for the seed that a failure has printed.
#include <gtest/gtest.h>

#include <cstdlib>

#include "rules/match/plain_rules.hpp"
#include "rules/match/rule_set.hpp"
#include "tests/unit/match/random_rules.hpp"

namespace tocsin::match::equivalence_test {
namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
    const auto* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

void expect_the_same(const Verdict& index, const Verdict& plain) {
    EXPECT_EQ(index.rule_index, plain.rule_index);
    EXPECT_EQ(index.rule, plain.rule);
    EXPECT_EQ(index.service, plain.service);
    EXPECT_EQ(index.severity, plain.severity);
    EXPECT_EQ(index.urgency, plain.urgency);
    EXPECT_EQ(index.summary, plain.summary);
    EXPECT_EQ(index.incident_key, plain.incident_key);
}

/// One rule set and some alerts; how many pairs of a rule and an alert that were.
std::size_t compare(std::uint64_t seed) {
    kit::RandomRules random(seed);
    const bool are_weak = random.below(16) == 0;
    const auto specs = are_weak ? random.weak_rules(300) : random.rules(1 + random.below(30));
    const RuleSet rules(specs);
    const PlainRules plain(specs);
    constexpr std::size_t kAlerts = 20;
    for (std::size_t i = 0; i < kAlerts; ++i) {
        const auto alert = are_weak ? random.weak_alert() : random.alert();
        const auto now = random.instant();
        expect_the_same(rules.classify(alert, Roster{}, now), plain.classify(alert, Roster{}, now, nullptr));
        if (!testing::Test::HasFailure()) continue;
        ADD_FAILURE() << "TOCSIN_MATCH_SEED=" << seed << " repeats this.\n" << kit::text_of(specs) << "\n" << kit::text_of(alert);
        break;
    }
    return specs.size() * kAlerts;
}

TEST(Equivalence, IndexAndPlainEvaluatorNeverDisagree) {
    const auto first = setting("TOCSIN_MATCH_SEED", 1);
    const auto rounds = std::getenv("TOCSIN_MATCH_SEED") != nullptr ? 1 : setting("TOCSIN_MATCH_ROUNDS", 300);
    std::size_t pairs = 0;
    for (auto seed = first; seed < first + rounds && !HasFailure(); ++seed) pairs += compare(seed);
    RecordProperty("pairs", std::to_string(pairs));
}

}  // namespace
}  // namespace tocsin::match::equivalence_test

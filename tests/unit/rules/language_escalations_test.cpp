// Escalations, as they are written and as the engine gets them.
#include <gtest/gtest.h>

#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin::language_escalations_test {
namespace {

using namespace std::chrono_literals;
using Pick = EscalationStep::Pick;

/// The escalation `x` with these lines.
Escalation escalation(const std::string& lines) {
    const auto rulebook = kit::compiled(
        "people:\n"
        "  a: { email: a@example.org, paged: [{ via: email }] }\n"
        "  b: { email: b@example.org, paged: [{ via: email }] }\n"
        "escalations:\n  x:" +
        lines);
    if (rulebook == nullptr) return {};
    return *rulebook->roster().escalation("x");
}

TEST(LanguageEscalations, AskForOneAndStayWithWhoHasItUnlessTheySayOtherwise) {
    const auto x = escalation(" { steps: [{ page: a }], fallback: b }");
    EXPECT_EQ(x.acknowledgements, 1);
    EXPECT_EQ(x.hand_over, Escalation::HandOver::Stay);
    EXPECT_EQ(x.steps.at(0).pick, Pick::All);
    EXPECT_TRUE(x.steps.at(0).cases.empty());
}

TEST(LanguageEscalations, StepsTakeTurnsAndAskForAcknowledgements) {
    const auto x = escalation(R"(
    steps:
      - { one_of: [a, b] }
      - { page: [a, b], after: 5m, acknowledgements: 2 }
    acknowledgements: 2
    hand_over: follow
    fallback: b
)");
    ASSERT_EQ(x.steps.size(), 2U);
    EXPECT_EQ(x.steps[0].pick, Pick::OneByTurns);
    EXPECT_EQ(x.steps[0].page.size(), 2U);
    EXPECT_EQ(x.steps[1].acknowledgements, 2);
    EXPECT_EQ(x.acknowledgements, 2);
    EXPECT_EQ(x.hand_over, Escalation::HandOver::Follow);
}

TEST(LanguageEscalations, WaitsGoBySeverity) {
    const auto x =
        escalation(" { steps: [{ page: a }, { page: b, after: { critical: 2m, high: 5m, default: 10m } }], fallback: b }");
    const auto wait = [&](Severity severity) { return wait_before(x.steps.at(1), severity, TimePoint{}); };
    EXPECT_EQ(wait(Severity::Critical), Duration{2min});
    EXPECT_EQ(wait(Severity::High), Duration{5min});
    EXPECT_EQ(wait(Severity::Moderate), Duration{10min});
    EXPECT_EQ(x.repeat_after, Duration{10min}) << "the last step's own wait";
}

TEST(LanguageEscalations, TheFirstCaseThatHoldsSaysHowLongToWait) {
    const auto x = escalation(R"(
    steps:
      - page: a
      - page: b
        after:
          - { wait: 2m, severity: [critical, P2], during: 22:00-06:00 Europe/London }
          - { wait: 20m, during: 22:00-06:00 Europe/London }
          - 10m
    fallback: b
)");
    const auto wait = [&](Severity severity, const char* at) { return wait_before(x.steps.at(1), severity, *parse_rfc3339(at)); };
    EXPECT_EQ(wait(Severity::High, "2026-07-01T21:30:00Z"), Duration{2min}) << "22:30 in summer time";
    EXPECT_EQ(wait(Severity::Low, "2026-07-01T21:30:00Z"), Duration{20min});
    EXPECT_EQ(wait(Severity::High, "2026-01-15T21:30:00Z"), Duration{10min}) << "21:30 in winter";
}

}  // namespace
}  // namespace tocsin::language_escalations_test

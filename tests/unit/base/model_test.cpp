// Small promises of the model: names, severities, waking times, idempotency keys, looking things up.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/model/alert.hpp"
#include "core/model/incident.hpp"
#include "core/model/reason.hpp"
#include "core/model/roster.hpp"
#include "core/model/severity.hpp"
#include "tests/support/calendar.hpp"

namespace tocsin::model_test {
namespace {

using calendar_kit::utc;

TEST(Severity, IsReadByNameAndByOpsgeniesPriority) {
    EXPECT_EQ(parse_severity("critical"), Severity::Critical);
    EXPECT_EQ(parse_severity("HIGH"), Severity::High);
    EXPECT_EQ(parse_severity("P1"), Severity::Critical);
    EXPECT_EQ(parse_severity("p3"), Severity::Moderate);
    EXPECT_EQ(parse_severity("P5"), Severity::Info);
    for (const auto* text : {"", "P0", "P6", "P", "P11", "1", "warning"}) EXPECT_FALSE(parse_severity(text).has_value()) << text;
}

TEST(Severity, EveryOneIsReadBackFromItsName) {
    for (const auto severity : kSeverities) EXPECT_EQ(parse_severity(to_string(severity)), severity);
}

TEST(Severity, WorseComesFirst) {
    EXPECT_TRUE(std::is_sorted(kSeverities.begin(), kSeverities.end(), is_worse));
    EXPECT_FALSE(is_worse(Severity::High, Severity::High));
}

TEST(Urgency, EveryOneIsReadBackFromItsName) {
    for (const auto urgency : {Urgency::Page, Urgency::Notice, Urgency::Record})
        EXPECT_EQ(parse_urgency(to_string(urgency)), urgency);
    EXPECT_FALSE(parse_urgency("Page").has_value());
    EXPECT_TRUE(is_louder(Urgency::Page, Urgency::Notice));
}

TEST(Urgency, FollowsFromTheSeverityUnlessARuleNamesOne) {
    EXPECT_EQ(default_urgency(Severity::Critical), Urgency::Page);
    EXPECT_EQ(default_urgency(Severity::High), Urgency::Page);
    EXPECT_EQ(default_urgency(Severity::Moderate), Urgency::Page);
    EXPECT_EQ(default_urgency(Severity::Low), Urgency::Notice);
    EXPECT_EQ(default_urgency(Severity::Info), Urgency::Record);
}

TEST(AlertAction, OnlyAnEndAnAnswerOrASnoozeChangesTheStatus) {
    EXPECT_EQ(status_of(AlertAction::Fire), "firing");
    EXPECT_EQ(status_of(AlertAction::Resolve), "resolved");
    EXPECT_EQ(status_of(AlertAction::Acknowledge), "acknowledged");
    EXPECT_EQ(status_of(AlertAction::Snooze), "snoozed");
    EXPECT_EQ(status_of(AlertAction::Unacknowledge), "firing");
    EXPECT_EQ(status_of(AlertAction::EndSnooze), "firing");
    EXPECT_EQ(status_of(AlertAction::Note), "firing");
}

TEST(Reason, EveryOneIsReadBackFromItsName) {
    for (int i = 0; i <= static_cast<int>(Reason::ResolvedByQuiet); ++i) {
        const auto reason = static_cast<Reason>(i);
        ASSERT_EQ(parse_reason(to_string(reason)), reason) << to_string(reason);
    }
    EXPECT_FALSE(parse_reason("no_such_reason").has_value());
}

TEST(Incident, StatesAreReadBackFromTheirNames) {
    for (const auto state : {IncidentState::Triggered, IncidentState::Acknowledged, IncidentState::Resolved}) {
        EXPECT_EQ(parse_incident_state(to_string(state)), state);
    }
    EXPECT_FALSE(parse_incident_state("open").has_value());
}

TEST(Incident, SleepsUntilToldIfNothingIsDue) { EXPECT_FALSE(Incident{}.wake_at().has_value()); }

TEST(Incident, WakesAtTheEarliestOfWhatIsDue) {
    Incident incident;
    incident.resolve_due_at = utc("2026-01-01T04:00:00Z");
    EXPECT_EQ(incident.wake_at(), utc("2026-01-01T04:00:00Z"));
    incident.snoozed_until = utc("2026-01-01T03:00:00Z");
    EXPECT_EQ(incident.wake_at(), utc("2026-01-01T03:00:00Z"));
    incident.acknowledgement_ends_at = utc("2026-01-01T02:00:00Z");
    EXPECT_EQ(incident.wake_at(), utc("2026-01-01T02:00:00Z"));
    incident.step_due_at = utc("2026-01-01T01:00:00Z");
    EXPECT_EQ(incident.wake_at(), utc("2026-01-01T01:00:00Z"));
    incident.step_due_at = utc("2026-01-01T05:00:00Z");
    EXPECT_EQ(incident.wake_at(), utc("2026-01-01T02:00:00Z"));
}

TEST(Incident, IsOpenUntilResolved) {
    Incident incident;
    incident.state = IncidentState::Acknowledged;
    EXPECT_TRUE(incident.is_open());
    incident.state = IncidentState::Resolved;
    EXPECT_FALSE(incident.is_open());
}

Page page_of_step(std::int32_t step) {
    Page page;
    page.incident.value = 42;
    page.round = 1;
    page.step = step;
    page.person = "lahore-a";
    page.via = "push";
    return page;
}

TEST(PageKey, NamesIncidentCycleRoundStepPersonAndContact) {
    EXPECT_EQ(page_of_step(2).key(), "42-0-1-2-lahore-a-push");
    EXPECT_EQ(page_of_step(kFallbackStep).key(), "42-0-1-fallback-lahore-a-push");
    EXPECT_EQ(page_of_step(kNoticeStep).key(), "42-0-1-notice-lahore-a-push");
    EXPECT_EQ(page_of_step(kAssignedStep).key(), "42-0-1-assigned-lahore-a-push");
}

TEST(PageKey, IsTheSameForEveryAttempt) {
    auto page = page_of_step(2);
    const auto key = page.key();
    page.attempts = 5;
    page.last_error = "refused";
    page.due_at = utc("2026-01-01T00:00:00Z");
    EXPECT_EQ(page.key(), key);
}

TEST(PageState, EveryOneIsReadBackFromItsName) {
    for (const auto state : {PageState::Pending, PageState::Delivered, PageState::Failed, PageState::Overtaken}) {
        EXPECT_EQ(parse_page_state(to_string(state)), state);
    }
    EXPECT_FALSE(parse_page_state("sent").has_value());
}

TEST(Roster, FindsByNameOrNothing) {
    Roster roster;
    roster.people["lahore-a"].contacts = {{"push", "log", "lahore-a"}};
    roster.services["lms"].title = "Courseware";
    ASSERT_NE(roster.person("lahore-a"), nullptr);
    EXPECT_EQ(roster.person("lahore-a")->contact("push")->channel, "log");
    EXPECT_EQ(roster.person("lahore-a")->contact("text"), nullptr);
    EXPECT_EQ(roster.service("lms")->title, "Courseware");
    EXPECT_EQ(roster.person("nobody"), nullptr);
    EXPECT_EQ(roster.schedule("learner"), nullptr);
    EXPECT_EQ(roster.escalation("learner"), nullptr);
}

}  // namespace
}  // namespace tocsin::model_test

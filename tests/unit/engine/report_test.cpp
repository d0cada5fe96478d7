// Reports: how soon people answered, what was noise, who was woken, which problems come back.
#include "core/engine/report.hpp"

#include <gtest/gtest.h>

namespace tocsin::engine::report_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const TimePoint kNoon = from_unix_ms(1'772'366'400'000);  // 2026-03-01T12:00Z; in Karachi 17:00.
const Stretch kStretch{kNoon - hours{24}, kNoon + hours{24}};

Roster roster() {
    Roster roster;
    roster.people["ana"].id = "ana";
    roster.people["ana"].time_zone = *Zone::find("Asia/Karachi");
    roster.services["lms"].runbook = "https://runbooks.example.org/lms";
    return roster;
}

PastIncident incident(std::int64_t id, const std::string& key, TimePoint at) {
    PastIncident one;
    one.id = {id};
    one.key = key;
    one.rule = "a rule";
    one.service = "lms";
    one.summary = key;
    one.severity = Severity::High;
    one.opened_at = at;
    return one;
}

PastIncident answered(PastIncident one, Duration acknowledged, Duration resolved) {
    one.first_acknowledged_at = one.opened_at + acknowledged;
    one.acknowledged_by = "ana";
    one.resolved_at = one.opened_at + resolved;
    one.resolution = Reason::Resolved;
    one.resolution_note = "restarted it";
    return one;
}

PastPage page(std::int64_t incident, TimePoint at) { return {{incident}, "ana", Urgency::Page, 0, PageState::Delivered, at}; }

TEST(Report, GivesMeanTimesAndTellsNoiseFromWhatWasAnswered) {
    Past past;
    auto noise = incident(3, "c", kNoon);
    noise.resolved_at = kNoon + minutes{5};
    past.incidents = {answered(incident(1, "a", kNoon), minutes{2}, minutes{20}),
                      answered(incident(2, "b", kNoon), minutes{4}, minutes{30}), noise, incident(4, "d", kNoon)};
    past.pages = {page(1, kNoon), page(2, kNoon), page(3, kNoon), page(4, kNoon)};
    const auto made = report(past, roster(), kStretch);
    EXPECT_EQ(made.all.incidents, 4);
    EXPECT_EQ(made.all.acknowledged, 2);
    EXPECT_EQ(made.all.unanswered, 1) << "one is still open";
    EXPECT_EQ(made.all.to_acknowledge.value(), minutes{3});
    EXPECT_EQ(made.services.at("lms").to_resolve.value(), Duration{minutes{20} + minutes{30} + minutes{5}} / 3);
    EXPECT_EQ(made.severities.at(Severity::High).pages, 4);
    EXPECT_EQ(made.rules.at("a rule").incidents, 4);
    EXPECT_EQ(Mean{}.value(), std::nullopt);
}

TEST(Report, CountsPagesByThePersonsOwnDayAndNight) {
    Past past;
    past.pages = {page(1, kNoon), page(1, kNoon + hours{5}), page(1, kNoon + hours{13})};
    auto lost = page(1, kNoon);
    lost.state = PageState::Failed;
    auto notice = page(1, kNoon);
    notice.urgency = Urgency::Notice;
    auto reply = notice;
    reply.step = kReplyStep;
    past.pages.insert(past.pages.end(), {lost, notice, reply});
    const auto ana = report(past, roster(), kStretch).people.at("ana");
    EXPECT_EQ(ana.day_pages, 1);
    EXPECT_EQ(ana.night_pages, 2) << "22:00 and 06:00 in Karachi";
    EXPECT_EQ(ana.notices, 1);
}

TEST(Report, LeavesDrillsOut) {
    Past past;
    auto drill = incident(1, "drill:ana", kNoon);
    drill.is_drill = true;
    past.incidents = {drill};
    past.pages = {page(1, kNoon)};
    const auto made = report(past, roster(), kStretch);
    EXPECT_EQ(made.all.incidents, 0);
    EXPECT_TRUE(made.people.empty());
    EXPECT_TRUE(recurring(past, roster(), kStretch).problems.empty());
}

TEST(Recurring, SortsProblemsByWhatTheyCostAndShowsTheLastCure) {
    Past past;
    past.incidents = {answered(incident(1, "cheap", kNoon), minutes{1}, minutes{10}), incident(2, "once", kNoon),
                      answered(incident(3, "cheap", kNoon), minutes{1}, minutes{20}), incident(4, "dear", kNoon),
                      incident(5, "dear", kNoon)};
    past.pages = {page(1, kNoon), page(3, kNoon), page(4, kNoon + hours{6})};
    const auto problems = recurring(past, roster(), kStretch).problems;
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].key, "dear");
    EXPECT_EQ(problems[0].night_pages, 1);
    EXPECT_EQ(problems[1].key, "cheap");
    EXPECT_EQ(problems[1].times, 2);
    EXPECT_EQ(problems[1].open.value(), minutes{15});
    EXPECT_EQ(problems[1].runbook, "https://runbooks.example.org/lms");
    EXPECT_EQ(problems[1].last_note, "restarted it");
    EXPECT_EQ(problems[1].resolutions.at(Reason::Resolved), 2);
}

}  // namespace
}  // namespace tocsin::engine::report_test

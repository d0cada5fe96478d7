// What Prometheus reads, and that its own linter finds nothing to say about it.
#include "daemon/observe/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "daemon/observe/process.hpp"
#include "daemon/observe/rule_counts.hpp"

namespace tocsin::observe::metrics_test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

const TimePoint kNow = from_unix_ms(1'795'333'800'500);

MetricsOptions options() { return {.version = "0.1.0", .sources = {"splunk", "og"}, .channels = {"push"}}; }

/// Whether the text has exactly this line.
testing::Matcher<std::string> HasLine(const std::string& line) { return HasSubstr("\n" + line + "\n"); }

/// Every method once, so that every family has a sample.
void use_everything(Metrics& metrics) {
    const std::vector<std::string> rules{"disk", "checkout \"errors\"\n"};
    metrics.accepted("splunk");
    metrics.refused("og", Refusal::Unauthorized);
    metrics.mended("lone_surrogate");
    metrics.http_answered(202);
    metrics.http_refused("too_large");
    metrics.rulebook_loaded("0123456789abcdef", rules, kNow);
    metrics.rulebook_files({{"rules/learner.yaml", false}});
    metrics.rule_matched(1);
    metrics.templates_empty(2);
    metrics.mapping_missed("splunk");
    metrics.decided(Reason::StepTimedOut);
    metrics.committed(25, 400us);
    metrics.commit_failed();
    metrics.mailbox_depth(3);
    metrics.page_attempted("push", AttemptOutcome::Delayed);
    metrics.accept_to_page(40ms);
    const std::vector<IncidentCount> open{{IncidentState::Triggered, Severity::Critical, 2}};
    metrics.update(open, {.pending = 4, .oldest_due_at = kNow - 1500ms}, kNow);
    std::vector<GaugeSample> samples;
    for (const auto& name : {metric::kHeartbeatMissing, metric::kHeartbeatLast, metric::kOwnHeartbeat, metric::kTimeToAcknowledge,
                             metric::kTimeToResolve, metric::kReportPages, metric::kReportUnanswered, metric::kOnCallTime,
                             metric::kCalendarFetched, metric::kCalendarFailed}) {
        samples.push_back({name, {{"service", "lms"}}, 1});
    }
    metrics.show_gauges("all", std::move(samples));
}

TEST(Metrics, AreWhatPromtoolCallsClean) {
    if (std::system("command -v promtool > /dev/null") != 0) GTEST_SKIP() << "promtool (Debian: prometheus) is not installed";
    Metrics metrics(options());
    use_everything(metrics);
    const auto file = testing::TempDir() + "tocsin_metrics.txt";
    std::ofstream(file) << metrics.text();
    const auto command = "promtool check metrics < '" + file + "' 2>&1";
    auto* pipe = popen(command.c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string said;
    for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) said += static_cast<char>(c);
    EXPECT_EQ(WEXITSTATUS(pclose(pipe)), 0);
    EXPECT_EQ(said, "");
    std::remove(file.c_str());
}

TEST(Metrics, AreAllShownWithHelpUnderTheNameInTheTable) {
    Metrics metrics(options());
    use_everything(metrics);
    const auto text = "\n" + metrics.text();
    std::set<std::string> names;
    for (const auto& [name, help] : metric::kAll) {
        EXPECT_THAT(text, HasSubstr(std::string("\n# HELP ") + name + " " + help + "\n"));
        names.insert(name);
    }
    EXPECT_EQ(names.size(), metric::kAll.size());
    std::size_t shown = 0;
    for (auto at = text.find("# TYPE "); at != std::string::npos; at = text.find("# TYPE ", at + 1)) ++shown;
    EXPECT_EQ(shown, metric::kAll.size());
}

TEST(Metrics, CountAlertsBySource) {
    Metrics metrics(options());
    metrics.accepted("splunk");
    metrics.accepted("splunk");
    EXPECT_THAT(metrics.text(), HasLine("tocsin_alerts_accepted_total{source=\"splunk\"} 2"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_alerts_accepted_total{source=\"og\"} 0"));
}

TEST(Metrics, CountAStrangersSourceAsOther) {
    Metrics metrics(options());
    metrics.refused("x\"} 1\nevil", Refusal::UnknownSource);
    metrics.accepted("nobody");
    EXPECT_THAT(metrics.text(), HasLine("tocsin_alerts_refused_total{reason=\"unknown_source\",source=\"other\"} 1"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_alerts_accepted_total{source=\"other\"} 1"));
    EXPECT_THAT(metrics.text(), Not(HasSubstr("evil")));
}

TEST(Metrics, ShowEveryReasonForARefusalFromTheStart) {
    const Metrics metrics(options());
    for (const auto why : kRefusals) {
        EXPECT_THAT(metrics.text(),
                    HasLine("tocsin_alerts_refused_total{reason=\"" + std::string(to_string(why)) + "\",source=\"og\"} 0"));
    }
}

TEST(Metrics, ShowEveryDecisionReasonFromTheStart) {
    const Metrics metrics(options());
    const auto text = metrics.text();
    for (int i = 0; i <= static_cast<int>(Reason::ResolvedByQuiet); ++i) {
        const auto name = std::string(to_string(static_cast<Reason>(i)));
        EXPECT_THAT(text, HasLine("tocsin_decisions_total{reason=\"" + name + "\"} 0"));
    }
}

TEST(Metrics, CountAttemptsByChannelAndOutcome) {
    Metrics metrics(options());
    metrics.page_attempted("push", AttemptOutcome::Failed);
    metrics.page_attempted("gone", AttemptOutcome::Failed);
    EXPECT_THAT(metrics.text(), HasLine("tocsin_page_attempts_total{channel=\"push\",outcome=\"failed\"} 1"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_page_attempts_total{channel=\"push\",outcome=\"delivered\"} 0"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_page_attempts_total{channel=\"other\",outcome=\"failed\"} 1"));
}

TEST(Metrics, ShowAllOpenStatesAndSeveritiesEvenIfThereIsNone) {
    Metrics metrics(options());
    const std::vector<IncidentCount> open{{IncidentState::Acknowledged, Severity::Low, 3}};
    metrics.update(open, {}, kNow);
    const auto text = metrics.text();
    for (const auto severity : kSeverities) {
        EXPECT_THAT(text,
                    HasLine("tocsin_incidents{severity=\"" + std::string(to_string(severity)) + "\",state=\"triggered\"} 0"));
    }
    EXPECT_THAT(text, HasLine("tocsin_incidents{severity=\"low\",state=\"acknowledged\"} 3"));
}

TEST(Metrics, ForgetIncidentsThatAreNotOpenAnyMore) {
    Metrics metrics(options());
    metrics.update(std::vector<IncidentCount>{{IncidentState::Triggered, Severity::High, 3}}, {}, kNow);
    metrics.update({}, {}, kNow);
    EXPECT_THAT(metrics.text(), HasLine("tocsin_incidents{severity=\"high\",state=\"triggered\"} 0"));
}

TEST(Metrics, SayForHowLongTheOldestPageHasBeenDue) {
    Metrics metrics(options());
    metrics.update({}, {.pending = 4, .oldest_due_at = kNow - 1500ms}, kNow);
    EXPECT_THAT(metrics.text(), HasLine("tocsin_outbox_oldest_due_seconds 1.5"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_outbox_pending 4"));
    metrics.update({}, {.pending = 4, .oldest_due_at = kNow + 2s}, kNow);
    EXPECT_THAT(metrics.text(), HasLine("tocsin_outbox_oldest_due_seconds 0"));
    metrics.update({}, {}, kNow);
    EXPECT_THAT(metrics.text(), HasLine("tocsin_outbox_pending 0"));
}

TEST(Metrics, MeasureInSeconds) {
    Metrics metrics(options());
    metrics.accept_to_page(40ms);
    metrics.committed(25, 400us);
    const auto text = metrics.text();
    EXPECT_THAT(text, HasLine("tocsin_accept_to_page_seconds_bucket{le=\"0.025\"} 0"));
    EXPECT_THAT(text, HasLine("tocsin_accept_to_page_seconds_bucket{le=\"0.05\"} 1"));
    EXPECT_THAT(text, HasLine("tocsin_accept_to_page_seconds_bucket{le=\"60\"} 1"));
    EXPECT_THAT(text, HasLine("tocsin_commit_seconds_bucket{le=\"0.00025\"} 0"));
    EXPECT_THAT(text, HasLine("tocsin_commit_seconds_bucket{le=\"0.0005\"} 1"));
    EXPECT_THAT(text, HasLine("tocsin_batch_messages_sum 25"));
}

TEST(Metrics, CountHttpAnswersByCode) {
    Metrics metrics(options());
    metrics.http_answered(202);
    metrics.http_answered(202);
    metrics.http_answered(413);
    EXPECT_THAT(metrics.text(), HasLine("tocsin_http_requests_total{code=\"202\"} 2"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_http_requests_total{code=\"413\"} 1"));
}

TEST(Metrics, NameTheRulebookInForceOnly) {
    Metrics metrics(options());
    EXPECT_THAT(metrics.text(), Not(HasSubstr("tocsin_rulebook_info")));
    metrics.rulebook_loaded("aaaa", {}, kNow);
    metrics.rulebook_loaded("bbbb", {}, kNow);
    EXPECT_THAT(metrics.text(), HasLine("tocsin_rulebook_info{hash=\"bbbb\"} 1"));
    EXPECT_THAT(metrics.text(), Not(HasSubstr("aaaa")));
}

TEST(Metrics, ShowTheHashAsANumberThatIsExact) {
    Metrics metrics(options());
    metrics.rulebook_loaded("0000deadbeef4711", {}, kNow);
    EXPECT_THAT(metrics.text(), HasLine("tocsin_rulebook_hash 3735928559"));
}

TEST(Metrics, ShowWhichFilesAreStaleUntilTheyAreGone) {
    Metrics metrics(options());
    metrics.rulebook_files({{"a.yaml", true}, {"b.yaml", false}});
    EXPECT_THAT(metrics.text(), HasLine("tocsin_rulebook_file_stale{file=\"a.yaml\"} 1"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_rulebook_file_stale{file=\"b.yaml\"} 0"));
    metrics.rulebook_files({{"b.yaml", false}});
    EXPECT_THAT(metrics.text(), Not(HasSubstr("a.yaml")));
}

TEST(Metrics, KeepTheTimeOfTheLastGoodRulebookWhenOneIsRefused) {
    Metrics metrics(options());
    metrics.rulebook_loaded("aaaa", {}, from_unix_ms(2'000'500));
    metrics.rulebook_refused();
    EXPECT_THAT(metrics.text(), HasLine("tocsin_rulebook_reload_success 0"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_rulebook_last_reload_success_timestamp_seconds 2000.5"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_rulebook_info{hash=\"aaaa\"} 1"));
}

TEST(Metrics, CountRulesByNameAndKeepTheCountOverAReload) {
    Metrics metrics(options());
    metrics.rulebook_loaded("aaaa", std::vector<std::string>{"gone", "cpu"}, kNow);
    metrics.rule_matched(1);
    metrics.rule_matched(-1);
    metrics.rule_matched(2);
    metrics.rulebook_loaded("bbbb", std::vector<std::string>{"cpu", "net"}, kNow);
    metrics.rule_matched(0);
    EXPECT_THAT(metrics.text(), HasLine("tocsin_rule_matches_total{rule=\"cpu\"} 2"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_rule_matches_total{rule=\"net\"} 0"));
    EXPECT_THAT(metrics.text(), Not(HasSubstr("gone")));
}

TEST(Metrics, EscapeALabelThatAnAuthorChose) {
    Metrics metrics(options());
    metrics.rulebook_loaded("aaaa", std::vector<std::string>{"say \"no\"\n"}, kNow);
    EXPECT_THAT(metrics.text(), HasLine(R"(tocsin_rule_matches_total{rule="say \"no\"\n"} 0)"));
}

TEST(Metrics, CanBeMovedFromSeveralThreadsAtOnce) {
    Metrics metrics(options());
    const std::vector<std::string> rules{"disk"};
    metrics.rulebook_loaded("aaaa", rules, kNow);
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&] {
            for (int n = 0; n < 200; ++n) {
                metrics.accepted("splunk");
                metrics.rule_matched(0);
                metrics.http_answered(202);
                metrics.decided(Reason::Opened);
            }
        });
    }
    for (int n = 0; n < 20; ++n) {
        metrics.rulebook_loaded("bbbb", rules, kNow);
        (void)metrics.text();  // Only to be at work while the others count.
    }
    for (auto& thread : threads) thread.join();
    EXPECT_THAT(metrics.text(), HasLine("tocsin_alerts_accepted_total{source=\"splunk\"} 600"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_rule_matches_total{rule=\"disk\"} 600"));
    EXPECT_THAT(metrics.text(), HasLine("tocsin_http_requests_total{code=\"202\"} 600"));
}

TEST(RuleCounts, ShowsOnlyWhatMatchedOfAVeryLargeRulebook) {
    RuleCounts counts;
    std::vector<std::string> names;
    for (std::size_t i = 0; i <= kRulesShownUnmatchedMax; ++i) names.push_back("rule " + std::to_string(i));
    counts.use(names);
    counts.matched(7);
    std::vector<std::string> shown;
    counts.each([&](const std::string& name, std::uint64_t) { shown.push_back(name); });
    EXPECT_THAT(shown, testing::ElementsAre("rule 7"));
}

TEST(ProcessState, ReadsAStatLineOfAProgramWithAnAwkwardName) {
    const auto stat = parse_process_stat(
        "42 (a) b (c)) S 1 42 42 0 -1 4194304 100 0 0 0 120 30 0 0 20 0 3 0 5000 12345678 777 18446744073709551615 1 1\n");
    ASSERT_TRUE(stat);
    EXPECT_EQ(stat->cpu_ticks, 150);
    EXPECT_EQ(stat->start_ticks, 5000);
    EXPECT_EQ(stat->resident_pages, 777);
}

TEST(ProcessState, IsNothingForWhatIsNoStatLine) {
    EXPECT_FALSE(parse_process_stat(""));
    EXPECT_FALSE(parse_process_stat("42 (x) S 1 2 3"));
}

TEST(ProcessState, SeesAFileDescriptorThatWasOpened) {
    const auto before = read_process_state();
    const std::ifstream file("/proc/self/stat");
    const auto after = read_process_state();
    ASSERT_TRUE(before && after);
    EXPECT_EQ(after->open_fds, before->open_fds + 1);
    EXPECT_GT(after->resident_bytes, 0);
    EXPECT_GE(after->max_fds, after->open_fds);
    EXPECT_GT(after->start_time_unix_s, 1.7e9);
}

}  // namespace
}  // namespace tocsin::observe::metrics_test

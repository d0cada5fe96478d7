// What Prometheus sees of tocsin: every metric's name and meaning, and the few calls that move them.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/reason.hpp"
#include "core/ports/store.hpp"

namespace tocsin::observe {

struct MetricName {
    const char* name;
    const char* help;
};

namespace metric {

// The door
inline constexpr MetricName kAccepted{"tocsin_alerts_accepted_total", "Alerts answered with 2xx, that is: on disk, by source."};
inline constexpr MetricName kRefused{
    "tocsin_alerts_refused_total", "Requests of senders answered with an error, by source and reason; nothing of them was kept."};
inline constexpr MetricName kMended{"tocsin_intake_mended_total", "Odd bodies that were repaired and taken, by what was odd."};
inline constexpr MetricName kHttpRequests{"tocsin_http_requests_total", "HTTP requests answered, by status code."};
inline constexpr MetricName kHttpRefused{
    "tocsin_http_refused_total", "Requests that the HTTP server itself refused, by reason: too_large, bad_request, timeout."};
// The rulebook
inline constexpr MetricName kRuleMatches{
    "tocsin_rule_matches_total", "Alerts that each rule of the rulebook in force decided. Starts anew for a rule that is new."};
inline constexpr MetricName kSilenced{"tocsin_alerts_silenced_total", "Alerts that a silence covers: kept, and nobody told."};
inline constexpr MetricName kTemplatesEmpty{"tocsin_templates_empty_total",
                                            "Templates of rules that named an absent field and rendered it empty."};
inline constexpr MetricName kMappingMissed{
    "tocsin_mapping_missed_total",
    "Alerts in which a mapping of the rulebook named a field that was not there, so that the usual stands in its place."};
inline constexpr MetricName kReloadSuccess{
    "tocsin_rulebook_reload_success", "1 if the last rulebook that was read is in force, 0 if it was refused, whole or in part."};
inline constexpr MetricName kReloadTimestamp{"tocsin_rulebook_last_reload_success_timestamp_seconds",
                                             "When the rulebook in force was loaded, in Unix seconds."};
inline constexpr MetricName kRulebookInfo{
    "tocsin_rulebook_info", "Always 1; the hash of the rulebook in force is the same on nodes that have the same one."};
inline constexpr MetricName kRulebookHash{"tocsin_rulebook_hash",
                                          "The first 12 digits of that hash as a number, to compare nodes in a query."};
inline constexpr MetricName kFileStale{
    "tocsin_rulebook_file_stale",
    "1 for a file of the rulebook that is wrong on disk, so that an older version of it (or none) is in force; else 0."};
// The engine
inline constexpr MetricName kIncidents{"tocsin_incidents", "Open incidents, by state and severity."};
inline constexpr MetricName kDecisions{"tocsin_decisions_total", "Entries of incidents' timelines, by reason."};
inline constexpr MetricName kCommitSeconds{"tocsin_commit_seconds", "How long the store took to make a batch durable."};
inline constexpr MetricName kCommitFailures{"tocsin_commit_failures_total", "Batches that the store refused."};
inline constexpr MetricName kBatchMessages{"tocsin_batch_messages", "Messages that one transaction took."};
inline constexpr MetricName kMailboxMessages{"tocsin_mailbox_messages", "Messages that wait for the engine."};
// Pages
inline constexpr MetricName kPageAttempts{"tocsin_page_attempts_total",
                                          "Attempts to send a page, by channel and outcome: delivered, delayed, failed."};
inline constexpr MetricName kOutboxPending{"tocsin_outbox_pending", "Pages that are decided and not yet sent."};
inline constexpr MetricName kOutboxOldest{"tocsin_outbox_oldest_due_seconds",
                                          "For how long the longest-due unsent page has been due; 0 if none is."};
inline constexpr MetricName kContactsUnverified{"tocsin_contacts_unverified",
                                                "Contacts of the rulebook of which it is not known whether pages arrive there."};
inline constexpr MetricName kAcceptToPage{
    "tocsin_accept_to_page_seconds",
    "From the commit of an incident's first alert until a provider had its page; pages that were to wait first are left out."};
// What is looked at now and then
inline constexpr MetricName kHeartbeatMissing{"tocsin_heartbeat_missing",
                                              "1 for a heartbeat of the rulebook that was not heard in time, else 0."};
inline constexpr MetricName kHeartbeatLast{"tocsin_heartbeat_last_beat_timestamp_seconds",
                                           "When a heartbeat was heard last, in Unix seconds."};
inline constexpr MetricName kOwnHeartbeat{
    "tocsin_own_heartbeat_sent", "1 if the last of tocsin's own heartbeats was sent, 0 if it was withheld or did not arrive."};
inline constexpr MetricName kCalendarFetched{"tocsin_calendar_fetched_timestamp_seconds",
                                             "When the calendar that is in force was fetched, in Unix seconds; 0: never."};
inline constexpr MetricName kCalendarFailed{
    "tocsin_calendar_fetch_failed", "1 if the last attempt to fetch a calendar failed and an older copy is in force, else 0."};
inline constexpr MetricName kTimeToAcknowledge{"tocsin_report_time_to_acknowledge_seconds",
                                               "Mean time to acknowledge of what paged in the last 30 days, by service."};
inline constexpr MetricName kTimeToResolve{"tocsin_report_time_to_resolve_seconds",
                                           "Mean time to resolve in the last 30 days, by service."};
inline constexpr MetricName kReportPages{"tocsin_report_pages",
                                         "Pages delivered in the last 30 days, by person and their day or night."};
inline constexpr MetricName kReportUnanswered{
    "tocsin_report_unanswered_incidents",
    "Incidents of the last 30 days that paged and were over without an acknowledgement, by rule; the hundred worst rules."};
inline constexpr MetricName kOnCallTime{
    "tocsin_on_call_seconds",
    "Time on call in the last 30 days as primary, by schedule, person and when: all, night, weekend, holiday."};
// The process
inline constexpr MetricName kLogDropped{"tocsin_log_dropped_total", "Log lines that the queue had no room for."};
inline constexpr MetricName kBuildInfo{"tocsin_build_info", "Always 1; which tocsin this is."};
inline constexpr MetricName kStartTime{"process_start_time_seconds", "When the process started, in Unix seconds."};
inline constexpr MetricName kResidentMemory{"process_resident_memory_bytes", "Resident memory."};
inline constexpr MetricName kCpuSeconds{"process_cpu_seconds_total", "CPU time, user and system."};
inline constexpr MetricName kOpenFds{"process_open_fds", "Open file descriptors."};
inline constexpr MetricName kMaxFds{"process_max_fds", "How many file descriptors may be open."};

inline constexpr std::array kAll{
    kAccepted,          kRefused,          kMended,         kHttpRequests,     kHttpRefused,     kRuleMatches,
    kSilenced,          kTemplatesEmpty,   kMappingMissed,  kReloadSuccess,    kReloadTimestamp, kRulebookInfo,
    kRulebookHash,      kFileStale,        kIncidents,      kDecisions,        kCommitSeconds,   kCommitFailures,
    kBatchMessages,     kMailboxMessages,  kPageAttempts,   kOutboxPending,    kOutboxOldest,    kContactsUnverified,
    kAcceptToPage,      kHeartbeatMissing, kHeartbeatLast,  kOwnHeartbeat,     kCalendarFetched, kCalendarFailed,
    kTimeToAcknowledge, kTimeToResolve,    kReportPages,    kReportUnanswered, kOnCallTime,      kLogDropped,
    kBuildInfo,         kStartTime,        kResidentMemory, kCpuSeconds,       kOpenFds,         kMaxFds};

}  // namespace metric

/// Why a sender's request was refused: the label `reason` of tocsin_alerts_refused_total.
enum class Refusal : std::uint8_t {
    Unauthorized,
    StaleSignature,
    UnknownSource,
    NotJson,
    BadRequest,
    TooLarge,
    Overloaded,
    Store,
    Stopping
};
inline constexpr std::array kRefusals{Refusal::Unauthorized, Refusal::StaleSignature, Refusal::UnknownSource,
                                      Refusal::NotJson,      Refusal::BadRequest,     Refusal::TooLarge,
                                      Refusal::Overloaded,   Refusal::Store,          Refusal::Stopping};
/// "unknown_source".
[[nodiscard]] std::string_view to_string(Refusal refusal);

/// The label `outcome` of tocsin_page_attempts_total.
enum class AttemptOutcome : std::uint8_t { Delivered, Delayed, Failed };
[[nodiscard]] std::string_view to_string(AttemptOutcome outcome);

/// One file of the rulebook.
struct RulebookFileState {
    std::string file;
    bool is_stale = false;
};

/// One value of a gauge whose labels come and go.
struct GaugeSample {
    MetricName name;
    std::vector<std::pair<std::string, std::string>> labels;
    double value = 0;
};

struct MetricsOptions {
    std::string version;
    std::vector<std::string> sources;   ///< By name.
    std::vector<std::string> channels;  ///< By name.
};

/// Thread-safe. The number of time series is bounded by the settings and the rulebook: a source or channel that is not in the
/// options is counted under the label "other", so that no stranger can add series.
class Metrics {
public:
    explicit Metrics(MetricsOptions options);
    ~Metrics();

    // The door
    void accepted(std::string_view source);
    void refused(std::string_view source, Refusal why);
    /// `what` is one of our own words (Parsed::mended), never a sender's.
    void mended(std::string_view what);
    void http_answered(unsigned status);
    /// `reason` as http::OnRefused says it.
    void http_refused(std::string_view reason);

    // The rulebook
    /// From now on rule number i is `rules[i]`; a rule whose name was there before keeps its count.
    void rulebook_loaded(std::string_view hash, std::span<const std::string> rules, TimePoint now);
    /// The last rulebook that was read is not in force, or not all of it.
    void rulebook_refused();
    void rulebook_files(std::vector<RulebookFileState> files);
    /// By Verdict::rule_index; -1 (no rule) is not counted here.
    void rule_matched(std::int32_t rule_index);
    void silenced();
    void templates_empty(std::uint32_t count);
    void mapping_missed(std::string_view source);

    // The engine and the pages
    void decided(Reason reason);
    void committed(std::size_t messages, std::chrono::nanoseconds took);
    void commit_failed();
    void mailbox_depth(std::size_t messages);
    void contacts_unverified(std::size_t contacts);
    void page_attempted(std::string_view channel, AttemptOutcome outcome);
    void accept_to_page(std::chrono::milliseconds took);

    /// What only the store knows; before text(), at every scrape.
    void update(std::span<const IncidentCount> open, const OutboxState& outbox, TimePoint now);

    /// Replaces the samples of this name's group: all that were given under `group` before are gone.
    void show_gauges(const std::string& group, std::vector<GaugeSample> samples);

    /// Everything in Prometheus' text format (content type kContentType).
    [[nodiscard]] std::string text() const;
    static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::observe

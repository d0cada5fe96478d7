#include "daemon/observe/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <map>
#include <mutex>
#include <utility>

#include "daemon/observe/log.hpp"
#include "daemon/observe/process.hpp"
#include "daemon/observe/rule_counts.hpp"

namespace tocsin::observe {
namespace {

constexpr std::string_view kOther = "other";
constexpr std::array kAttemptOutcomes{AttemptOutcome::Delivered, AttemptOutcome::Delayed, AttemptOutcome::Failed};
constexpr std::array kOpenStates{IncidentState::Triggered, IncidentState::Acknowledged};
constexpr std::array<std::string_view, 3> kHttpRefusals{"too_large", "bad_request", "timeout"};
constexpr unsigned kStatusesMax = 600;

const prometheus::Histogram::BucketBoundaries kAcceptToPageBuckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                                                   0.5,   1,      2.5,   5,    10,    30,   60};
const prometheus::Histogram::BucketBoundaries kCommitBuckets{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                             0.025,  0.05,    0.1,    0.25,  0.5,    1,     5};
const prometheus::Histogram::BucketBoundaries kBatchBuckets{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000};

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

/// A family of the registry. A look-up by labels costs twenty times the counting itself, so that callers keep what add() gives.
template <class Metric, class Build>
Family<Metric>& family(prometheus::Registry& registry, Build build, const MetricName& name) {
    return build().Name(name.name).Help(name.help).Register(registry);
}
Family<Counter>& counters(prometheus::Registry& registry, const MetricName& name) {
    return family<Counter>(registry, prometheus::BuildCounter, name);
}
Family<Gauge>& gauges(prometheus::Registry& registry, const MetricName& name) {
    return family<Gauge>(registry, prometheus::BuildGauge, name);
}
Histogram& histogram(prometheus::Registry& registry, const MetricName& name, const Histogram::BucketBoundaries& buckets) {
    return family<Histogram>(registry, prometheus::BuildHistogram, name).Add({}, buckets);
}

/// A row of counters for each known value of the first label and each of the second, and one for all others. Never changes after
/// it was made, hence needs no lock.
template <class Second, std::size_t N>
class CounterRows {
public:
    struct Labels {
        const char* first;
        const char* second;
    };
    CounterRows(Family<Counter>& family, Labels labels, const std::vector<std::string>& known,
                const std::array<Second, N>& values) {
        for (const auto& value : known) add(family, labels, value, values);
        add(family, labels, std::string(kOther), values);
    }
    Counter& at(std::string_view first, Second second) {
        auto found = rows_.find(first);
        if (found == rows_.end()) found = rows_.find(kOther);
        return *found->second[static_cast<std::size_t>(second)];
    }

private:
    void add(Family<Counter>& family, Labels labels, const std::string& first, const std::array<Second, N>& values) {
        auto& row = rows_[first];
        for (const auto value : values) {
            row[static_cast<std::size_t>(value)] =
                &family.Add({{labels.first, first}, {labels.second, std::string(to_string(value))}});
        }
    }
    std::map<std::string, std::array<Counter*, N>, std::less<>> rows_;
};

prometheus::MetricFamily single(const MetricName& name, prometheus::MetricType type, double value) {
    prometheus::ClientMetric metric;
    (type == prometheus::MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
    return {name.name, name.help, type, {std::move(metric)}};
}

/// The registry has no order of its own; people compare two scrapes by eye.
void sort(std::vector<prometheus::MetricFamily>& families) {
    std::sort(families.begin(), families.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    for (auto& family : families) {
        std::sort(family.metric.begin(), family.metric.end(), [](const auto& a, const auto& b) { return a.label < b.label; });
    }
}

/// As many of a hash's digits as a double holds exactly.
double number_of(std::string_view hash) {
    constexpr std::size_t kDigits = 12;
    std::uint64_t number = 0;
    const auto digits = hash.substr(0, kDigits);
    (void)std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);  // What is no number counts as 0.
    return static_cast<double>(number);
}

double seconds(std::chrono::duration<double> duration) { return duration.count(); }

}  // namespace

std::string_view to_string(Refusal refusal) {
    switch (refusal) {
        case Refusal::Unauthorized: return "unauthorized";
        case Refusal::StaleSignature: return "stale_signature";
        case Refusal::UnknownSource: return "unknown_source";
        case Refusal::NotJson: return "not_json";
        case Refusal::BadRequest: return "bad_request";
        case Refusal::TooLarge: return "too_large";
        case Refusal::Overloaded: return "overloaded";
        case Refusal::Store: return "store";
        case Refusal::Stopping: return "stopping";
    }
    return "bad_request";
}

std::string_view to_string(AttemptOutcome outcome) {
    switch (outcome) {
        case AttemptOutcome::Delivered: return "delivered";
        case AttemptOutcome::Delayed: return "delayed";
        case AttemptOutcome::Failed: return "failed";
    }
    return "failed";
}

struct Metrics::Impl {
    explicit Impl(const MetricsOptions& options)
        : refused(counters(registry, metric::kRefused), {"source", "reason"}, options.sources, kRefusals),
          page_attempts(counters(registry, metric::kPageAttempts), {"channel", "outcome"}, options.channels, kAttemptOutcomes) {
        auto& of_source = counters(registry, metric::kAccepted);
        for (const auto& source : options.sources) accepted.emplace(source, &of_source.Add({{"source", source}}));
        accepted_other = &of_source.Add({{"source", std::string(kOther)}});
        for (std::size_t i = 0; i < decisions.size(); ++i) {
            decisions[i] = &decisions_family.Add({{"reason", std::string(to_string(static_cast<Reason>(i)))}});
        }
        for (const auto reason : kHttpRefusals) {
            http_refused.emplace(reason, &http_refused_family.Add({{"reason", std::string(reason)}}));
        }
        auto& of_state = gauges(registry, metric::kIncidents);
        for (const auto state : kOpenStates) {
            for (const auto severity : kSeverities) {
                incidents[{state, severity}] =
                    &of_state.Add({{"state", std::string(to_string(state))}, {"severity", std::string(to_string(severity))}});
            }
        }
        gauges(registry, metric::kBuildInfo).Add({{"version", options.version}}).Set(1);
        // There from the start, so that an increase from nothing is seen as one.
        mended_family.Add({{"what", "lone_surrogate"}});
    }

    void append_rulebook(std::vector<prometheus::MetricFamily>& families) const;

    prometheus::Registry registry;
    std::map<std::string, Counter*, std::less<>> accepted;
    Counter* accepted_other = nullptr;
    CounterRows<Refusal, kRefusals.size()> refused;
    CounterRows<AttemptOutcome, kAttemptOutcomes.size()> page_attempts;
    std::array<Counter*, static_cast<std::size_t>(Reason::ResolvedByQuiet) + 1> decisions{};
    Family<Counter>& decisions_family = counters(registry, metric::kDecisions);
    Family<Counter>& mended_family = counters(registry, metric::kMended);
    Family<Counter>& mapping_missed_family = counters(registry, metric::kMappingMissed);
    Family<Counter>& http_requests_family = counters(registry, metric::kHttpRequests);
    std::array<std::atomic<Counter*>, kStatusesMax> http_requests{};
    Family<Counter>& http_refused_family = counters(registry, metric::kHttpRefused);
    std::map<std::string_view, Counter*> http_refused;
    Counter& silenced = counters(registry, metric::kSilenced).Add({});
    Counter& templates_empty = counters(registry, metric::kTemplatesEmpty).Add({});
    Counter& commit_failures = counters(registry, metric::kCommitFailures).Add({});
    Histogram& commit_seconds = histogram(registry, metric::kCommitSeconds, kCommitBuckets);
    Histogram& batch_messages = histogram(registry, metric::kBatchMessages, kBatchBuckets);
    Histogram& accept_to_page = histogram(registry, metric::kAcceptToPage, kAcceptToPageBuckets);
    Gauge& mailbox_messages = gauges(registry, metric::kMailboxMessages).Add({});
    Gauge& contacts_unverified = gauges(registry, metric::kContactsUnverified).Add({});
    Gauge& outbox_pending = gauges(registry, metric::kOutboxPending).Add({});
    Gauge& outbox_oldest = gauges(registry, metric::kOutboxOldest).Add({});
    Gauge& reload_success = gauges(registry, metric::kReloadSuccess).Add({});
    Gauge& reload_timestamp = gauges(registry, metric::kReloadTimestamp).Add({});
    std::map<std::pair<IncidentState, Severity>, Gauge*> incidents;
    RuleCounts rules;
    mutable std::mutex rulebook_mutex;
    std::string rulebook_hash;  // Under the mutex above, as is the next; empty: none yet.
    std::vector<RulebookFileState> rulebook_files;
    void append_gauges(std::vector<prometheus::MetricFamily>& families) const;
    mutable std::mutex gauges_mutex;
    std::map<std::string, std::vector<GaugeSample>> gauges_by_group;  // Under the mutex above.
};

void Metrics::Impl::append_gauges(std::vector<prometheus::MetricFamily>& families) const {
    const std::lock_guard lock(gauges_mutex);
    std::map<std::string, prometheus::MetricFamily> by_name;
    for (const auto& [group, samples] : gauges_by_group) {
        for (const auto& sample : samples) {
            auto& family = by_name[sample.name.name];
            family.name = sample.name.name;
            family.help = sample.name.help;
            family.type = prometheus::MetricType::Gauge;
            auto& metric = family.metric.emplace_back();
            for (const auto& [label, value] : sample.labels) metric.label.push_back({label, value});
            metric.gauge.value = sample.value;
        }
    }
    for (auto& [name, family] : by_name) families.push_back(std::move(family));
}

/// Families that are not in the registry because their labels come and go with the rulebook.
void Metrics::Impl::append_rulebook(std::vector<prometheus::MetricFamily>& families) const {
    prometheus::MetricFamily matches{metric::kRuleMatches.name, metric::kRuleMatches.help, prometheus::MetricType::Counter, {}};
    rules.each([&](const std::string& name, std::uint64_t count) {
        prometheus::ClientMetric sample;
        sample.label.push_back({"rule", name});
        sample.counter.value = static_cast<double>(count);
        matches.metric.push_back(std::move(sample));
    });
    if (!matches.metric.empty()) families.push_back(std::move(matches));

    const std::lock_guard lock(rulebook_mutex);
    prometheus::MetricFamily stale{metric::kFileStale.name, metric::kFileStale.help, prometheus::MetricType::Gauge, {}};
    for (const auto& [file, is_stale] : rulebook_files) {
        prometheus::ClientMetric sample;
        sample.label.push_back({"file", file});
        sample.gauge.value = is_stale ? 1 : 0;
        stale.metric.push_back(std::move(sample));
    }
    if (!stale.metric.empty()) families.push_back(std::move(stale));
    if (rulebook_hash.empty()) return;
    families.push_back(single(metric::kRulebookHash, prometheus::MetricType::Gauge, number_of(rulebook_hash)));
    auto info = single(metric::kRulebookInfo, prometheus::MetricType::Gauge, 1);
    info.metric.front().label.push_back({"hash", rulebook_hash});
    families.push_back(std::move(info));
}

namespace {

void append_process(std::vector<prometheus::MetricFamily>& families) {
    using prometheus::MetricType;
    families.push_back(single(metric::kLogDropped, MetricType::Counter, static_cast<double>(log::dropped())));
    const auto state = read_process_state();
    if (!state) return;
    families.push_back(single(metric::kStartTime, MetricType::Gauge, state->start_time_unix_s));
    families.push_back(single(metric::kResidentMemory, MetricType::Gauge, static_cast<double>(state->resident_bytes)));
    families.push_back(single(metric::kCpuSeconds, MetricType::Counter, state->cpu_s));
    families.push_back(single(metric::kOpenFds, MetricType::Gauge, static_cast<double>(state->open_fds)));
    families.push_back(single(metric::kMaxFds, MetricType::Gauge, static_cast<double>(state->max_fds)));
}

}  // namespace

Metrics::Metrics(MetricsOptions options) : impl_(std::make_unique<Impl>(options)) {}
Metrics::~Metrics() = default;

void Metrics::accepted(std::string_view source) {
    const auto found = impl_->accepted.find(source);
    (found == impl_->accepted.end() ? impl_->accepted_other : found->second)->Increment();
}

void Metrics::refused(std::string_view source, Refusal why) { impl_->refused.at(source, why).Increment(); }

void Metrics::mended(std::string_view what) { impl_->mended_family.Add({{"what", std::string(what)}}).Increment(); }

void Metrics::http_answered(unsigned status) {
    auto& slot = impl_->http_requests[status < kStatusesMax ? status : 0];
    auto* counter = slot.load(std::memory_order_acquire);
    if (counter == nullptr) {
        // Two threads may come here at once: add() gives both the same.
        counter = &impl_->http_requests_family.Add({{"code", std::to_string(status < kStatusesMax ? status : 0)}});
        slot.store(counter, std::memory_order_release);
    }
    counter->Increment();
}

void Metrics::http_refused(std::string_view reason) {
    const auto found = impl_->http_refused.find(reason);
    if (found != impl_->http_refused.end()) return found->second->Increment();
    impl_->http_refused_family.Add({{"reason", std::string(kOther)}}).Increment();
}

void Metrics::rulebook_loaded(std::string_view hash, std::span<const std::string> rules, TimePoint now) {
    impl_->rules.use(rules);
    impl_->reload_success.Set(1);
    impl_->reload_timestamp.Set(seconds(now.time_since_epoch()));
    const std::lock_guard lock(impl_->rulebook_mutex);
    impl_->rulebook_hash = hash;
}

void Metrics::rulebook_refused() { impl_->reload_success.Set(0); }

void Metrics::rulebook_files(std::vector<RulebookFileState> files) {
    const std::lock_guard lock(impl_->rulebook_mutex);
    impl_->rulebook_files = std::move(files);
}

void Metrics::rule_matched(std::int32_t rule_index) { impl_->rules.matched(rule_index); }

void Metrics::silenced() { impl_->silenced.Increment(); }

void Metrics::templates_empty(std::uint32_t count) {
    if (count != 0) impl_->templates_empty.Increment(count);
}

void Metrics::mapping_missed(std::string_view source) {
    impl_->mapping_missed_family.Add({{"source", std::string(source)}}).Increment();
}

void Metrics::decided(Reason reason) {
    const auto index = static_cast<std::size_t>(reason);
    if (index < impl_->decisions.size()) return impl_->decisions[index]->Increment();
    impl_->decisions_family.Add({{"reason", std::string(to_string(reason))}}).Increment();
}

void Metrics::committed(std::size_t messages, std::chrono::nanoseconds took) {
    impl_->commit_seconds.Observe(seconds(took));
    impl_->batch_messages.Observe(static_cast<double>(messages));
}

void Metrics::commit_failed() { impl_->commit_failures.Increment(); }

void Metrics::contacts_unverified(std::size_t contacts) { impl_->contacts_unverified.Set(static_cast<double>(contacts)); }
void Metrics::mailbox_depth(std::size_t messages) { impl_->mailbox_messages.Set(static_cast<double>(messages)); }

void Metrics::page_attempted(std::string_view channel, AttemptOutcome outcome) {
    impl_->page_attempts.at(channel, outcome).Increment();
}

void Metrics::accept_to_page(std::chrono::milliseconds took) { impl_->accept_to_page.Observe(seconds(took)); }

void Metrics::update(std::span<const IncidentCount> open, const OutboxState& outbox, TimePoint now) {
    std::map<std::pair<IncidentState, Severity>, std::int64_t> counts;
    for (const auto& [state, severity, count] : open) counts[{state, severity}] += count;
    for (const auto& [key, gauge] : impl_->incidents) gauge->Set(static_cast<double>(counts[key]));
    impl_->outbox_pending.Set(static_cast<double>(outbox.pending));
    const auto overdue = outbox.oldest_due_at ? std::max(now - *outbox.oldest_due_at, Duration{0}) : Duration{0};
    impl_->outbox_oldest.Set(seconds(overdue));
}

void Metrics::show_gauges(const std::string& group, std::vector<GaugeSample> samples) {
    const std::lock_guard lock(impl_->gauges_mutex);
    impl_->gauges_by_group[group] = std::move(samples);
}

std::string Metrics::text() const {
    auto families = impl_->registry.Collect();
    std::erase_if(families, [](const prometheus::MetricFamily& family) { return family.metric.empty(); });
    sort(families);
    impl_->append_rulebook(families);
    impl_->append_gauges(families);
    append_process(families);
    return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace tocsin::observe

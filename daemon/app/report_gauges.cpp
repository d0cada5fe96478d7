#include "daemon/app/report_gauges.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/limits.hpp"
#include "core/engine/report.hpp"
#include "core/oncall/fairness.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::app {
namespace {

constexpr Duration kFirstAfter = std::chrono::seconds{10};
constexpr Duration kApart = std::chrono::minutes{5};
constexpr Duration kLately = std::chrono::days{30};

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

std::vector<observe::GaugeSample> samples_of(const engine::Report& report) {
    std::vector<observe::GaugeSample> samples;
    for (const auto& [service, figures] : report.services) {
        const auto add = [&, &name = service](const observe::MetricName& metric, const engine::Mean& mean) {
            if (const auto value = mean.value()) samples.push_back({metric, {{"service", name}}, seconds(*value)});
        };
        add(observe::metric::kTimeToAcknowledge, figures.to_acknowledge);
        add(observe::metric::kTimeToResolve, figures.to_resolve);
    }
    for (const auto& [person, figures] : report.people) {
        const auto add = [&, &name = person](const char* when, std::int64_t pages) {
            samples.push_back({observe::metric::kReportPages, {{"person", name}, {"when", when}}, static_cast<double>(pages)});
        };
        add("day", figures.day_pages);
        add("night", figures.night_pages);
    }
    return samples;
}

/// The rules that paged most for nothing: a hundred thousand series would be nobody's help.
void add_unanswered(std::vector<observe::GaugeSample>& samples, const engine::Report& report) {
    constexpr std::size_t kRulesMax = 100;
    std::vector<std::pair<std::int64_t, std::string>> worst;
    for (const auto& [rule, figures] : report.rules) {
        if (figures.unanswered > 0) worst.emplace_back(figures.unanswered, rule);
    }
    std::sort(worst.begin(), worst.end(), std::greater<>{});
    if (worst.size() > kRulesMax) worst.resize(kRulesMax);
    for (const auto& [count, rule] : worst) {
        samples.push_back({observe::metric::kReportUnanswered, {{"rule", rule}}, static_cast<double>(count)});
    }
}

/// How the work was shared out, schedule by schedule while there is room: a person of a schedule is four series.
void add_fairness(std::vector<observe::GaugeSample>& samples, const Roster& roster, Interval of) {
    constexpr std::size_t kSharesMax = 2'000;
    std::size_t shares = 0;
    for (const auto& [id, schedule] : roster.schedules) {
        const auto loads = oncall::fairness(schedule, roster, of);
        shares += loads.size();
        if (shares > kSharesMax) return;
        for (const auto& load : loads) {
            for (const auto& [when, time] : {std::pair{"all", load.total}, std::pair{"night", load.at_night},
                                             std::pair{"weekend", load.at_weekends}, std::pair{"holiday", load.on_holidays}}) {
                samples.push_back(
                    {observe::metric::kOnCallTime, {{"schedule", id}, {"person", load.person}, {"when", when}}, seconds(time)});
            }
        }
    }
}

}  // namespace

void ReportGauges::begin() {
    outside_.after(kFirstAfter, [this] { compute(); });
}

void ReportGauges::compute() {
    const auto now = clock_.now();
    outside_.run_blocking(
        [this, now, rulebook = outside_.rulebook()] {
            const auto past = reader_.past({now - kLately, now, limits::kReportRowsMax});
            if (!past) return log::error(log::Event::StoreFailed, past.error().message());
            const auto report = engine::report(*past, rulebook->roster(), {now - kLately, now});
            auto samples = samples_of(report);
            add_unanswered(samples, report);
            add_fairness(samples, rulebook->roster(), {now - kLately, now});
            metrics_.show_gauges("report", std::move(samples));
        },
        [this] { outside_.after(kApart, [this] { compute(); }); });
}

}  // namespace tocsin::app

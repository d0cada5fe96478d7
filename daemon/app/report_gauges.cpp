#include "daemon/app/report_gauges.hpp"

#include <string>
#include <utility>
#include <vector>

#include "core/base/limits.hpp"
#include "core/engine/report.hpp"
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
            metrics_.show_gauges("report", samples_of(engine::report(*past, rulebook->roster(), {now - kLately, now})));
        },
        [this] { outside_.after(kApart, [this] { compute(); }); });
}

}  // namespace tocsin::app

#include "tests/bench/rules/alerts.hpp"

#include <fmt/format.h>

#include <cmath>

#include "tests/bench/rules/words.hpp"

namespace tocsin::bench {
namespace {

constexpr std::uint64_t kSeed = 42;

/// Who an alert is about.
struct Subject {
    std::uint32_t number;
    std::string service;
    std::string host;
    std::string_view region;
    std::string_view environment;
};

/// A third of the alerts are about few services, as in life.
std::uint32_t some_service(Rng& rng) {
    if (rng.below(10) >= 3) return static_cast<std::uint32_t>(rng.below(kServices));
    return static_cast<std::uint32_t>(std::pow(kServices, amount(rng, 0, 1)));
}

Subject some_subject(Rng& rng) {
    const auto number = some_service(rng);
    const auto region = rng.below(10) < 7 ? kRegions[number / 10 % kRegions.size()] : one_of(rng, kRegions);
    const auto dice = rng.below(10);
    const auto environment = kEnvironments[dice < 7 ? 0 : dice < 9 ? 1 : 2];
    auto name = fmt::format("{}{:02}.{}.{}.example.com", host(number), rng.below(32), region, environment);
    return {number, service(number), std::move(name), region, environment};
}

std::string_view some_severity(Rng& rng) {
    constexpr std::array<std::uint64_t, 5> kUpTo{12, 30, 70, 95, 100};
    const auto dice = rng.below(100);
    std::size_t i = 0;
    while (dice >= kUpTo[i]) ++i;
    return kSeverities[i];
}

std::string message(Rng& rng, const Subject& about) {
    const auto process = one_of(rng, kProcesses);
    const auto component = one_of(rng, kComponents);
    const auto percent = amount(rng, 0, 100);
    const auto count = rng.below(10'000);
    switch (rng.below(12)) {
        case 0: return fmt::format("CPU usage on {} is {:.1f}% for {} minutes (threshold 90%)", about.host, percent, count % 60);
        case 1:
            return fmt::format("Filesystem /dev/sda1 at /var/lib/{} has only {:.2f}% space left on {}", process, percent,
                               about.host);
        case 2: return fmt::format("Instance {}:{} of job {} has been down for 5 minutes.", about.host, count, about.service);
        case 3:
            return fmt::format("Pod {}-{:08x} ({}) is restarting: CrashLoopBackOff", about.service, rng.below(UINT32_MAX),
                               component);
        case 4:
            return fmt::format("upstream timed out (110: Connection timed out), server: {}.example.com, request: GET /v1/{}/{}",
                               about.service, component, count);
        case 5:
            return fmt::format("HTTP 5xx error rate for {} is {:.2f}% ({} of 10000 requests) in {}", about.service, percent,
                               count, about.region);
        case 6: return fmt::format("p99 latency of {} is {}ms (SLO 250ms) burn rate {:.1f}x", about.service, count, percent);
        case 7: return fmt::format("Replication lag on {} replica {} is {} seconds behind primary", process, about.host, count);
        case 8: return fmt::format("Out of memory: Killed process {} ({}) total-vm:{}kB", count, process, rng.below(10'000'000));
        case 9:
            return fmt::format("kernel: [{}] EXT4-fs error (device sda1): inode #{}: comm {}: reading directory", count,
                               rng.below(10'000'000), process);
        case 10:
            return fmt::format("Failed password for invalid user admin from 10.{}.{}.7 port {} ssh2", count % 256, count % 200,
                               count);
        default:
            return fmt::format("Job backup-{} failed with exit code {} after {}s: rsync error in {}", about.service, count % 256,
                               count, component);
    }
}

std::string tags(Rng& rng) {
    std::string text;
    for (auto i = 1 + rng.below(4); i > 0; --i) text += fmt::format("\"{}\",", one_of(rng, kTags));
    return text + fmt::format("\"owner:u{:04}\"", rng.below(3'000));
}

std::string labels(Rng& rng, const Subject& about) {
    const auto component = kComponents[about.number % kComponents.size()];
    auto text = fmt::format(R"("job":"{}-exporter","instance":"{}:{}","namespace":"ns-{:04}","pod":"{}-{:08x}","container":"{}")",
                            component, about.host, 9'100 + about.number % 20, about.number % kNamespaces, about.service,
                            rng.below(UINT32_MAX), component);
    if (rng.below(10) == 0) text += R"(,"maintenance":"true")";
    return text + fmt::format(R"(,"datacenter":"{}a")", about.region);
}

std::string body(Rng& rng) {
    const auto about = some_subject(rng);
    const auto alert = one_of(rng, kAlerts);
    std::string text = fmt::format(
        R"({{"search_name":"{} {}","app":"search","owner":"admin","sid":"scheduler__admin__search__RMD5{:016x}_at_1772955000_{}",)"
        R"("results_link":"https://splunk.example.com:8000/app/search/@go?sid=scheduler","result":{{"source":"{}","severity":"{}",)",
        alert, about.service, rng.next(), rng.below(10'000), one_of(rng, kSources), some_severity(rng));
    text += fmt::format(
        R"("alertname":"{}","service":"{}","team":"{}","env":"{}","region":"{}","cluster":"k8s-{:02}","host":"{}",)", alert,
        about.service, team(about.number * 7 % kTeams), about.environment, about.region, about.number % kClusters, about.host);
    text += fmt::format(R"("ip":"10.{}.{}.{}","value":"{:.2f}","count":"{}","tags":[{}],"message":"{}","labels":{{{}}}}}}})",
                        about.number >> 8 & 255, about.number & 255, 1 + rng.below(254), amount(rng, 0, 100'000),
                        1 + rng.below(5'000), tags(rng), message(rng, about), labels(rng, about));
    return text;
}

}  // namespace

std::vector<std::string> alert_bodies(std::size_t count) {
    Rng rng(kSeed);
    std::vector<std::string> bodies;
    for (std::size_t i = 0; i < count; ++i) bodies.push_back(body(rng));
    return bodies;
}

}  // namespace tocsin::bench

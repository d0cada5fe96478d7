// The words that generated alerts and rules share.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/rng.hpp"

namespace tocsin::bench {

inline constexpr std::array<std::string_view, 9> kSources{"prometheus", "zabbix", "cloudwatch", "datadog", "nagios",
                                                          "grafana",    "syslog", "sentry",     "custom"};
inline constexpr std::array<std::string_view, 5> kSeverities{"critical", "error", "warning", "info", "debug"};
inline constexpr std::array<std::string_view, 3> kEnvironments{"prod", "staging", "dev"};
inline constexpr std::array<std::string_view, 20> kRegions{
    "us-east-1",    "us-east-2",    "us-west-1",  "us-west-2",      "eu-west-1",      "eu-west-2",      "eu-west-3",
    "eu-central-1", "eu-north-1",   "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "ap-northeast-2",
    "sa-east-1",    "ca-central-1", "me-south-1", "af-south-1",     "cn-north-1",     "us-gov-west-1"};
inline constexpr std::array<std::string_view, 10> kComponents{"api",     "db",     "cache",  "queue", "auth",
                                                              "billing", "search", "ingest", "web",   "worker"};
inline constexpr std::array<std::string_view, 20> kAlerts{
    "HighCPU",        "HighMemory",          "DiskFull",         "DiskWillFillIn4Hours", "InstanceDown",
    "TargetDown",     "KubePodCrashLooping", "KubeNodeNotReady", "HTTP5xxRate",          "LatencyP99High",
    "ReplicationLag", "QueueBacklog",        "CertExpiry",       "BackupFailed",         "OOMKilled",
    "PacketLoss",     "BGPSessionDown",      "TooManyOpenFiles", "DNSFailure",           "JVMGCPause"};
inline constexpr std::array<std::string_view, 10> kProcesses{"nginx", "postgres", "redis-server", "kafka",   "java",
                                                             "envoy", "mysqld",   "etcd",         "kubelet", "haproxy"};
inline constexpr std::array<std::string_view, 12> kTags{"pci",  "gdpr",  "tier-1", "tier-2", "tier-3",          "canary",
                                                        "edge", "batch", "gpu",    "legacy", "customer-facing", "internal"};

inline constexpr std::uint32_t kServices = 100'000;
inline constexpr std::uint32_t kTeams = 300;
inline constexpr std::uint32_t kNamespaces = 2'000;
inline constexpr std::uint32_t kClusters = 100;

template <std::size_t size>
[[nodiscard]] std::string_view one_of(Rng& rng, const std::array<std::string_view, size>& words) {
    return words[rng.below(size)];
}

/// Evenly spread over [low, high), to the cent.
[[nodiscard]] double amount(Rng& rng, double low, double high);

[[nodiscard]] std::string service(std::uint32_t number);
[[nodiscard]] std::string team(std::uint32_t number);
/// What the names of a service's hosts begin with.
[[nodiscard]] std::string host(std::uint32_t service);

}  // namespace tocsin::bench

// How fast batches of alerts become durable in SQLite: repeats into open incidents, and an incident with pages for each alert.
// And how long opening takes. Usage: store_bench [directory [seconds per case; 0: opening alone]]. A table for people on stderr,
// one JSON line per case on stdout.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/rng.hpp"
#include "daemon/store/sqlite_store.hpp"

namespace {

using namespace tocsin;
using Steady = std::chrono::steady_clock;

constexpr std::int64_t kOpenIncidents = 1'000;

[[noreturn]] void fail(const Error& error) {
    fmt::print(stderr, "store_bench: {}\n", error.message());
    std::exit(1);
}

double seconds_since(Steady::time_point began) { return std::chrono::duration<double>(Steady::now() - began).count(); }

/// Of the whole process, the checkpoint thread too.
double cpu_seconds() {
    timespec spent{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) / 1e9;
}

struct World {
    explicit World(const std::string& directory) {
        std::filesystem::remove_all(directory);
        std::filesystem::create_directories(directory);
        auto opened = store::open_sqlite({.directory = directory});
        if (!opened) fail(opened.error());
        stores = std::move(*opened);
    }

    Incident new_incident(std::int64_t id) {
        Incident incident;
        incident.id = {id};
        incident.key = fmt::format("splunk-main/courseware/disk-almost-full/web-{:06}.example", id);
        incident.source = "splunk-main";
        incident.rule = "courseware-disk";
        incident.service = "courseware";
        incident.escalation = "learner";
        incident.summary = fmt::format("Disk almost full on web-{:06}.example: 95% of /var is used for ten minutes now", id);
        incident.url = fmt::format("https://splunk.example/app/search/@go?sid=rt_scheduler_{:012}", id);
        incident.opened_at = now;
        incident.last_alert_at = now;
        incident.alerts = 1;
        incident.step_due_at = now + std::chrono::minutes{5};
        return incident;
    }

    void add_alert(Writes& writes, std::int64_t incident) {
        StoredAlert alert{{++last_alert}, {incident},        now,    "splunk-main", "fire", "disk-almost-full",
                          trace,          "courseware-disk", payload};
        writes.alerts.push_back(std::move(alert));
    }

    void add_repeat(Writes& writes, std::vector<bool>& used) {
        const auto index = static_cast<std::size_t>(rng.below(kOpenIncidents));
        auto& incident = open[index];
        ++incident.alerts;
        incident.last_alert_at = now;
        add_alert(writes, incident.id.value);
        if (!used[index]) positions.push_back(index);
        used[index] = true;
    }

    void add_new(Writes& writes) {
        auto incident = new_incident(++last_incident);
        add_alert(writes, last_incident);
        writes.timeline.push_back({incident.id, now, Reason::Opened, "splunk-main", incident.summary});
        writes.timeline.push_back({incident.id, now, Reason::FirstStep, "", "paging lahore-a by push and by sms"});
        for (const char* via : {"push", "sms"}) {
            Page page;
            page.id = {++last_page};
            page.incident = incident.id;
            page.person = "lahore-a";
            page.via = via;
            page.channel = via;
            page.address = "https://ntfy.example/lahore-a";
            page.why = "on call in learner-primary (layer day)";
            page.decided_at = page.due_at = now;
            page.give_up_at = now + std::chrono::minutes{10};
            page.lease_owner = "tocsin";
            page.lease_until = now + std::chrono::minutes{1};
            writes.pages.push_back(std::move(page));
        }
        writes.incidents.push_back(std::move(incident));
    }

    void commit(const Writes& writes) {
        std::vector<IncidentRef> refs;
        for (const auto& incident : writes.incidents) refs.push_back({incident.key, {}, {}, {}});
        const auto locked = stores.store->lock(refs);
        if (!locked) fail(locked.error());
        const auto committed = stores.store->commit(writes);
        if (!committed) fail(committed.error());
        now += Duration{1};
    }

    store::SqliteStores stores;
    Rng rng{1};
    TimePoint now = from_unix_ms(1'795'334'400'000);
    std::string payload = std::string(1'024, 'x');
    std::string trace = new_trace_id(rng);
    std::vector<Incident> open;
    std::vector<std::size_t> positions;
    std::int64_t last_incident = 0;
    std::int64_t last_alert = 0;
    std::int64_t last_page = 0;
};

void report(const char* what, std::size_t batch, std::int64_t commits, double wall, double cpu) {
    const auto alerts = static_cast<double>(commits) * static_cast<double>(batch);
    fmt::print(stderr, "{:<10} batch {:>4}  {:>9.0f} alerts/s  {:>7.0f} commits/s  {:>7.2f} us/alert  {:>6.2f} us CPU/alert\n",
               what, batch, alerts / wall, static_cast<double>(commits) / wall, wall / alerts * 1e6, cpu / alerts * 1e6);
    fmt::print(
        "{{\"case\":\"store/{}\",\"batch\":{},\"alerts_per_second\":{:.0f},\"commits_per_second\":{:.0f},"
        "\"us_per_alert\":{:.2f},\"cpu_us_per_alert\":{:.2f}}}\n",
        what, batch, alerts / wall, static_cast<double>(commits) / wall, wall / alerts * 1e6, cpu / alerts * 1e6);
    std::fflush(stdout);
}

template <class Fill>
void measure(const char* what, World& world, std::size_t batch, double seconds, Fill fill) {
    const auto began = Steady::now();
    const auto cpu_before = cpu_seconds();
    std::int64_t commits = 0;
    while (seconds_since(began) < seconds) {
        Writes writes;
        fill(writes, batch);
        world.commit(writes);
        ++commits;
    }
    report(what, batch, commits, seconds_since(began), cpu_seconds() - cpu_before);
}

void repeats(const std::string& directory, std::size_t batch, double seconds) {
    World world(directory);
    Writes opening;
    for (std::int64_t i = 0; i < kOpenIncidents; ++i) opening.incidents.push_back(world.new_incident(++world.last_incident));
    world.open = opening.incidents;
    world.commit(opening);
    measure("repeats", world, batch, seconds, [&](Writes& writes, std::size_t alerts) {
        std::vector<bool> used(kOpenIncidents);
        world.positions.clear();
        for (std::size_t i = 0; i < alerts; ++i) world.add_repeat(writes, used);
        for (const auto index : world.positions) writes.incidents.push_back(world.open[index]);
    });
}

void news(const std::string& directory, std::size_t batch, double seconds) {
    World world(directory);
    measure("new", world, batch, seconds, [&](Writes& writes, std::size_t alerts) {
        for (std::size_t i = 0; i < alerts; ++i) world.add_new(writes);
    });
}

/// How long opening takes with so many open incidents that each have a pending page and a member.
void opening(const std::string& directory, std::int64_t incidents) {
    {
        World world(directory);
        Writes writes;
        for (std::int64_t i = 0; i < incidents; ++i) {
            world.add_new(writes);
            writes.members.push_back({{world.last_incident}, "splunk-main", fmt::format("alert-{}", i), true});
        }
        world.commit(writes);
    }
    const auto began = Steady::now();
    const auto cpu_before = cpu_seconds();
    auto opened = store::open_sqlite({.directory = directory});
    if (!opened) fail(opened.error());
    const auto wall = seconds_since(began);
    const auto cpu = cpu_seconds() - cpu_before;
    fmt::print(stderr, "opening with {} open incidents: {:.3f} s, {:.3f} s CPU\n", incidents, wall, cpu);
    fmt::print("{{\"case\":\"store/opening\",\"incidents\":{},\"seconds\":{:.3f},\"cpu_seconds\":{:.3f}}}\n", incidents, wall,
               cpu);
}

}  // namespace

int main(int count, char** arguments) {
    const std::string directory = count > 1 ? arguments[1] : "store_bench.data";
    const double seconds = count > 2 ? std::atof(arguments[2]) : 5.0;
    for (const std::size_t batch : {1U, 25U, 64U, 250U}) {
        if (seconds <= 0) break;
        repeats(directory, batch, seconds);
        news(directory, batch, seconds);
    }
    opening(directory, 100'000);
    std::filesystem::remove_all(directory);
    return 0;
}

// `tocsin replay`: the alerts that came played against two rulebooks, and what is different: verdicts, incidents, and who is
// paged.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/verdict.hpp"
#include "rules/check/parsed_alert.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check {

/// What people do in a replay, as what they did then depends on the rulebook of that time.
struct ReplayAssumptions {
    /// So long after the first page whoever got it acknowledges; nothing: nobody ever does, which is the worst case.
    std::optional<Duration> acknowledged_after = std::chrono::minutes{5};
    /// An incident whose rule sets no `resolve_after` is resolved when no alert came for so long.
    Duration resolved_after = std::chrono::hours{2};
};

/// How often something is, under the two rulebooks. What is in both is neither gained nor lost.
struct ReplayCount {
    std::int64_t before = 0;
    std::int64_t after = 0;
    std::int64_t gained = 0;
    std::int64_t lost = 0;

    void add(const ReplayCount& other);
    [[nodiscard]] bool is_changed() const { return gained > 0 || lost > 0; }
};

/// One thing that a verdict says differently now: "severity", "high", "critical". An incident key has no values: they differ from
/// alert to alert.
struct ReplayDifference {
    std::string what;
    std::string before;
    std::string after;
};

/// Alerts whose verdicts differ in the same way.
struct ReplayGroup {
    std::string rule_before;
    std::string rule_after;
    std::vector<ReplayDifference> differences;
    std::int64_t alerts = 0;
    // The first of them:
    TimePoint example_at;
    std::string example_source;
    std::string example;  ///< Its summary under the changed rulebook.
};

/// A page that only one of the rulebooks sends.
struct ReplayPage {
    TimePoint at;
    Zone zone;  ///< The person's.
    std::string via;
    std::string rule;
    std::string summary;
};

struct ReplayPerson {
    ReplayCount pages;
    ReplayCount night_pages;  ///< Of those, from 22:00 to 07:00 on the person's clock.
    ReplayCount notices;
    std::vector<ReplayPage> gained;  ///< The first few pages.
    std::vector<ReplayPage> lost;
};

struct ReplayReport {
    ReplayAssumptions assumptions;
    std::string base;  ///< Hashes of the rulebooks.
    std::string changed;
    std::optional<TimePoint> first;
    TimePoint last;
    std::int64_t fired = 0;                              ///< Under either rulebook.
    std::int64_t follow_ups = 0;                         ///< What a source said of an alert that it had sent before.
    std::map<std::string, std::int64_t> not_understood;  ///< By why.

    std::int64_t changed_alerts = 0;
    std::vector<ReplayGroup> groups;  ///< Most alerts first.
    std::int64_t ungrouped = 0;       ///< Changed alerts beyond the groups that were kept.
    ReplayCount incidents;
    std::map<std::string, ReplayCount> incidents_of;  ///< By service, of those that are not the same; "" is none.
    std::map<std::string, ReplayPerson> people;

    [[nodiscard]] ReplayCount pages() const;
    [[nodiscard]] ReplayCount night_pages() const;
    [[nodiscard]] ReplayCount notices() const;
    [[nodiscard]] bool is_changed() const;
};

/// Takes alerts one by one; memory grows with the open incidents and the kinds of differences, not with the alerts.
class Replay {
public:
    /// The rulebooks must outlive it.
    Replay(const Rulebook& base, const Rulebook& changed, const ReplayAssumptions& assumptions);
    ~Replay();

    /// One alert as each of the rulebooks reads it; null: one of them sees none there. Not both. In the order of time; an alert
    /// that is earlier than the one before it (a clock was set back) counts as of the same time.
    void take(const ParsedAlert* then, const ParsedAlert* now, TimePoint at);
    /// An alert that was kept and cannot be read any more, or whose source is not known.
    void not_understood(const std::string& why);
    /// Plays on for a day after the last alert. Once.
    [[nodiscard]] ReplayReport finish();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::check

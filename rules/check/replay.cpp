#include "rules/check/replay.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/engine/rehearsal.hpp"
#include "core/oncall/fairness.hpp"

namespace tocsin::check {
namespace {

constexpr Duration kPlayedOn = std::chrono::hours{24};
/// Kinds of differences that are told apart, and pages that are shown for each person.
constexpr std::size_t kGroupsMax = 2'000;
constexpr std::size_t kPagesShownMax = 5;

/// One of the two rulebooks, with its own course of events.
class Side {
public:
    Side(const Rulebook& rulebook, const ReplayAssumptions& assumptions)
        : rulebook_(rulebook),
          resolved_after_(assumptions.resolved_after),
          rehearsal_(assumptions.acknowledged_after ? engine::Rehearsal(rulebook.roster(), *assumptions.acknowledged_after)
                                                    : engine::Rehearsal(rulebook.roster())) {}

    /// What the rulebook says of an alert that fires; nothing of any other.
    std::optional<Verdict> take(const ParsedAlert* parsed, TimePoint at) {
        has_opened_ = false;
        if (parsed == nullptr) return {};
        if (parsed->alert.action == AlertAction::Fire) return fire(*parsed, at);
        rehearsal_.alert(parsed->alert, {}, at);
        return {};
    }
    void run_until(TimePoint at) { rehearsal_.run_until(at); }
    void forget_past() { rehearsal_.forget_past(); }

    /// Whether the last alert opened an incident.
    [[nodiscard]] bool has_opened() const { return has_opened_; }
    [[nodiscard]] const engine::Rehearsal& played() const { return rehearsal_; }
    [[nodiscard]] Zone zone_of(const std::string& person) const {
        const auto* found = rulebook_.roster().person(person);
        return found != nullptr ? found->time_zone : Zone();
    }

private:
    [[nodiscard]] Verdict fire(const ParsedAlert& parsed, TimePoint at) {
        auto verdict = rulebook_.classify(parsed.fields, at);
        const auto written = verdict.resolve_after;
        if (written.count() == 0 && !parsed.alert.ends_at) verdict.resolve_after = resolved_after_;
        const auto before = rehearsal_.opened();
        rehearsal_.alert(parsed.alert, verdict, at);
        has_opened_ = rehearsal_.opened() > before;
        verdict.resolve_after = written;
        return verdict;
    }

    const Rulebook& rulebook_;
    Duration resolved_after_;
    engine::Rehearsal rehearsal_;
    bool has_opened_ = false;
};

std::string word(std::string_view text) { return std::string(text); }

/// What became of one alert under both rulebooks.
struct Outcomes {
    const ParsedAlert* read_then = nullptr;
    const ParsedAlert* read_now = nullptr;
    std::optional<Verdict> then{};
    std::optional<Verdict> now{};
};

std::string status_of(const ParsedAlert* parsed) {
    return parsed == nullptr ? "none" : word(tocsin::status_of(parsed->alert.action));
}

std::vector<ReplayDifference> differences_of(const Outcomes& outcomes) {
    std::vector<ReplayDifference> all;
    const auto add = [&](const char* what, std::string a, std::string b) { all.push_back({what, std::move(a), std::move(b)}); };
    if (!outcomes.then || !outcomes.now) {
        add("status", status_of(outcomes.read_then), status_of(outcomes.read_now));
        return all;
    }
    const auto& before = *outcomes.then;
    const auto& after = *outcomes.now;
    if (before.service != after.service) add("service", before.service, after.service);
    if (before.severity != after.severity) add("severity", word(to_string(before.severity)), word(to_string(after.severity)));
    if (before.urgency != after.urgency) add("urgency", word(to_string(before.urgency)), word(to_string(after.urgency)));
    if (before.escalation != after.escalation) add("escalation", before.escalation, after.escalation);
    if (before.incident_key != after.incident_key || before.lifecycle != after.lifecycle) add("incident", {}, {});
    return all;
}

bool is_same(const Verdict& a, const Verdict& b) {
    return a.rule == b.rule && a.service == b.service && a.severity == b.severity && a.urgency == b.urgency &&
           a.escalation == b.escalation && a.incident_key == b.incident_key && a.lifecycle == b.lifecycle;
}

bool is_same(const Outcomes& outcomes) {
    if (!outcomes.then && !outcomes.now) return true;
    return outcomes.then && outcomes.now && is_same(*outcomes.then, *outcomes.now);
}

std::string name_of(const ReplayGroup& group) {
    std::string name = group.rule_before + '\0' + group.rule_after;
    for (const auto& [what, before, after] : group.differences) name += '\0' + what + '\0' + before + '\0' + after;
    return name;
}

/// What makes a page the same page under both rulebooks.
auto identity(const Page& page, TimePoint at) { return std::tuple(at, page.person, page.via, page.urgency); }
auto identity(const engine::Rehearsal::Sent& sent) { return identity(sent.page, sent.at); }

std::vector<const engine::Rehearsal::Sent*> sorted(const std::vector<engine::Rehearsal::Sent>& sent) {
    std::vector<const engine::Rehearsal::Sent*> all;
    for (const auto& one : sent) all.push_back(&one);
    std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return identity(*a) < identity(*b); });
    return all;
}

ReplayPage shown(const Page& page, TimePoint at, const Side& side) {
    ReplayPage shown{at, side.zone_of(page.person), page.via, {}, {}};
    if (page.is_digest()) shown.summary = page.why;
    const auto found = side.played().incidents().find(page.incident);
    if (found == side.played().incidents().end()) return shown;
    shown.rule = found->second.rule;
    shown.summary = found->second.summary;
    return shown;
}

}  // namespace

void ReplayCount::add(const ReplayCount& other) {
    before += other.before;
    after += other.after;
    gained += other.gained;
    lost += other.lost;
}

ReplayCount ReplayReport::pages() const {
    ReplayCount all;
    for (const auto& [name, person] : people) all.add(person.pages);
    return all;
}
ReplayCount ReplayReport::night_pages() const {
    ReplayCount all;
    for (const auto& [name, person] : people) all.add(person.night_pages);
    return all;
}
ReplayCount ReplayReport::notices() const {
    ReplayCount all;
    for (const auto& [name, person] : people) all.add(person.notices);
    return all;
}

bool ReplayReport::is_changed() const {
    return changed_alerts > 0 || incidents.is_changed() || pages().is_changed() || notices().is_changed();
}

struct Replay::Impl {
    Impl(const Rulebook& base, const Rulebook& changed, const ReplayAssumptions& assumptions)
        : before(base, assumptions), after(changed, assumptions) {
        report.assumptions = assumptions;
        report.base = base.hash();
        report.changed = changed.hash();
    }

    void advance_to(TimePoint at) {
        if (report.first && at > report.last) settle(at);
        if (!report.first) report.first = at;
        report.last = std::max(report.last, at);
    }

    /// Both play all of what is before `at`, so that what either has sent by then can be compared.
    void settle(TimePoint at) {
        before.run_until(at - Duration{1});
        after.run_until(at - Duration{1});
        compare_pages();
        before.forget_past();
        after.forget_past();
    }

    void compare_pages() {
        if (before.played().sent().empty() && after.played().sent().empty()) return;
        const auto then = sorted(before.played().sent());
        const auto now = sorted(after.played().sent());
        auto a = then.begin();
        auto b = now.begin();
        while (a != then.end() || b != now.end()) {
            const bool is_lost = b == now.end() || (a != then.end() && identity(**a) < identity(**b));
            const bool is_gained = !is_lost && (a == then.end() || identity(**b) < identity(**a));
            if (is_gained) {
                count(**b, after, {0, 1, 1, 0});
            } else {
                count(**a, before, is_lost ? ReplayCount{1, 0, 0, 1} : ReplayCount{1, 1, 0, 0});
            }
            if (!is_gained) ++a;
            if (!is_lost) ++b;
        }
    }

    void count(const engine::Rehearsal::Sent& sent, const Side& side, const ReplayCount& how) {
        auto& person = report.people[sent.page.person];
        if (sent.page.urgency != Urgency::Page) return person.notices.add(how);
        person.pages.add(how);
        if (oncall::is_at_night(sent.at, side.zone_of(sent.page.person))) person.night_pages.add(how);
        if (!how.is_changed()) return;
        auto& examples = how.gained > 0 ? person.gained : person.lost;
        if (examples.size() < kPagesShownMax) examples.push_back(shown(sent.page, sent.at, side));
    }

    void count_incidents(const Outcomes& outcomes) {
        const bool was = before.has_opened();
        const bool is = after.has_opened();
        if (!was && !is) return;
        const ReplayCount how{was ? 1 : 0, is ? 1 : 0, is && !was ? 1 : 0, was && !is ? 1 : 0};
        report.incidents.add(how);
        if (how.is_changed()) report.incidents_of[is ? outcomes.now->service : outcomes.then->service].add(how);
    }

    void compare(const Outcomes& outcomes, TimePoint at) {
        if (is_same(outcomes)) return;
        ++report.changed_alerts;
        const auto& shown = outcomes.now ? *outcomes.now : *outcomes.then;
        const auto& alert = (outcomes.now ? outcomes.read_now : outcomes.read_then)->alert;
        const auto rule_of = [](const std::optional<Verdict>& verdict) { return verdict ? verdict->rule : std::string(); };
        ReplayGroup group{rule_of(outcomes.then), rule_of(outcomes.now), differences_of(outcomes), 0, at,
                          alert.source,           shown.summary};
        auto name = name_of(group);
        auto found = groups.find(name);
        if (found == groups.end()) {
            if (groups.size() >= kGroupsMax) {
                ++report.ungrouped;
                return;
            }
            found = groups.emplace(std::move(name), std::move(group)).first;
        }
        ++found->second.alerts;
    }

    Side before;
    Side after;
    ReplayReport report;
    std::unordered_map<std::string, ReplayGroup> groups;
};

Replay::Replay(const Rulebook& base, const Rulebook& changed, const ReplayAssumptions& assumptions)
    : impl_(std::make_unique<Impl>(base, changed, assumptions)) {}
Replay::~Replay() = default;

void Replay::take(const ParsedAlert* then, const ParsedAlert* now, TimePoint at) {
    auto& report = impl_->report;
    at = std::max(at, report.last);
    impl_->advance_to(at);
    Outcomes outcomes{then, now};
    outcomes.then = impl_->before.take(then, at);
    outcomes.now = impl_->after.take(now, at);
    ++(outcomes.then || outcomes.now ? report.fired : report.follow_ups);
    impl_->count_incidents(outcomes);
    impl_->compare(outcomes, at);
}

void Replay::not_understood(const std::string& why) { ++impl_->report.not_understood[why]; }

ReplayReport Replay::finish() {
    auto& report = impl_->report;
    if (report.first) impl_->settle(report.last + kPlayedOn);
    for (auto& [name, group] : impl_->groups) report.groups.push_back(std::move(group));
    std::sort(report.groups.begin(), report.groups.end(), [](const ReplayGroup& a, const ReplayGroup& b) {
        return std::tie(b.alerts, a.example_at, a.rule_before, a.rule_after) <
               std::tie(a.alerts, b.example_at, b.rule_before, b.rule_after);
    });
    return std::move(report);
}

}  // namespace tocsin::check
